"""Reads a room's orders over HTTP, beside the window: pages, single orders, attempts to pay, pictures."""

import logging
import uuid
from collections.abc import Awaitable, Callable
from typing import Final

import httpx
from PySide6.QtCore import QObject, Signal

from backend.contract.orders import MarkOrder, Order, OrdersPage
from studio.background_tasks import BackgroundTasks
from studio.connection.host_requests import FAILED
from studio.connection.orders_http import OrdersHttp
from studio.connection.room_http import Place, RoomHttp
from widgets.shop.order_dialog import OrderAction

log = logging.getLogger("livestall.orders")

MOST_PICTURES: Final = 200


class OrderReader(QObject):
    """Emits what it read; what comes for a room that was left meanwhile is dropped.

    Attributes:
        first_page_read, next_page_read: emitted with an `OrdersPage`.
        order_read: emitted with an `Order`.
        reading_failed: emitted with the error.
        attempts_read: emitted with the order's id and a list of attempts.
        picture_read: emitted with the picture's address and its bytes.
        to_ship_read: emitted with a list of all orders that wait to be sent.
        mark_refused: emitted with the error.
        done: emitted with an `OrderAction` and the order after it.
        refused: emitted with an `OrderAction` and the error.
    """

    first_page_read = Signal(object)
    next_page_read = Signal(object)
    order_read = Signal(object)
    reading_failed = Signal(object)
    attempts_read = Signal(str, object)
    picture_read = Signal(str, bytes)
    to_ship_read = Signal(object)
    mark_refused = Signal(object)
    done = Signal(object, object)
    refused = Signal(object, object)

    def __init__(self, background: BackgroundTasks, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._place: Place | None = None
        self._is_reading = False
        self._next: str | None = None
        self._has_page = False
        self._pictures: set[str] = set()

    @property
    def place(self) -> Place | None:
        """The room whose orders are read."""
        return self._place

    @property
    def has_more(self) -> bool:
        """Whether there are older orders than those that were read."""
        return self._next is not None

    def go_to(self, place: Place | None) -> None:
        """Read the orders of this room from now on; None: of none."""
        self._place = place
        self._is_reading = False
        self._next, self._has_page = None, False
        self._pictures = set()

    def go_on_after(self, page: OrdersPage) -> None:
        """Let older orders be those that come after this page."""
        self._next = page.next

    # --- Pages ---

    def read_newest(self) -> None:
        """Read the first page, unless a page is on its way."""
        self._begin_page(None)

    def read_older(self) -> None:
        """Read the page after the last, if there is one and none is on its way."""
        if self._next is not None:
            self._begin_page(self._next)

    def _begin_page(self, cursor: str | None) -> None:
        place = self._place
        if place is None or self._is_reading:
            return
        self._is_reading = True
        self._background.begin(lambda: self._read_page(place, cursor))

    async def _read_page(self, place: Place, cursor: str | None) -> None:
        result: OrdersPage | Exception
        try:
            async with OrdersHttp(place) as http:
                result = await http.page(cursor)
        except FAILED as error:
            log.warning("the orders could not be read: %r", error)
            result = error
        finally:
            if place is self._place:
                self._is_reading = False
        if place is self._place:
            self._deliver(result, cursor)

    def _deliver(self, result: OrdersPage | Exception, cursor: str | None) -> None:
        if isinstance(result, Exception):
            self.reading_failed.emit(result)
        elif cursor is None:
            if not self._has_page:
                self._has_page, self._next = True, result.next
            self.first_page_read.emit(result)
        else:
            self._next = result.next
            self.next_page_read.emit(result)

    # --- One order ---

    def read_order(self, order_id: str) -> None:
        """Read one order as it is now."""

        async def read(place: Place) -> None:
            async with OrdersHttp(place) as http:
                order = await http.order(order_id)
            if place is self._place:
                self.order_read.emit(order)

        self._begin(read, "an order")

    def read_attempts(self, order_id: str) -> None:
        """Read the attempts to pay an order; without an answer there are none to show."""

        async def read(place: Place) -> None:
            async with OrdersHttp(place) as http:
                attempts = await http.attempts(order_id)
            if place is self._place:
                self.attempts_read.emit(order_id, attempts)

        self._begin(read, "attempts to pay")

    def read_pictures(self, orders: list[Order]) -> None:
        """Read the pictures of these orders' lines that were not asked for yet."""
        wanted = {line.image_url for order in orders for line in order.lines if line.image_url}
        missing = sorted(wanted - self._pictures)[: MOST_PICTURES - len(self._pictures)]
        if not missing or self._place is None:
            return
        self._pictures.update(missing)

        async def read(place: Place) -> None:
            async with RoomHttp(place) as http:
                for path in missing:
                    content = await _picture(http, path)
                    if place is self._place and content:
                        self.picture_read.emit(path, content)

        self._begin(read, "pictures")

    def _begin(self, work: Callable[[Place], Awaitable[None]], what: str) -> None:
        place = self._place
        if place is None:
            return

        async def read() -> None:
            try:
                await work(place)
            except FAILED as error:
                log.warning("%s could not be read: %r", what, error)

        self._background.begin(read)

    def read_to_ship(self) -> None:
        """Read all orders that wait to be sent."""

        async def read(place: Place) -> None:
            async with OrdersHttp(place) as http:
                orders = await http.shipping_list()
            if place is self._place:
                self.to_ship_read.emit(orders)

        self._begin(read, "what is to be sent")

    # --- Actions ---

    def mark(self, order_id: str, wish: MarkOrder) -> None:
        """Note something on an order, and read the order as it is then; also where that failed."""
        key = uuid.uuid4().hex

        async def mark(place: Place) -> None:
            try:
                async with OrdersHttp(place) as http:
                    await http.mark(order_id, wish, key)
            except FAILED as error:
                log.warning("an order was not marked: %r", error)
                if place is self._place:
                    self.mark_refused.emit(error)
            if place is self._place:
                self.read_order(order_id)

        self._begin(mark, "a marked order")

    def act(self, action: OrderAction) -> None:
        """Carry an action out."""
        place = self._place
        if place is None:
            self.refused.emit(action, httpx.ConnectError("not connected yet"))
            return

        async def act() -> None:
            try:
                async with OrdersHttp(place) as http:
                    order = await http.act(action.order_id, action.body, action.key)
            except FAILED as error:
                log.warning("an order was not changed: %r", error)
                if place is self._place:
                    self.refused.emit(action, error)
                return
            if place is self._place:
                self.done.emit(action, order)

        self._background.begin(act)


async def _picture(http: RoomHttp, path: str) -> bytes:
    try:
        return await http.picture(path)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        log.info("the picture %s could not be read: %r", path, error)
        return b""
