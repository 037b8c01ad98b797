import pytest

from backend.contract.exchange import MOST_IMPORT_LINES
from backend.shop.catalog.exchange.tables import MOST_COLUMNS, MOST_IN_CELL, FileError, read_table, read_text

TEXT = "title,price\n明前龙井,49\n"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("gb18030"),
    ],
)
def test_a_file_is_read_in_each_encoding_that_spreadsheets_write(content: bytes) -> None:
    assert read_text(content) == TEXT


def test_letters_of_no_known_encoding_are_refused() -> None:
    with pytest.raises(FileError, match="UTF-8"):
        read_text(b"title\n\xff\xff\xff")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_cells_hold_separators_quotes_and_lines_whatever_parts_them(separator: str, end: str) -> None:
    quoted = f'"a,b"{separator}"say ""hi""{end}there"'.replace(",", separator)
    text = f"Title{separator}Body (HTML){end}{quoted}{end}{end}c{separator}{end}"
    table = read_table(text)
    assert dict(table.columns) == {"title": "Title", "body (html)": "Body (HTML)"}
    assert [line.values for line in table.lines] == [
        {"title": f"a{separator}b", "body (html)": f'say "hi"{end}there'},
        {"title": "c", "body (html)": ""},
    ]
    assert [line.line for line in table.lines] == [2, 5]


def test_columns_are_known_whatever_their_case_and_spaces() -> None:
    assert set(read_table(" On  Shelf ,PRICE\n").columns) == {"on shelf", "price"}


def test_a_line_with_too_few_or_too_many_cells_is_read() -> None:
    table = read_table("a,b\n1\n1,2,3\n")
    assert [line.values for line in table.lines] == [{"a": "1"}, {"a": "1", "b": "2"}]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no line with the names"),
        ("\n\n", "no line with the names"),
        ("a,A\n", "stands twice"),
        ('a,b\n"open,1\n', "quote not closed"),
        (f'a\n"{"x" * (MOST_IN_CELL + 1)}"\n', "too long"),
        (f'a\n"{"x" * 140_000}"\n', "no whole CSV"),
        ("a\n" + "1\n" * (MOST_IMPORT_LINES + 1), "Split it"),
    ],
)
def test_what_is_no_table_is_refused_whole(text: str, why: str) -> None:
    with pytest.raises(FileError, match=why):
        read_table(text)


def test_more_columns_than_a_shop_has_are_refused_before_they_are_compared() -> None:
    assert len(read_table(",".join(f"c{number}" for number in range(MOST_COLUMNS))).columns) == MOST_COLUMNS
    with pytest.raises(FileError, match="columns"):
        read_table("a," * 1_000_000)


def test_ten_thousand_lines_are_taken() -> None:
    assert len(read_table("a\n" + "1\n" * MOST_IMPORT_LINES).lines) == MOST_IMPORT_LINES
