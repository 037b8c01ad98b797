"""What is found out about a frame: only what is needed, of exactly that frame, and why it cannot be."""

import logging
from functools import partial

import cv2
import numpy as np
import pytest

from effects.buffers import Buffers
from effects.filter import Face, Knowledge, Quality
from effects.frame import Frame
from effects.models.protocols import FaceFinder, Probability, Segmenter
from effects.models.registry import ModelMissingError, Registry
from effects.models.segmenters import Detail, best_segmenter
from effects.observer import Carrier, Observation, Observer, reduced_frame

BOTH = Knowledge.MATTE | Knowledge.FACES


class BrightSegmenter:
    """Takes what is bright for the person."""

    def __init__(self, size: tuple[int, int] = (256, 256)) -> None:
        self.size = size
        self.asked = 0
        self.is_closed = False

    def segment(self, rgb: Frame) -> Probability:
        self.asked += 1
        return (rgb[..., 0] > 127).astype(np.float32)

    def close(self) -> None:
        self.is_closed = True


class OneFace:
    """Finds a face in the middle of every picture."""

    def __init__(self) -> None:
        self.every = 1
        self.asked: list[tuple[float, float]] = []
        self.forgotten = 0
        self.is_closed = False

    def find(self, half: Frame, scale: float, time_s: float) -> tuple[Face, ...]:
        self.asked.append((scale, time_s))
        middle = np.array(half.shape[1::-1], np.float32) / 2 * np.float32(scale)
        return (Face(np.repeat(middle[None], 478, axis=0)),)

    def forget(self) -> None:
        self.forgotten += 1

    def close(self) -> None:
        self.is_closed = True


def frame_with_square(left: int) -> Frame:
    draw = np.random.default_rng(6)
    frame = np.repeat(draw.integers(0, 60, (360, 640, 1), np.uint8), 3, axis=2)
    frame[100:260, left : left + 160] += 180
    return frame


@pytest.fixture
def backends() -> tuple[dict[Detail, BrightSegmenter], OneFace]:
    return {Detail.FINE: BrightSegmenter(), Detail.COARSE: BrightSegmenter((256, 144))}, OneFace()


@pytest.fixture
def observer(backends: tuple[dict[Detail, BrightSegmenter], OneFace]) -> Observer:
    def make_segmenter(detail: Detail) -> Segmenter:
        return backends[0][detail]

    def make_face_finder() -> FaceFinder:
        return backends[1]

    return Observer(make_segmenter, make_face_finder)


def test_what_is_not_needed_is_not_looked_for(
    observer: Observer, backends: tuple[dict[Detail, BrightSegmenter], OneFace]
) -> None:
    frame = frame_with_square(100)
    observation = observer.observe(frame, 0.0, Knowledge.NOTHING, Quality())
    assert (observation.probability, observation.faces) == (None, ())
    assert observation.frame is frame
    assert backends[0][Detail.FINE].asked == 0
    assert backends[1].asked == []


def test_mask_and_faces_are_of_this_frame_in_its_pixels(observer: Observer) -> None:
    observation = observer.observe(frame_with_square(400), 1.5, BOTH, Quality())
    assert observation.probability is not None
    columns = np.flatnonzero(observation.probability.any(axis=0)) * 640 / 256
    assert abs(columns[0] - 400) < 4
    assert abs(columns[-1] - 560) < 4
    assert observation.faces[0].points[0].tolist() == [320, 180]


def test_on_the_cheaper_steps_masks_are_carried_by_flow_and_still_fit(
    observer: Observer, backends: tuple[dict[Detail, BrightSegmenter], OneFace]
) -> None:
    quality = Quality(matte_every=3, coarse_matte=True, faces_every=4)
    for number in range(9):
        left = 200 + number * 6
        observation = observer.observe(frame_with_square(left), number / 30, BOTH, quality)
        assert observation.probability is not None
        columns = np.flatnonzero((observation.probability > 0.5).any(axis=0)) * 640 / 256
        assert abs(columns[0] - left) < 10
    assert backends[0][Detail.COARSE].asked == 3
    assert backends[0][Detail.FINE].asked == 0
    assert backends[1].every == 4


