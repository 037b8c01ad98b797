"""The left side of the orders window: the table, or in its place what is to be said while there is none."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from typing_extensions import override

from backend.contract.orders import Order, PaymentState
from widgets.common.money import amount_text
from widgets.shop.list_pages import ListPages
from widgets.shop.order_model import OrderFilter, OrderModel, OrderRole
from widgets.shop.order_states import Stage, stage_of
from widgets.shop.order_table import OrderTable

FEW: Final = 40
"""So few rows do not fill a screen: then older orders are read without being asked for."""


class OrderList(ListPages):
    """Shows orders; without them it says why.

    Attributes:
        order_chosen: the current order is another one.
        more_wanted: older orders should be read, if there are any.
        search_cleared: search and filter should be emptied.
    """

    order_chosen = Signal()
    more_wanted = Signal()
    search_cleared = Signal()

    def __init__(self) -> None:
        self.model, self.filter, self.table = OrderModel(), OrderFilter(), OrderTable()
        super().__init__(self.table, self.model, self.filter)
        self.model.setParent(self)
        self.filter.setParent(self)
        self._has_search = False
        self.table.selectionModel().currentRowChanged.connect(self.order_chosen)
        self.table.end_reached.connect(self.more_wanted)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Orders"))
        super().retranslate()

    # --- In ---

    def clear(self) -> None:
        """Forget all: the orders of another room come."""
        self._has_read, self._problem = False, None
        self.model.clear()
        self.show_pages()

    def put(self, orders: Sequence[Order]) -> None:
        """Show these orders as they are now, beside those that are there."""
        self._has_read, self._problem = True, None
        self.model.put(orders)
        self._choose_first()
        self.show_pages()

    def set_stage(self, stage: Stage) -> None:
        """Show this stage alone, or all."""
        self.filter.set_stage(stage)
        self._after_filter()

    def set_text(self, text: str) -> None:
        """Show the orders with these words."""
        self._has_search = bool(text.split())
        self.filter.set_text(text)
        self._after_filter()

    def choose(self, order_id: str) -> bool:
        """Make an order the current one; False where it is not in sight."""
        source = self.model.row_of(order_id)
        index = self.filter.mapFromSource(self.model.index(source, 0)) if source >= 0 else None
        if index is None or not index.isValid():
            return False
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)
        return True

    # --- Out ---

    @property
    def counts(self) -> Counter[Stage]:
        """How many orders each stage has."""
        counts = Counter(stage_of(order) for order in self.model.orders)
        counts[Stage.ALL] = len(self.model.orders)
        return counts

    @property
    def paid_text(self) -> str:
        """The sum of what was paid; empty while nothing was."""
        paid = [order for order in self.model.orders if order.payment_state is not PaymentState.UNPAID]
        total = sum(order.total_minor for order in paid)
        return amount_text(total, paid[0].currency) if paid else ""

    @property
    def is_short(self) -> bool:
        """Whether so few rows are in sight that older ones are wanted."""
        return self._has_read and self.filter.rowCount() < FEW

    def next_to_ship(self, after: str) -> Order | None:
        """The order to ship that stands below this one, or else the topmost one."""
        shown = [self.filter.index(row, 0).data(OrderRole.ORDER) for row in range(self.filter.rowCount())]
        place = next((row for row, order in enumerate(shown) if order.order_id == after), -1)
        waiting = (order for order in (*shown[place + 1 :], *shown) if order.order_id != after)
        return next((order for order in waiting if stage_of(order) is Stage.TO_SHIP), None)

    # --- Showing ---

    def _after_filter(self) -> None:
        self._choose_first()
        self.show_pages()
        if self.is_short:
            self.more_wanted.emit()

    def _choose_first(self) -> None:
        if not self.table.currentIndex().isValid() and self.filter.rowCount():
            self.table.setCurrentIndex(self.filter.index(0, 0))
        else:
            self.order_chosen.emit()

    @override
    def on_message_button(self) -> None:
        self.search_cleared.emit()

    @override
    def message_texts(self) -> tuple[str, str, str]:
        if self._has_rows and self._has_search:
            remedy = self.tr("No order holds these words.")
            return self.tr("Nothing found"), remedy, self.tr("Clear the search")
        if self._has_rows:
            remedy = self.tr("No order stands here at the moment.")
            return self.tr("Nothing here"), remedy, self.tr("Show all orders")
        remedy = self.tr("When a viewer buys, the order stands here a moment later.")
        return self.tr("No orders yet"), remedy, ""
