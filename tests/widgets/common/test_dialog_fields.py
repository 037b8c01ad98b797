from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QColorDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from tests.widgets.parameters import COLOR, FILE
from tests.widgets.tooltips import read
from widgets.common.dialog_fields import ColorField, FileField


@pytest.fixture
def color_field(qtbot: QtBot) -> Iterator[ColorField]:
    made = ColorField(COLOR, lambda english: english)
    qtbot.addWidget(made)
    made.show()
    yield made
    close_dialogs(made)


@pytest.fixture
def file_field(qtbot: QtBot) -> Iterator[FileField]:
    made = FileField(FILE, lambda english: english)
    qtbot.addWidget(made)
    made.show()
    yield made
    close_dialogs(made)


def close_dialogs(field: QWidget) -> None:
    for dialog in (*field.findChildren(QColorDialog), *field.findChildren(QFileDialog)):
        dialog.close()


def test_a_color_is_seen_while_it_is_being_chosen(color_field: ColorField, record: Record) -> None:
    chosen = record(color_field.chosen)
    color_field.button.click()
    dialog = color_field.findChild(QColorDialog)
    assert dialog is not None
    dialog.setCurrentColor(QColor("#123456"))

    assert chosen == [("#123456",)]
    assert color_field.button.text() == "#123456"


def test_who_chooses_no_color_after_all_keeps_the_one_before(color_field: ColorField, record: Record) -> None:
    color_field.ask()
    dialog = color_field.findChild(QColorDialog)
    assert dialog is not None
    dialog.setCurrentColor(QColor("#123456"))
    chosen = record(color_field.chosen)
    dialog.reject()

    assert chosen == [("#00b140",)]


def test_a_file_is_shown_by_its_name_and_told_by_its_path(
    file_field: FileField, record: Record, tmp_path: Path
) -> None:
    chosen = record(file_field.chosen)
    file_field.button.click()
    dialog = file_field.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.nameFilters() == ["Picture file (*.png)"]
    path = str(tmp_path / "shop.png")
    dialog.fileSelected.emit(path)

    assert chosen == [(path,)]
    assert file_field.button.text() == "shop.png"
    assert file_field.button.toolTip() == path


def test_a_file_can_be_taken_away(file_field: FileField, record: Record) -> None:
    assert not file_field.clear_button.isVisible()
    file_field.show_value("/pictures/shop.png")
    chosen = record(file_field.chosen)
    file_field.clear_button.click()

    assert chosen == [("",)]
    assert not file_field.clear_button.isVisible()


def test_the_name_of_a_file_is_shown_letter_by_letter(file_field: FileField) -> None:
    file_field.show_value("/tmp/<b>R&B.png")

    assert file_field.button.text() == "<b>R&&B.png"
    assert file_field.button.shortcut().isEmpty()
    assert read(file_field.button.toolTip()) == "/tmp/<b>R&B.png"


def test_a_long_file_name_ends_in_an_ellipsis_where_there_is_no_room(file_field: FileField) -> None:
    file_field.resize(150, 40)
    file_field.show_value("/shop/" + "a very long name " * 5 + ".cube")
    QTest.qWait(0)

    text = file_field.button.text()
    assert "…" in text
    assert file_field.button.fontMetrics().horizontalAdvance(text) < file_field.button.width()
