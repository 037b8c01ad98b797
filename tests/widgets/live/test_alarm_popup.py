from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from tests.widgets.tooltips import gaudy_picture, is_gaudy
from widgets.live.alarm_log import LoggedAlarm
from widgets.live.alarm_popup import AlarmPopup
from widgets.live.alarms import Alarm
from widgets.live.toasts import Tone

FAULT = Alarm("backend", "Port 8787 is taken.", "Close that program.", Tone.BAD)
WARNING = Alarm("video", "No picture.")
LOG = [LoggedAlarm(FAULT, 60_000), LoggedAlarm(WARNING, 1_000, 9_500), LoggedAlarm(WARNING, 0, 161_000)]


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def popup(host: QWidget) -> AlarmPopup:
    return AlarmPopup(host)


def cells(popup: AlarmPopup, place: int) -> list[str]:
    found = [popup.table.item(number, place) for number in range(popup.table.rowCount())]
    return [item.text() for item in found if item is not None]


def test_the_log_says_cause_remedy_and_how_long_each_lasted(popup: AlarmPopup) -> None:
    popup.show_log(LOG)

    assert cells(popup, 1) == ["Port 8787 is taken.\nClose that program.", "No picture.", "No picture."]
    assert cells(popup, 2) == ["goes on", "lasted 8 s", "lasted 00:02:41"]
    assert all(text.endswith((":00", ":01")) for text in cells(popup, 0))


def test_an_empty_log_says_so_and_has_nothing_to_copy(popup: AlarmPopup) -> None:
    popup.show()
    popup.show_log([])
    assert popup.empty.isVisible()
    assert not popup.copy_button.isEnabled()
    popup.show_log(LOG)
    assert popup.table.isVisible()
    assert popup.copy_button.isEnabled()


def test_a_long_remedy_is_read_in_full(popup: AlarmPopup) -> None:
    popup.show_log([LoggedAlarm(WARNING, 0), LoggedAlarm(Alarm("video", "No picture.", "Look. " * 80), 0)])
    popup.show()

    assert popup.table.rowHeight(1) > 3 * popup.table.rowHeight(0)


def test_the_log_is_copied_a_line_an_alarm(popup: AlarmPopup) -> None:
    popup.show_log(LOG)
    popup.copy_button.click()
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]

    assert [line[1:] for line in lines] == [
        ["Fault", "Port 8787 is taken. Close that program.", "goes on"],
        ["Warning", "No picture.", "lasted 8 s"],
        ["Warning", "No picture.", "lasted 00:02:41"],
    ]
    assert all(len(line[0]) == len("1970-01-01 00:00:00") for line in lines)


def test_a_line_break_that_a_server_said_breaks_no_line_of_the_copy(popup: AlarmPopup) -> None:
    popup.show_log([LoggedAlarm(Alarm("line", "It said:\n502\tBad"), 0, 1_000)])
    popup.copy()

    assert len(QGuiApplication.clipboard().text().splitlines()) == 1
    assert QGuiApplication.clipboard().text().count("\t") == 3


def test_the_sound_is_switched(popup: AlarmPopup, record: Record) -> None:
    toggled = record(popup.sound_toggled)
    popup.sound.click()
    popup.sound.click()

    assert toggled == [(True,), (False,)]


def test_what_a_server_says_stays_text_in_the_log(popup: AlarmPopup, tmp_path: Path) -> None:
    said = f"<h1>502</h1><img src='{gaudy_picture(tmp_path)}'>"
    popup.show_log([LoggedAlarm(Alarm("backend", said, said), 0)])
    popup.show()

    assert cells(popup, 1) == [f"{said}\n{said}"]
    assert not is_gaudy(popup)


def test_the_log_says_all_in_another_language_where_it_is_shown_again(popup: AlarmPopup) -> None:
    popup.show_log(LOG)
    popup.retranslate()
    assert cells(popup, 2) == ["goes on", "lasted 8 s", "lasted 00:02:41"]
