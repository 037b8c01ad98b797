"""Reads a room's cases over HTTP, beside the window, and carries out what is done with one."""

import logging
from collections.abc import Awaitable, Callable, Sequence

import httpx
from PySide6.QtCore import QObject, Signal

from backend.contract.cases import Case
from studio.background_tasks import BackgroundTasks
from studio.connection.host_requests import FAILED
from studio.connection.orders_http import OrdersHttp
from studio.connection.room_http import Place
from widgets.shop.case_dialog import CaseAction
from widgets.shop.case_pictures import small_path

log = logging.getLogger("livestall.orders")


class CaseReader(QObject):
    """Emits what it read; what comes for a room that was left meanwhile is dropped.

    Attributes:
        open_read: emitted with a list of all open cases.
        closed_read: emitted with a list of closed ones, the newest first.
        order_read: emitted with a list of the cases of one order.
        reading_failed: emitted with the error.
        done: emitted with a `CaseAction` and the case after it.
        refused: emitted with a `CaseAction` and the error.
        picture_read: emitted with the path and the bytes of a small picture.
        large_read: emitted with the bytes of a picture that was to be shown large.
        picture_failed: emitted with the error where that was not read.
    """

    open_read = Signal(object)
    closed_read = Signal(object)
    order_read = Signal(object)
    reading_failed = Signal(object)
    done = Signal(object, object)
    refused = Signal(object, object)
    picture_read = Signal(str, object)
    large_read = Signal(object)
    picture_failed = Signal(object)

    def __init__(self, background: BackgroundTasks, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._place: Place | None = None
        self._next: str | None = None
        self._has_read_closed = self._is_reading_closed = False
        self._pictures: set[str] = set()

    def go_to(self, place: Place | None) -> None:
        """Read the cases of this room from now on; None: of none."""
        self._place = place
        self._next = None
        self._has_read_closed = self._is_reading_closed = False
        self._pictures.clear()

    def read_open(self) -> None:
        """Read all cases that are open."""

        async def read(place: Place) -> None:
            cases: list[Case] = []
            cursor: str | None = None
            async with OrdersHttp(place) as http:
                while True:
                    page = await http.cases(is_open=True, cursor=cursor)
                    cases += page.cases
                    cursor = page.next
                    if cursor is None:
                        break
            if place is self._place:
                self.open_read.emit(cases)

        self._begin(read)

    def read_closed(self) -> None:
        """Read the next page of closed cases, if there is one and none is on its way."""
        if self._is_reading_closed or (self._has_read_closed and self._next is None):
            return
        self._is_reading_closed = True

        async def read(place: Place) -> None:
            try:
                async with OrdersHttp(place) as http:
                    page = await http.cases(is_open=False, cursor=self._next)
            finally:
                if place is self._place:
                    self._is_reading_closed = False
            if place is self._place:
                self._has_read_closed, self._next = True, page.next
                self.closed_read.emit(page.cases)

        self._begin(read)

    def read_order(self, order_id: str) -> None:
        """Read the cases of one order as they are now."""

        async def read(place: Place) -> None:
            async with OrdersHttp(place) as http:
                cases = await http.cases_of(order_id)
            if place is self._place:
                self.order_read.emit(cases)

        self._begin(read)

    def read_pictures(self, cases: Sequence[Case]) -> None:
        """Read the small pictures of these cases that were not asked for yet."""
        wanted = [small_path(case, name) for case in cases for name in case.pictures]
        missing = [path for path in wanted if path not in self._pictures]
        if not missing:
            return
        self._pictures.update(missing)

        async def read(place: Place) -> None:
            async with OrdersHttp(place) as http:
                for path in missing:
                    content = await http.case_picture(path)
                    if place is self._place:
                        self.picture_read.emit(path, content)

        # They are asked for again with the next word of their case.
        self._begin(read, lambda _error: self._pictures.difference_update(missing))

    def read_large(self, path: str) -> None:
        """Read a picture that is to be shown large."""

        async def read(place: Place) -> None:
            async with OrdersHttp(place) as http:
                content = await http.case_picture(path)
            if place is self._place:
                self.large_read.emit(content)

        self._begin(read, self.picture_failed.emit)

    def _begin(
        self,
        work: Callable[[Place], Awaitable[None]],
        on_failed: Callable[[Exception], None] | None = None,
    ) -> None:
        place = self._place
        if place is None:
            self._is_reading_closed = False
            return

        async def read() -> None:
            try:
                await work(place)
            except FAILED as error:
                log.warning("cases could not be read: %r", error)
                if place is self._place:
                    (on_failed or self.reading_failed.emit)(error)

        self._background.begin(read)

    def act(self, action: CaseAction) -> None:
        """Carry an action out."""
        place = self._place
        if place is None:
            self.refused.emit(action, httpx.ConnectError("not connected yet"))
            return

        async def act() -> None:
            try:
                async with OrdersHttp(place) as http:
                    case = await http.act_on_case(action.case_id, action.body, action.key)
            except FAILED as error:
                log.warning("a case was not changed: %r", error)
                if place is self._place:
                    self.refused.emit(action, error)
                return
            if place is self._place:
                self.done.emit(action, case)

        self._background.begin(act)
