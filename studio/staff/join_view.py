"""Joins a room as an assistant: asks for the code, redeems it, and shows what went wrong."""

import logging

import httpx
import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from backend.contract.bounds import MAX_NAME
from studio.background_tasks import BackgroundTasks
from studio.connection.room_address import safest_url
from studio.connection.room_http import Place, RejectedError, RoomHttp
from studio.staff.membership import Membership
from widgets.staff.join_dialog import JoinDialog, JoinRequest

log = logging.getLogger("livestall.assistant")


class JoinView(QObject):
    """Between the join dialog and the backend of the room that is joined.

    Attributes:
        joined: emitted with a `Membership`.
        cancelled: the dialog was closed without one.
    """

    joined = Signal(object)
    cancelled = Signal()

    def __init__(self, background: BackgroundTasks, window: QWidget) -> None:
        super().__init__(window)
        self._background = background
        self._window = window
        self._dialog: JoinDialog | None = None

    @property
    def dialog(self) -> JoinDialog | None:
        """The dialog that is open; None where none is."""
        return self._dialog

    def ask(self, link: str = "", name: str = "") -> None:
        """Open the dialog, or bring the open one to the front."""
        if self._dialog is not None:
            self._dialog.raise_()
            return
        self._dialog = JoinDialog(self._window, link, name)
        self._dialog.join_wanted.connect(self._join)
        self._dialog.finished.connect(self._on_finished)
        self._dialog.open()

    def _join(self, request: JoinRequest) -> None:
        # A code that is on its way counts though its dialog was closed: it works only once.
        self._background.begin(lambda: self._redeem(request))

    def _on_finished(self, result: int) -> None:
        self._dialog = None
        if result != JoinDialog.DialogCode.Accepted:
            self.cancelled.emit()

    async def _redeem(self, request: JoinRequest) -> None:
        url = await safest_url(request.url)
        try:
            async with RoomHttp(Place(url, request.room, "")) as http:
                admission = await http.redeem(request.code, request.name)
        except RejectedError as error:
            self._show_problem(self._rejection(error))
        except (httpx.HTTPError, msgspec.MsgspecError) as error:
            log.info("could not join at %s: %r", url, error)
            self._show_problem(
                self.tr("The room cannot be reached at {url}. Check the address and the network.").format(
                    url=url
                )
            )
        else:
            self._on_joined(Membership(url, request.room, request.name, admission.token))

    def _on_joined(self, membership: Membership) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        self.joined.emit(membership)

    def _show_problem(self, text: str) -> None:
        if self._dialog is not None:
            self._dialog.show_problem(text)

    def _rejection(self, error: RejectedError) -> str:
        match error.status:
            case 403:
                return self.tr("The code is unknown, used, or out of date. Ask the host for a new one.")
            case 404 | 421:
                return self.tr("There is no such room at this address. Paste the link the host gave you.")
            case 422:
                text = self.tr("This name cannot be used. Choose another one, up to {n} characters.")
                return text.format(n=MAX_NAME)
            case 429:
                text = self.tr("There were too many tries. Wait {n} seconds and try again.")
                return text.format(n=max(1, error.retry_after_s))
            case _:
                return str(error)
