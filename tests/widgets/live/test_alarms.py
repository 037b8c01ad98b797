from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from tests.widgets.tooltips import gaudy_picture, is_gaudy, read
from widgets.live.alarms import MOST_OF_WINDOW, Action, Alarm, AlarmBanner, AlarmFrame
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


def more_of(banner: AlarmBanner) -> list[QPushButton]:
    return [
        each.more_button for each in banner.findChildren(AlarmFrame) if each.more_button.isVisibleTo(banner)
    ]


def shown_more(banner: AlarmBanner) -> str:
    return "".join(each.text() for each in more_of(banner))


def click_more(banner: AlarmBanner) -> None:
    (button,) = more_of(banner)
    button.click()


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
    button = next(each for each in banner.findChildren(QPushButton) if each.isVisibleTo(banner))
    button.click()

    assert chosen == [("backend", "again")]


def test_a_new_alarm_of_the_same_key_takes_the_place_of_the_old(banner: AlarmBanner) -> None:
    banner.raise_alarm(PORT)
    banner.raise_alarm(PICTURE)
    banner.raise_alarm(Alarm("backend", "The backend stopped."))

    assert [alarm.text for alarm in banner.alarms] == ["The backend stopped.", "No picture."]
    assert words(banner) == {"The backend stopped."}


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
    button = next(each for each in banner.findChildren(QPushButton) if each.isVisibleTo(banner))
    assert read(button.toolTip()) == said


def test_the_most_serious_alarm_stands_alone_and_the_others_are_folded(banner: AlarmBanner) -> None:
    banner.raise_alarm(PICTURE)
    banner.raise_alarm(PORT)
    banner.raise_alarm(Alarm("audio", "No sound."))
    assert words(banner) == {"Port 8787 is taken.", "Close that program."}
    assert shown_more(banner) == "2 more"
    click_more(banner)
    assert words(banner) == {"Port 8787 is taken.", "Close that program.", "No picture.", "No sound."}
    assert shown_more(banner) == "Fold"
    click_more(banner)
    assert words(banner) == {"Port 8787 is taken.", "Close that program."}


def test_the_next_alarm_comes_forward_when_the_first_is_over(banner: AlarmBanner) -> None:
    banner.raise_alarm(PICTURE)
    banner.raise_alarm(PORT)
    click_more(banner)
    banner.clear_alarm("backend")
    assert words(banner) == {"No picture."}
    assert shown_more(banner) == ""
    banner.raise_alarm(PORT)
    assert shown_more(banner) == "1 more"


@pytest.mark.parametrize(("width", "height"), [(520, 576), (900, 900)])
def test_unfolded_alarms_leave_the_stage_most_of_a_low_window(qtbot: QtBot, width: int, height: int) -> None:
    window, stage, banner = QWidget(), QLabel(), AlarmBanner()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(banner)
    layout.addWidget(stage, 1)
    window.resize(width, height)
    window.show()
    for number in range(8):
        banner.raise_alarm(Alarm(f"a{number}", "No picture. " * 6, "Look at the cable. " * 9))
    click_more(banner)
    QApplication.processEvents()

    assert (window.width(), window.height()) == (width, height)
    assert banner.height() <= MOST_OF_WINDOW * height + 1
    assert stage.height() > height / 2
    bar = banner.area.verticalScrollBar()
    assert bar.maximum() > 0
    click_more(banner)
    QApplication.processEvents()
    assert bar.maximum() == 0


def test_one_alarm_takes_no_more_room_than_its_words(qtbot: QtBot) -> None:
    window, stage, banner = QWidget(), QLabel(), AlarmBanner()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(banner)
    layout.addWidget(stage, 1)
    window.resize(900, 700)
    window.show()
    banner.raise_alarm(PORT)
    QApplication.processEvents()

    assert banner.height() < 90
    assert banner.area.verticalScrollBar().maximum() == 0
