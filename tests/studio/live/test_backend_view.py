from pathlib import Path

import pytest
from typing_extensions import override

from backend.contract.startup import StartProblem
from studio.connection.room_client import RoomClient
from studio.live.backend_view import BackendView
from studio.live.broadcast import Broadcast
from studio.processes.backend_process import (
    BackendFailure,
    BackendOptions,
    BackendProcess,
    BackendReady,
    FailureKind,
)
from studio.settings import Remote
from studio.window.main_window import MainWindow

READY = BackendReady(
    "http://127.0.0.1:1",
    "http://192.168.1.2:1/r/main",
    "main",
    "http://127.0.0.1:1/whip/main",
    "-",
    "host-token",
)
OPTIONS = BackendOptions(Path("/data"), "127.0.0.1", 8787, b"secret", has_demo=False)


class FakeBackend(BackendProcess):
    """Remembers how it was started."""

    def __init__(self) -> None:
        super().__init__(())
        self.starts: list[BackendOptions] = []
        self._runs = False

    @property
    @override
    def is_running(self) -> bool:
        return self._runs

    @property
    @override
    def options(self) -> BackendOptions | None:
        return self.starts[-1] if self._runs else None

    @override
    def start(self, options: BackendOptions) -> None:
        self.starts.append(options)
        self._runs = True

    @override
    def stop(self) -> None:
        self._runs = False
        self.ended.emit()


@pytest.fixture
def backend() -> FakeBackend:
    return FakeBackend()


@pytest.fixture
def view(backend: FakeBackend, window: MainWindow) -> BackendView:
    return BackendView(backend, RoomClient(parent=window), Broadcast(window), window)


def test_a_backend_that_was_started_before_the_window_is_gone_on_with(
    backend: FakeBackend, view: BackendView
) -> None:
    backend.start(OPTIONS)
    view.run_here(OPTIONS)
    assert backend.starts == [OPTIONS]


def alarm(window: MainWindow) -> tuple[str, set[str]]:
    (found,) = window.alarms.alarms
    return f"{found.text} {found.remedy}", {action.action_id for action in found.actions}


def test_a_ready_backend_gives_the_link(view: BackendView, backend: FakeBackend, window: MainWindow) -> None:
    told: list[BackendReady] = []
    view.ready.connect(told.append)
    view.run_here(OPTIONS)
    backend.ready.emit(READY)

    assert backend.starts == [OPTIONS]
    assert window.live_bar.share.link.text() == "http://192.168.1.2:1/r/main?from=host"
    assert told == [READY]


def test_the_same_options_do_not_start_it_twice(view: BackendView, backend: FakeBackend) -> None:
    view.run_here(OPTIONS)
    view.run_here(OPTIONS)

    assert backend.starts == [OPTIONS]


def test_a_taken_port_is_told_with_both_remedies(
    view: BackendView, backend: FakeBackend, window: MainWindow
) -> None:
    view.run_here(OPTIONS)
    backend.failed.emit(BackendFailure(FailureKind.CANNOT_START, 8787, problem=StartProblem.PORT_TAKEN))
    text, actions = alarm(window)
    assert "8787" in text
    assert actions == {"again", "free_port"}

    window.alarms.action_chosen.emit("backend", "free_port")
    assert [options.port for options in backend.starts] == [8787, 0]
    backend.ready.emit(READY)
    assert window.alarms.alarms == ()


def test_a_backend_that_failed_can_be_started_again(
    view: BackendView, backend: FakeBackend, window: MainWindow
) -> None:
    view.run_here(OPTIONS)
    backend.failed.emit(BackendFailure(FailureKind.CANNOT_START, 8787, "The disk is full. Free some space."))
    text, actions = alarm(window)
    assert "The disk is full" in text
    assert actions == {"again"}
    window.alarms.action_chosen.emit("backend", "again")

    assert backend.starts == [OPTIONS, OPTIONS]


@pytest.mark.parametrize("kind", [FailureKind.DIED, FailureKind.SILENT])
def test_what_mends_itself_asks_for_nothing(
    view: BackendView, backend: FakeBackend, window: MainWindow, kind: FailureKind
) -> None:
    backend.failed.emit(BackendFailure(kind, 8787))
    _, actions = alarm(window)

    assert actions == set()


def test_the_backend_view_follows_a_backend_elsewhere_and_runs_none_here(
    view: BackendView, backend: FakeBackend, window: MainWindow
) -> None:
    told: list[BackendReady] = []
    view.ready.connect(told.append)
    view.run_here(OPTIONS)
    view.follow(Remote("https://shop.example", "main", "token"))

    assert not backend.is_running
    assert told[0].whip_url == "https://shop.example/whip/main"
    assert window.live_bar.share.link.text() == "https://shop.example/r/main?from=host"


def test_the_backend_view_repeats_its_alarms_in_another_language(
    view: BackendView, backend: FakeBackend, window: MainWindow
) -> None:
    backend.failed.emit(BackendFailure(FailureKind.DIED, 8787))
    before = alarm(window)
    view.retranslate()

    assert alarm(window) == before
