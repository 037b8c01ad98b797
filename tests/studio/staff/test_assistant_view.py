import time

import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend.contract.audience import You, YouChanged
from backend.contract.base import AssistantRight, Role
from backend.contract.live import Live, LiveChanged, LivePhase, Presence, PresenceChanged
from backend.contract.staff import YouWereDismissed
from studio.connection.room_client import LineState, LineStatus, RoomClient
from studio.connection.room_protocol import ClockRead
from studio.connection.server_clock import ServerClock
from studio.staff.assistant_view import AssistantView
from studio.window.assistant_window import AssistantWindow
from tests.studio.fakes import snapshot


class Desk:
    """An assistant's view on a window, with a client that is not connected to anything."""

    def __init__(self, window: AssistantWindow) -> None:
        self.window = window
        self.client = RoomClient()
        self.view = AssistantView(self.client, ServerClock(self.client), window)
        self.emitted: list[str] = []
        self.view.dismissed.connect(lambda: self.emitted.append("dismissed"))
        self.view.join_wanted.connect(lambda: self.emitted.append("join"))
        self.view.again_wanted.connect(lambda: self.emitted.append("again"))

    def tell_who_i_am(self, *rights: AssistantRight) -> None:
        you = You(
            "a1",
            "Wang",
            Role.ASSISTANT,
            is_follower=False,
            has_checked_in=False,
            mute=None,
            requested=[],
            vote=None,
            rights=list(rights),
            rights_until_ms=1,
        )
        self.client.updated.emit(YouChanged(you))

    def said(self, cell: str) -> str:
        return self.window.bar.cells[cell].text()

    def alarms(self) -> dict[str, str]:
        return {alarm.key: alarm.text for alarm in self.window.alarms.alarms}


@pytest.fixture
def desk(qtbot: QtBot, themed: QApplication) -> Desk:
    window = AssistantWindow(QIcon())
    qtbot.addWidget(window, before_close_func=lambda _widget: window.close_for_good())
    window.show()
    return Desk(window)


def test_before_a_room_is_known_nothing_can_be_done(desk: Desk) -> None:
    assert not desk.window.chat.isEnabled()
    assert not desk.window.products.isEnabled()
    desk.tell_who_i_am(AssistantRight.CHAT)

    assert desk.window.chat.isEnabled()
    assert desk.window.products.isEnabled()


def test_the_room_is_named_with_who_is_there(desk: Desk) -> None:
    desk.client.updated.emit(snapshot(LivePhase.LIVE, session_id="s1"))
    desk.client.updated.emit(PresenceChanged(Presence(8, 9)))
    desk.tell_who_i_am(AssistantRight.CHAT)

    assert desk.said("room") == "Shop"
    assert desk.said("viewers") == "8 watching"
    assert (desk.said("you"), desk.said("rights")) == ("Wang", "Chat")


def test_the_assistant_view_counts_live_time_by_the_servers_clock(desk: Desk) -> None:
    started_ms = 5_000_000
    desk.client.updated.emit(ClockRead(started_ms + 65_500 - time.time() * 1000, 1))
    desk.client.updated.emit(LiveChanged(Live(LivePhase.LIVE, "s1", started_ms, is_publishing=True)))
    assert desk.said("live") == "● Live 00:01:05"
    desk.client.updated.emit(LiveChanged(Live(LivePhase.ENDED, "s1", started_ms, is_publishing=False)))

    assert desk.said("live") == "○ Not live"


def test_rights_that_change_count_at_once(desk: Desk) -> None:
    desk.tell_who_i_am(AssistantRight.CHAT)
    assert desk.window.chat.rules.isVisible()
    desk.tell_who_i_am(AssistantRight.NUMBERS)

    assert not desk.window.chat.rules.isVisible()
    assert desk.said("rights") == "Numbers"


@pytest.mark.parametrize(
    ("cause", "said"),
    [("revoked", "The host took your rights in this room back."), ("expired", "Your rights in this room")],
)
def test_whose_rights_end_is_told_why_and_what_helps(desk: Desk, cause: str, said: str) -> None:
    desk.tell_who_i_am(AssistantRight.CHAT)
    desk.client.updated.emit(YouWereDismissed(cause, "thank you"))
    (alarm,) = desk.window.alarms.alarms

    assert alarm.text.startswith(said)
    assert "thank you" in alarm.text
    assert not desk.window.chat.isEnabled()
    assert desk.said("rights") == ""
    assert desk.emitted == ["dismissed"]
    desk.window.alarms.action_chosen.emit(alarm.key, alarm.actions[0].action_id)
    assert desk.emitted == ["dismissed", "join"]


@pytest.mark.parametrize("status", [401, 403])
def test_who_was_dismissed_while_away_is_told_the_same(desk: Desk, status: int) -> None:
    desk.client.line_changed.emit(LineStatus(LineState.REFUSED, "You are no assistant.", status))

    assert desk.alarms() == {"room": "Your rights in this room have ended, or were taken back."}
    assert desk.emitted == ["dismissed"]


def test_a_room_that_is_not_there_can_be_tried_again(desk: Desk) -> None:
    desk.client.line_changed.emit(LineStatus(LineState.REFUSED, "No such room.", 404))
    assert list(desk.alarms()) == ["line"]
    desk.window.alarms.action_chosen.emit("line", "again")

    assert desk.emitted == ["again"]


@pytest.mark.parametrize("state", [LineState.OUTDATED, LineState.BACKEND_OUTDATED])
def test_another_version_is_an_alarm_that_names_it(desk: Desk, state: LineState) -> None:
    desk.client.line_changed.emit(LineStatus(state))
    assert "than this program" in desk.alarms()["line"]


def test_the_assistants_window_shows_a_broken_line_until_it_is_mended(desk: Desk) -> None:
    desk.client.updated.emit(snapshot(LivePhase.LIVE, session_id="s1"))
    desk.client.line_changed.emit(LineStatus(LineState.BROKEN, "refused"))
    assert list(desk.alarms()) == ["line"]
    assert (desk.said("live"), desk.said("viewers")) == ("", "")
    desk.client.line_changed.emit(LineStatus(LineState.CONNECTED))

    assert desk.alarms() == {}


def test_who_helps_nowhere_is_told_how_to_begin(desk: Desk) -> None:
    desk.view.show_no_room()
    assert list(desk.alarms()) == ["room"]
    desk.view.retranslate()
    assert list(desk.alarms()) == ["room"]
    desk.view.begin()

    assert desk.alarms() == {}
