"""Reads and publishes the shop's legal texts, beside the settings dialog."""

import logging

import httpx
from PySide6.QtCore import QCoreApplication, QObject

from backend.contract.legal import LegalName, LegalText
from studio.background_tasks import BackgroundTasks
from studio.connection.error_details import detail_of
from studio.connection.host_requests import FAILED, HostRequests
from studio.connection.legal_http import LegalHttp
from studio.connection.room_http import Place, RejectedError
from studio.shop.whole_shop import first_room_problem
from widgets.settings.legal_page import LegalPage

log = logging.getLogger("livestall.legal")


class LegalView(QObject):
    """Between the page of the settings and the shop."""

    def __init__(self, requests: HostRequests, background: BackgroundTasks, parent: QObject) -> None:
        super().__init__(parent)
        self._requests = requests
        self._background = background
        self._page: LegalPage | None = None
        self._served = 0

    def serve(self, page: LegalPage) -> None:
        """Serve a page for as long as it lives."""
        self._page = page
        self._served += 1
        served = self._served
        page.text_wanted.connect(self._on_wanted)
        page.publish_wanted.connect(self._on_publish)
        page.destroyed.connect(lambda: self._on_gone(served))
        page.read()

    def _on_gone(self, served: int) -> None:
        # The settings may have been opened again before the old page is deleted.
        if served == self._served:
            self._page = None

    def _on_wanted(self, name: LegalName) -> None:
        self._background.begin(lambda: self._read(name))

    def _on_publish(self, name: LegalName, text: str) -> None:
        self._background.begin(lambda: self._publish(name, text))

    async def _read(self, name: LegalName) -> None:
        try:
            async with self._open() as http:
                text = await http.read(name)
        except FAILED as error:
            log.warning("the legal text %s could not be read: %r", name, error)
            self._show_problem(reading_problem(error))
            return
        self._show(text)

    async def _publish(self, name: LegalName, typed: str) -> None:
        try:
            async with self._open() as http:
                text = await http.write(name, typed)
        except FAILED as error:
            log.warning("the legal text %s was not published: %r", name, error)
            self._show_problem(publishing_problem(error))
            return
        self._show(text)

    def _open(self) -> LegalHttp:
        ready = self._requests.ready
        if ready is None:
            raise httpx.ConnectError("not connected yet")
        return LegalHttp(Place(ready.url, ready.room, ready.host_token))

    def _show(self, text: LegalText) -> None:
        if self._page is not None:
            self._page.show_text(text)

    def _show_problem(self, problem: str) -> None:
        if self._page is not None:
            self._page.show_problem(problem)


def reading_problem(error: Exception) -> str:
    """Why a text could not be read, and what helps."""
    translate = QCoreApplication.translate
    text = translate(
        "Reports", "The text could not be read ({detail}). Check Settings → Network, then open this again."
    )
    return text.format(detail=detail_of(error))


def publishing_problem(error: Exception) -> str:
    """Why a text was not published, and what helps."""
    refused = first_room_problem(error)
    if refused:
        return refused
    translate = QCoreApplication.translate
    if isinstance(error, RejectedError):
        text = translate("Reports", "The shop does not take this text: {detail}")
    else:
        text = translate(
            "Reports", "No answer came ({detail}). The text is still here: check the line, then try again."
        )
    return text.format(detail=detail_of(error))
