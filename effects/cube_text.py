"""The text of a look file, as programs write it: in several encodings, with points or commas in numbers."""

import codecs
import re
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like the next
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GUESSES: Final = ("utf-8", "gb18030")
_PROBE_BYTES: Final = 200
_FEWEST_ZEROS: Final = 0.25
"""Of all bytes: in UTF-16 half of them but for titles in other letters."""
MOST_LINES: Final = 600_000
"""Twice what the largest table takes; what follows is passed over, and never looked at."""
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_NUMBER: Final = re.compile(
    r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|[+-]?(inf|infinity|nan)", re.IGNORECASE | re.ASCII
)
_WITH_COMMA: Final = re.compile(r"[+-]?\d*(,\d+)?([eE][+-]?\d+)?", re.ASCII)


def decoded(content: bytes) -> str:
    """Return the text of a file whose numbers and keywords are ASCII in any case; titles are a guess.

    A mark at the beginning decides, then zeros in every other byte (UTF-16), then what the bytes allow.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    probe = content[:_PROBE_BYTES]
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, others = probe[offset::2].count(0), probe[1 - offset :: 2].count(0)
        if zeros > len(probe) * _FEWEST_ZEROS and not others:
            return content.decode(encoding, "replace")
    for encoding in _GUESSES:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def lines_of(text: str) -> list[str]:
    """Return the lines as an editor counts them; what follows a Ctrl-Z of old programs is no text.

    Of an enormous text only the first are returned.
    """
    lines = _LINE_END.split(text.split("\x1a", 1)[0].rstrip("\0"), MOST_LINES)[:MOST_LINES]
    return lines if lines[-1] else lines[:-1]


def words_of(line: str) -> list[str]:
    """Return what a line holds before its remark; decimal commas become points, other commas separate."""
    text = line.split("#", 1)[0]
    words = text.split()
    if "," not in text or not words or is_keyword(words[0]):
        return words
    if "." not in text and len(words) == 3 and all(_WITH_COMMA.fullmatch(word) for word in words):
        return [word.replace(",", ".") for word in words]
    return text.replace(",", " ").split()


def is_keyword(word: str) -> bool:
    """Say whether a line that begins with this word says something about the table, and is no colour."""
    return word[0].isalpha() and not _NUMBER.fullmatch(word)


def is_number(word: str) -> bool:
    """Say whether it is written as programs write numbers; `float` takes more than that."""
    return _NUMBER.fullmatch(word) is not None
