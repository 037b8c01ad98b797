"""Looks from other programs: read exactly, and refused by the line that is wrong."""

import os
from contextlib import suppress
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from effects.cube import Cube, CubeError, cube_text, grid, parse_cube, read_cube
from effects.cube_text import MOST_LINES, lines_of
from effects.params import Fault, FaultKind

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
    big = tmp_path / "big.cube"
    with big.open("wb") as file:
        file.truncate(65 << 20)
    with pytest.raises(CubeError, match="at most 32 MB") as refused:
        read_cube(big)
    assert refused.value.fault is not None
    assert refused.value.fault.kind is FaultKind.TOO_LARGE
    with pytest.raises(CubeError):
        read_cube(tmp_path)


def faulty(text: str) -> Fault:
    with pytest.raises(CubeError) as refused:
        parse_cube(text)
    assert refused.value.fault is not None
    return refused.value.fault


def test_keywords_of_a_look_are_read_in_any_case() -> None:
    text = IDENTITY_2.replace("LUT_3D_SIZE 2", "Lut_3D_size 2\nDomain_Min 0 0 0\ndomain_max 2 2 2")
    cube = parse_cube(text.replace("TITLE", "Title"))
    assert (cube.size, cube.title, cube.high) == (2, "two", (2.0, 2.0, 2.0))
    assert faulty("lut_1d_size 16\n0 0 0\n").kind is FaultKind.LOOK_OF_ONE_DIMENSION


@pytest.mark.parametrize("row", ["0,25 0 1", "0,25\t0,0 1,0", "0.25, 0, 1", "0.25,0,1", "2,5e-1 0 1,0"])
def test_decimal_commas_and_commas_between_numbers_of_a_look_are_told_apart(row: str) -> None:
    cube = parse_cube(IDENTITY_2.replace("0 0 1\n", row + "\n"))
    assert cube.table[1, 0, 0].tolist() == [0.25, 0, 1]


def test_a_domain_of_a_look_may_have_decimal_commas() -> None:
    cube = parse_cube(IDENTITY_2.replace("LUT_3D_SIZE 2", "LUT_3D_SIZE 2\nDOMAIN_MAX 0,5 0,5 0,5"))
    assert cube.high == (0.5, 0.5, 0.5)


@pytest.mark.parametrize("junk", ["\x1a", "\0\0\0", "END\n", "</lut>\n", "\n# done\n\n", "\x1a\x00 1 1 1"])
def test_what_trails_behind_the_last_colour_of_a_look_does_not_matter(junk: str) -> None:
    assert np.array_equal(parse_cube(IDENTITY_2 + junk).table, parse_cube(IDENTITY_2).table)


def test_a_domain_behind_the_colours_is_refused_not_passed_over() -> None:
    fault = faulty(IDENTITY_2 + "domain_max 2 2 2\n")
    assert (fault.kind, fault.line, fault.got) == (FaultKind.LOOK_ORDER, 13, "domain_max")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gbk"]
)
def test_a_look_is_read_in_the_encoding_its_program_wrote(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "look.cube"
    path.write_bytes(IDENTITY_2.replace("two", "暖阳").replace("a remark", "备注").encode(encoding))
    cube = read_cube(path)
    assert np.array_equal(cube.table, parse_cube(IDENTITY_2).table)
    assert "暖阳" in cube.title


def test_a_title_in_latin_letters_does_not_spoil_a_look(tmp_path: Path) -> None:
    path = tmp_path / "look.cube"
    path.write_bytes(IDENTITY_2.replace("two", "été").encode("latin-1"))
    assert read_cube(path).size == 2


def test_whole_numbers_of_a_look_are_scaled_where_its_domain_says_so() -> None:
    body = IDENTITY_2.replace("1", "255")
    cube = parse_cube(body.replace("LUT_3D_SIZE 2", "LUT_3D_SIZE 2\nDOMAIN_MAX 255 255 255"))
    assert cube.high == (1.0, 1.0, 1.0)
    assert np.array_equal(cube.table, parse_cube(IDENTITY_2).table)


@pytest.mark.parametrize("white", ["255", "1023", "64"])
def test_whole_numbers_of_a_look_without_such_a_domain_are_refused_never_taken(white: str) -> None:
    fault = faulty(IDENTITY_2.replace("1", white))
    assert (fault.kind, fault.got) == (FaultKind.LOOK_RANGE, white)


def test_a_look_that_overshoots_a_little_is_taken_as_it_is() -> None:
    assert parse_cube(IDENTITY_2.replace("1 1 1", "1.1 1.05 -0.02")).table.max() == pytest.approx(1.1)


@pytest.mark.parametrize("row", ["0 1_0 0", "0 ٣ 0", "0 0x1 0"])
def test_what_only_python_takes_for_a_number_is_none_in_a_look(row: str) -> None:
    assert faulty(IDENTITY_2.replace("0 1 0", row)).kind is FaultKind.LOOK_NUMBERS


def test_a_first_colour_that_is_no_number_is_refused_by_its_own_line() -> None:
    assert faulty(IDENTITY_2.replace("0 0 0", "nan nan nan")).line == 5


def test_a_number_too_large_for_a_look_is_refused_by_its_line() -> None:
    assert faulty(IDENTITY_2.replace("1 1 1", "1e39 1 1")).line == 12


@pytest.mark.parametrize("most", ["1e-300", "0.0001"])
def test_a_domain_of_a_look_too_narrow_to_divide_by_is_refused(most: str) -> None:
    fault = faulty(f"DOMAIN_MAX {most} {most} {most}\n" + IDENTITY_2)
    assert (fault.kind, fault.line) == (FaultKind.LOOK_DOMAIN, 1)


@pytest.mark.parametrize("line", ["", "a", "DOMAIN_MIN 0 0 0"])
def test_a_look_of_nothing_but_heads_is_given_up_early(line: str) -> None:
    fault = faulty(f"{line}\n" * 1_000_000)
    assert (fault.kind, fault.line) == (FaultKind.NOT_A_LOOK, 10_001)


def test_millions_of_lines_behind_a_look_are_never_looked_at() -> None:
    assert len(lines_of("0 0 0\n" * 1_000_000)) == MOST_LINES
    assert parse_cube(IDENTITY_2 + "x\n" * 1_000_000).size == 2


def test_a_pipe_is_no_look_and_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.cube")
    with pytest.raises(CubeError) as told:
        read_cube(tmp_path / "pipe.cube")
    assert told.value.fault is not None
    assert told.value.fault.kind is FaultKind.UNREADABLE


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    with suppress(CubeError):
        parse_cube("LUT_3D_SIZE 2\n" + text)
