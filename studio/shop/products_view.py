"""Shows a room's products in their window, and carries out what is changed there."""

import asyncio
import logging
import ssl
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QPixmap

from backend.contract.audience import YouChanged
from backend.contract.base import AssistantRight, Role
from backend.contract.catalog import ShopProducts
from backend.contract.protocol import Command
from backend.contract.shop import EditProduct, Product, ProductChanged
from backend.contract.shop_events import StockChanged
from studio.background_tasks import BackgroundTasks
from studio.connection.catalog_http import CatalogHttp
from studio.connection.host_requests import FAILED
from studio.connection.room_client import RoomClient
from studio.connection.room_http import Place
from studio.connection.room_protocol import CommandRejected, Done, RoomUpdate
from studio.connection.server_clock import ServerClock
from studio.settings import SavedSettings
from studio.shop import product_problems, products_commands
from studio.shop.product_editor import ProductEditor
from widgets.common.foreign_picture import foreign_image
from widgets.shop.products_acts import AddProduct, ProductAct
from widgets.shop.products_window import ProductsWindow

STOCK_MS: Final = 1_000
"""So often at most the products are read because some were sold."""

log = logging.getLogger("livestall.products")


class ProductsView(QObject):
    """Between the room and the products window, which is made when it is first wanted.

    Args:
        editor: deals with the answers to changes that were not made in this window.

    Attributes:
        timer: lets the stock follow what is sold.
    """

    def __init__(
        self,
        client: RoomClient,
        clock: ServerClock,
        background: BackgroundTasks,
        settings: SavedSettings,
        editor: ProductEditor,
    ) -> None:
        window = editor.window
        super().__init__(window)
        self._client, self._clock, self._background = client, clock, background
        self._settings, self._editor, self._window = settings, editor, window
        self._products: ProductsWindow | None = None
        self._place: Place | None = None
        self._trusted: ssl.SSLContext | None = None
        self._is_reading = self._is_outdated = False
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(STOCK_MS)
        self.timer.timeout.connect(self.refresh)
        self._rights: frozenset[AssistantRight] = frozenset(AssistantRight)
        self._known: dict[str, Product] = {}
        self._pictures: dict[str, QPixmap] = {}
        self._waiting: dict[EditProduct, ProductAct] = {}
        client.updated.connect(self.on_update)
        client.unsent.connect(self._on_unsent)
        client.catalog_read.connect(self._on_catalog)
        client.picture_read.connect(self._on_picture)
        window.products_wanted.connect(self.open)

    # --- In ---

    def go_to(self, place: Place | None) -> None:
        """Show the products of this room from now on; None: of none."""
        if place == self._place:
            return
        self._place = place
        self._is_reading = False
        self._known.clear()
        self._waiting.clear()
        if self._products is not None:
            self._products.clear()
        self.refresh()

    def on_update(self, update: RoomUpdate) -> None:
        """Follow the products, what one may do, and the answers to changes of this window."""
        match update:
            case YouChanged(you=you):
                is_host = you.role is Role.HOST
                self._rights = frozenset(AssistantRight if is_host else you.rights)
                self._show_rights()
            case ProductChanged(product=product):
                self._known[product.product_id] = product
                self.refresh()
            case StockChanged() if not self.timer.isActive():
                self.timer.start()
            case Done(command=EditProduct() as command) if command in self._waiting:
                self._on_done(self._waiting.pop(command))
            case CommandRejected(command=EditProduct() as command, answer=answer) if command in self._waiting:
                act = self._waiting.pop(command)
                if answer.conflict is not None and answer.conflict.product is not None:
                    self._known[command.product_id] = answer.conflict.product
                self._on_refused(act, product_problems.refusal(act, answer))
            case _:
                return

    def refresh(self) -> None:
        """Read the products, if the window can be seen; what comes while they are read reads them again."""
        if self._products is None or not self._products.isVisible():
            return
        if not products_commands.allowed(self._rights):
            self._products.show_problem(*product_problems.no_right())
        elif self._place is None:
            self._products.show_problem(*product_problems.no_place())
        elif self._is_reading:
            self._is_outdated = True
        else:
            self._begin_reading(self._place)

    # --- Reading ---

    def _begin_reading(self, place: Place) -> None:
        self._is_reading, self._is_outdated = True, False

        async def read() -> None:
            try:
                if self._trusted is None:
                    self._trusted = await asyncio.to_thread(ssl.create_default_context)
                async with CatalogHttp(place, self._trusted) as http:
                    listing = await http.listing()
            except FAILED as error:
                log.warning("the products could not be read: %r", error)
                if place is self._place:
                    self._is_reading = False
                    self._show_problem(error)
                return
            if place is self._place:
                self._is_reading = False
                self._show_listing(listing)
                if self._is_outdated:
                    self.refresh()

        self._background.begin(read)

    def _show_problem(self, error: Exception) -> None:
        if self._products is not None:
            self._products.show_problem(*product_problems.reading_problem(error))

    def _show_listing(self, listing: ShopProducts) -> None:
        if self._products is not None:
            entries = products_commands.entries(listing.products, listing.currency)
            self._products.show_entries(entries, listing.currency)

    def _on_catalog(self, products: Sequence[Product]) -> None:
        self._known = {product.product_id: product for product in products}
        self.refresh()

    def _on_picture(self, path: str, content: bytes) -> None:
        async def scale() -> None:
            image = await asyncio.to_thread(foreign_image, content)
            if image is not None:
                self._pictures[path] = QPixmap.fromImage(image)
                if self._products is not None:
                    self._products.show_picture(path, self._pictures[path])

        self._background.begin(scale)

    # --- The window ---

    def open(self) -> None:
        """Show the products."""
        products = self._products or self._made()
        products.come_forward()

    def close(self) -> None:
        """Close the window with the studio's."""
        if self._products is not None:
            self._products.close()

    def _made(self) -> ProductsWindow:
        products = ProductsWindow(self._window.windowIcon())
        products.restore_layout(self._settings.now.products_layout)
        products.show_time(self._clock.now_ms)
        self._clock.ticked.connect(products.show_time)
        for path, picture in self._pictures.items():
            products.show_picture(path, picture)
        products.shown.connect(self.refresh)
        products.hidden.connect(lambda: self._settings.change(products_layout=products.layout_text()))
        products.refresh_wanted.connect(self._read_again)
        products.act.connect(self._act)
        self._products = products
        self._show_rights()
        return products

    def _read_again(self) -> None:
        self._client.read_catalog()
        self.refresh()

    def _show_rights(self) -> None:
        if self._products is None:
            return
        allowed = products_commands.allowed(self._rights)
        self._products.show_offered(frozenset(products_commands.RIGHTS), allowed)
        if not allowed:
            self._products.clear()
        self.refresh()

    # --- Acts ---

    def _act(self, act: ProductAct) -> None:
        product = None if isinstance(act, AddProduct) else self._known.get(act.spu_id)
        command = None if product is None else products_commands.command(act, product)
        if command is None or not self._client.is_connected:
            self._on_refused(act, product_problems.not_connected())
            return
        self._waiting[command] = act
        self._editor.leave(command)
        self._client.send(command)

    def _on_done(self, act: ProductAct) -> None:
        if self._products is not None:
            self._products.show_done(act)
        self.refresh()

    def _on_refused(self, act: ProductAct, why: str) -> None:
        if self._products is not None:
            self._products.show_refused(act, why)
        self.refresh()

    def _on_unsent(self, command: Command) -> None:
        if isinstance(command, EditProduct) and command in self._waiting:
            self._on_refused(self._waiting.pop(command), product_problems.not_connected())
