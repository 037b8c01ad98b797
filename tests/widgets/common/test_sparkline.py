from pytestqt.qtbot import QtBot

from widgets.common.sparkline import CAPACITY, Sparkline
from widgets.common.theme import color


def make(qtbot: QtBot) -> Sparkline:
    curve = Sparkline("ok", least_top=30)
    qtbot.addWidget(curve)
    curve.set_name("FPS")
    curve.resize(180, 84)
    return curve


def test_a_sparkline_shows_the_newest_value(qtbot: QtBot) -> None:
    curve = make(qtbot)
    curve.push(29.5, "29.5", "/ 30")

    assert curve.text == "29.5"
    assert curve.accessibleDescription() == "29.5 / 30"


def test_a_sparkline_draws_a_curve_as_soon_as_there_are_two_values(qtbot: QtBot) -> None:
    curve = make(qtbot)
    curve.push(30, "30")
    before = curve.grab().toImage()
    for _ in range(CAPACITY):
        curve.push(15, "30")
    after = curve.grab().toImage()

    assert before.pixelColor(20, 60) == color("raised")
    assert after.pixelColor(20, 60) != color("raised")


def test_a_sparkline_can_be_emptied(qtbot: QtBot) -> None:
    curve = make(qtbot)
    curve.push(30, "30")
    curve.push(30, "30")
    curve.clear("off air")

    assert curve.text == "off air"
    assert curve.grab().toImage().pixelColor(170, 70) == color("raised")


def test_a_name_that_does_not_fit_beside_the_value_stands_above_it(qtbot: QtBot) -> None:
    curve = make(qtbot)
    curve.set_name("Round trip")
    curve.push(2, "2 ms")
    assert not curve.is_stacked
    curve.resize(96, 84)
    curve.push(12_345, "12.34 Mb/s")
    assert curve.is_stacked
