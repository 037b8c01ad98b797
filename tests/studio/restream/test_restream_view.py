from pathlib import Path

import pytest

from backend.contract.live import EndLive, GoLive, LiveChanged, LivePhase
from studio.connection.room_client import RoomClient
from studio.connection.room_protocol import Synced
from studio.connection.server_clock import ServerClock
from studio.engine.messages.restreaming import Restream, RestreamChanged, RestreamState, RestreamTarget
from studio.live.broadcast import Broadcast, Ingest
from studio.live.live_view import LiveView
from studio.restream.restream_view import RestreamView
from studio.restream.target_store import TargetStore
from studio.window.main_window import MainWindow
from tests.studio.fakes import FakeEngine, snapshot
from tests.studio.live.test_live_view import LIVE
from widgets.restream.target import Target
from widgets.restream.targets_dialog import TargetsDialog

ONE = Target("t1", "B站", "rtmp://a.example/app", "k1")
TWO = Target("t2", "YouTube", "rtmps://b.example/live2", "k2", is_enabled=False)
ONE_SENT = RestreamTarget("t1", "rtmp://a.example/app/k1")
TWO_SENT = RestreamTarget("t2", "rtmps://b.example/live2/k2")


class Desk:
    """A restream view on a window, with an engine whose part the test plays."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self.window = window
        self.engine = FakeEngine()
        self.broadcast = Broadcast()
        client = RoomClient()
        self.live = LiveView(client, ServerClock(client), self.broadcast, window)
        self.store = TargetStore(folder)
        self.store.save((ONE, TWO))
        self.view = RestreamView(self.engine, self.broadcast, self.store, window)
        self.broadcast.on_ingest(Ingest("http://x/whip/main", "t"))

    def go_live(self) -> None:
        self.live.on_update(snapshot())
        self.live.on_update(Synced())
        self.broadcast.command(GoLive())
        self.live.on_update(LiveChanged(LIVE))

    def end(self) -> None:
        self.broadcast.command(EndLive())
        self.live.on_update(snapshot(LivePhase.ENDED))

    def open(self) -> TargetsDialog:
        self.window.platforms_wanted.emit()
        [dialog] = self.window.findChildren(TargetsDialog)
        return dialog

    def hear(self, state: RestreamState, code: str = "") -> None:
        self.engine.event_arrived.emit(RestreamChanged("t1", state, code))

    def alarms(self) -> dict[str, str]:
        return {alarm.key: alarm.text for alarm in self.window.alarms.alarms}


@pytest.fixture
def desk(window: MainWindow, tmp_path: Path) -> Desk:
    return Desk(window, tmp_path)


def test_platforms_begin_and_end_with_the_broadcast(desk: Desk) -> None:
    desk.go_live()
    assert desk.engine.commands == [Restream((ONE_SENT,))]
    desk.end()
    assert desk.engine.commands == [Restream((ONE_SENT,)), Restream(())]


def test_platforms_stay_where_the_line_to_the_room_breaks(desk: Desk) -> None:
    desk.go_live()
    desk.broadcast.on_line_lost()
    assert desk.engine.commands == [Restream((ONE_SENT,))]


def test_a_platform_that_is_checked_while_live_is_sent_to_at_once(desk: Desk) -> None:
    desk.go_live()
    dialog = desk.open()
    dialog.changed.emit((ONE, Target("t2", TWO.name, TWO.server, TWO.key)))
    assert desk.engine.commands[-1] == Restream((ONE_SENT, TWO_SENT))
    dialog.changed.emit(())
    assert desk.engine.commands[-1] == Restream(())
    assert desk.store.load() == ()


def test_nothing_is_sent_before_the_broadcast(desk: Desk) -> None:
    desk.open().changed.emit((ONE,))
    assert desk.engine.commands == []


def test_a_platform_that_is_lost_is_told_and_cleared_when_it_is_back(desk: Desk) -> None:
    dialog = desk.open()
    desk.hear(RestreamState.RECONNECTING, "silent")
    assert desk.alarms() == {"restream_t1": "B站: the platform does not answer; it is tried again."}
    assert "Trying again" in dialog.list.item(0).text()
    desk.hear(RestreamState.CONNECTED)
    assert desk.alarms() == {}
    assert dialog.list.item(0).text() == "B站\nSending"


def test_targets_that_cannot_be_saved_are_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_targets: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(desk.store, "save", full)
    desk.open().changed.emit((ONE,))
    assert "No space left" in desk.window.toasts.shown[0].text.text()
