"""How the stream reaches the viewers, as the host is told while on air."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.contract.stream import ViewerLines
from backend.relay.client import RelayClient
from backend.relay.options import RelayOptions
from studio.background_tasks import BackgroundTasks
from studio.connection.host_requests import HostRequests
from studio.live.broadcast import Broadcast
from studio.live.lines_view import LinesView
from studio.processes.backend_process import BackendReady
from studio.window.main_window import MainWindow
from tests.backend.running import RunningBackend, running_backend
from tests.studio.staff.test_staff_view import Backend, until, working
from widgets.common.stage import Stage


class Desk:
    """The view of the viewers' lines in front of a real backend."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.background = BackgroundTasks()
        self.backend = Backend()
        self.broadcast = Broadcast()
        requests = HostRequests(self.backend.ready)
        self.view = LinesView(requests, self.background, window, self.broadcast)

    @property
    def told(self) -> str:
        """What the statistics say of the viewers; empty for nothing."""
        lines = self.window.live_bar.health.stats.lines_text
        return "" if lines.isHidden() else lines.text()

    @property
    def alarms(self) -> set[str]:
        """Which alarms are shown."""
        return {alarm.key for alarm in self.window.alarms.alarms}


@pytest.fixture
async def desk(window: MainWindow) -> AsyncIterator[Desk]:
    made = Desk(window)
    async with working(made.background):
        yield made


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[RunningBackend]:
    async with running_backend(
        tmp_path, make_relay=lambda heard: RelayClient(RelayOptions(), heard)
    ) as backend:
        yield backend


async def test_the_relay_is_asked_while_the_show_is_on_and_no_longer(
    desk: Desk, running: RunningBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[ViewerLines | None] = []
    monkeypatch.setattr(desk.window.live_bar.health.stats, "show_lines", shown.append)
    url = f"http://{running.address}"
    token = running.signer.host("main")
    desk.backend.ready.emit(BackendReady(url, f"{url}/r/main", "main", "", "", token))
    desk.view.timer.setInterval(10)
    desk.broadcast.stage_changed.emit(Stage.LIVE)
    await until(lambda: ViewerLines() in shown)
    desk.broadcast.stage_changed.emit(Stage.READY)
    assert not desk.view.timer.isActive()
    assert shown[-1] is None


async def test_a_relay_that_cannot_be_asked_says_nothing_of_viewers(desk: Desk) -> None:
    desk.view.show_lines(ViewerLines(viewers=3))
    assert desk.told
    desk.view.timer.setInterval(10)
    desk.broadcast.stage_changed.emit(Stage.LIVE)
    await until(lambda: desk.told == "")


async def test_parts_that_many_viewers_miss_are_told_with_what_helps(desk: Desk) -> None:
    desk.view.show_lines(ViewerLines(viewers=40, own_line=39, uplink=9))
    assert desk.alarms == set()
    desk.view.show_lines(ViewerLines(viewers=40, uplink=10))
    assert desk.alarms == {"viewers_uplink"}
    (alarm,) = desk.window.alarms.alarms
    assert "cable" in alarm.remedy
    # It does not come and go with each viewer.
    desk.view.show_lines(ViewerLines(viewers=40, uplink=6))
    assert desk.alarms == {"viewers_uplink"}
    desk.view.show_lines(ViewerLines(viewers=40, uplink=5, relay=10))
    assert desk.alarms == {"viewers_relay"}
    desk.view.show_lines(None)
    assert desk.alarms == set()
