"""Looks from other programs: read exactly, and refused by the line that is wrong."""

from contextlib import suppress
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from effects.cube import Cube, CubeError, cube_text, grid, parse_cube, read_cube

IDENTITY_2 = """TITLE "two"
# a remark
LUT_3D_SIZE 2

0 0 0
1 0 0
0 1 0
1 1 0
0 0 1
1 0 1
0 1 1
1 1 1
"""


def identity(size: int) -> Cube:
    return Cube(grid(size).reshape(size, size, size, 3))


def some_colors() -> npt.NDArray[np.float32]:
    return np.random.default_rng(3).random((500, 3)).astype(np.float32)


def test_a_file_is_read_with_red_varying_fastest() -> None:
    cube = parse_cube(IDENTITY_2)
    assert (cube.size, cube.title) == (2, "two")
    assert cube.table[1, 0, 0].tolist() == [0, 0, 1]
    assert cube.table[0, 0, 1].tolist() == [1, 0, 0]


@pytest.mark.parametrize("size", [2, 3, 17, 33, 65])
def test_an_identity_of_any_size_gives_colours_back(size: int) -> None:
    assert np.abs(identity(size).sample(some_colors()) - some_colors()).max() < 1e-6


@given(st.lists(st.floats(0, 1, width=32), min_size=3, max_size=3))
def test_between_entries_all_three_sides_are_mixed_evenly(color: list[float]) -> None:
    table = np.random.default_rng(5).random((3, 3, 3, 3)).astype(np.float32)
    place = np.array(color) * 2
    low = np.minimum(place.astype(int), 1)
    share = place - low
    expected = np.zeros(3)
    for blue in (0, 1):
        for green in (0, 1):
            for red in (0, 1):
                corner = np.array([red, green, blue])
                weight = np.prod(np.where(corner, share, 1 - share))
                expected += weight * table[low[2] + blue, low[1] + green, low[0] + red]
    found = Cube(table).sample(np.array([color], np.float32))[0]
    assert np.allclose(found, expected, atol=1e-5)


def test_beyond_the_domain_the_outermost_entry_counts() -> None:
    cube = parse_cube(
        IDENTITY_2.replace("LUT_3D_SIZE 2", "LUT_3D_SIZE 2\nDOMAIN_MIN 0.25 0 0\nDOMAIN_MAX 0.75 1 1")
    )
    sampled = cube.sample(np.array([[0.1, 0.5, 0.5], [0.5, 0.5, 0.5], [0.9, 0.5, 0.5]], np.float32))
    assert sampled[:, 0].tolist() == pytest.approx([0, 0.5, 1])


def test_what_is_written_is_read_back() -> None:
    cube = Cube(np.random.default_rng(5).random((5, 5, 5, 3)).astype(np.float32), title="Dusk")
    again = parse_cube(cube_text(cube))
    assert again.title == "Dusk"
    assert np.abs(again.table - cube.table).max() < 1e-6


def test_windows_line_ends_a_mark_and_remarks_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "look.cube"
    text = IDENTITY_2.replace("1 1 1", "1 1 1 # white").replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert np.array_equal(read_cube(path).table, parse_cube(IDENTITY_2).table)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("LUT_3D_SIZE 2\n", ""), "line 4: expected LUT_3D_SIZE"),
        (("LUT_3D_SIZE 2", "LUT_3D_SIZE 1"), "line 3: expected a size from 2 to 65, got '1'"),
        (("LUT_3D_SIZE 2", "LUT_3D_SIZE 66"), "line 3: expected a size from 2 to 65"),
        (("LUT_3D_SIZE 2", "LUT_3D_SIZE many"), "line 3: expected a size"),
        (("LUT_3D_SIZE 2", "LUT_3D_SIZE"), "line 3: expected one number"),
        (("LUT_3D_SIZE 2", "LUT_1D_SIZE 2"), "line 3: expected a 3D table"),
        (("LUT_3D_SIZE 2", "LUT_3D_SIZE 2\nDOMAIN_MIN 0 0"), "line 4: expected three numbers, got '0 0'"),
        (("LUT_3D_SIZE 2", "LUT_3D_SIZE 2\nDOMAIN_MIN 1 1 1"), "line 4: expected DOMAIN_MIN below"),
        (("0 1 0\n", "0 1\n"), "line 7: expected three numbers, got '0 1'"),
        (("0 1 0\n", "0 one 0\n"), "line 7: expected three numbers, got '0 one 0'"),
        (("0 1 0\n", "0 nan 0\n"), "line 7: expected finite numbers"),
        (("0 1 0\n", "0 inf 0\n"), "line 7: expected finite numbers"),
        (("0 1 0\n", "0 1 0 0 1 0\n"), "line 7: expected three numbers"),
        (("1 1 1\n", ""), "line 11: expected 8 colours for size 2, got 7"),
        (("1 1 1\n", "1 1 1\n1 1 1\n"), "line 13: expected 8 colours for size 2, got more"),
        (("0 0 1\n1 0 1\n", "0 0 1 1\n0 1\n"), "line 9: expected three numbers"),
    ],
)
def test_a_malformed_file_is_refused_by_its_line(change: tuple[str, str], told: str) -> None:
    with pytest.raises(CubeError) as refused:
        parse_cube(IDENTITY_2.replace(*change))
    assert str(refused.value).startswith(told)


@pytest.mark.parametrize("text", ["", "\n\n", "TITLE x", "\x00\x01\x02", "GIF89a"])
def test_what_is_no_look_at_all_is_refused(text: str) -> None:
    with pytest.raises(CubeError, match="LUT_3D_SIZE"):
        parse_cube(text)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(CubeError, match=r"gone\.cube"):
        read_cube(tmp_path / "gone.cube")
    with pytest.raises(CubeError):
        read_cube(tmp_path)


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    with suppress(CubeError):
        parse_cube("LUT_3D_SIZE 2\n" + text)
