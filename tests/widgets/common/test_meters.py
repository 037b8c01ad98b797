import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from widgets.common.meters import PEAK_FALL_DB, Level, LevelMeter
from widgets.common.theme import color

WIDTH = 240


@pytest.fixture
def meter(qtbot: QtBot) -> LevelMeter:
    made = LevelMeter()
    qtbot.addWidget(made)
    made.resize(WIDTH, made.sizeHint().height())
    return made


def at_db(meter: LevelMeter, level_db: float) -> QColor:
    """The colour of the bar at a level."""
    image: QImage = meter.grab().toImage()
    return image.pixelColor(round(WIDTH * (level_db + 60) / 60), 3)


def test_the_bar_reaches_the_rms_and_no_further(meter: LevelMeter) -> None:
    meter.show_level(Level(-30, -30))

    assert at_db(meter, -40) == color("ok")
    assert at_db(meter, -25) != color("ok")


def test_loud_is_amber_and_too_loud_is_red(meter: LevelMeter) -> None:
    meter.show_level(Level(0, -2))

    assert at_db(meter, -30) == color("ok")
    assert at_db(meter, -15) == color("warn")
    assert at_db(meter, -5) == color("fault")


def test_silence_shows_no_full_colour(meter: LevelMeter) -> None:
    meter.show_level(Level(-100, -100))

    full = {color(token).name() for token in ("ok", "warn", "fault")}
    assert not full & {at_db(meter, level_db).name() for level_db in range(-59, 0)}


def test_the_peak_jumps_up_and_falls_slowly(meter: LevelMeter) -> None:
    meter.show_level(Level(-6, -20))
    meter.show_level(Level(-50, -60))

    assert meter.held_peak_db == pytest.approx(-6 - PEAK_FALL_DB)
    meter.show_level(Level(-3, -20))
    assert meter.held_peak_db == -3
