"""Makes, lists and revokes the keys that other programs publish with, beside the window."""

import logging
from collections.abc import Awaitable, Callable

from PySide6.QtCore import QObject

from backend.contract.stream_keys import StreamKey, new_stream_key, stream_key_digest
from studio.background_tasks import BackgroundTasks
from studio.connection.host_requests import FAILED, HostRequests
from studio.connection.room_http import Place, RoomHttp
from studio.live import live_texts
from studio.processes.backend_process import BackendReady
from studio.window.main_window import MainWindow
from widgets.live.stream_key_dialog import MadeKey, StreamKeyDialog
from widgets.live.stream_keys_dialog import StreamKeysDialog

log = logging.getLogger("livestall.stream_keys")


class StreamKeyView(QObject):
    """Between the backend's stream keys and the dialogs for them."""

    def __init__(self, requests: HostRequests, background: BackgroundTasks, window: MainWindow) -> None:
        super().__init__(window)
        self._requests = requests
        self._background = background
        self._window = window
        self._dialog: StreamKeysDialog | None = None
        requests.moved.connect(self._on_moved)
        window.stream_keys_wanted.connect(self.open)

    def _on_moved(self, ready: BackendReady) -> None:
        if self._dialog is not None:
            self._dialog.show_address(whip_url_for_others(ready))

    def open(self) -> None:
        """Show the keys, and let them be changed."""
        if self._dialog is not None:
            return
        dialog = StreamKeysDialog(self._window)
        dialog.make_wanted.connect(lambda name: self._background.begin(lambda: self._make(name)))
        dialog.revoke_wanted.connect(self._on_revoke)
        dialog.let_in_wanted.connect(self._on_let_in)
        dialog.finished.connect(self._on_finished)
        self._dialog = dialog
        if (ready := self._requests.ready) is not None:
            dialog.show_address(whip_url_for_others(ready))
        dialog.open()
        self._background.begin(self._read)

    def _on_finished(self) -> None:
        self._dialog = None

    def _on_revoke(self, key: StreamKey) -> None:
        self._background.begin(lambda: self._change(lambda http: http.revoke_stream_key(key.key_id)))

    def _on_let_in(self, key: StreamKey) -> None:
        self._background.begin(lambda: self._change(lambda http: http.let_in(key.key_id)))

    async def _read(self) -> None:
        try:
            keys = await self._requests.ask(lambda http: http.stream_keys())
        except FAILED as error:
            self._show_failure(error)
            return
        if self._dialog is not None:
            self._dialog.show_keys(keys)

    async def _make(self, name: str) -> None:
        ready, key = self._requests.ready, new_stream_key()
        try:
            made = await self._requests.ask(lambda http: http.make_stream_key(name, stream_key_digest(key)))
        except FAILED as error:
            self._show_failure(error)
            if self._dialog is not None:
                self._dialog.ask_for_name(name)  # so that what was typed can be corrected
            return
        if ready is not None:
            url = whip_url_for_others(ready)
            shown = MadeKey(made.name, key, url, is_local=Place(url, "", "").is_local)
            StreamKeyDialog(self._dialog or self._window, shown).open()
        await self._reread()

    async def _change(self, change: Callable[[RoomHttp], Awaitable[None]]) -> None:
        try:
            await self._requests.ask(change)
        except FAILED as error:
            self._show_failure(error)
            return
        await self._reread()

    async def _reread(self) -> None:
        if self._dialog is not None:
            self._dialog.show_note("", "")
            await self._read()

    def _show_failure(self, error: Exception) -> None:
        log.warning("stream keys: %r", error)
        if self._dialog is not None:
            self._dialog.show_note(live_texts.stream_key_problem(error), "bad")


def whip_url_for_others(ready: BackendReady) -> str:
    """Return where a program on another computer publishes: beside the viewers' page."""
    base, found, _ = ready.viewer_url.rpartition("/r/")
    return f"{base}/whip/{ready.room}" if found else ready.whip_url
