"""Cases for tests: one of each kind and state."""

import msgspec

from backend.contract.cases import Case, CaseChange, CaseKind, CaseLine, CaseState, RefundState
from tests.widgets.orders import MINUTE_MS, NOON_MS, order

HOUR_MS = 60 * MINUTE_MS


def case(number: int = 1, order_number: int = 1, **changes: object) -> Case:
    """A return of one green tea that a buyer asked for; the higher its number, the newer it is."""
    at_ms = NOON_MS + number * MINUTE_MS
    made = Case(
        case_id=f"c{number}",
        order_id=f"o{order_number}",
        order_number=order(order_number).number,
        buyer_id="buyer-1",
        room_id="main",
        kind=CaseKind.RETURN,
        state=CaseState.REQUESTED,
        reason="盒子压坏了，茶叶有点受潮",
        currency="CNY",
        goods_minor=16800,
        shipping_minor=0,
        carrier="",
        tracking="",
        is_escalated=False,
        due_at_ms=at_ms + 48 * HOUR_MS,
        refund_state=RefundState.NONE,
        version=1,
        created_at_ms=at_ms,
        closed_at_ms=None,
        lines=[CaseLine(1, 1, 0)],
        changes=[CaseChange(1, "", CaseState.REQUESTED, "buyer-1", "", at_ms)],
    )
    return msgspec.structs.replace(made, **changes)


def at(state: CaseState, number: int = 1, order_number: int = 1, **changes: object) -> Case:
    """A case that the host brought to this state."""
    before = case(number, order_number)
    at_ms = before.created_at_ms + MINUTE_MS
    step = CaseChange(2, "requested", state, "host", "", at_ms)
    ends = {CaseState.REFUNDED, CaseState.EXCHANGED, CaseState.DECLINED, CaseState.WITHDRAWN}
    values: dict[str, object] = {"state": state, "version": 2, "changes": [*before.changes, step]}
    if state in ends:
        values |= {"closed_at_ms": at_ms, "due_at_ms": None}
    return case(number, order_number, **{**values, **changes})
