"""The orders of a room: shown to their buyers and to staff, and counted in the session they belong to."""

from typing import Any, Final

import msgspec
from typing_extensions import override

from backend.contract.base import AssistantRight
from backend.contract.orders import PaymentState
from backend.contract.shop_events import RECENT_ORDERS, OrderBrief, OrderChanged
from backend.features.actor import Actor
from backend.features.deliveries import Delivery, ToStaff, ToUser
from backend.features.feature import Feature
from backend.features.shop.taken_messages import TakenMessages
from backend.log.entries import Record
from backend.log.shop_entries import ShopOrderChanged, ShopOrderPlaced

MOST_SESSIONS: Final = 200


class SessionSales(msgspec.Struct):
    """What a live session sold, whenever it is paid; `gmv` in the minor unit, by currency."""

    orders: int = 0
    paid: int = 0
    gmv: dict[str, int] = msgspec.field(default_factory=dict)


class OrdersState(msgspec.Struct):
    """What is folded.

    Attributes:
        sales: by session, the newest last; an empty name is of what was ordered outside of any.
        recent: the last orders, the newest last.
    """

    sales: dict[str, SessionSales] = msgspec.field(default_factory=dict)
    recent: list[OrderBrief] = msgspec.field(default_factory=list)


class Orders(Feature[OrdersState]):
    """Folds what the shop says of orders. It decides nothing: an order is the shop's.

    Messages may come in another order than they were written in: of an order the highest version counts.

    Args:
        room_id: whose messages they are; empty where there is no database.
    """

    name = "orders"
    state_type = OrdersState
    entries = (ShopOrderPlaced, ShopOrderChanged)

    def __init__(self, state: OrdersState | None = None, room_id: str = "") -> None:
        self.state = state or OrdersState()
        self.companions = (TakenMessages(room_id),) if room_id else ()

    @override
    def apply(self, record: Record) -> list[Delivery]:
        match record.entry:
            case ShopOrderPlaced(coins=coins) as entry if coins:
                return self._changed(entry)
            case ShopOrderPlaced() as entry:
                self._sales_of(entry.session_id).orders += 1
                if entry.payment_state is PaymentState.PAID:
                    self._count_paid(entry)
                return self._changed(entry)
            case ShopOrderChanged() as entry:
                if entry.was_paid_now:
                    self._count_paid(entry)
                return self._changed(entry)
        return []

    def _sales_of(self, session_id: str) -> SessionSales:
        sales = self.state.sales
        found = sales.setdefault(session_id, SessionSales())
        while len(sales) > MOST_SESSIONS:
            del sales[next(iter(sales))]
        return found

    def _count_paid(self, entry: ShopOrderPlaced | ShopOrderChanged) -> None:
        sales = self._sales_of(entry.session_id)
        sales.paid += 1
        sales.gmv[entry.currency] = sales.gmv.get(entry.currency, 0) + entry.total_minor

    def _changed(self, entry: ShopOrderPlaced | ShopOrderChanged) -> list[Delivery]:
        brief = OrderBrief(
            entry.order_id,
            entry.version,
            entry.state,
            entry.payment_state,
            entry.total_minor,
            entry.currency,
        )
        event = OrderChanged(self._put(brief), is_new=isinstance(entry, ShopOrderPlaced))
        if isinstance(entry, ShopOrderChanged):
            news = {"case_state": entry.case_state, "message_side": entry.message_side}
            event = msgspec.structs.replace(event, **news)
        return [ToUser(entry.buyer_id, event), ToStaff(event, AssistantRight.ORDERS)]

    def _put(self, brief: OrderBrief) -> OrderBrief:
        """Put an order among the last ones, and return it as it was at its highest version."""
        before = next((one for one in self.state.recent if one.order_id == brief.order_id), None)
        newest = before if before and before.version > brief.version else brief
        rest = [one for one in self.state.recent if one is not before]
        # An order's id begins with its time.
        self.state.recent = sorted([*rest, newest], key=lambda one: one.order_id)[-RECENT_ORDERS:]
        return newest

    @override
    def show_staff(self, actor: Actor, now_ms: int) -> dict[str, Any]:
        return {"orders": self.state.recent if actor.may(AssistantRight.ORDERS) else []}
