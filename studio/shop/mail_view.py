"""Shows how e-mails to buyers are sent in the settings, changes that, and tries it."""

import logging
from collections.abc import Awaitable, Callable
from functools import partial

import httpx
from PySide6.QtCore import QCoreApplication, QLocale, QObject

from backend.contract.mail import MailSettings, TryMail
from backend.contract.orders import BuyerLanguage
from studio.background_tasks import BackgroundTasks
from studio.connection.error_details import detail_of
from studio.connection.host_requests import FAILED
from studio.connection.mail_http import MailHttp
from studio.connection.room_http import Place, RejectedError
from studio.shop.whole_shop import first_room_problem
from widgets.settings.mail_page import MailPage

log = logging.getLogger("livestall.mail")


class MailView(QObject):
    """Between the backend and the page of the settings that is open."""

    def __init__(self, background: BackgroundTasks, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._place: Place | None = None
        self._page: MailPage | None = None

    def go_to(self, place: Place) -> None:
        """Ask this backend from now on."""
        self._place = place

    def attach(self, page: MailPage) -> None:
        """Serve this page, until it is gone."""
        self._page = page
        page.destroyed.connect(lambda *_gone: self._forget(page))
        page.read_wanted.connect(lambda: self._begin(page, partial(self._read, page), page.show_problem))
        page.save_wanted.connect(
            lambda settings: self._begin(page, partial(self._save, page, settings), page.show_problem)
        )
        page.test_wanted.connect(
            lambda settings, to: self._begin(page, partial(self._try, page, settings, to), page.show_result)
        )
        page.again_wanted.connect(
            lambda: self._begin(page, partial(self._send_again, page), page.show_result)
        )
        page.read()

    def _forget(self, page: MailPage) -> None:
        if self._page is page:
            self._page = None

    def _begin(
        self, page: MailPage, act: Callable[[MailHttp], Awaitable[None]], say: Callable[[str], None]
    ) -> None:
        self._background.begin(partial(self._do, page, act, say))

    async def _do(
        self, page: MailPage, act: Callable[[MailHttp], Awaitable[None]], say: Callable[[str], None]
    ) -> None:
        try:
            async with self._open() as http:
                await act(http)
        except FAILED as error:
            log.warning("e-mails: %r", error)
            if self._page is page:
                say(problem_of(error))

    async def _read(self, page: MailPage, http: MailHttp) -> None:
        status = await http.status()
        if self._page is page:
            page.show_status(status)

    async def _save(self, page: MailPage, settings: MailSettings, http: MailHttp) -> None:
        saved = await http.save(settings)
        if self._page is page:
            page.show_document(saved)
            self._begin(page, partial(self._read, page), page.show_result)

    async def _try(self, page: MailPage, settings: MailSettings, to: str, http: MailHttp) -> None:
        is_chinese = QLocale().language() == QLocale.Language.Chinese
        language = BuyerLanguage.ZH if is_chinese else BuyerLanguage.EN
        check = await http.try_out(TryMail(settings, to, language))
        if self._page is page:
            page.show_check(check)

    async def _send_again(self, page: MailPage, http: MailHttp) -> None:
        for mail in await http.given_up():
            await http.send_again(mail.mail_id)
        await self._read(page, http)

    def _open(self) -> MailHttp:
        if self._place is None:
            raise httpx.ConnectError(self.tr("it has not started yet"))
        return MailHttp(self._place)


def problem_of(error: Exception) -> str:
    """Why nothing was done, and what helps."""
    refused = first_room_problem(error)
    if refused:
        return refused
    detail = detail_of(error)
    if isinstance(error, RejectedError):
        return QCoreApplication.translate("MailPage", "The shop does not take this: {detail}").format(
            detail=detail
        )
    text = QCoreApplication.translate(
        "MailPage", "The server did not answer: {detail}. Check that it runs, then try again."
    )
    return text.format(detail=detail)
