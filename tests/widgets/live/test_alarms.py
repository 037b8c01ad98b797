from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from tests.widgets.tooltips import gaudy_picture, is_gaudy, read
from widgets.live.alarms import Action, Alarm, AlarmBanner
from widgets.live.toasts import Tone

PORT = Alarm(
    "backend", "Port 8787 is taken.", "Close that program.", Tone.BAD, (Action("again", "Try again"),)
)
PICTURE = Alarm("video", "No picture.")


@pytest.fixture
def banner(qtbot: QtBot) -> AlarmBanner:
    host = QWidget()
    qtbot.addWidget(host)
    made = AlarmBanner()
    qtbot.addWidget(made)
    return made


def words(banner: AlarmBanner) -> set[str]:
    return {
        label.text() for label in banner.findChildren(QLabel) if label.isVisibleTo(banner) and label.text()
    }


def test_the_alarms_take_no_room_while_all_is_well(banner: AlarmBanner) -> None:
    assert banner.isHidden()
    banner.raise_alarm(PICTURE)
    assert not banner.isHidden()
    banner.clear_alarm("video")
    assert banner.isHidden()


def test_an_alarm_names_cause_and_remedy(banner: AlarmBanner) -> None:
    banner.raise_alarm(PORT)

    assert words(banner) == {"Port 8787 is taken.", "Close that program."}


def test_a_remedy_is_a_button(banner: AlarmBanner, record: Record) -> None:
    chosen = record(banner.action_chosen)
    banner.raise_alarm(PORT)
    (button,) = banner.findChildren(QPushButton)
    button.click()

    assert chosen == [("backend", "again")]


def test_a_new_alarm_of_the_same_key_takes_the_place_of_the_old(banner: AlarmBanner) -> None:
    banner.raise_alarm(PORT)
    banner.raise_alarm(PICTURE)
    banner.raise_alarm(Alarm("backend", "The backend stopped."))

    assert [alarm.text for alarm in banner.alarms] == ["The backend stopped.", "No picture."]
    assert words(banner) == {"The backend stopped.", "No picture."}


def test_clearing_what_is_not_there_does_nothing(banner: AlarmBanner) -> None:
    banner.raise_alarm(PICTURE)
    banner.clear_alarm("backend")

    assert [alarm.key for alarm in banner.alarms] == ["video"]


def test_what_another_alarm_explains_is_not_told_twice(banner: AlarmBanner) -> None:
    banner.raise_alarm(Alarm("line", "The connection is lost.", causes=("backend",)))
    banner.raise_alarm(PORT)
    assert [alarm.key for alarm in banner.alarms] == ["backend"]
    assert "The connection is lost." not in words(banner)

    banner.clear_alarm("backend")
    assert words(banner) == {"The connection is lost."}


def test_what_a_server_says_stays_text(banner: AlarmBanner, tmp_path: Path) -> None:
    said = f"<h1>502</h1><img src='{gaudy_picture(tmp_path)}'>"
    banner.raise_alarm(Alarm("backend", said, said, actions=(Action("again", said),)))
    banner.adjustSize()

    assert words(banner) == {said}
    assert not is_gaudy(banner)
    (button,) = banner.findChildren(QPushButton)
    assert read(button.toolTip()) == said
