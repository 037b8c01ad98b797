"""Shows the backend's payment providers in the settings, and asks whether they work."""

import logging
from functools import partial

import httpx
from PySide6.QtCore import QObject

from studio.background_tasks import BackgroundTasks
from studio.connection.error_details import detail_of
from studio.connection.host_requests import FAILED
from studio.connection.providers_http import ProvidersHttp
from studio.connection.room_http import Place
from studio.shop.whole_shop import first_room_problem
from widgets.settings.payments_page import PaymentsPage

log = logging.getLogger("livestall.payments")


class PaymentsView(QObject):
    """Between the backend and the page of the settings that is open."""

    def __init__(self, background: BackgroundTasks, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._place: Place | None = None
        self._page: PaymentsPage | None = None

    def go_to(self, place: Place) -> None:
        """Ask this backend from now on."""
        self._place = place

    def attach(self, page: PaymentsPage) -> None:
        """Show the providers on this page, until it is gone."""
        self._page = page
        page.destroyed.connect(lambda *_gone: self._forget(page))
        page.check_wanted.connect(lambda name: self._background.begin(partial(self._check, page, name)))
        self._background.begin(partial(self._read, page))

    def _forget(self, page: PaymentsPage) -> None:
        if self._page is page:
            self._page = None

    async def _read(self, page: PaymentsPage) -> None:
        try:
            async with self._open() as http:
                found = await http.providers()
        except FAILED as error:
            log.warning("the payment providers were not read: %r", error)
            if self._page is page:
                self._show_problem(page, error)
            return
        if self._page is page:
            page.show_providers(found)

    def _show_problem(self, page: PaymentsPage, error: Exception) -> None:
        refused = first_room_problem(error)
        if refused:
            page.show_refused(refused)
        else:
            page.show_problem(detail_of(error))

    async def _check(self, page: PaymentsPage, name: str) -> None:
        try:
            async with self._open() as http:
                check = await http.check(name)
        except FAILED as error:
            log.warning("payment provider %s was not checked: %r", name, error)
            if self._page is page:
                page.show_unanswered(name, detail_of(error))
            return
        if self._page is page:
            page.show_check(check)

    def _open(self) -> ProvidersHttp:
        if self._place is None:
            raise httpx.ConnectError(self.tr("it has not started yet"))
        return ProvidersHttp(self._place)
