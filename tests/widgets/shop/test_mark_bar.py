import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backend.contract.orders import MarkOrder, Order, OrderMark
from tests.widgets.conftest import Record
from tests.widgets.orders import paid
from widgets.shop.mark_bar import MarkBar


@pytest.fixture
def bar(qtbot: QtBot) -> MarkBar:
    made = MarkBar()
    qtbot.addWidget(made)
    made.show()
    return made


def marked(number: int, remark: str, at_ms: int = 1, *, is_flagged: bool = False) -> Order:
    return paid(number, mark=OrderMark(remark, is_flagged, "host", at_ms))


def test_a_remark_is_saved_by_enter_and_a_flag_by_a_click(bar: MarkBar, record: Record) -> None:
    wanted = record(bar.mark_wanted)
    bar.show_order(marked(1, ""))
    bar.remark.setFocus()
    QTest.keyClicks(bar.remark, " wrap it ")
    QTest.keyClick(bar.remark, Qt.Key.Key_Return)
    bar.flag.click()
    bar.show_order(marked(2, "other"))
    assert wanted == [("o1", MarkOrder("wrap it")), ("o1", MarkOrder("wrap it", is_flagged=True))]
    assert (bar.remark.text(), bar.flag.isChecked()) == ("other", False)


def test_what_others_note_meanwhile_is_shown_and_asks_for_nothing(bar: MarkBar, record: Record) -> None:
    wanted = record(bar.mark_wanted)
    bar.show_order(marked(1, "a"))
    bar.show_order(marked(1, "b", 2, is_flagged=True))
    assert (bar.remark.text(), bar.flag.isChecked()) == ("b", True)
    bar.show_order(None)
    bar.flag.click()
    assert wanted == []
