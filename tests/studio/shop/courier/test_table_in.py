import contextlib
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.shop.courier import table_in
from studio.shop.courier.table_in import MAX_BYTES, MAX_ROWS, TableError, TableProblem, read_table

ROWS = [["订单号", "运单号"], ["261201482119040", "SF1439"]]
TEXT = "订单号,运单号\r\n261201482119040,SF1439\r\n"


def book(*rows: list[object]) -> bytes:
    """An XLSX with these rows."""
    made = openpyxl.Workbook()
    assert made.active is not None
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def problem_of(content: bytes) -> TableProblem:
    with pytest.raises(TableError) as caught:
        read_table(content)
    return caught.value.problem


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_csv_is_read_in_the_encodings_of_the_field(encoding: str) -> None:
    assert read_table(TEXT.encode(encoding)) == ROWS


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_csv_may_be_parted_by_semicolons_or_tabs(delimiter: str) -> None:
    assert read_table(TEXT.replace(",", delimiter).encode()) == ROWS


def test_numbers_of_a_spreadsheet_come_whole_and_formulas_as_their_results() -> None:
    read = read_table(book(["订单号", "运单号"], [261201482119040, 14392208], [261201482119040.0, "=1+1"]))
    assert read[1] == ["261201482119040", "14392208"]
    assert read[2] == ["261201482119040"]  # no spreadsheet has worked the formula out


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"x" * (MAX_BYTES + 1), TableProblem.TOO_LARGE),
        (b"1\n" * (MAX_ROWS + 1), TableProblem.TOO_MANY_ROWS),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", TableProblem.OLD_EXCEL),
        (b"PK\x03\x04 no such thing", TableProblem.NOT_A_TABLE),
        (b"a,b\x00c", TableProblem.NOT_A_TABLE),
        (b"\xff\xff\xff", TableProblem.NOT_A_TABLE),
    ],
)
def test_a_file_that_is_no_table_names_its_problem(content: bytes, problem: TableProblem) -> None:
    assert problem_of(content) is problem


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 100_000)
    monkeypatch.setattr(table_in, "MAX_UNPACKED", 50_000)
    assert len(out.getvalue()) < 1_000
    assert problem_of(out.getvalue()) is TableProblem.TOO_LARGE


def test_a_zip_that_is_no_workbook_is_no_table() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("hello.txt", "hello")
    assert problem_of(out.getvalue()) is TableProblem.NOT_A_TABLE


@given(st.binary(max_size=400) | st.binary(max_size=200).map(lambda rest: b"PK\x03\x04" + rest))
def test_any_bytes_are_a_table_or_name_their_problem(content: bytes) -> None:
    try:
        table = read_table(content)
    except TableError:
        return
    assert all(isinstance(text, str) for row in table for text in row)


def test_a_damaged_workbook_is_read_or_refused_and_nothing_else() -> None:
    whole = book(*(["a", number] for number in range(50)))
    for place in range(100, len(whole), 97):
        broken = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        with contextlib.suppress(TableError):
            read_table(broken)
