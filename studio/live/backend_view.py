"""Runs the studio's own backend, or follows a remote one, and announces its address to the other views."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from backend.contract.startup import StartProblem
from studio.connection.room_client import RoomClient
from studio.connection.room_http import Place
from studio.live import live_texts
from studio.live.broadcast import Broadcast, Ingest
from studio.processes.backend_process import (
    BackendFailure,
    BackendOptions,
    BackendProcess,
    BackendReady,
    FailureKind,
)
from studio.settings import Remote
from studio.window.main_window import MainWindow
from widgets.live.alarms import Action, Alarm
from widgets.live.toasts import Tone


class BackendView(QObject):
    """Between the backend's process and the rest.

    Attributes:
        ready: emitted with a `BackendReady`, at every start and for a backend elsewhere.
    """

    ready = Signal(object)

    def __init__(
        self, process: BackendProcess, client: RoomClient, broadcast: Broadcast, window: MainWindow
    ) -> None:
        super().__init__(window)
        self._process = process
        self._client = client
        self._broadcast = broadcast
        self._window = window
        self._options: BackendOptions | None = None
        self._failure: BackendFailure | None = None
        process.ready.connect(self._on_ready)
        process.failed.connect(self._on_failed)
        window.alarms.action_chosen.connect(self._on_action)

    def run_here(self, options: BackendOptions) -> None:
        """Start the backend as our child, or restart it with other options."""
        self._options = options
        if not (self._process.is_running and self._process.options == options):
            self._process.start(options)

    def follow(self, remote: Remote) -> None:
        """Use a backend elsewhere; the one here is ended."""
        self._options = None
        if self._process.is_running:
            self._process.stop()
        self._clear()
        self._on_ready(
            BackendReady(
                url=remote.url,
                viewer_url=f"{remote.url}/r/{remote.room}",
                room=remote.room,
                whip_url=f"{remote.url}/whip/{remote.room}",
                whep_url=f"{remote.url}/whep/{remote.room}",
                host_token=remote.token,
            )
        )

    def go_on_with(self, ready: BackendReady) -> None:
        """Use the same backend by another host token."""
        self._on_ready(ready)

    def retranslate(self) -> None:
        """Set every text again, in another language."""
        if self._failure is not None:
            self._on_failed(self._failure)

    def _on_ready(self, ready: BackendReady) -> None:
        self._clear()
        self._broadcast.on_ingest(Ingest(ready.whip_url, ready.host_token))
        self._client.go_to(Place(ready.url, ready.room, ready.host_token))
        self._window.live_bar.show_link(ready.viewer_url)
        self.ready.emit(ready)

    def _on_failed(self, failure: BackendFailure) -> None:
        self._failure = failure
        cause, remedy = live_texts.backend_problem(failure)
        actions: tuple[Action, ...] = ()
        if failure.problem is StartProblem.PORT_TAKEN:
            actions = (
                Action("again", self.tr("Try again")),
                Action("free_port", self.tr("Take a free port")),
            )
        elif failure.kind is FailureKind.CANNOT_START:
            actions = (Action("again", self.tr("Try again")),)
        tone = Tone.WARN if failure.kind is FailureKind.DIED else Tone.BAD
        self._window.alarms.raise_alarm(Alarm("backend", cause, remedy, tone, actions))

    def _clear(self) -> None:
        self._failure = None
        self._window.alarms.clear_alarm("backend")

    def _on_action(self, key: str, action_id: str) -> None:
        if key != "backend" or self._options is None:
            return
        if action_id == "free_port":
            self._options = replace(self._options, port=0)
        self._process.start(self._options)
