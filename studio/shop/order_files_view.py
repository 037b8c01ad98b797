"""Makes the files of the orders window: courier tables out and in, papers to print."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QIODevice, QObject, QSaveFile

from backend.contract.orders import Order, ShipOrder
from studio.background_tasks import BackgroundTasks
from studio.connection.host_requests import FAILED
from studio.connection.orders_http import OrdersHttp
from studio.connection.room_http import Place
from studio.connection.server_clock import ServerClock
from studio.shop import courier_texts, order_problems
from studio.shop.courier.columns import rows_of
from studio.shop.courier.table_in import TableError, read_table
from studio.shop.courier.table_out import write_table
from studio.shop.courier.tracking import NewParcel, TrackingPlan, plan_tracking
from widgets.live.toasts import Tone
from widgets.shop.file_choices import ExportWish, Paper, PaperWish, Which
from widgets.shop.orders_window import OrdersWindow
from widgets.shop.papers.packing_slip import packing_slips
from widgets.shop.papers.picking_list import picking_list
from widgets.shop.tracking_dialog import TrackingReport, WriteParcels

log = logging.getLogger("livestall.orders")

MASK: Final = "*"


class OrderFilesView(QObject):
    """Between the files of the orders window and the shop."""

    def __init__(self, background: BackgroundTasks, clock: ServerClock, window: OrdersWindow) -> None:
        super().__init__(window)
        self._background = background
        self._clock = clock
        self._window = window
        self._place: Place | None = None
        self._plan = TrackingPlan()
        window.files.export_wanted.connect(self._export)
        window.files.paper_wanted.connect(self._print)
        window.files.import_wanted.connect(self._read)
        window.files.write_wanted.connect(self._write)

    def go_to(self, place: Place | None) -> None:
        """Work for this room from now on; None: for none."""
        self._place = place

    # --- Out ---

    def _export(self, wish: ExportWish) -> None:
        def made(orders: Sequence[Order]) -> bytes:
            return write_table(wish.table_format, rows_of(wish.preset, orders))

        self._make(wish.which, Path(wish.path), made)

    def _print(self, wish: PaperWish) -> None:
        def made(orders: Sequence[Order]) -> bytes:
            if wish.paper is Paper.SLIPS:
                return packing_slips(orders).content()
            return picking_list(orders, self._clock.now_ms).content()

        self._make(wish.which, Path(wish.path), made)

    def _make(self, which: Which, path: Path, make: Callable[[Sequence[Order]], bytes]) -> None:
        selected = list(self._window.list.table.chosen)

        async def work(place: Place) -> None:
            orders = selected if which is Which.SELECTED else await self._to_ship(place)
            problem = courier_texts.nothing_to_write(orders)
            if not problem and any(MASK in order.address.phone for order in orders):
                problem = courier_texts.masked()
            if problem:
                self._tell(problem, Tone.BAD)
                return
            reason = _save(path, make(orders))
            if reason:
                self._tell(courier_texts.not_saved(path.name, reason), Tone.BAD)
            else:
                self._tell(courier_texts.saved(path.name, len(orders)), Tone.OK)

        self._begin(work)

    async def _to_ship(self, place: Place) -> list[Order]:
        async with OrdersHttp(place) as http:
            return await http.shipping_list()

    # --- In ---

    def _read(self, path: str) -> None:
        async def work(place: Place) -> None:
            name = Path(path).name
            try:
                table = await asyncio.to_thread(lambda: read_table(Path(path).read_bytes()))
            except TableError as error:
                self._tell(courier_texts.table_problem(error.problem), Tone.BAD)
                return
            except OSError as error:
                self._tell(courier_texts.not_read(name, error.strerror or str(error)), Tone.BAD)
                return
            orders = await self._to_ship(place)
            plan = await asyncio.to_thread(plan_tracking, table, orders)
            if place is self._place:
                self._show(name, plan)

        self._begin(work)

    def _show(self, name: str, plan: TrackingPlan) -> None:
        if not plan.has_head:
            self._tell(courier_texts.no_head(), Tone.BAD)
            return
        self._plan = plan
        nameless = sum(not parcel.carrier for parcel in plan.parcels)
        refused = [courier_texts.refused_line(line) for line in plan.refused]
        self._window.files.show_report(TrackingReport(name, len(plan.parcels), nameless, refused))

    def _write(self, wish: WriteParcels) -> None:
        plan, dialog = self._plan, self._window.files.dialog

        async def work(place: Place) -> None:
            failed: list[str] = []
            async with OrdersHttp(place) as http:
                for done, parcel in enumerate(plan.parcels):
                    if self._window.files.dialog is not dialog:
                        return  # who closes it stops it: what was written stays written
                    dialog_now = self._window.files.dialog
                    if dialog_now is not None:
                        dialog_now.show_progress(done)
                    problem = await self._send(http, parcel, parcel.carrier or wish.carrier)
                    if problem:
                        failed.append(courier_texts.failed_parcel(parcel, problem))
            if self._window.files.dialog is dialog and dialog is not None:
                dialog.show_result(len(plan.parcels) - len(failed), failed)

        self._begin(work)

    async def _send(self, http: OrdersHttp, parcel: NewParcel, carrier: str) -> str:
        """Write a parcel, and return why it could not be; empty where it was.

        The key is the parcel's own: a file that is read again writes nothing twice.
        """
        order = parcel.order
        try:
            key = f"file-{order.order_id}-{order.version}-{parcel.tracking}"
            shipped = await http.act(order.order_id, ShipOrder(carrier, parcel.tracking), key)
        except FAILED as error:
            log.warning("a parcel of a file was not written: %r", error)
            return order_problems.action_problem(error)
        self._window.put([shipped])
        return ""

    # --- Both ---

    def _begin(self, work: Callable[[Place], Awaitable[None]]) -> None:
        place = self._place
        if place is None:
            self._tell(" ".join(order_problems.no_place()), Tone.BAD)
            return

        async def guarded() -> None:
            try:
                await work(place)
            except FAILED as error:
                log.warning("a file of orders was not made: %r", error)
                self._tell(order_problems.action_problem(error), Tone.BAD)

        self._background.begin(guarded)

    def _tell(self, text: str, tone: Tone) -> None:
        self._window.toasts.show_toast(text, tone)


def _save(path: Path, content: bytes) -> str:
    """Write a whole file, and return why it could not be; empty where it was."""
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        return file.errorString()
    file.write(content)
    return "" if file.commit() else file.errorString()
