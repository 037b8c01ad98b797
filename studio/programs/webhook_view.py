"""Adds, lists and deletes where webhooks go, beside the window."""

import logging

from PySide6.QtCore import QObject

from backend.contract.outgoing_webhooks import NewWebhookTarget, WebhookTarget
from studio.background_tasks import BackgroundTasks
from studio.connection.host_requests import FAILED, HostRequests
from studio.programs import program_texts
from studio.programs.program_requests import ask_programs
from studio.window.main_window import MainWindow
from widgets.programs.secret_dialog import SecretDialog
from widgets.programs.webhooks_dialog import WebhooksDialog

log = logging.getLogger("livestall.webhooks")


class WebhookView(QObject):
    """Between the backend's webhooks and the dialogs for them."""

    def __init__(self, requests: HostRequests, background: BackgroundTasks, window: MainWindow) -> None:
        super().__init__(window)
        self._requests = requests
        self._background = background
        self._window = window
        self._dialog: WebhooksDialog | None = None
        window.webhooks_wanted.connect(self.open)

    def open(self) -> None:
        """Show where webhooks go, and let that be changed."""
        if self._dialog is not None:
            return
        dialog = WebhooksDialog(self._window)
        dialog.add_wanted.connect(lambda wanted: self._background.begin(lambda: self._add(wanted)))
        dialog.delete_wanted.connect(lambda target: self._background.begin(lambda: self._delete(target)))
        dialog.again_wanted.connect(lambda target: self._background.begin(lambda: self._send_again(target)))
        dialog.finished.connect(self._on_finished)
        self._dialog = dialog
        dialog.open()
        self._background.begin(self._read)

    def _on_finished(self) -> None:
        self._dialog = None

    async def _read(self) -> None:
        try:
            targets = await ask_programs(self._requests, lambda http: http.targets())
        except FAILED as error:
            self._show_failure(error)
            return
        if self._dialog is not None:
            self._dialog.show_targets(targets)

    async def _add(self, wanted: NewWebhookTarget) -> None:
        try:
            made = await ask_programs(self._requests, lambda http: http.add_target(wanted))
        except FAILED as error:
            self._show_failure(error)
            if self._dialog is not None:
                self._dialog.ask_for_target(wanted)  # so that what was typed can be corrected
            return
        SecretDialog(
            self._dialog or self._window,
            title=self.tr("Secret of the webhooks to {url}").format(url=made.made.url),
            name=self.tr("Secret"),
            secret=made.secret,
            hint=self.tr("The program checks signatures with it, as Standard Webhooks has it."),
        ).open()
        await self._reread()

    async def _delete(self, target: WebhookTarget) -> None:
        try:
            await ask_programs(self._requests, lambda http: http.delete_target(target.target_id))
        except FAILED as error:
            self._show_failure(error)
            return
        await self._reread()

    async def _send_again(self, target: WebhookTarget) -> None:
        try:
            count = await ask_programs(self._requests, lambda http: http.send_again(target.target_id))
        except FAILED as error:
            self._show_failure(error)
            return
        await self._reread()
        if self._dialog is not None:
            text = self.tr("{count} messages are sent again.").format(count=count)
            none = self.tr("Nothing was given up: what waits is sent by itself.")
            self._dialog.show_note(text if count else none, "ok")

    async def _reread(self) -> None:
        if self._dialog is not None:
            self._dialog.show_note("", "")
            await self._read()

    def _show_failure(self, error: Exception) -> None:
        log.warning("webhooks: %r", error)
        if self._dialog is not None:
            self._dialog.show_note(program_texts.webhook_problem(error), "bad")
