from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from tests.widgets.shop.books.entries import DAY
from widgets.shop.books.settlements_page import SettlementsPage


@pytest.fixture
def page(qtbot: QtBot) -> SettlementsPage:
    made = SettlementsPage()
    qtbot.addWidget(made)
    made.show()
    return made


def test_days_are_listed_with_their_sums(page: SettlementsPage, record: Record) -> None:
    wanted = record(page.days_wanted)
    page.since.setCurrentIndex(1)
    assert wanted == [(31,)]
    page.show_days([DAY, msgspec.structs.replace(DAY, currency="EUR", net_minor=-250)])
    texts = page.texts(0)
    assert texts == ["2026-12-01", "WeChat Pay", "¥168.00", "¥9.90", "¥10.00", "¥167.90", "3"]
    assert page.note.text() == "Net of these days: ¥167.90 · −€2.50"


def test_days_without_money_say_so_and_cannot_be_saved(page: SettlementsPage) -> None:
    page.show_days([])
    assert "No money came" in page.empty.text()
    assert not page.save_button.isEnabled()


def test_sums_are_saved_under_a_name_that_is_asked_for(page: SettlementsPage, record: Record) -> None:
    wanted = record(page.csv_wanted)
    page.show_days([DAY])
    page.save_button.click()
    dialog = page.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit("/tmp/sums.csv")
    assert wanted == [([DAY], Path("/tmp/sums.csv"))]
    dialog.reject()
    page.show_saved("Saved as sums.csv", "ok")
    assert page.note.text() == "Saved as sums.csv"
