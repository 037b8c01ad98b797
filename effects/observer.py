"""Finds out about a frame what filters need to know: the person and the faces. The networks' thread."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import cv2

from effects.buffers import Buffers
from effects.filter import Face, Knowledge, Quality
from effects.frame import Frame
from effects.matte import MatteFollower
from effects.models.protocols import FaceFinder, Probability, Segmenter
from effects.models.registry import ModelError
from effects.models.segmenters import Detail
from effects.opinion import Opinion
from effects.second_opinion import SecondOpinion, corrected
from effects.squared import Squared

log = logging.getLogger("livestall.effects")

_LONGEST_SIDE: Final = 960
"""What is looked at: half of 1080p; more pixels than that cost time and tell the networks nothing."""


@dataclass(frozen=True, eq=False, slots=True)
class Observation:
    """A frame and what was found out about exactly it.

    Attributes:
        frame: BGR uint8 (height, width, 3).
        time_s: when it was captured.
        reduced: the frame at half size or less; never written.
        probability: where the person is; None: not asked for or not to be known.
        faces: largest first; empty: none, not asked for or not to be known.
        opinion: of the slower network; None: not asked for, not to be known or not answered yet.
    """

    frame: Frame
    time_s: float
    reduced: Frame
    probability: Probability | None = None
    faces: tuple[Face, ...] = ()
    opinion: Opinion | None = None


class Observer:
    """Looks at one source's frames, one after the other, in one thread; loads networks when first needed."""

    def __init__(
        self,
        make_segmenter: Callable[[Detail], Segmenter],
        make_face_finder: Callable[[], FaceFinder],
        second_opinion: SecondOpinion | None = None,
    ) -> None:
        """Take what makes the networks, all may raise ModelError; the second opinion is closed with this."""
        self._make_segmenter = make_segmenter
        self._make_face_finder = make_face_finder
        self._segmenters: dict[Detail, Segmenter] = {}
        self._face_finder: FaceFinder | None = None
        self._second_opinion = second_opinion
        self._buffers = Buffers()
        self._squared = Squared()
        self._follower = MatteFollower(self._buffers.for_filter())
        self._since_matte = 0
        self._problems: dict[Knowledge, str] = {}

    @property
    def problems(self) -> dict[Knowledge, str]:
        """What cannot be known, and why: a network is missing. It is tried again after `retry`."""
        return dict(self._problems)

    def observe(self, frame: Frame, time_s: float, needs: Knowledge, quality: Quality) -> Observation:
        """Find out what is needed about a frame: BGR uint8, only read."""
        reduced = reduced_frame(frame, self._buffers) if needs else frame
        probability = self._probability(reduced, quality) if Knowledge.MATTE in needs else None
        opinion = self._opinion(reduced, probability, needs, quality)
        if opinion is not None and probability is not None:
            probability = corrected(probability, opinion)
        faces: tuple[Face, ...] = ()
        if Knowledge.FACES in needs:
            faces = self._faces(reduced, frame.shape[1] / reduced.shape[1], time_s, quality)
        return Observation(frame, time_s, reduced, probability, faces, opinion)

    def _opinion(
        self, reduced: Frame, probability: Probability | None, needs: Knowledge, quality: Quality
    ) -> Opinion | None:
        second = self._second_opinion
        if second is None:
            return None
        if not quality.second_opinion or not needs & (Knowledge.HAIR | Knowledge.SKIN):
            second.forget()
            return None
        second.offer(reduced, probability, needs)
        return second.carried(reduced)

    def retry(self) -> None:
        """Try networks again that could not be loaded: they may have been fetched."""
        self._problems = {}
        if self._second_opinion:
            self._second_opinion.retry()

    def forget(self) -> None:
        """Forget the frames before: the source was changed."""
        self._follower.forget()
        if self._second_opinion:
            self._second_opinion.forget()
        if self._face_finder:
            self._face_finder.forget()

    def close(self) -> None:
        """Free the networks."""
        for segmenter in self._segmenters.values():
            segmenter.close()
        self._segmenters = {}
        if self._second_opinion:
            self._second_opinion.close()
        if self._face_finder:
            self._face_finder.close()
            self._face_finder = None

    def _probability(self, reduced: Frame, quality: Quality) -> Probability | None:
        self._since_matte += 1
        if (
            self._since_matte < quality.matte_every
            and (followed := self._follower.follow(reduced)) is not None
        ):
            return followed
        segmenter = self._segmenter(Detail.COARSE if quality.coarse_matte else Detail.FINE)
        if segmenter is None:
            return None
        self._since_matte = 0
        probability = self._squared.cropped(segmenter.segment(self._squared.squared(reduced, segmenter.size)))
        if quality.matte_every > 1:
            self._follower.learn(reduced, probability)
        return probability

    def _segmenter(self, detail: Detail) -> Segmenter | None:
        if detail not in self._segmenters and Knowledge.MATTE not in self._problems:
            try:
                self._segmenters[detail] = self._make_segmenter(detail)
            except ModelError as error:
                self._note(Knowledge.MATTE, error)
        return self._segmenters.get(detail) or next(iter(self._segmenters.values()), None)

    def _faces(self, reduced: Frame, scale: float, time_s: float, quality: Quality) -> tuple[Face, ...]:
        if self._face_finder is None and Knowledge.FACES not in self._problems:
            try:
                self._face_finder = self._make_face_finder()
            except ModelError as error:
                self._note(Knowledge.FACES, error)
        if self._face_finder is None:
            return ()
        self._face_finder.every = quality.faces_every
        return self._face_finder.find(reduced, scale, time_s)

    def _note(self, knowledge: Knowledge, error: ModelError) -> None:
        self._problems = {**self._problems, knowledge: str(error)}
        log.warning("effects without %s: %s", knowledge.name, error)


class Carrier:
    """Carries what was found out about a frame to later ones; one thread may `learn`, another ask."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._buffers = Buffers()
        self._follower = MatteFollower(self._buffers.for_filter())
        self._newest: Observation | None = None
        self._learnt: Observation | None = None

    def learn(self, observation: Observation) -> None:
        """Take the newest observation."""
        self._newest = observation

    def carried(self, frame: Frame, time_s: float) -> Observation:
        """Return what is known of this frame by the newest observation: the mask moved with the picture."""
        newest = self._newest
        if newest is None:
            return Observation(frame, time_s, frame)
        if newest.probability is None:
            return Observation(frame, time_s, newest.reduced, None, newest.faces, newest.opinion)
        reduced = reduced_frame(frame, self._buffers)
        if newest is not self._learnt:
            self._learnt = newest
            self._follower.learn(newest.reduced, newest.probability)
        probability = self._follower.follow(reduced)
        return Observation(frame, time_s, reduced, probability, newest.faces, newest.opinion)


def reduced_frame(frame: Frame, buffers: Buffers) -> Frame:
    """Return the frame at half its size, or at whatever a longest side of 960 pixels takes."""
    height, width = frame.shape[:2]
    divisor = max(2, -(-max(height, width) // _LONGEST_SIDE))
    size = max(1, width // divisor), max(1, height // divisor)
    reduced = buffers.frame((size[1], size[0], 3))
    cv2.resize(frame, size, dst=reduced, interpolation=cv2.INTER_AREA)
    return reduced
