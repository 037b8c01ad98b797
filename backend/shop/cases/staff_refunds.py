"""Staff give money back without the buyer having asked: a case that opens and ends at once."""

from collections import Counter
from collections.abc import Callable
from typing import Final

from sqlalchemy import Connection

from backend.contract.cases import Case, CaseKind, RefundCase
from backend.contract.orders import Order, OrderAxis, OrderState, PaymentState
from backend.contract.refunds import RefundOrder
from backend.shop.cases.opening import claimable
from backend.shop.cases.refunds_at_once import give_back_held_shipping, refund_at_once
from backend.shop.cases.results import CaseNotAllowedNow, CoinsSpent, NotClaimable, ShippingTooMuch
from backend.shop.idempotency import KeyReused, Request, write_once
from backend.shop.orders.changes import Step, change_order
from backend.shop.orders.holding import give_up_held
from backend.shop.orders.kept import orders_for
from backend.shop.orders.pauses import has_open_case
from backend.shop.orders.paying import PaidOrders
from backend.shop.orders.reading import find_order
from backend.shop.orders.results import NotAllowedNow
from backend.shop.people import Person
from backend.storage.writer import GroupWriter

OK: Final = 200

Refusal = NotAllowedNow | NotClaimable | ShippingTooMuch | CoinsSpent
_Act = Callable[[Connection, Order], Order | Refusal]


class StaffRefunds:
    """Refunds of orders as staff.

    All methods may raise `StorageError` and `BusyError`. None means: there is no such order of the
    person's room.

    Args:
        orders: told what money went back by hand.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(self, writer: GroupWriter, *, orders: PaidOrders, clock_ms: Callable[[], int]) -> None:
        self._writer = writer
        self._orders = orders
        self._clock_ms = clock_ms

    async def refund(
        self, person: Person, order_id: str, wish: RefundOrder, request: Request
    ) -> Order | Refusal | KeyReused | None:
        """Give back what units of an order are worth; what was not sent of them is for sale again."""

        def act(connection: Connection, order: Order) -> Order | Refusal:
            return self._refund(connection, order, wish, person.user_id)

        return await self._do(person, order_id, request, act)

    async def cancel(
        self, person: Person, order_id: str, reason: str, request: Request
    ) -> Order | Refusal | KeyReused | None:
        """Cancel a paid order that nothing was sent of: money, stock and limits go back."""

        def act(connection: Connection, order: Order) -> Order | Refusal:
            if order.state is not OrderState.OPEN or order.parcels or has_open_case(connection, order_id):
                return NotAllowedNow(order)
            refunded = self._refund_rest(connection, order, reason, person.user_id)
            if not isinstance(refunded, Order):
                return refunded
            now_ms = self._clock_ms()
            step = Step(OrderAxis.ORDER, OrderState.CANCELLED, person.user_id, reason, now_ms)
            give_up_held(connection, refunded, step)
            change_order(connection, refunded, step, closed_at_ms=now_ms)
            give_back_held_shipping(connection, order, self._orders, actor=person.user_id, at_ms=now_ms)
            return find_order(connection, order_id) or refunded

        return await self._do(person, order_id, request, act)

    def _refund_rest(self, connection: Connection, order: Order, reason: str, actor: str) -> Order | Refusal:
        """Give back what is left; nothing is where cases gave all units back and kept the shipping."""
        is_left = any(line.refunded < line.quantity for line in order.lines)
        if not is_left and order.payment_state is PaymentState.PART_REFUNDED:
            return order
        return self._refund(connection, order, RefundOrder(reason), actor)

    def _refund(self, connection: Connection, order: Order, wish: RefundOrder, actor: str) -> Order | Refusal:
        is_paid = order.payment_state in {PaymentState.PAID, PaymentState.PART_REFUNDED}
        if not is_paid:
            return NotAllowedNow(order)
        units = _wanted(connection, order, wish)
        if isinstance(units, NotClaimable):
            return units
        if not units and not wish.shipping_minor:
            return NotAllowedNow(order)
        now_ms = self._clock_ms()
        money = RefundCase(wish.shipping_minor, wish.reason)
        match refund_at_once(connection, order, units, money, self._orders, actor=actor, at_ms=now_ms):
            case Case():
                give_back_held_shipping(
                    connection, order, self._orders, actor=actor, at_ms=now_ms, without=order.order_id
                )
                return find_order(connection, order.order_id) or order
            case CaseNotAllowedNow():
                return NotAllowedNow(order)
            case ShippingTooMuch() | CoinsSpent() as refused:
                return refused

    async def _do(
        self, person: Person, order_id: str, request: Request, act: _Act
    ) -> Order | Refusal | KeyReused | None:
        def step(connection: Connection) -> Order | Refusal | None:
            order = find_order(connection, order_id)
            return act(connection, order) if order and person.is_staff_of(order) else None

        keeping = orders_for(person)
        return await write_once(self._writer, request, keeping, step, status=OK, clock_ms=self._clock_ms)


def _wanted(connection: Connection, order: Order, wish: RefundOrder) -> Counter[int] | NotClaimable:
    left = claimable(connection, order, CaseKind.REFUND_ONLY)
    if wish.lines is None:
        return +left
    units: Counter[int] = Counter()
    for one in wish.lines:
        units[one.line] += one.quantity
    for line, quantity in units.items():
        if quantity > left[line]:
            return NotClaimable(line, max(left[line], 0))
    return units
