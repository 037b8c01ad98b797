"""The matte: of exactly its frame, calm where the picture is, at once where somebody moves."""

import resource

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from effects.buffers import Buffers
from effects.frame import Frame, Mask
from effects.matte import MatteFollower, MatteRefiner, choke_table
from effects.models.protocols import Probability
from effects.models.registry import Registry
from effects.models.segmenters import best_segmenter
from tests.effects.conftest import read_footage

SIZE = (1280, 720)


def halved(frame: Frame) -> Frame:
    half = (max(1, frame.shape[1] // 2), max(1, frame.shape[0] // 2))
    return np.asarray(cv2.resize(frame, half, interpolation=cv2.INTER_AREA), np.uint8)


def iou(one: Mask | Probability, other: Mask | Probability, level: float) -> float:
    first, second = one > level, other > level
    return float((first & second).sum() / max(1, (first | second).sum()))


def disc(at: float, size: tuple[int, int] = (256, 256)) -> Probability:
    """Return the mask of a head at this share of the width: float32, soft by two pixels."""
    mask = np.zeros(size[::-1], np.float32)
    cv2.circle(mask, (int(at * size[0]), size[1] // 2), size[1] // 4, 1.0, -1, cv2.LINE_AA)
    return np.asarray(cv2.blur(mask, (3, 3)), np.float32)


def scene(at: float, size: tuple[int, int] = SIZE) -> Frame:
    """Return a bright textured head on a dark textured ground, moving with `disc(at)`."""
    draw = np.random.default_rng(8)
    texture = cv2.blur(draw.integers(0, 90, (size[1], size[0] * 2), np.uint8), (9, 9))
    shift = int(at * size[0])
    frame = np.repeat(np.roll(texture, shift, axis=1)[:, : size[0], None], 3, axis=2)
    head = np.zeros(size[::-1], np.uint8)
    axes = (int(size[0] / 256 * 64), size[1] // 4)
    cv2.ellipse(head, (shift, size[1] // 2), axes, 0, 0, 360, 255, -1, cv2.LINE_AA)
    frame[head > 127] += 140
    return np.ascontiguousarray(frame)


def flicker(masks: list[Mask], frames: list[Frame]) -> float:
    """Return how much masks change where the picture does not: mean levels a frame."""
    changes = []
    for number in range(1, len(frames)):
        greys = [cv2.cvtColor(frames[number - step], cv2.COLOR_BGR2GRAY) for step in (0, 1)]
        is_still = cv2.blur(cv2.absdiff(*greys), (15, 15)) < 3
        change = cv2.absdiff(masks[number], masks[number - 1])
        changes.append(float(np.asarray(change, np.float32)[is_still].mean()))
    return float(np.mean(changes))


def test_the_choke_is_nothing_below_and_everything_above() -> None:
    table = choke_table(0.4, 0.9)
    assert table[: int(0.4 * 255)].max() == 0
    assert table[int(0.9 * 255) + 1 :].min() == 255
    assert (np.diff(table.astype(int)) >= 0).all()


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (319, 241), (1280, 720), (3840, 2160)])
def test_the_mask_has_the_frames_size_and_no_holes(size: tuple[int, int]) -> None:
    frame = np.full((size[1], size[0], 3), 90, np.uint8)
    refiner = MatteRefiner(Buffers())
    half = halved(frame)
    assert (refiner.refine(np.ones((256, 256), np.float32), half, size) == 255).all()
    refiner.forget()
    nobody = refiner.refine(np.zeros((256, 256), np.float32), half, size)
    assert nobody.shape == size[::-1]
    assert not nobody.any()


def test_the_mask_takes_the_pictures_edge() -> None:
    blurred = np.asarray(cv2.blur(disc(0.5), (7, 7)), np.float32)
    frame = scene(0.5)
    truth = (frame[..., 0] > 115).astype(np.uint8) * np.uint8(255)
    matte = MatteRefiner(Buffers()).refine(blurred, halved(frame), SIZE)
    plain = (np.asarray(cv2.resize(blurred, SIZE)) * 255).astype(np.uint8)
    assert iou(matte, truth, 127) > 0.98
    wrong = [np.abs(each.astype(int) - truth).mean() for each in (matte, plain)]
    assert wrong[0] < 0.5 * wrong[1]


def test_moving_twenty_pixels_a_frame_the_mask_is_still_that_of_its_frame() -> None:
    refiner = MatteRefiner(Buffers())
    ious = []
    for number in range(20):
        at = 0.3 + number * 20 / SIZE[0]
        alone = MatteRefiner(Buffers()).refine(disc(at), halved(scene(at)), SIZE)
        ious.append(iou(refiner.refine(disc(at), halved(scene(at)), SIZE), alone, 127))
    assert min(ious) >= 0.98


def test_a_trembling_mask_before_a_still_picture_becomes_calm() -> None:
    draw = np.random.default_rng(3)
    frame, refiner = scene(0.5), MatteRefiner(Buffers())
    raw: list[Mask] = []
    calm: list[Mask] = []
    for _ in range(30):
        edge = cv2.blur(draw.normal(0, 0.5, (256, 256)), (9, 9))
        trembling = np.clip(disc(0.5) + edge, 0, 1).astype(np.float32)
        raw.append((np.asarray(cv2.resize(trembling, SIZE)) * 255).astype(np.uint8))
        calm.append(refiner.refine(trembling, halved(frame), SIZE).copy())
    assert flicker(calm[5:], [frame] * 25) <= 0.6 * flicker(raw[5:], [frame] * 25)


def test_a_person_who_leaves_while_the_picture_stands_still_is_gone_within_a_second() -> None:
    frame, refiner = scene(0.5), MatteRefiner(Buffers())
    refiner.refine(disc(0.5), halved(frame), SIZE)
    mattes = [refiner.refine(np.zeros((256, 256), np.float32), halved(frame), SIZE).max() for _ in range(30)]
    assert mattes[-1] == 0


def test_another_networks_mask_is_taken_as_it_is() -> None:
    refiner, frame = MatteRefiner(Buffers()), scene(0.5)
    refiner.refine(disc(0.5), halved(frame), SIZE)
    other = refiner.refine(disc(0.5, (256, 144)), halved(frame), SIZE)
    assert other.shape == SIZE[::-1]


def test_carried_by_flow_the_last_mask_fits_the_present_frame() -> None:
    follower = MatteFollower(Buffers())
    assert follower.follow(halved(scene(0.4))) is None
    step = 20 / SIZE[0]
    ious, stale = [], []
    for number in range(12):
        at = 0.3 + number * step
        follower.learn(halved(scene(at)), disc(at))
        carried = follower.follow(halved(scene(at + step)))
        assert carried is not None
        truth = np.asarray(cv2.resize(disc(at + step), carried.shape[::-1]), np.float32)
        before = np.asarray(cv2.resize(disc(at), carried.shape[::-1]), np.float32)
        ious.append(iou(carried, truth, 0.5))
        stale.append(iou(before, truth, 0.5))
    assert min(ious) >= 0.98
    assert max(stale) < 0.95


def test_the_matte_uses_its_memory_again_in_the_steady_state() -> None:
    refiner, frame, probability = MatteRefiner(Buffers()), scene(0.5), disc(0.5)
    half = halved(frame)
    for _ in range(20):
        refiner.refine(probability, half, SIZE)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(40):
        refiner.refine(probability, half, SIZE)
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before) / 40 < 50


@pytest.mark.parametrize("clip", ["talking_man", "talking_woman"])
def test_on_a_real_talking_head_the_flicker_is_at_most_0_6_of_the_raw_masks(
    clip: str, models: Registry
) -> None:
    frames = read_footage(clip, 40)
    segmenter, refiner = best_segmenter(models), MatteRefiner(Buffers())
    raw: list[Mask] = []
    calm: list[Mask] = []
    alone: list[Mask] = []
    for frame in frames:
        half = halved(frame)
        rgb: npt.NDArray[np.uint8] = np.asarray(
            cv2.cvtColor(cv2.resize(half, segmenter.size), cv2.COLOR_BGR2RGB), np.uint8
        )
        probability = segmenter.segment(rgb)
        raw.append((np.asarray(cv2.resize(probability, SIZE)) * 255).astype(np.uint8))
        calm.append(refiner.refine(probability, half, SIZE).copy())
        alone.append(MatteRefiner(Buffers()).refine(probability, half, SIZE))
    segmenter.close()
    assert flicker(calm, frames) <= 0.6 * flicker(raw, frames)
    assert min(iou(one, other, 127) for one, other in zip(calm, alone, strict=True)) >= 0.98
