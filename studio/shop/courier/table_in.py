"""Reads tables that couriers and spreadsheets made: CSV in the encodings of the field, and XLSX."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

MAX_BYTES: Final = 16 * 1024 * 1024
MAX_UNPACKED: Final = 128 * 1024 * 1024
MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 100
MAX_CELL: Final = 1_000
_EXACT: Final = 10**15
"""Below it a spreadsheet keeps every digit of a number."""
_ENCODINGS: Final = ("utf-8-sig", "gb18030")
# What a damaged file makes the readers of zip, XML and workbooks raise.
_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
_DELIMITERS: Final = ",;\t"

Table = list[list[str]]


class TableProblem(StrEnum):
    """Why a file is no table that can be read."""

    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    NOT_A_TABLE = "not_a_table"
    OLD_EXCEL = "old_excel"


class TableError(Exception):
    """The file cannot be read; `studio.shop.courier_texts` words the problem."""

    def __init__(self, problem: TableProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def read_table(content: bytes) -> Table:
    """Return the rows of a file as texts, whatever its name says.

    Raises:
        TableError: it is too large, or no table.
    """
    if len(content) > MAX_BYTES:
        raise TableError(TableProblem.TOO_LARGE)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise TableError(TableProblem.OLD_EXCEL)
    rows = _xlsx_rows(content) if content.startswith(b"PK") else _csv_rows(content)
    table: Table = []
    for row in rows:
        if len(table) >= MAX_ROWS:
            raise TableError(TableProblem.TOO_MANY_ROWS)
        table.append(_without_empty_end([text[:MAX_CELL].strip() for text in row[:MAX_COLUMNS]]))
    return table


def _without_empty_end(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row.pop()
    return row


def _csv_rows(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    if "\x00" in text:
        raise TableError(TableProblem.NOT_A_TABLE)
    head = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=head.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise TableError(TableProblem.NOT_A_TABLE) from error


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = _ENCODINGS
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableError(TableProblem.NOT_A_TABLE)


def _xlsx_rows(content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MAX_UNPACKED:
                raise TableError(TableProblem.TOO_LARGE)
        # Of a formula its last result counts; links to other files are not followed.
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what the file says of them may be wrong
            for row in sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True):
                yield [_cell_text(value) for value in row]
        finally:
            book.close()
    except _DAMAGED as error:
        raise TableError(TableProblem.NOT_A_TABLE) from error


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    return str(value)
