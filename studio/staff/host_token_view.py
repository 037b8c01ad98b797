"""Renews the host token: whoever else has it is out, and this studio goes on with the new one."""

import logging
from typing import Final

import httpx
import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, SignalInstance

from studio.background_tasks import BackgroundTasks
from studio.connection.room_http import Place, RejectedError, RoomHttp
from studio.processes.backend_process import BackendReady
from studio.staff import staff_texts
from studio.window.main_window import MainWindow
from widgets.common.confirm import ConfirmDialog
from widgets.live.toasts import Tone

log = logging.getLogger("livestall.host_token")

FAILED: Final = (httpx.HTTPError, httpx.InvalidURL, RejectedError, msgspec.MsgspecError)


class HostTokenView(QObject):
    """Between the menu and the backend.

    Args:
        ready: the signal that tells of a `BackendReady`.

    Attributes:
        renewed: emitted with the `BackendReady` that counts from now on.
    """

    renewed = Signal(object)

    def __init__(self, ready: SignalInstance, background: BackgroundTasks, window: MainWindow) -> None:
        super().__init__(window)
        self._background = background
        self._window = window
        self._ready: BackendReady | None = None
        ready.connect(self._on_ready)
        window.host_token_wanted.connect(self.ask)

    def _on_ready(self, ready: BackendReady) -> None:
        self._ready = ready

    def ask(self) -> None:
        """Ask first: a broadcast is cut for a moment."""
        dialog = ConfirmDialog(
            self._window,
            self.tr("Renew the host token?"),
            self.tr(
                "Every other studio and program that has the host token is signed out at once. A broadcast "
                "of yours is interrupted for a moment. Viewers, assistants and stream keys stay."
            ),
            self.tr("Renew"),
            self.tr("Cancel"),
        )
        dialog.accepted.connect(lambda: self._background.begin(self._renew))
        dialog.open()

    async def _renew(self) -> None:
        ready = self._ready
        try:
            if ready is None:
                raise httpx.ConnectError("no backend yet")
            async with RoomHttp(Place(ready.url, ready.room, ready.host_token)) as http:
                token = await http.renew_host_token()
        except FAILED as error:
            log.warning("the host token was not renewed: %r", error)
            self._window.toasts.show_toast(staff_texts.host_token_problem(error), Tone.BAD)
            return
        self.renewed.emit(replace(ready, host_token=token))
        self._window.toasts.show_toast(self.tr("The host token is new; every older one has ended."))
