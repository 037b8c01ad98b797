import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from widgets.stage.item_list import ItemList, ItemRow, cells

ROWS = (
    ItemRow("t", "Title", "fa5s.font", is_visible=True, is_locked=False),
    ItemRow("l", "Logo", "fa5s.image", is_visible=False, is_locked=False, reason="The file is gone."),
    ItemRow("c", "Camera", "fa5s.camera", is_visible=True, is_locked=True),
)


@pytest.fixture
def items(qtbot: QtBot) -> ItemList:
    made = ItemList()
    qtbot.addWidget(made)
    made.resize(240, 160)
    made.show_rows(ROWS)
    made.show()
    return made


def click(items: ItemList, at: QPoint) -> None:
    QTest.mouseClick(items.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_a_click_on_eye_or_lock_asks_and_selects_nothing(items: ItemList, record: Record) -> None:
    eyes, locks, chosen = record(items.eye_clicked), record(items.lock_clicked), record(items.chosen)
    eye, lock = cells(items.visualItemRect(items.item(2)))
    click(items, eye.center())
    click(items, lock.center())
    assert (eyes, locks, chosen) == ([("c",)], [("c",)], [])


def test_a_click_elsewhere_selects(items: ItemList, record: Record) -> None:
    chosen = record(items.chosen)
    click(items, items.visualItemRect(items.item(1)).topLeft() + QPoint(20, 10))
    assert chosen == [("l",)]
    assert items.current_id == "l"
    assert items.item(1).toolTip() == "The file is gone."


def test_the_keyboard_does_what_the_mouse_does(items: ItemList, record: Record) -> None:
    eyes, locks = record(items.eye_clicked), record(items.lock_clicked)
    moved, removed = record(items.moved), record(items.removed)
    items.choose("l")
    QTest.keyClick(items, Qt.Key.Key_V)
    QTest.keyClick(items, Qt.Key.Key_L)
    QTest.keyClick(items, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(items, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(items, Qt.Key.Key_Delete)
    assert (eyes, locks, removed) == ([("l",)], [("l",)], [("l",)])
    assert moved == [("l", 0), ("l", 2)]


def test_a_drop_asks_for_the_order_and_changes_nothing_itself(items: ItemList, record: Record) -> None:
    moved = record(items.moved)
    items.choose("c")
    at = QPointF(items.visualItemRect(items.item(0)).center())
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    items.dropEvent(QDropEvent(at, Qt.DropAction.MoveAction, QMimeData(), buttons, keys))
    assert moved == [("c", 0)]
    assert [items.item(number).text() for number in range(3)] == ["Title", "Logo", "Camera"]


def test_the_selection_stays_on_its_item(items: ItemList) -> None:
    items.choose("c")
    items.show_rows((ROWS[2], ROWS[0]))
    assert items.current_id == "c"
    items.show_rows((ROWS[0], ROWS[1]))
    assert items.current_id == "t"
    items.show_rows(())
    assert items.current_id == ""
