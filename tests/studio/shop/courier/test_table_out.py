import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.shop.courier.table_in import read_table
from studio.shop.courier.table_out import write_table
from widgets.shop.file_choices import TableFormat

NUMBER = "261201482119040"
DANGEROUS = ("=1+1", "+7", "-2", "@SUM(A1)", "＝1", '=HYPERLINK("https://evil")')
TEXTS = st.text(max_size=40)
CELLS = st.lists(st.lists(TEXTS, min_size=1, max_size=5), min_size=1, max_size=8)


def loaded(content: bytes) -> list[list[tuple[object, str]]]:
    """The cells of a written XLSX as a spreadsheet has them."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()]


def test_a_spreadsheet_keeps_numbers_as_texts_and_runs_no_formula() -> None:
    content = write_table(TableFormat.XLSX, [[NUMBER, "007", *DANGEROUS]])
    [row] = loaded(content)
    assert row == [(text, "s") for text in (NUMBER, "007", *DANGEROUS)]


def test_a_csv_has_its_mark_and_no_cell_that_a_spreadsheet_runs_or_shortens() -> None:
    content = write_table(TableFormat.CSV, [[NUMBER, "007", "小雨", *DANGEROUS]])
    assert content.startswith(b"\xef\xbb\xbf")
    [row] = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert row[:3] == [f"\t{NUMBER}", "\t007", "小雨"]
    assert all(text.startswith("'") for text in row[3:])


@pytest.mark.parametrize("table_format", TableFormat)
@given(rows=CELLS)
def test_no_text_makes_a_cell_of_a_formula_or_a_second_line(
    table_format: TableFormat, rows: list[list[str]]
) -> None:
    content = write_table(table_format, [["head"], *rows])
    if table_format is TableFormat.XLSX:
        assert all(kind in {"s", "n"} for row in loaded(content) for _, kind in row)
    else:
        cells = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        assert not any(text.startswith(tuple("=+-@")) for row in cells for text in row)
        assert content.count(b"\r\n") == len(rows) + 1


@pytest.mark.parametrize("table_format", TableFormat)
@given(name=st.text("小雨aB7 ", min_size=1, max_size=12).map(str.strip).filter(bool))
def test_what_is_written_is_read_again_as_it_was(table_format: TableFormat, name: str) -> None:
    rows = [["订单号", "收件人"], [NUMBER, name]]
    assert read_table(write_table(table_format, rows)) == rows
