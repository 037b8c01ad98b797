from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from widgets.shop.books.books_dialog import BooksDialog


def test_sums_of_days_are_asked_for_when_they_are_looked_at_first(qtbot: QtBot, record: Record) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = BooksDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    wanted = record(dialog.settlements.days_wanted)
    compared = record(dialog.reconciliation.compare_wanted)
    dialog.open()
    for number in (1, 2, 0, 2):
        dialog.tabs.setCurrentIndex(number)
    assert wanted == [(7,)]
    assert compared == []
    dialog.close_button.click()
    assert not dialog.isVisible()
