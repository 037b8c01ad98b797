import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from tests.widgets.tooltips import read
from widgets.live.alarm_bell import AlarmBell
from widgets.live.alarms import Alarm, AlarmBanner
from widgets.live.toasts import Tone

FAULT = Alarm("backend", "Port 8787 is taken.", "Close that program.", Tone.BAD)
WARNING = Alarm("video", "No picture.")


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1024, 576)
    made.setLayout(QHBoxLayout())
    return made


@pytest.fixture
def banner(host: QWidget) -> AlarmBanner:
    return AlarmBanner(host)


@pytest.fixture
def bell(host: QWidget, banner: AlarmBanner) -> AlarmBell:
    made = AlarmBell(lambda: 1_000)
    layout = host.layout()
    assert layout is not None
    layout.addWidget(made)
    banner.changed.connect(lambda: made.record(banner.alarms, banner.keys))
    host.show()
    return made


def test_the_bell_counts_faults_and_warnings_until_they_are_looked_at(
    bell: AlarmBell, banner: AlarmBanner
) -> None:
    assert bell.badge == ""
    banner.raise_alarm(FAULT)
    banner.raise_alarm(WARNING)
    assert bell.badge == "2"
    assert bell.accessibleName() == "Alarms: 2 new"
    assert read(bell.toolTip()) == "Alarms: 2 new"
    bell.click()
    assert bell.badge == ""
    assert bell.accessibleName() == "Alarms"
    bell.popup.close()


def test_what_comes_while_the_log_is_open_is_looked_at(bell: AlarmBell, banner: AlarmBanner) -> None:
    bell.click()
    banner.raise_alarm(FAULT)
    assert bell.badge == ""
    assert bell.popup.table.rowCount() == 1
    bell.popup.close()
    banner.raise_alarm(WARNING)
    assert bell.badge == "1"


def test_what_is_over_stays_in_the_log(bell: AlarmBell, banner: AlarmBanner) -> None:
    banner.raise_alarm(FAULT)
    banner.clear_alarm("backend")
    bell.click()
    assert bell.popup.table.rowCount() == 1
    bell.popup.close()


def test_what_another_alarm_explains_is_not_counted(bell: AlarmBell, banner: AlarmBanner) -> None:
    banner.raise_alarm(FAULT)
    banner.raise_alarm(Alarm("line", "The connection is lost.", causes=("backend",)))
    assert bell.badge == "1"


def test_a_new_fault_is_to_be_heard_and_a_warning_is_not(
    bell: AlarmBell, banner: AlarmBanner, record: Record
) -> None:
    began = record(bell.fault_began)
    banner.raise_alarm(WARNING)
    assert began == []
    banner.raise_alarm(FAULT)
    assert began == [()]
    banner.raise_alarm(Alarm("backend", "端口 8787 被占用。", tone=Tone.BAD))
    assert began == [()]


def test_the_badge_changes_what_the_bell_looks_like(bell: AlarmBell, banner: AlarmBanner) -> None:
    before = bell.grab().toImage()
    banner.raise_alarm(WARNING)
    amber = bell.grab().toImage()
    banner.raise_alarm(FAULT)
    assert before != amber != bell.grab().toImage()


def test_the_log_opens_within_its_window(bell: AlarmBell, host: QWidget) -> None:
    host.resize(1024, 300)
    bell.click()
    corner = host.mapFromGlobal(bell.popup.mapToGlobal(QPoint()))

    assert corner.x() > bell.geometry().right()
    assert corner.y() >= 0
    assert corner.y() + bell.popup.height() <= host.height()
    bell.popup.close()


def test_the_switch_for_the_sound_is_in_the_log(bell: AlarmBell, record: Record) -> None:
    toggled = record(bell.sound_toggled)
    bell.show_sound(is_on=True)
    assert bell.popup.sound.isChecked()
    bell.popup.sound.click()
    assert toggled[-1] == (False,)


def test_more_than_the_badge_holds_is_said_as_more(bell: AlarmBell, banner: AlarmBanner) -> None:
    for _ in range(100):
        banner.raise_alarm(WARNING)
        banner.clear_alarm("video")
    assert bell.badge == "99+"
