"""Reads and saves how the shop sells, sends, sells coins and keeps names, for the settings."""

import logging
from dataclasses import dataclass
from typing import Final

import httpx
import msgspec
from PySide6.QtCore import QCoreApplication, QObject

from backend.contract.coins import CoinSettings
from backend.contract.my_data import PrivacySettings
from backend.contract.sale_settings import SaleSettings
from backend.contract.shipping import ShippingTemplate
from studio.background_tasks import BackgroundTasks
from studio.connection.error_details import detail_of
from studio.connection.host_requests import FAILED, HostRequests
from studio.connection.room_http import Place, RejectedError
from studio.connection.shop_http import ShopHttp
from studio.shop.whole_shop import first_room_problem
from widgets.settings.settings_dialog import SettingsDialog
from widgets.settings.shop_page import ShopPage

log = logging.getLogger("livestall.settings")

SALE: Final = "/api/v1/settings"
SHIPPING: Final = "/api/v1/settings/shipping"
COINS: Final = "/api/v1/settings/coins"
PRIVACY: Final = "/api/v1/settings/privacy"


@dataclass(frozen=True)
class _Served:
    """A page, and where its document is."""

    page: ShopPage
    path: str
    kind: type[msgspec.Struct]


class ShopSettingsView(QObject):
    """Between pages of the settings and the shop."""

    def __init__(self, requests: HostRequests, background: BackgroundTasks, parent: QObject) -> None:
        super().__init__(parent)
        self._requests = requests
        self._background = background
        self._dialog: SettingsDialog | None = None

    def serve(self, dialog: SettingsDialog) -> None:
        """Serve the dialog's pages for as long as it lives."""
        self._dialog = dialog
        dialog.destroyed.connect(lambda *_gone: self._forget(dialog))
        for served in (
            _Served(dialog.selling, SALE, SaleSettings),
            _Served(dialog.shipping, SHIPPING, ShippingTemplate),
            _Served(dialog.coins, COINS, CoinSettings),
            _Served(dialog.privacy, PRIVACY, PrivacySettings),
        ):
            self._connect(dialog, served)
            served.page.read()

    def _connect(self, dialog: SettingsDialog, served: _Served) -> None:
        begin = self._background.begin
        served.page.read_wanted.connect(lambda: begin(lambda: self._read(dialog, served)))
        served.page.save_wanted.connect(lambda document: begin(lambda: self._save(dialog, served, document)))

    def _forget(self, dialog: SettingsDialog) -> None:
        # The settings may have been opened again before the old dialog is deleted.
        if self._dialog is dialog:
            self._dialog = None

    async def _read(self, dialog: SettingsDialog, served: _Served) -> None:
        try:
            async with self._open() as http:
                document = await http.get(served.path, served.kind)
        except FAILED as error:
            log.warning("%s could not be read: %r", served.path, error)
            self._show_problem(dialog, served.page, reading_problem(error))
            return
        self._show(dialog, served.page, document)

    async def _save(self, dialog: SettingsDialog, served: _Served, typed: msgspec.Struct) -> None:
        try:
            async with self._open() as http:
                document = await http.put(served.path, typed, served.kind)
        except FAILED as error:
            log.warning("%s was not saved: %r", served.path, error)
            self._show_problem(dialog, served.page, saving_problem(error))
            return
        self._show(dialog, served.page, document)

    def _open(self) -> ShopHttp:
        ready = self._requests.ready
        if ready is None:
            raise httpx.ConnectError(self.tr("it has not started yet"))
        return ShopHttp(Place(ready.url, ready.room, ready.host_token))

    def _show(self, dialog: SettingsDialog, page: ShopPage, document: msgspec.Struct) -> None:
        if self._dialog is not dialog:
            return
        page.show_document(document)
        if isinstance(document, SaleSettings):
            dialog.shipping.show_currency(document.currency)
            coins = dialog.coins.known
            if isinstance(coins, CoinSettings) and coins.currency != document.currency:
                dialog.coins.read()

    def _show_problem(self, dialog: SettingsDialog, page: ShopPage, problem: str) -> None:
        if self._dialog is dialog:
            page.show_problem(problem)


def reading_problem(error: Exception) -> str:
    """Why settings of the shop could not be read, and what helps."""
    translate = QCoreApplication.translate
    text = translate(
        "Reports", "The shop does not answer ({detail}). Check Settings → Network, then try again."
    )
    return text.format(detail=detail_of(error))


def saving_problem(error: Exception) -> str:
    """Why settings of the shop were not saved, and what helps."""
    refused = first_room_problem(error)
    if refused:
        return refused
    translate = QCoreApplication.translate
    if isinstance(error, RejectedError):
        unknown = translate("Reports", "The shop does not take this: {detail}")
        text = _refused().get(error.kind, unknown)
    else:
        text = translate(
            "Reports",
            "No answer came ({detail}). What you typed is still here: check the line, then try again.",
        )
    return text.format(detail=detail_of(error))


def _refused() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "campaign_runs": translate(
            "Reports",
            "A flash sale or an auction has prices in the old currency. Stop it or wait until it is over, "
            "then save again.",
        ),
        "currency_locked": translate(
            "Reports", "The shop has sold in its currency and keeps it. Choose the old one again."
        ),
    }
