import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from widgets.common.reset_slider import ResetSlider
from widgets.common.theme import color


@pytest.fixture
def slider(qtbot: QtBot) -> ResetSlider:
    made = ResetSlider(-100, 100, 20)
    qtbot.addWidget(made)
    made.resize(214, 24)
    made.show()
    return made


def test_a_reset_slider_begins_where_it_goes_back_to(slider: ResetSlider) -> None:
    assert (slider.value(), slider.default) == (20, 20)


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_a_key_resets_it(slider: ResetSlider, key: Qt.Key) -> None:
    slider.setValue(-70)
    QTest.keyClick(slider, key)

    assert slider.value() == 20


def test_a_double_click_resets_it(slider: ResetSlider) -> None:
    slider.setValue(-70)
    QTest.mouseDClick(slider, Qt.MouseButton.LeftButton)

    assert slider.value() == 20


def test_the_arrows_move_it_by_one(slider: ResetSlider) -> None:
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert slider.value() == 21
    QTest.keyClick(slider, Qt.Key.Key_PageDown)
    assert slider.value() == 11


@pytest.mark.parametrize(("x", "value"), [(7, -100), (107, 0), (207, 100)])
def test_a_click_takes_the_knob_there(slider: ResetSlider, x: int, value: int) -> None:
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(x, 12))

    assert abs(slider.value() - value) <= 2


def test_the_bar_reaches_from_zero_to_the_knob(slider: ResetSlider) -> None:
    slider.setValue(-60)
    image = slider.grab().toImage()

    assert image.pixelColor(75, 12) == color("accent")
    assert image.pixelColor(150, 12) == color("line")
