"""Renews the host token: every older copy stops working, and this studio continues with the new one."""

import logging

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from studio.background_tasks import BackgroundTasks
from studio.connection.host_requests import FAILED, HostRequests
from studio.staff import staff_texts
from studio.window.main_window import MainWindow
from widgets.common.confirm import ConfirmDialog
from widgets.live.toasts import Tone

log = logging.getLogger("livestall.host_token")


class HostTokenView(QObject):
    """Between the menu and the backend.

    Attributes:
        renewed: emitted with the `BackendReady` that counts from now on.
    """

    renewed = Signal(object)

    def __init__(self, requests: HostRequests, background: BackgroundTasks, window: MainWindow) -> None:
        super().__init__(window)
        self._requests = requests
        self._background = background
        self._window = window
        window.host_token_wanted.connect(self.ask)

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
        ready = self._requests.ready
        try:
            token = await self._requests.ask(lambda http: http.renew_host_token())
        except FAILED as error:
            log.warning("the host token was not renewed: %r", error)
            self._window.toasts.show_toast(staff_texts.host_token_problem(error), Tone.BAD)
            return
        if ready is not None:
            self.renewed.emit(replace(ready, host_token=token))
        self._window.toasts.show_toast(self.tr("The host token is new; every older one has ended."))
