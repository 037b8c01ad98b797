"""A second opinion: asked now and then, never waited for, carried to the frame at hand."""

import threading
from collections.abc import Iterator

import cv2
import numpy as np
import pytest

from effects.filter import Knowledge
from effects.frame import Frame
from effects.models.protocols import Classes, PixelClass
from effects.models.registry import ModelMissingError
from effects.opinion import Opinion
from effects.second_opinion import EVERY, EVERY_WITH_HAND, LOOK_FOR_HANDS_EVERY, SecondOpinion, corrected

SKIN = Knowledge.SKIN
WITH_HANDS = Knowledge.SKIN | Knowledge.HANDS
PATIENCE_S = 20.0


class BrightClassifier:
    """Takes what is bright for face skin, the rest for background; answers when it may."""

    size = (256, 256)

    def __init__(self) -> None:
        self.asked = 0
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.is_asked = threading.Event()

    def classify(self, rgb: Frame) -> Classes:
        self.asked += 1
        self.is_asked.set()
        assert self.may_answer.wait(PATIENCE_S)
        classes = np.zeros((*rgb.shape[:2], 6), np.float32)
        is_bright = rgb[..., 0] > 127
        classes[..., PixelClass.FACE_SKIN] = is_bright
        classes[..., PixelClass.BACKGROUND] = ~is_bright
        return classes


class Hands:
    """Sees a hand when told to."""

    def __init__(self) -> None:
        self.asked = 0
        self.is_here = False

    def sees_hand(self, rgb: Frame) -> bool:
        self.asked += 1
        return self.is_here


@pytest.fixture
def classifier() -> BrightClassifier:
    return BrightClassifier()


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def second(classifier: BrightClassifier, hands: Hands) -> Iterator[SecondOpinion]:
    made = SecondOpinion(lambda: classifier, lambda: hands)
    yield made
    classifier.may_answer.set()
    made.close()


def square(left: int = 200) -> Frame:
    draw = np.random.default_rng(6)
    frame = np.repeat(draw.integers(0, 60, (180, 320, 1), np.uint8), 3, axis=2)
    frame[50:130, left // 2 : left // 2 + 80] += 180
    return frame


def wait_for_answer(second: SecondOpinion) -> None:
    assert second.wait(PATIENCE_S)


def offered(second: SecondOpinion, count: int, needs: Knowledge = SKIN) -> Opinion | None:
    """Offer so many frames, each question answered before the next frame; return the last opinion."""
    opinion = None
    for _ in range(count):
        second.offer(square(), None, needs)
        opinion = second.carried(square())
        wait_for_answer(second)
    return opinion


def test_the_first_answer_is_there_with_the_next_frame(second: SecondOpinion) -> None:
    assert offered(second, 1) is None
    opinion = offered(second, 1)
    assert opinion is not None
    assert opinion.free[70, 120] == 255
    assert opinion.free[10, 10] == 0


def test_no_frame_waits_while_the_slow_network_works(
    second: SecondOpinion, classifier: BrightClassifier
) -> None:
    classifier.may_answer.clear()
    for _ in range(3 * EVERY):
        second.offer(square(), None, SKIN)
        assert second.carried(square()) is None
    assert classifier.is_asked.wait(PATIENCE_S)
    assert classifier.asked == 1
    classifier.may_answer.set()
    wait_for_answer(second)
    second.offer(square(), None, SKIN)
    assert second.carried(square()) is not None


def test_without_a_hand_the_slow_network_is_asked_seldom(
    second: SecondOpinion, classifier: BrightClassifier, hands: Hands
) -> None:
    offered(second, 2 * EVERY, WITH_HANDS)
    assert classifier.asked == 2
    assert hands.asked == 2 * EVERY // LOOK_FOR_HANDS_EVERY


def test_a_hand_that_comes_is_judged_at_once_and_then_often(
    second: SecondOpinion, classifier: BrightClassifier, hands: Hands
) -> None:
    offered(second, 20, WITH_HANDS)
    hands.is_here = True
    offered(second, LOOK_FOR_HANDS_EVERY, WITH_HANDS)
    assert classifier.asked == 2
    offered(second, 3 * EVERY_WITH_HAND, WITH_HANDS)
    assert classifier.asked == 5


def test_nobody_looks_for_hands_when_no_filter_asks(second: SecondOpinion, hands: Hands) -> None:
    offered(second, 30)
    assert hands.asked == 0


def test_an_opinion_moves_with_the_picture(second: SecondOpinion) -> None:
    second.offer(square(200), None, SKIN)
    wait_for_answer(second)
    second.offer(square(200), None, SKIN)
    for _ in range(8):  # what is free comes in over some frames
        second.carried(square(216))
    opinion = second.carried(square(216))
    assert opinion is not None
    columns = np.flatnonzero(opinion.free[72] > 127) * 640 / 256
    assert abs(columns[0] - 216) < 8


def test_what_is_free_changes_over_some_frames_and_not_at_once(second: SecondOpinion) -> None:
    dark = np.zeros((180, 320, 3), np.uint8)
    offered(second, 2)
    for _ in range(EVERY):
        second.offer(dark, None, SKIN)
        wait_for_answer(second)
    levels = []
    for _ in range(8):
        opinion = second.carried(dark)
        assert opinion is not None
        levels.append(int(opinion.free[70, 120]))
    assert sorted(levels, reverse=True) == levels
    assert 20 < levels[0] < 120
    assert levels[-1] < 4


def test_an_answer_about_a_source_that_is_gone_is_dropped(
    second: SecondOpinion, classifier: BrightClassifier
) -> None:
    classifier.may_answer.clear()
    second.offer(square(), None, SKIN)
    assert classifier.is_asked.wait(PATIENCE_S)
    second.forget()
    classifier.may_answer.set()
    wait_for_answer(second)
    second.offer(square(), None, SKIN)
    assert second.carried(square()) is None
    wait_for_answer(second)
    second.offer(square(), None, SKIN)
    assert second.carried(square()) is not None
    assert classifier.asked == 2


def test_without_its_network_there_is_no_opinion_until_told_to_try_again() -> None:
    tries = []

    def make() -> BrightClassifier:
        tries.append(1)
        if len(tries) == 1:
            raise ModelMissingError("the model is not here yet")
        return BrightClassifier()

    second = SecondOpinion(make, Hands)
    assert offered(second, EVERY + 2) is None
    assert len(tries) == 1
    second.retry()
    assert offered(second, EVERY + 2) is not None
    second.close()


def test_without_the_network_for_hands_the_classes_are_known_all_the_same() -> None:
    def blind() -> Hands:
        raise ModelMissingError("the model is not here yet")

    second = SecondOpinion(BrightClassifier, blind)
    assert offered(second, 2, WITH_HANDS) is not None
    second.close()


def test_closing_ends_the_thread(second: SecondOpinion) -> None:
    offered(second, 1)
    second.close()
    assert all(thread.name != "effects second opinion" for thread in threading.enumerate())


def test_what_the_quick_mask_missed_is_added_to_it(second: SecondOpinion) -> None:
    quick = np.zeros((256, 256), np.float32)
    second.offer(square(), quick, SKIN)
    wait_for_answer(second)
    second.offer(square(), quick, SKIN)
    opinion = second.carried(square())
    assert opinion is not None
    better = corrected(quick, opinion)
    truth = cv2.resize(square()[..., 0], (256, 256)) > 127
    assert better.shape == quick.shape
    assert better[truth].mean() > 0.8
    assert better[~truth].mean() < 0.02
