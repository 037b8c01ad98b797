"""Reads and changes the shop's products over HTTP, beside the window: products, ledgers, pictures, acts."""

import logging
from collections.abc import Awaitable, Callable, Collection, Iterable
from typing import Final

from PySide6.QtCore import QObject, Signal

from backend.contract.products import StaffProduct
from studio.background_tasks import BackgroundTasks
from studio.connection.catalog_http import CatalogHttp
from studio.connection.host_requests import FAILED
from studio.connection.room_http import Place
from studio.shop.carried import Known
from studio.shop.products_commands import carry_out
from widgets.shop.products_acts import ProductAct

Work = Callable[[CatalogHttp, Place], Awaitable[None]]
"""What is done with a connection to the catalogue of a room's shop."""

MOST_ALONE: Final = 8
"""More products than this are read with all others."""

log = logging.getLogger("livestall.products")


class ProductsReader(QObject):
    """Emits what it read; what comes for a room that was left meanwhile is dropped.

    Attributes:
        all_read: emitted with a list of `StaffProduct`, the room's order, and the currency.
        some_read: emitted with a list of `StaffProduct`.
        reading_failed: emitted with the error.
        ledger_read: emitted with the id of a SKU and its `StockLedger`.
        picture_read: emitted with the picture's address and its bytes.
        done: emitted with a `ProductAct` and what became of it.
        refused: emitted with a `ProductAct` and the error.
    """

    all_read = Signal(object, object, str)
    some_read = Signal(object)
    reading_failed = Signal(object)
    ledger_read = Signal(str, object)
    picture_read = Signal(str, bytes)
    done = Signal(object, object)
    refused = Signal(object, object)

    def __init__(self, background: BackgroundTasks, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._place: Place | None = None
        self._is_reading = self._is_outdated = self._is_stale = False
        self._pictures: set[str] = set()

    @property
    def place(self) -> Place | None:
        """The room whose shop is read."""
        return self._place

    def go_to(self, place: Place | None) -> None:
        """Read the shop of this room from now on; None: of none."""
        self._place = place
        self._is_reading = self._is_outdated = self._is_stale = False
        self._pictures = set()

    # --- Reading ---

    def read_all(self) -> None:
        """Read all products; what is asked for while they are read reads them again."""
        if self._is_reading:
            self._is_outdated = True
            return
        self._is_reading, self._is_outdated, self._is_stale = True, False, False
        self.begin(self._read_all, self._on_reading_failed)

    def _on_reading_failed(self, error: Exception) -> None:
        self._is_reading = False
        self.reading_failed.emit(error)

    async def _read_all(self, http: CatalogHttp, place: Place) -> None:
        page = await http.page()
        products, currency = page.products, page.currency
        while page.next is not None:
            page = await http.page(page.next)
            products += page.products
        order = (await http.listing()).spu_ids
        if place is self._place:
            self._is_reading = False
            if not self._is_stale:  # what an act made meanwhile may be missing
                self.all_read.emit(products, order, currency)
            if self._is_outdated or self._is_stale:
                self.read_all()

    def read(self, spu_ids: Collection[str]) -> None:
        """Read these products again, with all others where they are many."""
        if self._is_reading or len(spu_ids) > MOST_ALONE:
            self.read_all()
            return

        async def read(http: CatalogHttp, place: Place) -> None:
            found: list[StaffProduct] = [await http.product(spu_id) for spu_id in spu_ids]
            if place is self._place:
                self.some_read.emit(found)

        self.begin(read, lambda _error: self.read_all())

    def read_ledger(self, sku_id: str) -> None:
        """Read the newest movements of a SKU's stock."""

        async def read(http: CatalogHttp, place: Place) -> None:
            ledger = await http.ledger(sku_id)
            if place is self._place:
                self.ledger_read.emit(sku_id, ledger)

        self.begin(read, lambda error: log.warning("the ledger of %s cannot be read: %r", sku_id, error))

    def read_pictures(self, paths: Iterable[str]) -> None:
        """Read those pictures that were not asked for before, one after the other."""
        wanted = [path for path in dict.fromkeys(paths) if path and path not in self._pictures]
        self._pictures.update(wanted)

        async def read(http: CatalogHttp, place: Place) -> None:
            for path in wanted:
                if place is not self._place:
                    return
                try:
                    self.picture_read.emit(path, await http.picture(path))
                except FAILED as error:
                    log.warning("the picture %s cannot be read: %r", path, error)

        if wanted:
            self.begin(read, lambda error: log.warning("pictures cannot be read: %r", error))

    # --- Acts ---

    def carry_out(self, act: ProductAct, known: Known) -> None:
        """Do what the window asks for, in the versions that the editor saw."""

        async def carry(http: CatalogHttp, place: Place) -> None:
            carried = await carry_out(act, http, known)
            if place is self._place:
                self._is_stale = self._is_reading
                self.done.emit(act, carried)

        self.begin(carry, lambda error: self.refused.emit(act, error))

    def begin(self, work: Work, failed: Callable[[Exception], None]) -> None:
        """Do some work with a connection; `failed` gets the error where there is no useful answer."""
        place = self._place
        if place is None:
            return

        async def run() -> None:
            try:
                async with CatalogHttp(place) as http:
                    await work(http, place)
            except FAILED as error:
                log.warning("the catalogue did not answer as wished: %r", error)
                if place is self._place:
                    failed(error)

        self._background.begin(run)
