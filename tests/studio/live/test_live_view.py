import time

import msgspec
import pytest

from backend.contract.live import GoLive, Live, LiveChanged, LivePhase, Presence, PresenceChanged
from backend.contract.protocol import Command
from backend.contract.stream import StreamCondition, StreamTakenOver
from studio.connection.room_client import LineState, LineStatus, RoomClient
from studio.connection.room_protocol import ClockRead, Synced
from studio.connection.server_clock import ServerClock
from studio.live.broadcast import Broadcast, Ingest
from studio.live.live_view import LiveView
from studio.window.main_window import MainWindow
from tests.studio.fakes import snapshot
from widgets.common.confirm import ConfirmDialog
from widgets.common.stage import Stage

LIVE = Live(LivePhase.LIVE, "s1", 1_000_000, is_publishing=True)


class Desk:
    """A room's view on a window, with a client that is not connected to anything."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.client = RoomClient()
        self.broadcast = Broadcast()
        self.view = LiveView(self.client, ServerClock(self.client), self.broadcast, window)
        self.to_room: list[Command] = []
        self.broadcast.room_command.connect(self.to_room.append)
        self.broadcast.on_ingest(Ingest("http://x/whip/main", "t"))

    def open(self, phase: LivePhase = LivePhase.PREVIEW, session_id: str = "") -> None:
        self.view.on_update(snapshot(phase, session_id=session_id))
        self.view.on_update(Synced())

    def alarms(self) -> dict[str, str]:
        return {alarm.key: alarm.text for alarm in self.window.alarms.alarms}

    def toasts(self) -> list[str]:
        return [toast.text.text() for toast in self.window.toasts.shown]


@pytest.fixture
def desk(window: MainWindow) -> Desk:
    return Desk(window)


def test_a_snapshot_makes_the_room_ready(desk: Desk) -> None:
    desk.view.on_update(snapshot())
    desk.view.on_update(Synced())

    assert desk.broadcast.stage is Stage.READY
    assert desk.window.controls.go_live_button.isEnabled()


def test_the_host_goes_live_from_the_panel_and_the_room_decides(desk: Desk) -> None:
    desk.open()
    desk.window.controls.go_live_button.click()
    assert desk.to_room == [GoLive()]
    assert desk.window.live_bar.pill.text() == "Connecting…"
    desk.view.on_update(LiveChanged(LIVE))

    assert desk.window.live_bar.pill.text() == "LIVE"
    assert desk.window.preview.stage is Stage.LIVE


def test_the_live_view_counts_live_time_by_the_servers_clock(desk: Desk) -> None:
    desk.open()
    desk.broadcast.command(GoLive())
    started_ms = 5_000_000
    desk.client.updated.emit(ClockRead(started_ms + 65_500 - time.time() * 1000, 1))
    desk.view.on_update(LiveChanged(Live(LivePhase.LIVE, "s1", started_ms, is_publishing=True)))

    assert desk.window.live_bar.time.text == "00:01:05"


def test_a_live_command_without_a_line_needs_no_words_because_it_is_said_later(desk: Desk) -> None:
    desk.client.unsent.emit(GoLive())

    assert desk.toasts() == []


def test_a_broken_line_stays_an_alarm_until_it_is_mended(desk: Desk) -> None:
    desk.open()
    desk.client.line_changed.emit(LineStatus(LineState.BROKEN, "refused"))
    assert "line" in desk.alarms()
    assert desk.broadcast.stage is Stage.OFFLINE
    desk.client.line_changed.emit(LineStatus(LineState.CONNECTING))
    assert "line" in desk.alarms()
    desk.client.line_changed.emit(LineStatus(LineState.CONNECTED))

    assert desk.alarms() == {}


def test_a_wrong_token_names_the_remedy(desk: Desk) -> None:
    desk.client.line_changed.emit(LineStatus(LineState.REFUSED, "The token is not valid."))
    (alarm,) = desk.window.alarms.alarms

    assert "Settings → Network" in alarm.remedy
    assert "The token is not valid." in alarm.remedy


@pytest.mark.parametrize(
    ("state", "remedy"),
    [
        (LineState.OUTDATED, "Update the studio"),
        (LineState.BACKEND_OUTDATED, "Update Livestall on the server"),
    ],
)
def test_another_version_names_the_program_to_update(desk: Desk, state: LineState, remedy: str) -> None:
    desk.client.line_changed.emit(LineStatus(state))
    (alarm,) = desk.window.alarms.alarms

    assert remedy in alarm.remedy


def test_a_room_left_open_can_be_continued_from_the_banner(desk: Desk) -> None:
    desk.open(LivePhase.LIVE, "s1")
    assert "left_open" in desk.alarms()
    desk.window.alarms.action_chosen.emit("left_open", "continue")

    assert desk.to_room == [GoLive()]
    desk.view.on_update(LiveChanged(LIVE))
    assert desk.broadcast.stage is Stage.LIVE
    assert desk.alarms() == {}


def test_a_room_left_open_is_ended_only_after_a_question(desk: Desk) -> None:
    desk.open(LivePhase.LIVE, "s1")
    desk.window.alarms.action_chosen.emit("left_open", "end")
    (dialog,) = desk.window.findChildren(ConfirmDialog)

    assert desk.to_room == []
    dialog.reject()


def test_viewers_are_counted_only_while_the_room_can_be_heard(desk: Desk) -> None:
    desk.open()
    desk.view.on_update(PresenceChanged(Presence(8, 9)))

    assert desk.window.live_bar.viewers.text == ""  # the client of this desk is not connected


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        (StreamCondition.BACKWARD_TIMESTAMPS, "B-frames"),
        (StreamCondition.NO_KEYFRAMES, "keyframes"),
        (StreamCondition.NO_VIDEO, "picture of the stream is missing"),
    ],
)
def test_what_viewers_miss_of_the_stream_is_an_alarm_with_a_remedy_until_it_is_over(
    desk: Desk, condition: StreamCondition, told: str
) -> None:
    desk.open()
    desk.window.controls.go_live_button.click()
    desk.view.on_update(LiveChanged(msgspec.structs.replace(LIVE, conditions=[condition])))
    (alarm,) = [one for one in desk.window.alarms.alarms if one.key.startswith("stream_")]
    assert told in alarm.text
    assert alarm.remedy
    desk.view.on_update(LiveChanged(LIVE))
    assert desk.alarms() == {}


def test_a_stream_of_sound_alone_is_told_once_and_is_no_alarm(desk: Desk) -> None:
    desk.open()
    desk.window.controls.go_live_button.click()
    for _ in range(2):
        desk.view.on_update(
            LiveChanged(msgspec.structs.replace(LIVE, conditions=[StreamCondition.SOUND_ONLY]))
        )
    assert desk.alarms() == {}
    assert [text for text in desk.toasts() if "sound only" in text] == [
        "The stream has sound only; viewers see no picture."
    ]


def test_copying_the_link_is_confirmed(desk: Desk) -> None:
    desk.window.live_bar.show_link("http://x/r/main")
    desk.window.live_bar.share.copy_link()

    assert len(desk.toasts()) == 1


def test_the_live_view_repeats_its_alarms_in_another_language(desk: Desk) -> None:
    desk.open(LivePhase.LIVE, "s1")
    desk.client.line_changed.emit(LineStatus(LineState.BROKEN))
    before = desk.alarms()
    desk.view.retranslate()

    assert desk.alarms() == before


def test_the_host_sees_who_took_over_while_this_studio_sends_nothing(desk: Desk) -> None:
    desk.open(LivePhase.LIVE, "s1")
    desk.view.on_update(LiveChanged(LIVE))
    desk.view.on_update(StreamTakenOver("OBS 2", "OBS 1"))
    assert desk.alarms()["taken_over"] == "“OBS 2” has taken over the broadcast from “OBS 1”."
    desk.window.alarms.action_chosen.emit("taken_over", "seen")
    assert "taken_over" not in desk.alarms()


def test_who_took_over_is_told_for_as_long_as_they_send(desk: Desk) -> None:
    desk.open(LivePhase.LIVE, "s1")
    desk.view.on_update(StreamTakenOver("OBS 2", "OBS 1"))
    desk.view.on_update(LiveChanged(msgspec.structs.replace(LIVE, is_publishing=False)))
    assert "taken_over" not in desk.alarms()


def test_a_studio_that_is_displaced_leaves_the_question_to_the_engine(desk: Desk) -> None:
    desk.open()
    desk.window.controls.go_live_button.click()
    desk.view.on_update(StreamTakenOver("OBS", ""))
    assert "taken_over" not in desk.alarms()
    desk.view.on_update(StreamTakenOver("", "OBS"))
    assert desk.toasts() == ["A studio has taken over the broadcast from “OBS”."]
