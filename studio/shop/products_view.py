"""Shows the shop's products in their window, and carries out what is changed there."""

import asyncio
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QPixmap

from backend.contract.audience import YouChanged
from backend.contract.base import AssistantRight, Role
from backend.contract.products import StaffProduct
from backend.contract.shop import ProductChanged, ProductsChanged
from backend.contract.shop_events import StockChanged, StockCounted
from backend.contract.stock import StockLedger
from studio.background_tasks import BackgroundTasks
from studio.connection.catalog_http import ChangedMeanwhileError
from studio.connection.room_client import RoomClient
from studio.connection.room_http import Place
from studio.connection.room_protocol import RoomUpdate
from studio.connection.server_clock import ServerClock
from studio.settings import SavedSettings
from studio.shop import product_problems, products_commands, products_entries
from studio.shop.carried import Carried
from studio.shop.catalog_files import CatalogFiles
from studio.shop.products_reader import ProductsReader
from studio.window.room_window import RoomWindow
from widgets.common.foreign_picture import foreign_image
from widgets.shop.products_acts import ProductAct, UndoImport, products_of
from widgets.shop.products_window import ProductsWindow

STOCK_MS: Final = 1_000
"""So often at most products are read because others changed or bought them."""


class ProductsView(QObject):
    """Between the shop and the products window, which is made when it is first wanted.

    Attributes:
        reader: the line to the catalogue.
        timer: lets the window follow what others do.
    """

    def __init__(
        self,
        client: RoomClient,
        clock: ServerClock,
        background: BackgroundTasks,
        settings: SavedSettings,
        window: RoomWindow,
    ) -> None:
        super().__init__(window)
        self._clock, self._background = clock, background
        self._settings, self._window = settings, window
        self._products: ProductsWindow | None = None
        self._rights: frozenset[AssistantRight] = frozenset(AssistantRight)
        self._known: dict[str, StaffProduct] = {}
        self._order: list[str] = []
        self._currency = "CNY"
        self._changed: set[str] = set()
        self._pictures: dict[str, QPixmap] = {}
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(STOCK_MS)
        self.timer.timeout.connect(self._read_changed)
        self.reader = ProductsReader(background, self)
        self.reader.all_read.connect(self._on_all_read)
        self.reader.some_read.connect(self._on_some_read)
        self.reader.reading_failed.connect(self._on_reading_failed)
        self.reader.ledger_read.connect(self._on_ledger_read)
        self.reader.picture_read.connect(self._on_picture)
        self.reader.done.connect(self._on_done)
        self.reader.refused.connect(self._on_refused)
        client.updated.connect(self.on_update)
        client.picture_read.connect(self._on_picture)
        window.products_wanted.connect(self.open)

    # --- In ---

    def go_to(self, place: Place | None) -> None:
        """Show the products of this room's shop from now on; None: of none."""
        if place == self.reader.place:
            return
        self.reader.go_to(place)
        self._known, self._order = {}, []
        self._changed.clear()
        if self._products is not None:
            self._products.clear()
        self.refresh()

    def on_update(self, update: RoomUpdate) -> None:
        """Follow what one may do, and what others change and buy."""
        match update:
            case YouChanged(you=you):
                is_host = you.role is Role.HOST
                self._rights = frozenset(AssistantRight if is_host else you.rights)
                self._show_rights()
            case ProductChanged(product=product):
                self._changed.add(product.product_id)
            case StockChanged(products=products):
                self._changed.update(product.spu_id for product in products)
            case StockCounted(left=left):
                self._changed.update(left)
            case ProductsChanged():
                self._changed.add("")  # no product: all of them
            case _:
                return
        if self._changed and not self.timer.isActive():
            self.timer.start()

    def refresh(self) -> None:
        """Read the products, if the window can be seen."""
        if self._products is None or not self._products.isVisible():
            return
        if not products_commands.allowed(self._rights):
            self._products.show_problem(*product_problems.no_right())
        elif self.reader.place is None:
            self._products.show_problem(*product_problems.no_place())
        else:
            self._changed.clear()
            self.reader.read_all()

    def _read_changed(self) -> None:
        changed, self._changed = self._changed, set()
        if self._products is None or not self._products.isVisible():
            return
        if changed <= self._known.keys() and products_commands.allowed(self._rights):
            self.reader.read(changed)
        else:
            self.refresh()

    # --- What was read ---

    def _on_all_read(self, products: Sequence[StaffProduct], order: Sequence[str], currency: str) -> None:
        self._known = {product.spu_id: product for product in products}
        self._order, self._currency = list(order), currency
        self._show()

    def _on_some_read(self, products: Sequence[StaffProduct]) -> None:
        self._known |= {product.spu_id: product for product in products}
        self._show()

    def _show(self) -> None:
        if self._products is None:
            return
        entries = products_entries.entries(self._known.values(), self._order, self._currency)
        self._products.show_entries(entries, self._currency)
        self.reader.read_pictures(entry.image for entry in entries if entry.image not in self._pictures)

    def _on_reading_failed(self, error: Exception) -> None:
        if self._products is not None:
            self._products.show_problem(*product_problems.reading_problem(error))

    def _on_ledger_read(self, sku_id: str, ledger: StockLedger) -> None:
        if self._products is not None:
            self._products.show_movements(sku_id, products_entries.movements(ledger))

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
        products.refresh_wanted.connect(self.refresh)
        products.movements_wanted.connect(self.reader.read_ledger)
        products.edit_wanted.connect(self._ask_to_edit)
        products.act.connect(self._act)
        CatalogFiles(self.reader, products.files)
        self._products = products
        self._show_rights()
        return products

    def _show_rights(self) -> None:
        if self._products is None:
            return
        allowed = products_commands.allowed(self._rights)
        self._products.show_rights(self._rights, allowed)
        if not allowed:
            self._products.clear()
        self.refresh()

    def _ask_to_edit(self, spu_id: str) -> None:
        product = self._known.get(spu_id)
        if product is not None and self._products is not None:
            self._products.ask_to_edit(product)
            # The list shows the first one alone.
            pictures = (one.thumbnail or one.path for one in product.pictures)
            self.reader.read_pictures(path for path in pictures if path not in self._pictures)

    # --- Acts ---

    def _act(self, act: ProductAct) -> None:
        if self.reader.place is None:
            self._refuse(act, product_problems.not_connected())
        elif not self._known.keys() >= set(products_of(act)):
            self._refuse(act, product_problems.gone())
        else:
            self.reader.carry_out(act, dict(self._known))

    def _on_done(self, act: ProductAct, carried: Carried) -> None:
        for spu_id in carried.removed:
            self._known.pop(spu_id, None)
        self._known |= {product.spu_id: product for product in carried.products}
        if carried.order is not None:
            self._order = carried.order
        if self._products is None:
            return
        note = product_problems.note(carried, self._known)
        self._products.show_done(act, carried.undo, note)
        self._show()
        if isinstance(act, UndoImport):
            self.refresh()
        if carried.outdated:
            self.reader.read(carried.outdated)

    def _on_refused(self, act: ProductAct, error: Exception) -> None:
        if isinstance(error, ChangedMeanwhileError):
            seen = self._known.get(error.product.spu_id)
            self._known[error.product.spu_id] = error.product
            self._show()
            rows = product_problems.conflict_rows(act, error.product, seen, self._currency)
            if rows and self._products is not None:
                product = error.product
                self._products.show_conflict(act, product.title, product.version, rows)
                return
        self._refuse(act, product_problems.act_problem(error))
        self.refresh()

    def _refuse(self, act: ProductAct, why: str) -> None:
        if self._products is not None:
            self._products.show_refused(act, why)
