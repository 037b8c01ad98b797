from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QIcon, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backend.contract.base import AssistantRight
from tests.widgets.common.test_picture_well import png
from tests.widgets.conftest import Record
from tests.widgets.entries import EVERY_ACT, entry, room
from widgets.shop.products_acts import (
    DeleteProducts,
    MoveStock,
    PutInRoom,
    SetPicture,
    SetPrice,
    SetTitle,
    TakeFromRoom,
    TakeOffShelf,
)
from widgets.shop.products_cell import CellEdit
from widgets.shop.products_entry import Shelf
from widgets.shop.products_foot import Step
from widgets.shop.products_model import Column
from widgets.shop.products_window import MINIMUM, ProductsWindow

ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[ProductsWindow]:
    made = ProductsWindow(QIcon())
    qtbot.addWidget(made)
    made.show_rights(frozenset(AssistantRight), EVERY_ACT)
    made.show()
    made.activateWindow()
    qtbot.waitActive(made)
    yield made
    made.dialogs.close_all()


def field(window: ProductsWindow) -> CellEdit:
    (edit,) = [one for one in window.list.table.findChildren(CellEdit) if one.isVisible()]
    return edit


def type_into(window: ProductsWindow, spu_id: str, column: Column, text: str) -> CellEdit:
    """Press F2 on a cell and type over what stands there."""
    window.focus_rows()
    window.list.choose(spu_id, column)
    QTest.keyClick(window.list.table, Qt.Key.Key_F2)
    edit = field(window)
    QTest.keyClicks(edit, text)
    return edit


def toasts(window: ProductsWindow) -> list[str]:
    return [toast.text.text() for toast in window.toasts.shown]


def test_the_products_fit_a_small_screen(window: ProductsWindow) -> None:
    window.show_entries(room(40), "CNY")
    window.resize(MINIMUM)
    assert window.size() == MINIMUM
    table = window.list.table
    assert sum(table.columnWidth(column) for column in Column) <= table.viewport().width()


def test_enter_saves_a_price_and_goes_down(window: ProductsWindow, record: Record) -> None:
    acts = record(window.act)
    window.show_entries(room(3), "CNY")
    edit = type_into(window, "p1", Column.PRICE, "79.5")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert acts == [(SetPrice("p1", "s1", 7950),)]
    assert window.list.table.currentIndex().row() == 1
    assert window.focusWidget() is window.list.table


def test_a_text_that_is_no_price_stays_in_its_field_with_the_reason(
    window: ProductsWindow, record: Record
) -> None:
    acts = record(window.act)
    window.show_entries(room(3), "CNY")
    edit = type_into(window, "p1", Column.PRICE, "cheap")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert field(window) is edit
    assert edit.text() == "cheap"
    assert edit.bubble.text() == "Write a price such as 59.90"
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert acts == []


def test_a_text_that_was_not_changed_is_not_sent(window: ProductsWindow, record: Record) -> None:
    acts = record(window.act)
    window.show_entries(room(2), "CNY")
    QTest.keyClick(type_into(window, "p1", Column.TITLE, "Tea 1"), Qt.Key.Key_Return)
    assert acts == []


def test_a_refused_price_comes_back_with_its_reason_and_what_was_typed(
    window: ProductsWindow, record: Record
) -> None:
    acts = record(window.act)
    window.show_entries(room(2), "CNY")
    QTest.keyClick(type_into(window, "p1", Column.PRICE, "1"), Qt.Key.Key_Return)
    window.show_refused(SetPrice("p1", "s1", 100), "Below the floor.")
    assert toasts(window) == ["Tea 1: Below the floor."]
    window.toasts.shown[0].offer_button.click()
    edit = field(window)
    assert edit.text() == "1.00"
    assert edit.bubble.text() == "Below the floor."
    QTest.keyClicks(edit, "80")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert acts[-1] == (SetPrice("p1", "s1", 8000),)


