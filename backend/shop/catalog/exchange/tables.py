"""Reads bytes as a table, whatever spreadsheet wrote them: encoding, separator, quotes, lines in cells."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final, Protocol

import msgspec

from backend.contract.exchange import MOST_IMPORT_LINES

# What a cell can have at most: beyond, it is no cell but a quote that nobody closed.
MOST_IN_CELL: Final = 100_000
# WooCommerce writes three for each attribute; no shop has as many.
MOST_COLUMNS: Final = 500
_SEPARATORS: Final = (",", ";", "\t")
_BY_MARK: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class _Reader(Protocol):
    """The standard library's reader, whose type has no public name."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


class FileError(Exception):
    """Nothing of a file can be taken; the message names cause and remedy."""


class Line(msgspec.Struct, frozen=True):
    """A line of a table: where it ends in the file, and its cells by normal column."""

    line: int
    values: dict[str, str]


class Table(msgspec.Struct, frozen=True):
    """A table.

    Attributes:
        columns: what the file calls each normal column: without case and with single spaces.
    """

    columns: Mapping[str, str]
    lines: list[Line]


def read_text(content: bytes) -> str:
    """Return the text of a file: UTF-8, with or without its mark, UTF-16 with it, or GB 18030.

    Raises:
        FileError: it is none of them.
    """
    encoding = next((name for mark, name in _BY_MARK if content.startswith(mark)), None)
    for tried in (encoding,) if encoding else ("utf-8", "gb18030"):
        try:
            return content.decode(tried)
        except UnicodeDecodeError:
            continue
    raise FileError("The file's letters cannot be read. Save it as CSV UTF-8.")


def read_table(text: str) -> Table:
    """Return the table of a text.

    Raises:
        FileError: it is none, or longer than is taken.
    """
    first = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    try:
        return _read(text, separator)
    except csv.Error as error:
        raise FileError(f"The file is no whole CSV: {error}. Is a quote not closed?") from error


def _read(text: str, separator: str) -> Table:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    head = next(reader, [])
    if len(head) > MOST_COLUMNS:
        raise FileError(f"The file has more than {MOST_COLUMNS} columns. Leave out what is no product's.")
    names = [normal(name) for name in head]
    doubled = sorted(name for name, count in Counter(names).items() if name and count > 1)
    if not any(names):
        raise FileError("The file has no line with the names of its columns.")
    if doubled:
        raise FileError(f"The column {doubled[0]!r} stands twice. Leave one of them out.")
    lines = list(_lines(reader, names))
    return Table(dict(zip(names, head, strict=True)), lines)


def _lines(reader: _Reader, names: list[str]) -> Iterator[Line]:
    count = 0
    begins_at = reader.line_num + 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            count += 1
            if count > MOST_IMPORT_LINES:
                raise FileError(f"The file has more than {MOST_IMPORT_LINES} lines. Split it.")
            if max(map(len, cells)) > MOST_IN_CELL:
                raise FileError(f"A cell in line {begins_at} is too long. Is a quote not closed?")
            # What is left out at the end of a line is empty.
            yield Line(begins_at, dict(zip(names, cells, strict=False)))
        begins_at = reader.line_num + 1


def normal(name: str) -> str:
    """Return a column's name without case, with single spaces."""
    return " ".join(name.split()).casefold()
