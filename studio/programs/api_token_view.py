"""Makes, lists and revokes the tokens that the shop's programs use the API with, beside the window."""

import logging

from PySide6.QtCore import QObject

from backend.contract.api_tokens import ApiToken, NewApiToken
from studio.background_tasks import BackgroundTasks
from studio.connection.host_requests import FAILED, HostRequests
from studio.programs import program_texts
from studio.programs.program_requests import ask_programs
from studio.window.main_window import MainWindow
from widgets.programs.api_tokens_dialog import ApiTokensDialog
from widgets.programs.secret_dialog import SecretDialog

log = logging.getLogger("livestall.api_tokens")


class ApiTokenView(QObject):
    """Between the backend's API tokens and the dialogs for them."""

    def __init__(self, requests: HostRequests, background: BackgroundTasks, window: MainWindow) -> None:
        super().__init__(window)
        self._requests = requests
        self._background = background
        self._window = window
        self._dialog: ApiTokensDialog | None = None
        window.api_tokens_wanted.connect(self.open)

    def open(self) -> None:
        """Show the tokens, and let them be changed."""
        if self._dialog is not None:
            return
        dialog = ApiTokensDialog(self._window)
        dialog.make_wanted.connect(lambda wanted: self._background.begin(lambda: self._make(wanted)))
        dialog.revoke_wanted.connect(lambda token: self._background.begin(lambda: self._revoke(token)))
        dialog.finished.connect(self._on_finished)
        self._dialog = dialog
        dialog.open()
        self._background.begin(self._read)

    def _on_finished(self) -> None:
        self._dialog = None

    async def _read(self) -> None:
        try:
            tokens = await ask_programs(self._requests, lambda http: http.tokens())
        except FAILED as error:
            self._show_failure(error)
            return
        if self._dialog is not None:
            self._dialog.show_tokens(tokens)

    async def _make(self, wanted: NewApiToken) -> None:
        try:
            made = await ask_programs(self._requests, lambda http: http.make_token(wanted))
        except FAILED as error:
            self._show_failure(error)
            if self._dialog is not None:
                self._dialog.ask_for_token(wanted)  # so that what was typed can be corrected
            return
        SecretDialog(
            self._dialog or self._window,
            title=self.tr("API token for “{name}”").format(name=made.made.name),
            name=self.tr("API token"),
            secret=made.token,
            hint=self.tr("The program sends it with each request: Authorization: Bearer …"),
        ).open()
        await self._reread()

    async def _revoke(self, token: ApiToken) -> None:
        try:
            await ask_programs(self._requests, lambda http: http.revoke_token(token.token_id))
        except FAILED as error:
            self._show_failure(error)
            return
        await self._reread()

    async def _reread(self) -> None:
        if self._dialog is not None:
            self._dialog.show_note("", "")
            await self._read()

    def _show_failure(self, error: Exception) -> None:
        log.warning("API tokens: %r", error)
        if self._dialog is not None:
            self._dialog.show_note(program_texts.api_token_problem(error), "bad")
