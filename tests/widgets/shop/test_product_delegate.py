import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from tests.widgets.products import SHELF
from widgets.common.theme import color
from widgets.shop.product_delegate import ROW_HEIGHT, ProductDelegate
from widgets.shop.product_panel import ProductPanel


@pytest.fixture
def panel(qtbot: QtBot) -> ProductPanel:
    made = ProductPanel()
    qtbot.addWidget(made)
    made.resize(400, 600)
    made.show_catalog(SHELF)
    made.show()
    return made


def delegate(panel: ProductPanel) -> ProductDelegate:
    found = panel.list.itemDelegate()
    assert isinstance(found, ProductDelegate)
    return found


def click(qtbot: QtBot, panel: ProductPanel, position: QPoint) -> None:
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=position)


def test_the_button_is_clicked_where_it_is_painted(qtbot: QtBot, panel: ProductPanel, record: Record) -> None:
    clicked = record(delegate(panel).button_clicked)
    row = panel.list.visualRect(panel.index_of("p2"))
    click(qtbot, panel, delegate(panel).button_rect(row).center())

    assert clicked == [("p2",)]


def test_a_click_beside_the_button_only_selects(qtbot: QtBot, panel: ProductPanel, record: Record) -> None:
    clicked = record(delegate(panel).button_clicked)
    click(qtbot, panel, panel.list.visualRect(panel.index_of("p2")).topLeft() + QPoint(100, 30))

    assert clicked == []
    assert panel.list.currentIndex() == panel.index_of("p2")


def test_the_card_on_air_has_a_mark_at_its_edge(panel: ProductPanel) -> None:
    def edge() -> QColor:
        row = panel.list.visualRect(panel.index_of("p1"))
        return panel.list.viewport().grab().toImage().pixelColor(row.left() + 3, row.center().y())

    before = edge()
    panel.model.set_on_air("p1")

    assert before != color("accent")
    assert edge() == color("accent")


def test_a_picture_fills_its_place(panel: ProductPanel) -> None:
    picture = QPixmap(80, 40)
    picture.fill(QColor("#00ff00"))
    panel.show_picture("", picture)
    row = panel.list.visualRect(panel.index_of("p1"))
    middle = panel.list.viewport().grab().toImage().pixelColor(row.left() + 38, row.center().y())

    assert middle == QColor("#00ff00")


def test_every_row_is_as_high_as_the_others(panel: ProductPanel) -> None:
    heights = {panel.list.visualRect(panel.index_of(f"p{number}")).height() for number in (1, 2, 3)}
    assert heights == {ROW_HEIGHT}


def test_a_button_without_its_right_looks_so_and_does_nothing(
    qtbot: QtBot, panel: ProductPanel, record: Record
) -> None:
    def look() -> QImage:
        row = panel.list.visualRect(panel.index_of("p2"))
        return panel.list.viewport().grab(delegate(panel).button_rect(row)).toImage()

    before, clicked = look(), record(delegate(panel).button_clicked)
    panel.show_rights([])
    click(qtbot, panel, delegate(panel).button_rect(panel.list.visualRect(panel.index_of("p2"))).center())

    assert clicked == []
    assert look() != before
