"""Shows a room's cases in the orders window, says when one is opened, and takes their steps."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from backend.contract.cases import Case, CaseState
from backend.contract.shop_events import OrderChanged
from studio.connection.room_client import RoomClient
from studio.connection.room_http import Place
from studio.connection.room_protocol import RoomUpdate
from studio.shop import order_problems
from studio.shop.case_reader import CaseReader
from studio.window.room_window import RoomWindow
from widgets.common.foreign_picture import foreign_picture
from widgets.live.toasts import Offer, Tone
from widgets.shop import case_texts
from widgets.shop.case_dialog import CaseAction
from widgets.shop.case_pictures import LARGE_SIDE
from widgets.shop.case_states import Turn, turn_of
from widgets.shop.order_texts import number_text
from widgets.shop.orders_window import OrdersWindow

GATHER_MS: Final = 200


class CasesView(QObject):
    """Follows the cases of a room from its first moment, so that their number stands in the menu.

    Attributes:
        opened: emitted with a case that a buyer opened this moment.
        show_wanted: emitted with the id of the order whose case is to be shown.
        is_allowed: whether one may see them.
        timer: gathers what a busy room says of cases.
    """

    opened = Signal(object)
    show_wanted = Signal(str)

    def __init__(self, client: RoomClient, reader: CaseReader, window: RoomWindow) -> None:
        super().__init__(window)
        self._reader = reader
        self._window = window
        self._orders: OrdersWindow | None = None
        self._known: dict[str, Case] = {}
        self.is_allowed = True
        self._has_read = False
        self._gathered: dict[str, bool] = {}
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(GATHER_MS)
        self.timer.timeout.connect(self._read_gathered)
        client.updated.connect(self._on_update)
        reader.open_read.connect(self._on_open)
        reader.closed_read.connect(self._put)
        reader.order_read.connect(self._put)
        reader.reading_failed.connect(self._on_failed)
        reader.done.connect(self._on_done)
        reader.refused.connect(self._on_refused)
        reader.picture_read.connect(self._on_picture)
        reader.large_read.connect(self._on_large)
        reader.picture_failed.connect(self._on_picture_failed)

    # --- In ---

    def go_to(self, place: Place | None) -> None:
        """Follow the cases of this room from now on; None: of none."""
        self._reader.go_to(place)
        self._known.clear()
        self._gathered.clear()
        self._has_read = False
        self._show_waiting()
        self.refresh()

    def attach(self, orders: OrdersWindow) -> None:
        """Show the cases in this window too."""
        self._orders = orders
        orders.case_action.connect(self._reader.act)
        orders.more_cases_wanted.connect(self._reader.read_closed)
        orders.order_chosen.connect(self._reader.read_order)
        orders.case_picture_wanted.connect(self._reader.read_large)
        if self._has_read:
            orders.put_cases(list(self._known.values()))
            self._reader.read_pictures(list(self._known.values()))

    def refresh(self) -> None:
        """Read all open cases, and the newest closed ones where the window is there."""
        if not self.is_allowed:
            return
        self._reader.read_open()
        if self._orders is not None:
            self._reader.read_closed()

    def _on_update(self, update: RoomUpdate) -> None:
        if isinstance(update, OrderChanged) and update.case_state is not None:
            order_id, is_new = update.order.order_id, update.case_state is CaseState.REQUESTED
            self._gathered[order_id] = is_new or self._gathered.get(order_id, False)
            if not self.timer.isActive():
                self.timer.start()

    def _read_gathered(self) -> None:
        gathered, self._gathered = self._gathered, {}
        for order_id in gathered:
            self._reader.read_order(order_id)

    # --- What was read ---

    def _on_open(self, cases: Sequence[Case]) -> None:
        shown = {case.case_id for case in cases}
        ended = {
            case.order_id
            for case in self._known.values()
            if case.closed_at_ms is None and case.case_id not in shown
        }
        for order_id in sorted(ended):
            self._reader.read_order(order_id)
        self._put(cases)
        self._has_read = True

    def _put(self, cases: Sequence[Case]) -> None:
        new = [
            case
            for case in cases
            if self._has_read and case.case_id not in self._known and case.state is CaseState.REQUESTED
        ]
        for case in cases:
            known = self._known.get(case.case_id)
            if known is None or case.version >= known.version:
                self._known[case.case_id] = case
        if self._orders is not None:
            self._orders.put_cases(cases)
            self._reader.read_pictures(cases)
        self._show_waiting()
        for case in new:
            self._announce(case)

    def _on_failed(self, error: Exception) -> None:
        if self._orders is not None:
            self._orders.show_problem(*order_problems.reading_problem(error))

    def _on_picture(self, path: str, content: bytes) -> None:
        picture = foreign_picture(content)
        if picture is not None and self._orders is not None:
            self._orders.show_picture(path, picture)

    def _on_large(self, content: bytes) -> None:
        picture = foreign_picture(content, LARGE_SIDE)
        if picture is not None and self._orders is not None:
            self._orders.show_large(picture)

    def _on_picture_failed(self, error: Exception) -> None:
        if self._orders is not None:
            self._orders.toasts.show_toast(order_problems.action_problem(error), Tone.BAD)

    def _on_done(self, action: CaseAction, case: Case) -> None:
        self._put([case])
        if self._orders is not None:
            self._orders.show_case_done(action, case)

    def _on_refused(self, action: CaseAction, error: Exception) -> None:
        if self._orders is not None:
            self._orders.show_case_refused(action, order_problems.action_problem(error))
        self._reader.read_order(action.order_id)  # a refusal often means that somebody else was faster

    # --- New cases ---

    def _announce(self, case: Case) -> None:
        self.opened.emit(case)
        if self._orders is not None and self._orders.isActiveWindow():
            return
        text = self.tr("Case of order {number}: {kind}")
        text = text.format(number=number_text(case.order_number), kind=case_texts.kind_text(case.kind))
        offer = Offer(self.tr("Show"), lambda: self.show_wanted.emit(case.order_id))
        self._window.toasts.show_toast(text, Tone.WARN, offer)

    def _show_waiting(self) -> None:
        waiting = sum(turn_of(case) is Turn.YOURS for case in self._known.values())
        self._window.show_waiting_cases(waiting)
