"""What cases do to goods: they come back and may be sold again, or are sent once more."""

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, update

from backend.contract.cases import Case, CaseState, ReceiveCase, SendBack
from backend.contract.orders import Order, OrderAxis, ParcelLine, ParcelState, ShipOrder
from backend.shop.cases.results import NotClaimable
from backend.shop.cases.store import CaseStep, change_case
from backend.shop.catalog.announcing import announce_stock
from backend.shop.orders.changes import Step
from backend.shop.orders.holding import stock_of_units
from backend.shop.orders.parcels import send_parcel
from backend.shop.orders.results import SoldOut
from backend.shop.stock.movements import NotEnoughStockError, StockMove, move_stock, replace, restock
from backend.storage.case_tables import CASE_LINES


def receive(
    connection: Connection, case: Case, order: Order, wish: ReceiveCase, *, actor: str, at_ms: int
) -> Case | NotClaimable:
    """Note that the goods came back; what is good is for sale again."""
    good: Counter[int] = Counter()
    for one in wish.restock:
        good[one.line] += one.quantity
    came = {line.line: line.quantity for line in case.lines}
    for line, units in good.items():
        if units > came.get(line, 0):
            return NotClaimable(line, came.get(line, 0))
    for line, units in good.items():
        is_this = (CASE_LINES.c.case_id == case.case_id, CASE_LINES.c.line == line)
        connection.execute(update(CASE_LINES).where(*is_this).values(restocked=units))
    step = CaseStep(CaseState.RECEIVED, actor, wish.reason, at_ms)
    moves = [restock(*one) for one in stock_of_lines(connection, order, good).items()]
    move_for(connection, order, moves, step)
    return change_case(connection, case, step, order)


def replace_goods(
    connection: Connection, case: Case, order: Order, wish: SendBack, *, actor: str, at_ms: int
) -> Case | SoldOut:
    """Send the same goods once more; SoldOut where they are not there, so that money goes back instead."""
    units = {line.line: line.quantity for line in case.lines}
    text = f"{wish.carrier} {wish.tracking}"
    step = CaseStep(CaseState.EXCHANGED, actor, text, at_ms)
    moves = [replace(*one) for one in stock_of_lines(connection, order, units).items()]
    try:
        with connection.begin_nested():
            move_for(connection, order, moves, step)
    except NotEnoughStockError:
        first = next(line for line in order.lines if line.line in units)
        return SoldOut(first.sku_id, 0)
    parcel = Step(OrderAxis.PARCEL, ParcelState.SHIPPED, actor, text, at_ms)
    lines = [ParcelLine(line, quantity) for line, quantity in units.items()]
    what = ShipOrder(wish.carrier, wish.tracking, lines)
    sent = send_parcel(connection, order, what, parcel, case.case_id)
    return change_case(connection, case, step, sent)


def stock_of_lines(connection: Connection, order: Order, units: Mapping[int, int]) -> dict[str, int]:
    """Return the stock that units of an order's lines are made of."""
    skus: Counter[str] = Counter()
    for line in order.lines:
        skus[line.sku_id] += units.get(line.line, 0)
    return stock_of_units(connection, +skus)


def move_for(connection: Connection, order: Order, moves: Sequence[StockMove], step: CaseStep) -> None:
    """Move stock for a case, and let the rooms know what is left."""
    if not moves:
        return
    move_stock(connection, moves, reason="case", order_id=order.order_id, actor=step.actor, at_ms=step.at_ms)
    announce_stock(connection, {move.sku_id for move in moves}, step.at_ms)
