"""Looks of our own making: stated numbers, gentle, and the same as a .cube file."""

from pathlib import Path

import numpy as np
import pytest

from effects.cube import grid, read_cube
from effects.grading import Grade, Look, graded, read_looks
from scripts.write_looks import write_looks

LOOKS = read_looks()
GREYS = np.repeat(np.linspace(0, 1, 64, dtype=np.float32)[:, None], 3, axis=1)
SKIN = np.array([[0.90, 0.70, 0.60]], np.float32)


def test_there_are_at_least_twelve_each_with_a_name_of_its_own() -> None:
    assert len(LOOKS) >= 12
    assert len({look.name for look in LOOKS}) == len({look.label for look in LOOKS}) == len(LOOKS)


def test_a_neutral_grade_changes_nothing() -> None:
    assert graded(GREYS, Grade()) is GREYS


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_a_look_stays_in_range_and_keeps_light_lighter_than_dark(look: Look) -> None:
    result = graded(grid(17), look.grade)
    assert result.dtype == np.float32
    assert result.min() >= 0
    assert result.max() <= 1
    luma = graded(GREYS, look.grade) @ np.array([0.2126, 0.7152, 0.0722], np.float32)
    assert (np.diff(luma) > -1e-4).all()


@pytest.mark.parametrize("look", [look for look in LOOKS if look.name != "mono"], ids=lambda look: look.name)
def test_skin_stays_skin(look: Look) -> None:
    red, green, blue = graded(SKIN, look.grade)[0]
    assert red > green > blue


def test_temperature_and_tint_keep_the_luma() -> None:
    weights = np.array([0.2126, 0.7152, 0.0722], np.float32)
    for grade in (Grade(temperature=0.5), Grade(temperature=-0.5), Grade(tint=0.5)):
        assert abs(float((graded(SKIN, grade) @ weights - SKIN @ weights)[0])) < 0.01


def test_a_look_written_as_a_cube_file_is_the_look(tmp_path: Path) -> None:
    paths = write_looks(tmp_path)
    assert [path.stem for path in paths] == [look.name for look in LOOKS]
    cube = read_cube(tmp_path / "film.cube")
    assert cube.size == 33
    film = next(look for look in LOOKS if look.name == "film")
    colors = np.random.default_rng(1).random((2000, 3)).astype(np.float32)
    assert np.abs(cube.sample(colors) - graded(colors, film.grade)).max() * 255 < 2
