from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend.contract.audience import (
    CheckInsChanged,
    FollowersChanged,
    JoinsShown,
    LikesChanged,
    ProductRequest,
    RequestsChanged,
)
from backend.contract.base import AssistantRight
from backend.contract.cards import ShowCard
from backend.contract.live import Presence, PresenceChanged
from backend.contract.polls import (
    MAX_OPTION,
    MAX_QUESTION,
    OPTIONS,
    ClosePoll,
    OpenPoll,
    Poll,
    PollChanged,
    PollClosed,
    PollOpened,
    PollOption,
)
from tests.widgets.conftest import Record
from tests.widgets.people import ANN, BOB, NOON_MS
from tests.widgets.products import SHELF
from tests.widgets.tooltips import gaudy_picture, hover, is_gaudy, read
from widgets.audience.audience_panel import AudiencePanel
from widgets.audience.poll_dialog import PollDialog


@pytest.fixture
def panel(qtbot: QtBot) -> AudiencePanel:
    made = AudiencePanel()
    qtbot.addWidget(made)
    made.resize(340, 600)
    made.show()
    made.show_catalog(SHELF)
    return made


def poll(tea: int, silk: int, *, is_closed: bool = False) -> Poll:
    options = [PollOption("Tea", tea), PollOption("Silk", silk)]
    return Poll(1, "What next?", options, NOON_MS + 60_000, is_closed)


def test_the_numbers_are_the_rooms(panel: AudiencePanel) -> None:
    panel.apply(PresenceChanged(Presence(1283, 1602)))
    panel.apply(LikesChanged(45_210, 10))
    panel.apply(FollowersChanged(932))
    panel.apply(CheckInsChanged(7))
    panel.apply(JoinsShown([ANN, BOB]))

    values = {fact: value.text() for fact, value in panel.values.items()}
    assert values == {
        "online": "1,283",
        "peak": "1,602",
        "likes": "45,210",
        "followers": "932",
        "check_ins": "7",
    }
    assert panel.entries.text() == "Came in: Bob, Ann"


def test_what_is_asked_for_most_is_explained_with_one_click(panel: AudiencePanel, record: Record) -> None:
    commands = record(panel.command)
    panel.apply(RequestsChanged([ProductRequest("p2", 31), ProductRequest("p1", 12)]))
    rows = panel.requests.rows
    assert [rows.rows[key].title.text() for key in rows.keys] == ["2 · Red lipstick", "1 · Green tea"]
    rows.rows["p2"].explain_button.click()
    panel.apply(RequestsChanged([ProductRequest("p1", 12)]))

    assert commands == [(ShowCard("p2"),)]
    assert rows.keys == ["p1"]


def test_rows_keep_their_place_under_the_mouse(panel: AudiencePanel) -> None:
    rows = panel.requests.rows
    panel.apply(RequestsChanged([ProductRequest("p1", 2), ProductRequest("p2", 1)]))
    place = QPointF(5, 5)
    QApplication.sendEvent(rows, QEnterEvent(place, place, place))
    panel.apply(RequestsChanged([ProductRequest("p2", 3), ProductRequest("p1", 2)]))
    assert rows.keys == ["p1", "p2"]
    assert rows.rows["p2"].count.text() == "×3"
    QApplication.sendEvent(rows, QEvent(QEvent.Type.Leave))

    assert rows.keys == ["p2", "p1"]


def test_a_poll_is_followed_to_its_end(panel: AudiencePanel, record: Record) -> None:
    commands = record(panel.command)
    box = panel.poll
    panel.apply(PollOpened(poll(0, 0)))
    assert [row.votes.text() for row in box.rows[:2]] == ["0 · 0%", "0 · 0%"]
    panel.apply(PollChanged(poll(3, 1)))
    panel.show_time(NOON_MS)
    assert [row.votes.text() for row in box.rows if row.isVisible()] == ["3 · 75%", "1 · 25%"]
    assert box.note.text() == "4 votes · 01:00"
    box.close_button.click()
    assert commands == [(ClosePoll(1),)]
    panel.apply(PollClosed(poll(3, 1, is_closed=True)))

    assert box.note.text() == "Ended · 4 votes"
    assert box.open_button.isVisible()


def test_a_poll_is_opened_when_it_is_complete(panel: AudiencePanel, record: Record) -> None:
    commands = record(panel.command)
    panel.poll.open_button.click()
    dialog = panel.findChild(PollDialog)
    assert isinstance(dialog, PollDialog)
    dialog.question.setText(" What next? ")
    dialog.options[0].setText("Tea")
    dialog.options[2].setText("Tea")
    assert not dialog.open_button.isEnabled()
    dialog.options[2].setText("Silk")
    dialog.time.setCurrentIndex(dialog.time.findData(180))
    dialog.open_button.click()

    assert commands == [(OpenPoll("What next?", ["Tea", "Silk"], 180),)]


def test_a_poll_cannot_be_written_longer_than_the_room_takes(panel: AudiencePanel) -> None:
    panel.poll.open_button.click()
    dialog = panel.findChild(PollDialog)
    assert isinstance(dialog, PollDialog)

    assert dialog.question.maxLength() == MAX_QUESTION
    assert {option.maxLength() for option in dialog.options} == {MAX_OPTION}
    assert len(dialog.options) == OPTIONS[-1]


def test_without_a_right_nothing_is_offered_that_needs_it(panel: AudiencePanel) -> None:
    panel.requests.show_requests([ProductRequest("p1", 3)])
    panel.show_rights([])
    panel.requests.show_requests([ProductRequest("p1", 3), ProductRequest("p2", 1)])
    rows = panel.requests.rows.rows
    assert not any(not row.explain_button.isHidden() for row in rows.values())
    assert not panel.poll.open_button.isVisibleTo(panel)

    panel.show_rights([AssistantRight.PRODUCTS, AssistantRight.CHAT])
    assert all(not row.explain_button.isHidden() for row in rows.values())
    assert panel.poll.open_button.isVisibleTo(panel)


def test_who_came_in_is_hovered_over_and_their_name_stays_text(panel: AudiencePanel, tmp_path: Path) -> None:
    device = msgspec.structs.replace(BOB, name="<img src=/dev/zero>")
    panel.apply(JoinsShown([ANN, device]))
    assert panel.entries.text() == read(panel.entries.toolTip()) == "Came in: <img src=/dev/zero>, Ann"
    name = f"<img src='{gaudy_picture(tmp_path)}'>"
    panel.apply(JoinsShown([msgspec.structs.replace(BOB, name=name)]))

    tip = hover(panel.entries)
    assert read(tip.text()) == f"Came in: {name}, <img src=/dev/zero>, Ann"
    assert not is_gaudy(tip)
