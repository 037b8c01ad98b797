"""Opens cases: what may be asked for of an order, and what its units are worth."""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection

from backend.contract.cases import Case, CaseChange, CaseKind, CaseLine, CaseState, OpenCase, RefundState
from backend.contract.orders import Order, OrderState, PaymentState
from backend.shop.cases.results import NotClaimable, WindowOver
from backend.shop.cases.states import due_at
from backend.shop.cases.store import add_case, find_case, open_cases
from backend.shop.cases.window import window_end
from backend.shop.ids import new_id
from backend.shop.orders.parcels import units_sent
from backend.shop.orders.results import NotAllowedNow
from backend.shop.pricing.refunds import refund_share
from backend.shop.settings import read_return_rules

OpenRefusal = NotAllowedNow | WindowOver | NotClaimable


def open_case(connection: Connection, order: Order, wanted: OpenCase, *, at_ms: int) -> Case | OpenRefusal:
    """Open a case of an order as its buyer."""
    rules = read_return_rules(connection)
    if order.state is OrderState.CANCELLED or order.payment_state not in {
        PaymentState.PAID,
        PaymentState.PART_REFUNDED,
    }:
        return NotAllowedNow(order)
    ended_ms = window_end(order, rules)
    if order.state is OrderState.COMPLETED and ended_ms is not None and at_ms >= ended_ms:
        return WindowOver(ended_ms)
    units: Counter[int] = Counter()
    for one in wanted.lines:
        units[one.line] += one.quantity
    left = claimable(connection, order, wanted.kind)
    for line, quantity in units.items():
        if quantity > left[line]:
            return NotClaimable(line, max(left[line], 0))
    case = new_case(
        connection, order, wanted.kind, units, actor=order.buyer_id, reason=wanted.reason, at_ms=at_ms
    )
    add_case(connection, case, order)
    return find_case(connection, case.case_id) or case


def new_case(
    connection: Connection,
    order: Order,
    kind: CaseKind,
    units: Mapping[int, int],
    *,
    actor: str,
    reason: str,
    at_ms: int,
) -> Case:
    """Return a case of units of an order's lines that was just opened; it is not kept yet."""
    return Case(
        case_id=new_id(at_ms),
        order_id=order.order_id,
        order_number=order.number,
        buyer_id=order.buyer_id,
        room_id=order.room_id,
        kind=kind,
        state=CaseState.REQUESTED,
        reason=reason,
        currency=order.currency,
        goods_minor=worth(order, units),
        shipping_minor=0,
        carrier="",
        tracking="",
        is_escalated=False,
        due_at_ms=due_at(kind, CaseState.REQUESTED, at_ms, read_return_rules(connection)),
        refund_state=RefundState.NONE,
        version=1,
        created_at_ms=at_ms,
        closed_at_ms=None,
        lines=[CaseLine(line, quantity, 0) for line, quantity in sorted(units.items())],
        changes=[CaseChange(1, "", CaseState.REQUESTED, actor, reason, at_ms)],
    )


def claimable(connection: Connection, order: Order, kind: CaseKind) -> Counter[int]:
    """Return the units of each line that a new case may be about; what comes back must have been sent."""
    claimed: Counter[int] = Counter()
    on_the_way: Counter[int] = Counter()
    for case in open_cases(connection, order.order_id):
        units = {one.line: one.quantity for one in case.lines}
        claimed.update(units)
        if case.kind is not CaseKind.REFUND_ONLY:
            on_the_way.update(units)
    sent = units_sent(order)
    left: Counter[int] = Counter()
    for line in order.lines:
        free = line.quantity - line.refunded - claimed[line.line]
        at_the_buyers = sent[line.line] - (line.refunded - line.dropped) - on_the_way[line.line]
        left[line.line] = free if kind is CaseKind.REFUND_ONLY else min(free, at_the_buyers)
    return left


def worth(order: Order, units: Mapping[int, int]) -> int:
    """Return what units of an order's lines are worth after all that was refunded before."""
    return sum(
        refund_share(line.net_minor, line.quantity, refunded=line.refunded, units=units.get(line.line, 0))
        for line in order.lines
    )
