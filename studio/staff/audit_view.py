"""Reads the audit log for the host, by pages or into a file, beside the window."""

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject

from backend.contract.audit import AuditKind, AuditLine, AuditPage
from backend.contract.whole_files import write_whole
from studio.background_tasks import BackgroundTasks
from studio.connection.host_requests import FAILED, HostRequests
from studio.connection.room_http import RoomHttp
from studio.staff import staff_texts
from studio.window.main_window import MainWindow
from widgets.gifts.gift_names import GiftNames
from widgets.staff.audit_dialog import AuditDialog

log = logging.getLogger("livestall.audit")


class AuditView(QObject):
    """Between the backend's audit log and the dialog for it."""

    def __init__(self, requests: HostRequests, background: BackgroundTasks, window: MainWindow) -> None:
        super().__init__(window)
        self._requests = requests
        self._background = background
        self._window = window
        self._dialog: AuditDialog | None = None
        self._gift_names = GiftNames(self)
        self._asked = 0
        window.audit_wanted.connect(self.open)

    def open(self) -> None:
        """Show the newest of the log."""
        if self._dialog is not None:
            return
        dialog = AuditDialog(self._window)
        dialog.page_wanted.connect(self._on_page_wanted)
        dialog.csv_wanted.connect(self._on_csv_wanted)
        dialog.finished.connect(self._on_finished)
        self._dialog = dialog
        dialog.open()
        dialog.reload()

    def _on_finished(self) -> None:
        self._dialog = None

    # --- Pages ---

    def _on_page_wanted(self, kinds: Sequence[AuditKind], before: int | None) -> None:
        self._asked += 1
        number = self._asked
        self._background.begin(lambda: self._read(number, kinds, before))

    async def _read(self, number: int, kinds: Sequence[AuditKind], before: int | None) -> None:
        try:
            page = await self._requests.ask(lambda http: self._read_page(http, kinds, before))
        except FAILED as error:
            log.warning("the audit log could not be read: %r", error)
            if self._dialog is not None and number == self._asked:
                self._dialog.show_failure(staff_texts.audit_problem(error))
            return
        if self._dialog is not None and number == self._asked:
            self._dialog.show_page(page)

    async def _read_page(self, http: RoomHttp, kinds: Sequence[AuditKind], before: int | None) -> AuditPage:
        page = await http.audit_page(kinds, before)
        if any(line.what == "gift" for line in page.lines):
            self._gift_names.learn(await http.gifts())
        return msgspec.structs.replace(page, lines=[self._with_gift_name(line) for line in page.lines])

    def _with_gift_name(self, line: AuditLine) -> AuditLine:
        if line.what != "gift":
            return line
        gift_id, times, count = line.about.partition(" ×")
        return msgspec.structs.replace(line, about=self._gift_names.name(gift_id) + times + count)

    # --- The file ---

    def _on_csv_wanted(self, kinds: Sequence[AuditKind], path: Path) -> None:
        if self._dialog is not None:
            self._dialog.show_saving()
        self._background.begin(lambda: self._save(kinds, path))

    async def _save(self, kinds: Sequence[AuditKind], path: Path) -> None:
        tone = "bad"
        try:
            content = await self._requests.ask(lambda http: http.audit_csv(kinds))
            await asyncio.to_thread(write_whole, path, content)
        except FAILED as error:
            log.warning("the audit log could not be read: %r", error)
            text = staff_texts.audit_problem(error)
        except OSError as error:
            log.warning("the audit log could not be saved: %r", error)
            text = staff_texts.file_problem(path, error)
        else:
            text, tone = self.tr("Saved as {path}").format(path=path), "ok"
        if self._dialog is not None:
            self._dialog.show_saved(text, tone)
