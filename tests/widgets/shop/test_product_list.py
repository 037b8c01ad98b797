from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from tests.widgets.products import SHELF, product
from tests.widgets.tooltips import gaudy_picture, hover, is_gaudy, read
from widgets.shop.product_delegate import ProductDelegate
from widgets.shop.product_list import ProductList
from widgets.shop.product_panel import ProductPanel


@pytest.fixture
def panel(qtbot: QtBot) -> ProductPanel:
    made = ProductPanel()
    qtbot.addWidget(made)
    made.resize(400, 600)
    made.show_catalog(SHELF)
    made.show()
    return made


@pytest.fixture
def rows(panel: ProductPanel) -> ProductList:
    return panel.list


def double_click(
    rows: ProductList, place: QPoint, button: Qt.MouseButton = Qt.MouseButton.LeftButton
) -> None:
    QTest.mouseDClick(rows.viewport(), button, pos=place)


def test_a_double_click_on_a_row_edits_its_product(rows: ProductList, record: Record) -> None:
    wanted = record(rows.edit_wanted)
    double_click(rows, rows.visualRect(rows.model().index(1, 0)).topLeft() + QPoint(100, 30))

    assert wanted == [("p2",)]


def test_a_double_click_elsewhere_edits_nothing(rows: ProductList, record: Record) -> None:
    wanted = record(rows.edit_wanted)
    delegate = rows.itemDelegate()
    assert isinstance(delegate, ProductDelegate)
    row = rows.visualRect(rows.model().index(1, 0))
    double_click(rows, delegate.button_rect(row).center())
    double_click(rows, row.topLeft() + QPoint(100, 30), Qt.MouseButton.MiddleButton)
    double_click(rows, QPoint(100, 500))

    assert wanted == []


def test_f2_edits_the_selected_product(rows: ProductList, record: Record) -> None:
    wanted = record(rows.edit_wanted)
    QTest.keyClick(rows, Qt.Key.Key_F2)
    assert wanted == []
    rows.setCurrentIndex(rows.model().index(2, 0))
    QTest.keyClick(rows, Qt.Key.Key_F2)

    assert wanted == [("p3",)]


def ask_for_menu(rows: ProductList, reason: QContextMenuEvent.Reason, place: QPoint) -> None:
    event = QContextMenuEvent(reason, place, rows.viewport().mapToGlobal(place))
    QApplication.sendEvent(rows.viewport(), event)


def test_the_menu_is_that_of_the_row_under_the_mouse(rows: ProductList, record: Record) -> None:
    wanted = record(rows.menu_wanted)
    mouse = QContextMenuEvent.Reason.Mouse
    place = rows.visualRect(rows.model().index(1, 0)).center()
    ask_for_menu(rows, mouse, place)
    ask_for_menu(rows, mouse, QPoint(100, 500))

    assert wanted == [("p2", rows.viewport().mapToGlobal(place))]


def test_the_keyboards_menu_is_that_of_the_selected_row(rows: ProductList, record: Record) -> None:
    wanted = record(rows.menu_wanted)
    rows.setCurrentIndex(rows.model().index(2, 0))
    ask_for_menu(rows, QContextMenuEvent.Reason.Keyboard, QPoint(1, 1))

    assert [product_id for product_id, _place in wanted] == ["p3"]


def test_a_product_is_hovered_over_and_its_title_stays_text(panel: ProductPanel, tmp_path: Path) -> None:
    title = f"<b>x</b><img src='{gaudy_picture(tmp_path)}'>"
    panel.show_catalog([product(1, title)])
    place = panel.list.visualRect(panel.list.model().index(0, 0)).topLeft() + QPoint(100, 30)

    tip = hover(panel.list.viewport(), place)
    assert read(tip.text()) == title
    assert not is_gaudy(tip)
