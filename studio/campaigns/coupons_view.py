"""Shows the shop's coupons to the host, and to assistants with the right to campaigns."""

import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

import httpx
from PySide6.QtCore import QObject

from backend.contract.catalog import ShopProducts
from backend.contract.coupons import CouponsChanged, HideCoupon, NewCoupon, ShowCoupon, ShownCoupon
from backend.contract.protocol import Command, Snapshot
from studio import texts
from studio.background_tasks import BackgroundTasks
from studio.campaigns import coupon_problems
from studio.connection.coupons_http import CouponsHttp
from studio.connection.host_requests import FAILED
from studio.connection.room_client import RoomClient
from studio.connection.room_http import Place
from studio.connection.room_protocol import CommandRejected, Done, RoomUpdate
from studio.window.room_window import RoomWindow
from widgets.campaigns.coupons.coupons_dialog import CouponsDialog
from widgets.campaigns.coupons.new_coupon_dialog import NewCouponDialog

log = logging.getLogger("livestall.coupons")

T = TypeVar("T")


class CouponsView(QObject):
    """Between the dialog of the coupons, the shop and the room."""

    def __init__(self, client: RoomClient, background: BackgroundTasks, window: RoomWindow) -> None:
        super().__init__(window)
        self._client = client
        self._background = background
        self._window = window
        self._place: Place | None = None
        self._shown: list[ShownCoupon] = []
        self._dialog: CouponsDialog | None = None
        self._form: NewCouponDialog | None = None
        window.coupons_wanted.connect(self.open)
        client.updated.connect(self.on_update)
        client.unsent.connect(self._on_unsent)

    def go_to(self, place: Place | None) -> None:
        """Show the coupons of this room's shop from now on; None: of none."""
        self._place = place
        if place is None and self._dialog is not None:
            self._dialog.reject()

    def open(self) -> None:
        """Show the coupons."""
        if self._dialog is not None:
            self._dialog.activateWindow()
            return
        dialog = CouponsDialog(self._window)
        dialog.new_wanted.connect(lambda: self._background.begin(self._open_form))
        dialog.show_wanted.connect(lambda coupon_id, seconds: self._send(ShowCoupon(coupon_id, seconds)))
        dialog.hide_wanted.connect(lambda coupon_id: self._send(HideCoupon(coupon_id)))
        dialog.stop_wanted.connect(lambda coupon_id: self._background.begin(partial(self._stop, coupon_id)))
        dialog.finished.connect(self._on_finished)
        self._dialog = dialog
        self._show_in_room()
        dialog.open()
        self._background.begin(self._read)

    def _on_finished(self) -> None:
        self._dialog = None

    # --- The room ---

    def on_update(self, update: RoomUpdate) -> None:
        """Show an update of the room."""
        match update:
            case Snapshot(coupons=shown) | CouponsChanged(coupons=shown):
                self._shown = shown
                self._show_in_room()
                if self._dialog is not None and isinstance(update, CouponsChanged):
                    self._background.begin(self._read)  # so many more are claimed
            case Done(command=ShowCoupon()):
                self._note(self.tr("Viewers see its card now."), "ok")
            case CommandRejected(command=ShowCoupon() | HideCoupon(), answer=answer):
                self._note(texts.reject_reason(answer.reason), "bad")

    def _show_in_room(self) -> None:
        if self._dialog is not None:
            self._dialog.show_in_room({one.coupon_id for one in self._shown})

    def _send(self, command: Command) -> None:
        self._note("", "")
        self._client.send(command)

    def _on_unsent(self, command: Command) -> None:
        if isinstance(command, ShowCoupon | HideCoupon):
            self._note(self.tr("Not connected: nothing was sent. Try again in a moment."), "bad")

    # --- The shop ---

    async def _read(self) -> None:
        try:
            page = await self._ask(lambda http: http.page())
        except FAILED as error:
            log.warning("the coupons could not be read: %r", error)
            if self._dialog is not None:
                self._dialog.show_problem(coupon_problems.reading_problem(error))
            return
        if self._dialog is not None:
            self._dialog.show_page(page)

    async def _open_form(self) -> None:
        dialog = self._dialog
        if dialog is None or self._form is not None:
            return
        try:
            products = await self._ask(lambda http: http.products())
        except FAILED as error:
            log.warning("the products could not be read: %r", error)
            products = ShopProducts(dialog.currency, [])  # it can still be for all of them
        if self._dialog is not dialog or self._form is not None:
            return
        form = NewCouponDialog(dialog, dialog.currency, products.products)
        form.check_wanted.connect(lambda wish: self._background.begin(partial(self._check, form, wish)))
        form.make_wanted.connect(lambda wish: self._background.begin(partial(self._make, form, wish)))
        form.finished.connect(self._on_form_finished)
        self._form = form
        form.open()

    def _on_form_finished(self) -> None:
        self._form = None

    async def _check(self, form: NewCouponDialog, wish: NewCoupon) -> None:
        try:
            found = await self._ask(lambda http: http.check(wish))
        except FAILED as error:
            self._give_back(form, error)
            return
        if self._form is form:
            form.show_warnings(wish, found.warnings)

    async def _make(self, form: NewCouponDialog, wish: NewCoupon) -> None:
        try:
            await self._ask(lambda http: http.make(wish))
        except FAILED as error:
            self._give_back(form, error)
            return
        if self._form is form:
            form.accept()
        self._note(self.tr("The coupon is made."), "ok")
        await self._read()

    def _give_back(self, form: NewCouponDialog, error: Exception) -> None:
        log.warning("a coupon was not made: %r", error)
        if self._form is form:
            form.give_back(coupon_problems.writing_problem(error))

    async def _stop(self, coupon_id: str) -> None:
        try:
            await self._ask(lambda http: http.stop(coupon_id))
        except FAILED as error:
            log.warning("a coupon was not stopped: %r", error)
            self._note(coupon_problems.writing_problem(error), "bad")
            return
        self._note(self.tr("No more of it is given out."), "ok")
        await self._read()

    async def _ask(self, ask: Callable[[CouponsHttp], Awaitable[T]]) -> T:
        place = self._place
        if place is None:
            raise httpx.ConnectError(self.tr("there is no room"))
        async with CouponsHttp(place) as http:
            return await ask(http)

    def _note(self, text: str, tone: str) -> None:
        if self._dialog is not None:
            self._dialog.show_note(text, tone)
