"""Asks a slower network now and then in a thread of its own: a frame takes its last answer, and never waits.

The quick network loses dark hair, makes ears half transparent, and knows no hands. The slower takes 100 ms
and more: its answer about an older frame is carried to the present one by optical flow.
"""

import logging
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from effects.buffers import Buffers
from effects.filter import Knowledge
from effects.frame import Frame
from effects.matte import MatteFollower
from effects.models.protocols import Classes, Classifier, HandFinder, PixelClass, Probability
from effects.models.registry import ModelError
from effects.opinion import Opinion
from effects.slot import Slot
from effects.squared import Squared

log = logging.getLogger("livestall.effects")

EVERY: Final = 60
"""Frames from one question to the next: an answer is good for about two seconds."""
EVERY_WITH_HAND: Final = 10
LOOK_FOR_HANDS_EVERY: Final = 6
_HAND_HELD: Final = 24
"""Frames for which a hand is taken to be there after it was seen last: one frame in ten hides it."""
_COVERED, _FREE = 0.35, 0.75
"""Up to and from which share of face skin a pixel counts as none and all."""
_COVERING, _FREEING = 0.8, 0.4
"""Weights of the newest frame in what is free: a hand hides paint almost at once, it comes back over some."""
_TRUST: Final = 0.85
"""How far the quick mask follows the slower one where they differed."""
_NICENESS: Final = 10
_JOIN_S: Final = 2.0


@dataclass(frozen=True, eq=False, slots=True)
class Question:
    """A frame at half size, what the quick network said of it, and what is asked.

    Attributes:
        reduced: BGR uint8; never written.
        quick: where the person is; None: not known.
        number: of the frame.
        generation: what was forgotten since is not answered.
        looks_for_hands: whether a hand is looked for.
        is_hand_known: whether one is there already; a new one wants the classes at once.
        wants_classes: whether the classes are wanted, hand or none.
    """

    reduced: Frame
    quick: Probability | None
    number: int
    generation: int
    looks_for_hands: bool
    is_hand_known: bool
    wants_classes: bool


@dataclass(frozen=True, eq=False, slots=True)
class _Answer:
    """What was found out; `planes` is None where only a hand was looked for."""

    question: Question
    sees_hand: bool
    planes: Probability | None


class SecondOpinion:
    """Belongs to the networks' thread; the thread of its own is started by the first question."""

    def __init__(
        self, make_classifier: Callable[[], Classifier], make_hand_finder: Callable[[], HandFinder]
    ) -> None:
        """Take what makes the networks; either may raise ModelError: frames then go without."""
        self._judge = _Judge(make_classifier, make_hand_finder)
        self._follower = MatteFollower(Buffers())
        self._slot: Slot[Question] = Slot()
        self._thread: threading.Thread | None = None
        self._is_idle = threading.Event()
        self._is_idle.set()
        self._is_missing = False
        self._number = self._generation = 0
        self._last_classes = -EVERY
        self._last_look = -LOOK_FOR_HANDS_EVERY
        self._last_hand = -_HAND_HELD
        self._answer: _Answer | None = None
        self._free: Probability | None = None

    def offer(self, reduced: Frame, quick: Probability | None, needs: Knowledge) -> None:
        """Ask about this frame if it is time to and the last question is answered; never waits."""
        self._number += 1
        if not self._is_idle.is_set() or self._is_missing:
            return
        self._learn()
        looks = Knowledge.HANDS in needs and self._number - self._last_look >= LOOK_FOR_HANDS_EVERY
        is_hand_here = self._number - self._last_hand < _HAND_HELD
        wants = self._number - self._last_classes >= (EVERY_WITH_HAND if is_hand_here else EVERY)
        if looks or wants:
            self._is_idle.clear()
            self._last_look = self._number if looks else self._last_look
            self._last_classes = self._number if wants else self._last_classes
            self._slot.put(
                Question(reduced, quick, self._number, self._generation, looks, is_hand_here, wants)
            )
            self._start()

    def carried(self, reduced: Frame) -> Opinion | None:
        """Return the last answer as it lies in this frame; None before the first."""
        planes = self._follower.follow(reduced)
        if planes is None:
            return None
        missed, face, hair = cv2.split(planes)
        free = np.clip((face - _COVERED) / (_FREE - _COVERED), 0, 1)
        if self._free is not None:
            change = free - self._free
            free = self._free + np.where(change < 0, np.float32(_COVERING), np.float32(_FREEING)) * change
        self._free = free
        levels = cv2.convertScaleAbs(self._free, alpha=255)
        return Opinion(
            np.asarray(missed, np.float32), np.asarray(hair, np.float32), np.asarray(levels, np.uint8)
        )

    def forget(self) -> None:
        """Forget the frames before: the source was changed, or no opinion is wanted for now."""
        self._generation += 1
        self._last_classes = self._number - EVERY
        self._last_look = self._number - LOOK_FOR_HANDS_EVERY
        self._last_hand = self._number - _HAND_HELD
        self._follower.forget()
        self._free = None

    def retry(self) -> None:
        """Try networks again that could not be loaded."""
        self._is_missing = False

    def wait(self, timeout_s: float) -> bool:
        """Wait until the last question is answered, at most so long: no frame does, tests do."""
        return self._is_idle.wait(timeout_s)

    def close(self) -> None:
        """End the thread; what it is just asked it still answers."""
        self._slot.close()
        if self._thread is not None:
            self._thread.join(_JOIN_S)

    def _learn(self) -> None:
        """Take the answer that came meanwhile."""
        answer, self._answer = self._answer, None
        if answer is None or answer.question.generation != self._generation:
            return
        if answer.sees_hand:
            self._last_hand = answer.question.number
        if answer.planes is not None:
            self._last_classes = answer.question.number
            self._follower.learn(answer.question.reduced, answer.planes)

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._answer_all, name="effects second opinion", daemon=True
            )
            self._thread.start()

    # --- The thread of its own
    # ----------------------------------------------------------------------------------------

    def _answer_all(self) -> None:
        _give_way()
        while (question := self._slot.take()) is not None:
            try:
                self._answer = self._judge.answer(question)
            except ModelError as error:
                self._is_missing = True
                log.info("effects without a second opinion: %s", error)
            except Exception:  # the top of a thread: frames go on by the quick network alone
                self._is_missing = True
                log.exception("the second opinion failed on a frame of %s", question.reduced.shape)
            self._is_idle.set()