def test_what_was_done_can_be_taken_back_once(window: ProductsWindow, record: Record) -> None:
    acts = record(window.act)
    window.show_entries(room(2), "CNY")
    QTest.keyClick(type_into(window, "p1", Column.TITLE, "Black tea"), Qt.Key.Key_Return)
    window.show_done(SetTitle("p1", "Black tea"))
    window.toasts.shown[-1].offer_button.click()
    assert acts[-1] == (SetTitle("p1", "Tea 1"),)
    window.show_done(SetTitle("p1", "Tea 1"))
    assert toasts(window)[-1] == "Taken back"
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert len(acts) == 2


def test_an_undo_of_the_room_before_does_nothing(window: ProductsWindow, record: Record) -> None:
    window.show_entries(room(2), "CNY")
    QTest.keyClick(type_into(window, "p1", Column.TITLE, "Black tea"), Qt.Key.Key_Return)
    window.show_done(SetTitle("p1", "Black tea"))
    window.clear()
    acts = record(window.act)
    window.toasts.shown[-1].offer_button.click()
    assert acts == []


def test_alt_and_the_arrows_move_a_product(window: ProductsWindow, record: Record) -> None:
    acts = record(window.act)
    window.show_entries(room(3), "CNY")
    window.focus_rows()
    window.list.choose("p2")
    QTest.keyClick(window.list.table, Qt.Key.Key_Up, ALT)
    QTest.keyClick(window.list.table, Qt.Key.Key_Down, ALT)
    assert acts == [(PutInRoom(("p2",), "p1"),), (PutInRoom(("p2",)),)]
    window.list.choose("p1")
    QTest.keyClick(window.list.table, Qt.Key.Key_Up, ALT)
    assert len(acts) == 2


def test_a_row_is_dropped_beside_the_one_it_is_over(window: ProductsWindow) -> None:
    window.show_entries([*room(3), replace(entry(9), number=0, place=0)], "CNY")
    table = window.list.table
    boxes = [table.visualRect(window.list.filter.index(row, 0)) for row in range(4)]

    def dropped(row: int, offset: int) -> tuple[str, bool] | None:
        found = table.drop_at(boxes[row].center() + QPoint(0, offset))
        return None if found is None else (found[0].spu_id, found[1])

    assert dropped(1, -10) == ("p2", False)
    assert dropped(1, 10) == ("p2", True)
    assert dropped(3, -10) == ("p3", True)
    assert dropped(3, 10) is None


def test_several_rows_move_together(window: ProductsWindow, record: Record) -> None:
    acts = record(window.act)
    window.show_entries(room(5), "CNY")
    window.list.table.moved.emit(("p1", "p2"), "p4", True)  # noqa: FBT003 - a signal
    window.list.table.moved.emit(("p1", "p2"), "p2", False)  # noqa: FBT003 - a signal
    assert acts == [(PutInRoom(("p1", "p2"), "p5"),)]


def test_a_picture_dropped_on_a_row_becomes_that_products(window: ProductsWindow, record: Record) -> None:
    acts = record(window.act)
    window.show_entries(room(3), "CNY")
    data = QMimeData()
    data.setImageData(QImage.fromData(png()))
    window.list.choose("p1")
    window.list.table.picture_dropped.emit("p3", data)
    (act,) = acts[0]
    assert isinstance(act, SetPicture)
    assert (act.spu_id, act.picture[:4]) == ("p3", b"\x89PNG")


def test_the_foot_does_what_it_says_with_all_chosen(window: ProductsWindow, record: Record) -> None:
    acts = record(window.act)
    window.show_entries(room(3), "CNY")
    window.list.table.selectAll()
    assert window.foot.about.text() == "3 selected"
    assert not window.foot.buttons[Step.STOCK].isEnabled()
    window.foot.buttons[Step.SHELF].click()
    assert acts == [(TakeOffShelf(("p1", "p2", "p3")),)]


def test_delete_takes_out_of_the_room_and_its_button_asks_first(
    window: ProductsWindow, record: Record
) -> None:
    acts = record(window.act)
    window.show_entries(room(2), "CNY")
    window.focus_rows()
    QTest.keyClick(window.list.table, Qt.Key.Key_Delete)
    assert acts == [(TakeFromRoom(("p1",)),)]
    window.foot.buttons[Step.DELETE].click()
    assert len(acts) == 1
    window.dialogs.open_dialogs[0].accept()
    assert acts[-1] == (DeleteProducts(("p1",)),)


