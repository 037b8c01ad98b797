"""Edges before another background: the person's own colour, hairs found again, and nothing else touched."""

import resource

import cv2
import numpy as np
import pytest

from effects.buffers import Buffers
from effects.edge_colors import EdgeColors
from effects.frame import Frame, Mask

SIZE = (400, 320)
WALL, HAIR = (235, 240, 245), (25, 30, 40)


def scene(wall: tuple[int, int, int] = WALL) -> tuple[Frame, Mask]:
    """Return a dark head before a wall with three hairs that stick out, and the head's true share."""
    share = np.zeros(SIZE[::-1], np.uint8)
    cv2.circle(share, (200, 160), 90, 255, -1, cv2.LINE_AA)
    for angle in (-0.4, 0.0, 0.5):
        end = round(200 + 104 * np.cos(angle)), round(160 + 104 * np.sin(angle))
        cv2.line(share, (200, 160), end, 255, 1, cv2.LINE_AA)
    share = np.asarray(cv2.GaussianBlur(share, (0, 0), 1.2), np.uint8)
    part = share[..., None] / 255
    return np.rint(np.array(HAIR) * part + np.array(wall) * (1 - part)).astype(np.uint8), share


def rough(share: Mask) -> Mask:
    """Return what a network makes of it: soft, and without the hairs."""
    opened = cv2.morphologyEx(share, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    return np.asarray(cv2.blur(opened, (19, 19)), np.uint8)


def refined(frame: Frame, matte: Mask, hair: float | None = 1.0) -> tuple[Frame, Mask]:
    """Return both refined."""
    frame, matte = frame.copy(), matte.copy()
    quarter = np.asarray(
        cv2.resize(
            frame, (max(1, frame.shape[1] // 4), max(1, frame.shape[0] // 4)), interpolation=cv2.INTER_AREA
        ),
        np.uint8,
    )
    where = None if hair is None else np.full((36, 64), hair, np.float32)
    EdgeColors(Buffers()).refine(frame, matte, quarter, where)
    return frame, matte


def test_dark_hair_before_a_bright_wall_does_not_keep_the_walls_colour() -> None:
    frame, share = scene()
    mask = rough(share)
    own, _ = refined(frame, mask)
    soft = (share > 60) & (share < 200)
    off = [np.abs(each[soft].astype(int) - HAIR).mean() for each in (frame, own)]
    assert off[1] < 0.3 * off[0]


def test_the_mask_takes_the_shape_that_the_colours_tell() -> None:
    frame, share = scene()
    mask = rough(share)
    _, fine = refined(frame, mask)
    band = (mask > 4) & (mask < 251)
    wrong = [np.abs(each[band].astype(int) - share[band]).mean() for each in (mask, fine)]
    assert wrong[1] < 0.4 * wrong[0]


def test_hairs_that_the_mask_lost_are_found_again() -> None:
    frame, share = scene()
    mask = rough(share)
    _, fine = refined(frame, mask)
    near = np.s_[156:165, 291:297]
    assert mask[near].max() < 160
    assert fine[near].max() > mask[near].max() + 30


def test_where_there_is_no_hair_the_mask_is_trusted_more() -> None:
    frame, share = scene()
    mask = rough(share)
    with_hair, without = (
        np.abs(refined(frame, mask, each)[1].astype(int) - mask).mean() for each in (1.0, 0.0)
    )
    assert without < 0.5 * with_hair


def test_a_person_of_the_walls_own_colour_keeps_the_mask_as_it_is() -> None:
    frame, share = scene(wall=(26, 31, 42))
    mask = rough(share)
    _, fine = refined(frame, mask)
    assert np.abs(fine.astype(int) - mask).max() <= 2


def test_person_and_background_away_from_the_edge_stay_bit_for_bit() -> None:
    frame, share = scene()
    mask = rough(share)
    own, fine = refined(frame, mask)
    near = cv2.dilate(((mask > 4) & (mask < 251)).astype(np.uint8), np.ones((31, 31), np.uint8)) > 0
    assert np.array_equal(own[~near], frame[~near])
    assert np.array_equal(fine[~near], mask[~near])


@pytest.mark.parametrize("level", [0, 255])
def test_a_frame_without_an_edge_stays(level: int) -> None:
    frame, _ = scene()
    mask = np.full(frame.shape[:2], level, np.uint8)
    own, fine = refined(frame, mask)
    assert np.array_equal(own, frame)
    assert np.array_equal(fine, mask)


@pytest.mark.parametrize("shape", [(1, 1), (2, 3), (4, 4), (5, 9), (241, 319), (360, 641)])
def test_edges_are_refined_in_frames_of_any_size(shape: tuple[int, int]) -> None:
    draw = np.random.default_rng(2)
    frame = draw.integers(0, 255, (*shape, 3), np.uint8)
    mask = np.asarray(cv2.blur(draw.integers(0, 255, shape, np.uint8), (5, 5)), np.uint8)
    own, fine = refined(frame, mask, None)
    assert own.shape == frame.shape
    assert fine.shape == shape


def test_edges_use_their_memory_again_in_the_steady_state() -> None:
    frame, share = scene()
    large = np.ascontiguousarray(cv2.resize(frame, (1280, 720)), np.uint8)
    mask = np.ascontiguousarray(cv2.resize(rough(share), (1280, 720)), np.uint8)
    quarter = np.asarray(cv2.resize(large, (320, 180), interpolation=cv2.INTER_AREA), np.uint8)
    hair = np.ones((36, 64), np.float32)
    edges = EdgeColors(Buffers())
    for _ in range(20):
        edges.refine(large.copy(), mask.copy(), quarter, hair)
    own, fine = large.copy(), mask.copy()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(40):
        edges.refine(own, fine, quarter, hair)
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before) / 40 < 50
