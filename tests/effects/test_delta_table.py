"""One look-up of the change: exact where nothing changes, near enough everywhere else."""

import numpy as np
import pytest

from effects.buffers import Buffers
from effects.cube import Cube, grid
from effects.delta_table import ColorFunction, DeltaTable
from effects.frame import Frame
from effects.grading import Colors, graded, read_looks


def apply(function: ColorFunction, frame: Frame) -> Frame:
    return DeltaTable(function).apply(frame, Buffers())


def exact(function: ColorFunction, frame: Frame) -> Colors:
    colors = frame.reshape(-1, 3)[:, ::-1].astype(np.float32) / np.float32(255)
    return (np.clip(function(colors), 0, 1) * 255)[:, ::-1].reshape(frame.shape)


def psnr_db(found: Frame, expected: Colors) -> float:
    error = float(np.mean((found.astype(np.float32) - expected) ** 2))
    return 10 * float(np.log10(255**2 / error))


def every_color() -> Frame:
    """Return all 16.7 million colours' every fifth step: BGR (52, 52 * 52, 3)."""
    steps = np.arange(0, 256, 5, dtype=np.uint8)
    return np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1).reshape(52, -1, 3)


def test_an_identity_is_lossless() -> None:
    assert np.array_equal(apply(lambda colors: colors, every_color()), every_color())
    assert DeltaTable(lambda colors: colors).is_identity


@pytest.mark.parametrize("look", read_looks(), ids=lambda look: look.name)
def test_every_look_is_met_to_48_db_of_trilinear(look: object, portrait: Frame) -> None:
    chosen = next(each for each in read_looks() if each == look)
    cube = Cube(graded(grid(33), chosen.grade).reshape(33, 33, 33, 3))
    assert psnr_db(apply(cube.sample, portrait), exact(cube.sample, portrait)) >= 48


def test_an_inverted_picture_is_met_too() -> None:
    found = apply(lambda colors: 1 - colors, every_color())
    error = np.abs(found.astype(int) - (255 - every_color().astype(int)))
    assert error.max() <= 8  # half the precision: a bin of colours is 8 levels wide


def test_a_delta_table_does_not_write_its_source(portrait: Frame) -> None:
    before = portrait.copy()
    apply(lambda colors: colors * np.float32(0.5), portrait)
    assert np.array_equal(portrait, before)


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 5, 3), (241, 1, 3)])
def test_a_delta_table_takes_pictures_of_any_size(shape: tuple[int, ...]) -> None:
    frame = np.full(shape, 200, np.uint8)
    found = apply(lambda colors: colors * np.float32(0.5), frame)
    assert found.shape == shape
    assert np.abs(found.astype(int) - 100).max() <= 2


def test_opacity_comes_with_the_colours() -> None:
    frame = np.zeros((2, 2, 3), np.uint8)
    frame[0] = 255
    table = DeltaTable(lambda colors: colors, lambda colors: colors.mean(axis=1))
    same, opacity = table.apply_with_opacity(frame, Buffers())
    assert np.array_equal(same, frame)
    assert opacity[0].min() > 250
    assert opacity[1].max() < 5