def test_only_what_one_may_do_can_be_done(window: ProductsWindow, record: Record) -> None:
    acts = record(window.act)
    window.show_rights({AssistantRight.PRICES}, {SetPrice})
    window.show_entries(room(2), "CNY")
    window.focus_rows()
    assert not window.head.new_button.isEnabled()
    assert not window.foot.buttons[Step.ROOM].isEnabled()
    assert not window.foot.buttons[Step.STOCK].isEnabled()
    assert "right to products" in window.foot.buttons[Step.STOCK].toolTip()
    window.list.choose("p1", Column.TITLE)
    QTest.keyClick(window.list.table, Qt.Key.Key_F2)
    QTest.keyClick(window.list.table, Qt.Key.Key_Down, ALT)
    QTest.keyClick(window.list.table, Qt.Key.Key_Delete)
    QTest.keyClick(window, Qt.Key.Key_N, CONTROL)
    assert window.list.table.findChildren(CellEdit) == []
    assert acts == []
    assert window.dialogs.open_dialogs == []


def test_an_empty_shop_asks_for_the_first_product(window: ProductsWindow) -> None:
    window.show_entries([], "CNY")
    assert window.list.message.text() == "Add your first product"
    window.list.button.click()
    assert len(window.dialogs.open_dialogs) == 1
    window.show_rights((), ())
    assert window.list.message.text() == "No products yet"
    assert window.list.button.isHidden()


def test_a_search_without_a_find_is_cleared_by_the_button(window: ProductsWindow) -> None:
    window.show_entries(room(2), "CNY")
    window.head.choose(Shelf.SOLD_OUT)
    window.head.search.setText("xyz")
    assert window.list.message.text() == "Nothing found"
    window.list.button.click()
    assert window.list.filter.rowCount() == 2


def test_rows_that_were_not_read_again_stay_under_a_notice(window: ProductsWindow, record: Record) -> None:
    again = record(window.refresh_wanted)
    window.show_problem("No line.", "Try it.")
    assert window.list.message.text() == "No line."
    window.show_entries(room(2), "CNY")
    assert window.list.notice.isHidden()
    window.show_problem("No line.", "Try it.")
    assert window.list.notice.isVisible()
    assert window.list.filter.rowCount() == 2
    window.list.notice_button.click()
    assert again == [()]


def test_a_field_that_is_open_survives_a_reading(window: ProductsWindow) -> None:
    window.show_entries(room(2), "CNY")
    edit = type_into(window, "p1", Column.PRICE, "7")
    window.show_entries([replace(each, title=f"New {each.number}") for each in room(2)], "CNY")
    assert field(window) is edit
    assert edit.text() == "7"
    QTest.keyClick(edit, Qt.Key.Key_Escape)


def test_a_stock_that_was_moved_closes_its_dialog(window: ProductsWindow, record: Record) -> None:
    wanted, acts = record(window.movements_wanted), record(window.act)
    window.show_entries(room(2), "CNY")
    window.foot.buttons[Step.STOCK].click()
    assert wanted == [("s1",)]
    dialog = window.dialogs.open_dialogs[0]
    dialog.amount.setText("+5")  # type: ignore[attr-defined]
    dialog.reason.setText("delivery")  # type: ignore[attr-defined]
    dialog.accept_button.click()  # type: ignore[attr-defined]
    assert acts == [(MoveStock("p1", "s1", 5, "delivery"),)]
    window.show_done(MoveStock("p1", "s1", 5, "delivery"))
    assert window.dialogs.open_dialogs == []
    assert toasts(window) == ["Stock of Tea 1 saved"]


def test_the_place_of_the_window_comes_back(window: ProductsWindow, qtbot: QtBot) -> None:
    window.resize(MINIMUM)
    other = ProductsWindow(QIcon())
    qtbot.addWidget(other)
    other.restore_layout("nonsense")
    other.restore_layout(window.layout_text())
    assert other.size() == MINIMUM
