"""Tables of texts as CSV and XLSX: written so that a spreadsheet keeps every digit and runs nothing."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

import openpyxl
from openpyxl.cell import WriteOnlyCell

from widgets.shop.file_choices import TableFormat

Row = Sequence[str]

# What makes a cell a formula (OWASP, CSV injection); the full-width forms count where a program folds them.
_FORMULA: Final = tuple("=+-@\t\r＝＋－＠")
# XML 1.0 holds none of these, and a cell of one line no breaks.
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]+")
_LONG_NUMBER: Final = re.compile(r"[0-9]{12,}|0[0-9]+")
_MAX_CELL: Final = 32_000
"""A cell of a spreadsheet holds at most 32,767 characters."""


def write_table(table_format: TableFormat, rows: Iterable[Row]) -> bytes:
    """Return the file: the first row is its head."""
    clean = [[_line(text) for text in row] for row in rows]
    return _xlsx(clean) if table_format is TableFormat.XLSX else _csv(clean)


def _line(text: str) -> str:
    return _UNSEEN.sub(" ", text).strip()[:_MAX_CELL]


def _csv(rows: Iterable[Row]) -> bytes:
    # The mark tells Excel that it is UTF-8; without it Chinese is read in the machine's old code page.
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerows([_csv_cell(text) for text in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(text: str) -> str:
    if text.startswith(_FORMULA):
        return f"'{text}"
    # A tab keeps a spreadsheet from taking a long number, or one that begins with 0, for a quantity.
    return f"\t{text}" if _LONG_NUMBER.fullmatch(text) else text


def _xlsx(rows: Iterable[Row]) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("orders")
    for row in rows:
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, value=text or None)
            if text:
                cell.data_type = "s"  # what begins with `=` would be a formula
            cell.number_format = "@"
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
