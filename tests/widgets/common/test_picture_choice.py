import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from widgets.common.picture_choice import PICTURE, PictureChoice


@pytest.fixture
def choice(qtbot: QtBot) -> PictureChoice:
    made = PictureChoice()
    qtbot.addWidget(made)
    made.show_options([("none", "None"), ("film", "Film"), ("mono", "Black and white")])
    made.resize(300, 300)
    made.show()
    return made


def center(choice: PictureChoice, value: str) -> QColor:
    image = choice.buttons[value].icon().pixmap(PICTURE).toImage()
    return image.pixelColor(image.width() // 2, image.height() // 2)


def test_a_click_chooses(choice: PictureChoice, record: Record) -> None:
    chosen = record(choice.chosen)
    choice.buttons["film"].click()

    assert chosen == [("film",)]
    assert [value for value, button in choice.buttons.items() if button.isChecked()] == ["film"]


def test_showing_what_is_chosen_tells_nobody(choice: PictureChoice, record: Record) -> None:
    chosen = record(choice.chosen)
    choice.show_chosen("mono")
    choice.show_chosen("gone")

    assert chosen == []
    assert choice.buttons["mono"].isChecked()


def test_the_arrow_keys_choose_the_next(choice: PictureChoice, record: Record) -> None:
    choice.show_chosen("none")
    choice.buttons["none"].setFocus()
    chosen = record(choice.chosen)
    QTest.keyClick(choice.buttons["none"], Qt.Key.Key_Right)

    assert chosen == [("film",)]


def test_a_picture_fills_its_cell_whatever_its_shape(choice: PictureChoice) -> None:
    wide = QPixmap(400, 100)
    wide.fill(QColor("red"))
    choice.show_picture("film", wide)
    choice.show_picture("gone", wide)

    assert center(choice, "film") == QColor("red")
    assert center(choice, "mono") != QColor("red")


def test_texts_can_change_their_language(choice: PictureChoice) -> None:
    choice.show_options([("none", "无"), ("film", "胶片"), ("mono", "黑白")])

    assert choice.buttons["film"].text() == "胶片"
    assert choice.buttons["mono"].toolTip() == choice.buttons["mono"].accessibleName() == "黑白"
    assert len(choice.buttons) == 3
