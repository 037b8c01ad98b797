"""The text of looks: encodings, line ends, and what counts as a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effects.cube_text import decoded, is_keyword, is_number, lines_of, words_of


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_to_some_text(content: bytes) -> None:
    for line in lines_of(decoded(content)):
        words_of(line)


def test_lines_of_a_look_are_counted_as_an_editor_counts_them() -> None:
    assert lines_of("a\r\nb\rc\x0bd\ne\n") == ["a", "b", "c\x0bd", "e"]
    assert lines_of("") == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("0,5 1 0", ["0.5", "1", "0"]),
        ("0,5, 1", ["0", "5", "1"]),
        ("0.5;1 # x", ["0.5;1"]),
        ("TITLE a, b", ["TITLE", "a,", "b"]),
        ("", []),
    ],
)
def test_words_of_a_line_are_told_apart(line: str, words: list[str]) -> None:
    assert words_of(line) == words


@pytest.mark.parametrize("word", ["1", "-0.5", ".5", "1.", "1e-5", "nan", "inf"])
def test_a_number_is_no_keyword(word: str) -> None:
    assert is_number(word)
    assert not is_keyword(word)
