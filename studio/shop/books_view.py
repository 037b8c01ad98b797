"""Shows the shop's books to the host, and to assistants with the right to payments."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

import httpx
from PySide6.QtCore import QObject

from backend.contract.bookkeeping import DaySum
from backend.contract.payments import SuspenseItem
from backend.contract.whole_files import write_whole
from studio.background_tasks import BackgroundTasks
from studio.connection.books_http import BooksHttp
from studio.connection.host_requests import FAILED
from studio.connection.room_http import Place
from studio.shop import books_problems
from studio.window.room_window import RoomWindow
from widgets.shop.books.books_dialog import BooksDialog
from widgets.shop.books.books_page import BooksPage
from widgets.shop.books.settle_dialog import SettleDialog, SettleItem
from widgets.shop.books.settlements_table import settlements_csv
from widgets.shop.books.suspense_page import WhichMoney

log = logging.getLogger("livestall.books")

DAY_S: Final = 24 * 3600
Work = Callable[[BooksHttp, BooksDialog], Awaitable[None]]


class BooksView(QObject):
    """Between the dialog of the books and the shop."""

    def __init__(self, background: BackgroundTasks, window: RoomWindow) -> None:
        super().__init__(window)
        self._background = background
        self._window = window
        self._place: Place | None = None
        self._dialog: BooksDialog | None = None
        self._settling: SettleDialog | None = None
        window.books_wanted.connect(self.open)

    def go_to(self, place: Place | None) -> None:
        """Show the books of this room's shop from now on; None: of none."""
        self._place = place
        if place is None and self._dialog is not None:
            self._dialog.reject()

    def open(self) -> None:
        """Show the books, beginning with what is to be settled."""
        if self._dialog is not None:
            self._dialog.activateWindow()
            return
        dialog = BooksDialog(self._window)
        dialog.suspense.page_wanted.connect(partial(self._on_suspense_wanted, dialog))
        dialog.suspense.settle_wanted.connect(partial(self._on_settle_wanted, dialog))
        dialog.reconciliation.compare_wanted.connect(partial(self._on_compare_wanted, dialog))
        dialog.settlements.days_wanted.connect(partial(self._on_days_wanted, dialog))
        dialog.settlements.csv_wanted.connect(partial(self._on_csv_wanted, dialog))
        dialog.finished.connect(self._on_finished)
        self._dialog = dialog
        dialog.open()
        dialog.suspense.reload()

    def _on_finished(self) -> None:
        self._dialog = None

    # --- What pages ask for ---

    def _on_suspense_wanted(self, dialog: BooksDialog, which: WhichMoney, before: int | None) -> None:
        page = dialog.suspense

        async def work(http: BooksHttp, _dialog: BooksDialog) -> None:
            found = await http.suspense(is_open=which.value, before=before)
            last = page.items[-1].suspense_id if page.items else None
            # Another filter may have been chosen meanwhile.
            if self._dialog is dialog and (page.wanted, last) == (which, before):
                page.show_page(found)

        self._ask(dialog, page, work)

    def _on_compare_wanted(self, dialog: BooksDialog, days: int) -> None:
        async def work(http: BooksHttp, dialog: BooksDialog) -> None:
            found = await http.compare(int((time.time() - days * DAY_S) * 1000))
            if self._dialog is dialog:
                dialog.reconciliation.show_found(found)

        self._ask(dialog, dialog.reconciliation, work)

    def _on_days_wanted(self, dialog: BooksDialog, days: int) -> None:
        page = dialog.settlements

        async def work(http: BooksHttp, _dialog: BooksDialog) -> None:
            now = datetime.now().astimezone()
            first_day = (now - timedelta(days=days - 1)).date().isoformat()
            ahead = now.utcoffset() or timedelta()
            found = await http.settlements(first_day, days, ahead // timedelta(minutes=1))
            if self._dialog is dialog and page.wanted_days == days:
                page.show_days(found.days)

        self._ask(dialog, page, work)

    def _ask(self, dialog: BooksDialog, page: BooksPage, work: Work) -> None:
        async def ask() -> None:
            try:
                async with self._open() as http:
                    await work(http, dialog)
            except FAILED as error:
                log.warning("the books could not be read: %r", error)
                if self._dialog is dialog:
                    page.show_problem(books_problems.reading_problem(error))

        self._background.begin(ask)

    # --- Settling ---

    def _on_settle_wanted(self, dialog: BooksDialog, item: SuspenseItem) -> None:
        settling = SettleDialog(dialog, item)
        settling.action.connect(partial(self._on_settled, dialog, settling))
        settling.finished.connect(self._on_settling_finished)
        self._settling = settling
        settling.open()

    def _on_settling_finished(self) -> None:
        self._settling = None

    def _on_settled(self, dialog: BooksDialog, settling: SettleDialog, wish: SettleItem) -> None:
        self._background.begin(partial(self._settle, dialog, settling, wish))

    async def _settle(self, dialog: BooksDialog, settling: SettleDialog, wish: SettleItem) -> None:
        try:
            async with self._open() as http:
                await http.settle(wish.suspense_id, wish.wish)
        except FAILED as error:
            log.warning("money was not settled: %r", error)
            if self._settling is settling:
                settling.give_back(wish, books_problems.settling_problem(error))
            return
        if self._settling is settling:
            settling.close_for(wish)
        if self._dialog is dialog:
            dialog.suspense.reload()

    # --- The file ---

    def _on_csv_wanted(self, dialog: BooksDialog, days: Sequence[DaySum], path: Path) -> None:
        self._background.begin(partial(self._save, dialog, days, path))

    async def _save(self, dialog: BooksDialog, days: Sequence[DaySum], path: Path) -> None:
        try:
            await asyncio.to_thread(write_whole, path, settlements_csv(days))
        except OSError as error:
            log.warning("the sums could not be saved: %r", error)
            text, tone = books_problems.file_problem(path, error), "bad"
        else:
            text, tone = self.tr("Saved as {path}").format(path=path), "ok"
        if self._dialog is dialog:
            dialog.settlements.show_saved(text, tone)

    def _open(self) -> BooksHttp:
        place = self._place
        if place is None:
            raise httpx.ConnectError(self.tr("there is no room"))
        return BooksHttp(place)