class _Judge:
    """The networks, loaded when first asked; in the second opinion's thread."""

    def __init__(
        self, make_classifier: Callable[[], Classifier], make_hand_finder: Callable[[], HandFinder]
    ) -> None:
        self._make_classifier = make_classifier
        self._make_hand_finder = make_hand_finder
        self._classifier: Classifier | None = None
        self._hand_finder: HandFinder | None = None
        self._is_blind = False
        self._squared = Squared()

    def answer(self, question: Question) -> _Answer:
        sees_hand = question.looks_for_hands and self._sees_hand(question.reduced)
        planes = None
        if question.wants_classes or (sees_hand and not question.is_hand_known):
            planes = self._planes(question.reduced, question.quick)
        return _Answer(question, sees_hand, planes)

    def _sees_hand(self, reduced: Frame) -> bool:
        if self._is_blind:
            return False
        if self._hand_finder is None:
            try:
                self._hand_finder = self._make_hand_finder()
            except ModelError as error:
                self._is_blind = True
                log.info("effects do not look for hands: %s", error)
                return False
        return self._hand_finder.sees_hand(np.asarray(cv2.cvtColor(reduced, cv2.COLOR_BGR2RGB), np.uint8))

    def _planes(self, reduced: Frame, quick: Probability | None) -> Probability:
        """Return what the quick mask missed, face skin, hair: float32 (h, w, 3)."""
        if self._classifier is None:
            self._classifier = self._make_classifier()
        rgb = self._squared.squared(reduced, self._classifier.size)
        classes: Classes = self._squared.cropped(self._classifier.classify(rgb))
        person = 1 - classes[..., PixelClass.BACKGROUND]
        known = person if quick is None else cv2.resize(quick, person.shape[::-1])
        missed = person - known
        return np.dstack([missed, classes[..., PixelClass.FACE_SKIN], classes[..., PixelClass.HAIR]])


def corrected(quick: Probability, opinion: Opinion) -> Probability:
    """Return the quick mask, put right by what it missed; its own size."""
    missed = cv2.resize(opinion.missed, quick.shape[::-1])
    return np.asarray(np.clip(quick + np.float32(_TRUST) * missed, 0, 1), np.float32)


def _give_way() -> None:
    """Let everything else go first on this machine, where a thread can be told so: on Linux."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