def test_a_missing_network_is_told_once_and_tried_again_when_asked(caplog: pytest.LogCaptureFixture) -> None:
    is_here = False

    def make_segmenter(detail: Detail) -> Segmenter:
        if not is_here:
            raise ModelMissingError("the model is not here yet")
        return BrightSegmenter()

    observer = Observer(make_segmenter, OneFace)
    with caplog.at_level(logging.WARNING, "livestall.effects"):
        for _ in range(3):
            assert observer.observe(frame_with_square(9), 0.0, BOTH, Quality()).probability is None
    assert len(caplog.records) == 1
    assert observer.problems == {Knowledge.MATTE: "the model is not here yet"}
    is_here = True
    assert observer.observe(frame_with_square(9), 0.0, BOTH, Quality()).probability is None
    observer.retry()
    assert observer.observe(frame_with_square(9), 0.0, BOTH, Quality()).probability is not None
    assert observer.problems == {}


def test_closing_frees_and_forgetting_reaches_the_networks(
    observer: Observer, backends: tuple[dict[Detail, BrightSegmenter], OneFace]
) -> None:
    observer.observe(frame_with_square(9), 0.0, BOTH, Quality())
    observer.forget()
    observer.close()
    assert backends[1].forgotten == 1
    assert backends[0][Detail.FINE].is_closed
    assert backends[1].is_closed


@pytest.mark.parametrize("shape", [(1, 1, 3), (2, 3, 3), (241, 319, 3), (2160, 3840, 3)])
def test_the_observer_takes_frames_of_any_size(observer: Observer, shape: tuple[int, ...]) -> None:
    observation = observer.observe(np.full(shape, 200, np.uint8), 0.0, BOTH, Quality())
    assert observation.probability is not None
    assert observation.probability.min() == 1
    assert max(observation.reduced.shape) <= 960


@pytest.mark.parametrize(
    ("size", "reduced"), [((720, 1280), (360, 640)), ((1080, 1920), (540, 960)), ((2160, 3840), (540, 960))]
)
def test_pictures_are_halved_up_to_1080p(size: tuple[int, int], reduced: tuple[int, int]) -> None:
    assert reduced_frame(np.zeros((*size, 3), np.uint8), Buffers()).shape[:2] == reduced


def test_a_carrier_moves_the_newest_mask_to_the_newest_frame() -> None:
    carrier = Carrier()
    assert carrier.carried(frame_with_square(200), 0.0).probability is None
    before, now = frame_with_square(200), frame_with_square(212)
    reduced = reduced_frame(before, Buffers())
    probability = (reduced[..., 0] > 127).astype(np.float32)
    carrier.learn(Observation(before, 0.0, reduced, probability))
    carried = carrier.carried(now, 0.03)
    assert carried.frame is now
    assert carried.probability is not None
    columns = np.flatnonzero((carried.probability > 0.5).any(axis=0)) * 640 / 256
    assert abs(columns[0] - 212) < 4


@pytest.mark.parametrize(("height", "width"), [(640, 360), (361, 199), (400, 10)])
def test_the_mask_of_an_upright_frame_is_of_its_shape_and_lies_where_the_person_is(
    observer: Observer, height: int, width: int
) -> None:
    frame = np.zeros((height * 2, width * 2, 3), np.uint8)
    frame[height // 2 : height, width // 2 :] = 255
    probability = observer.observe(frame, 1.0, Knowledge.MATTE, Quality()).probability
    assert probability is not None
    assert probability.shape[0] == 256
    assert abs(probability.shape[1] - 256 * width / height) <= 2
    expected = cv2.resize(frame[..., 0], probability.shape[::-1], interpolation=cv2.INTER_AREA) > 127
    assert (expected != (probability > 0.5)).mean() < 0.03


def test_people_in_an_upright_frame_are_found_whole(models: Registry, portrait: Frame) -> None:
    observer = Observer(partial(best_segmenter, models), OneFace)
    whole = observer.observe(portrait, 1.0, Knowledge.MATTE, Quality()).probability
    columns = slice(80, 80 + 288)
    upright = np.ascontiguousarray(portrait[:, columns])
    probability = observer.observe(upright, 1.1, Knowledge.MATTE, Quality()).probability
    observer.close()
    assert whole is not None
    assert probability is not None
    truth = cv2.resize(whole, (512, 512))[:, columns] > 0.5
    found = cv2.resize(probability, (288, 512)) > 0.5
    assert (truth & found).sum() / (truth | found).sum() > 0.97  # squeezed to a square: 0.88
