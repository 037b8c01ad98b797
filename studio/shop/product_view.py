"""Connects the room to the products panel: catalogue and card in, the wanted card out."""

from PySide6.QtCore import QObject

from backend.contract.audience import RequestsChanged
from backend.contract.cards import Card, CardHidden, CardShown, HideCard, ProductsExplained, ShowCard
from backend.contract.protocol import Command, Snapshot, StaffSnapshot
from backend.contract.shop import ProductChanged, ProductsChanged
from backend.contract.shop_events import StockChanged, StockCounted
from studio.connection.room_client import RoomClient
from studio.connection.room_protocol import RoomUpdate
from studio.connection.server_clock import ServerClock
from studio.shop.flash_prices import FlashPrices
from studio.shop.product_editor import ProductEditor
from studio.window.room_window import RoomWindow
from widgets.common.foreign_picture import foreign_picture
from widgets.live.toasts import Offer, Tone


class ProductView(QObject):
    """Between the room and the panel for products."""

    def __init__(self, client: RoomClient, clock: ServerClock, window: RoomWindow) -> None:
        super().__init__(window)
        self._panel = window.products
        self._toasts = window.toasts
        self._clock = clock
        self._flash = FlashPrices()
        self._client = client
        self._card: Card | None = None
        self._is_taking_off = False
        self.editor = ProductEditor(client, window)
        client.updated.connect(self.on_update)
        client.unsent.connect(self._on_unsent)
        client.catalog_read.connect(self._panel.show_catalog)
        client.picture_read.connect(self._on_picture)
        self._panel.catalog_wanted.connect(client.read_catalog)
        self._panel.command.connect(self._send)
        clock.ticked.connect(self._panel.show_time)

    def on_update(self, update: RoomUpdate) -> None:
        """Show an update of the room."""
        if self._flash.apply(update):
            self._panel.show_flash(self._flash.of_products)
        match update:
            case Snapshot(card=card, requests=requests):
                self._card, self._is_taking_off = card, False
                self._panel.show_card(card)
                self._panel.show_requests(requests)
            case StaffSnapshot(explained=times):
                self._panel.show_explained(times)
            case ProductsExplained() | RequestsChanged():
                self._panel.apply(update)
            case CardShown() | CardHidden():
                self._panel.apply(update)
                self._follow_card(update)
            case ProductsChanged() | ProductChanged():
                self._panel.apply(update)
            case StockCounted() | StockChanged():
                self._panel.apply(update)
            case _:
                return
        self._panel.show_time(self._clock.now_ms)

    def _send(self, command: Command) -> None:
        self._is_taking_off = isinstance(command, HideCard)
        self._client.send(command)

    def _follow_card(self, update: CardShown | CardHidden) -> None:
        """Offer the card again to whoever took it off: a key is pressed quickly by mistake."""
        before, self._card = self._card, update.card if isinstance(update, CardShown) else None
        if self._card is None and before is not None and self._is_taking_off:
            product = before.product
            offer = Offer(self.tr("Undo"), lambda: self._send(ShowCard(product.product_id)))
            text = self.tr("Card taken off: {title}").format(title=f"{product.number} · {product.title}")
            self._toasts.show_toast(text, offer=offer)
        self._is_taking_off = False

    def _on_picture(self, url: str, content: bytes) -> None:
        picture = foreign_picture(content)
        if picture is not None:
            self._panel.show_picture(url, picture)

    def _on_unsent(self, command: Command) -> None:
        if isinstance(command, ShowCard | HideCard):
            text = self.tr("Not connected: the card was not changed. Try again in a moment.")
            self._toasts.show_toast(text, Tone.WARN)
