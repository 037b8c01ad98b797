"""Gathers what a room says of its orders, so that a busy room does not ask for each of them by itself."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from backend.contract.protocol import StaffSnapshot
from backend.contract.shop_events import OrderBrief, OrderChanged
from studio.connection.room_client import RoomClient
from studio.connection.room_protocol import RoomUpdate

GATHER_MS: Final = 200


class OrderNews(QObject):
    """Follows the room's events.

    Attributes:
        changed: emitted with the ids of orders that changed, and of those among them that are new.
    """

    changed = Signal(object, object)

    def __init__(self, client: RoomClient, parent: QObject) -> None:
        super().__init__(parent)
        self._newest_id = ""
        self._gathered: dict[str, bool] = {}
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(GATHER_MS)
        self.timer.timeout.connect(self._emit)
        client.updated.connect(self._on_update)

    def begin(self) -> None:
        """Forget what was: another room is followed from now on."""
        self._newest_id = ""
        self._gathered.clear()

    def _on_update(self, update: RoomUpdate) -> None:
        match update:
            case OrderChanged(order=order, is_new=is_new):
                self._gather(order, is_new=is_new)
            case StaffSnapshot(orders=orders):
                self._catch_up(orders)
            case _:
                pass

    def _catch_up(self, orders: Sequence[OrderBrief]) -> None:
        # The ids begin with the time: what is above the last known one came while the line was down.
        missed = [one for one in orders if self._newest_id and one.order_id > self._newest_id]
        self._newest_id = max([self._newest_id, *(one.order_id for one in orders)])
        for order in missed:
            self._gather(order, is_new=True)

    def _gather(self, order: OrderBrief, *, is_new: bool) -> None:
        self._newest_id = max(self._newest_id, order.order_id)
        self._gathered[order.order_id] = is_new or self._gathered.get(order.order_id, False)
        if not self.timer.isActive():
            self.timer.start()

    def _emit(self) -> None:
        gathered, self._gathered = self._gathered, {}
        self.changed.emit(list(gathered), [order_id for order_id, is_new in gathered.items() if is_new])
