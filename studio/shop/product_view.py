"""Shows in the window what the room sells, and tells the room which card is wanted."""

import time
from typing import Final

from PySide6.QtCore import QObject, QTimer

from backend.contract.cards import CardHidden, CardShown, HideCard, ShowCard
from backend.contract.protocol import Command, Snapshot
from backend.contract.shop import ProductChanged, ProductsChanged
from studio.connection.room_client import RoomClient
from studio.connection.room_protocol import ClockRead, RoomUpdate
from studio.shop.product_editor import ProductEditor
from studio.window.room_window import RoomWindow
from widgets.common.foreign_picture import foreign_picture
from widgets.live.toasts import Tone

TICK_MS: Final = 1000


class ProductView(QObject):
    """Between the room and the panel for products."""

    def __init__(self, client: RoomClient, window: RoomWindow) -> None:
        super().__init__(window)
        self._panel = window.products
        self._toasts = window.toasts
        self._clock_offset_ms = 0.0
        self.editor = ProductEditor(client, window)
        client.told.connect(self.on_told)
        client.unsent.connect(self._on_unsent)
        client.catalog_read.connect(self._panel.show_catalog)
        client.picture_read.connect(self._on_picture)
        self._panel.catalog_wanted.connect(client.read_catalog)
        self._panel.command.connect(client.send)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._show_time)
        self._timer.start()

    def on_told(self, told: RoomUpdate) -> None:
        """Show what the room tells."""
        match told:
            case Snapshot(card=card):
                self._panel.show_card(card)
            case CardShown() | CardHidden() | ProductsChanged() | ProductChanged():
                self._panel.apply(told)
            case ClockRead(offset_ms=offset_ms):
                self._clock_offset_ms = offset_ms
            case _:
                return
        self._show_time()

    def _show_time(self) -> None:
        self._panel.show_time(time.time() * 1000 + self._clock_offset_ms)

    def _on_picture(self, url: str, content: bytes) -> None:
        picture = foreign_picture(content)
        if picture is not None:
            self._panel.show_picture(url, picture)

    def _on_unsent(self, command: Command) -> None:
        if isinstance(command, ShowCard | HideCard):
            text = self.tr("Not connected: the card was not changed. Try again in a moment.")
            self._toasts.show_toast(text, Tone.WARN)
