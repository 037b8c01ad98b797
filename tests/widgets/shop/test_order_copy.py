import msgspec
import pytest

from tests.widgets.orders import ADDRESS, order, paid
from widgets.shop.order_copy import cell, table


@pytest.mark.parametrize("text", ["=1+1", "+86 138", "-2", "@SUM(A1)", "＝1", "  =1", "\t=1", "\n@x"])
def test_a_cell_that_would_be_a_formula_is_a_text(text: str) -> None:
    assert cell(text).startswith("'")


def test_a_cell_is_one_line() -> None:
    assert cell("a\tb\r\nc\u2028d") == "a b c d"


def test_a_table_has_a_line_an_order_whatever_buyers_write() -> None:
    person = msgspec.structs.replace(ADDRESS, name='=HYPERLINK("http://x")', street="a\tb\nc")
    rows = table([order(2, address=person, note="@now\nsoon"), paid(1)]).split("\n")

    assert [len(row.split("\t")) for row in rows] == [8, 8]
    cells = rows[0].split("\t")
    assert cells[0] == order(2).number
    assert cells[1] == "¥168.00"
    assert cells[3] == '\'=HYPERLINK("http://x")'
    assert cells[7] == "'@now soon"
