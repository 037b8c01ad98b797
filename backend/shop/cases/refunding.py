"""Gives the money of a case back: by the provider it came from, or marked by staff who gave it."""

from collections import Counter
from collections.abc import Mapping

import msgspec
from sqlalchemy import Connection, update

from backend.contract.cases import Case, CaseKind, CaseState, RefundCase
from backend.contract.orders import Order, PaymentMethod
from backend.contract.payments import AttemptState
from backend.contract.sale_settings import Profile
from backend.shop.cases.goods import move_for, stock_of_lines
from backend.shop.cases.opening import worth
from backend.shop.cases.results import CaseNotAllowedNow, CoinsSpent, ShippingTooMuch
from backend.shop.cases.store import CaseStep, change_case
from backend.shop.coins.crediting import share_of, take_coins_back
from backend.shop.orders.changes import ChangedMeanwhileError
from backend.shop.orders.held_shipping import shipping_kept_for_others
from backend.shop.orders.limits import give_back
from backend.shop.orders.parcels import completes_at, units_left
from backend.shop.orders.paying import PaidOrders
from backend.shop.orders.reading import find_order
from backend.shop.payments import refunds
from backend.shop.payments.attempts import KeptAttempt, attempts_of
from backend.shop.payments.by_hand import record_refund
from backend.shop.settings import read_profile
from backend.shop.stock.movements import take_back
from backend.storage.case_tables import CASE_LINES
from backend.storage.order_tables import ORDER_LINES, ORDERS


class _Money(msgspec.Struct, frozen=True):
    """What goes back."""

    goods_minor: int
    shipping_minor: int

    @property
    def sum_minor(self) -> int:
        return self.goods_minor + self.shipping_minor


def refund_case(
    connection: Connection,
    case: Case,
    order: Order,
    wish: RefundCase,
    orders: PaidOrders,
    *,
    actor: str,
    at_ms: int,
) -> Case | CaseNotAllowedNow | ShippingTooMuch | CoinsSpent:
    """Give back what a case's units are worth.

    Units that were never sent go back on sale; coins go out of the wallet, as far as it has them.
    """
    units = {line.line: line.quantity for line in case.lines}
    if wish.shipping_minor is not None and wish.shipping_minor > order.shipping_left_minor:
        return ShippingTooMuch(order.shipping_left_minor)
    money = _money(connection, order, units, wish.shipping_minor)
    attempt = _attempt_of(connection, order)
    is_online = order.method is PaymentMethod.ONLINE
    if money.sum_minor and is_online and attempt is None:
        return CaseNotAllowedNow(case)
    if order.coins and units:
        units = _coins_of(connection, case, order, units)
        coins = sum(units.values())
        coins_left = take_coins_back(connection, order, coins, case.case_id, at_ms) if coins else None
        if coins_left is not None:
            return CoinsSpent(coins_left)
    step = CaseStep(CaseState.REFUNDED, actor, wish.reason, at_ms)
    dropped = _drop(connection, case, order, step)
    _count(connection, order, units, dropped)
    shares = {"goods_minor": money.goods_minor, "shipping_minor": money.shipping_minor}
    closed = change_case(connection, case, step, order, **shares)
    _arm(connection, order.order_id)
    if money.sum_minor and attempt is not None:
        amount, cause = money.sum_minor, refunds.Cause.BY_STAFF
        refunds.add(connection, attempt, case.case_id, amount_minor=amount, cause=cause, now_ms=at_ms)
    elif money.sum_minor:
        record_refund(connection, order, case.case_id, money.sum_minor, at_ms)
        total = order.total_minor - order.money_left_minor + money.sum_minor
        orders.refund_order(
            connection, order.order_id, refunded_minor=total, actor=actor, reason=wish.reason, now_ms=at_ms
        )
    return closed


def _money(connection: Connection, order: Order, units: dict[int, int], shipping_minor: int | None) -> _Money:
    goods = worth(order, units)
    if shipping_minor is None:
        is_all = all(line.refunded + units.get(line.line, 0) == line.quantity for line in order.lines)
        # In the EU a contract that was withdrawn from takes its shipping along (2011/83/EU, Art. 13).
        is_due = not order.parcels or read_profile(connection) is Profile.EU
        kept = shipping_kept_for_others(connection, order)
        shipping_minor = max(order.shipping_left_minor - kept, 0) if is_all and is_due else 0
    # What went back in the provider's console is not given twice.
    goods = min(goods, order.money_left_minor)
    return _Money(goods, min(shipping_minor, order.money_left_minor - goods))


def _coins_of(connection: Connection, case: Case, order: Order, units: Mapping[int, int]) -> dict[int, int]:
    """Return which coins a case takes back: where less money is left than they cost, those that it pays for.

    The others went back in the provider's console as they were spent, and stay with who has them.
    """
    left_minor = order.money_left_minor
    if worth(order, units) <= left_minor:
        return dict(units)
    paid_for = order.coins - share_of(order, order.total_minor - left_minor)
    taken = {line: min(coins, paid_for) for line, coins in units.items()}
    for line, coins in taken.items():
        is_this = (CASE_LINES.c.case_id == case.case_id, CASE_LINES.c.line == line)
        if coins:
            connection.execute(update(CASE_LINES).where(*is_this).values(quantity=coins))
    return taken


def _attempt_of(connection: Connection, order: Order) -> KeptAttempt | None:
    for attempt in attempts_of(connection, order.order_id):
        is_the_orders = attempt.state is AttemptState.PAID
        if is_the_orders and not refunds.goes_back(connection, attempt.attempt_id):
            return attempt
    return None


def _drop(connection: Connection, case: Case, order: Order, step: CaseStep) -> Counter[int]:
    """Let go of units that were not sent yet, and return how many of each line."""
    dropped: Counter[int] = Counter()
    if case.kind is CaseKind.REFUND_ONLY and not order.coins:
        left = units_left(order)
        dropped.update({one.line: min(one.quantity, max(left[one.line], 0)) for one in case.lines})
    moves = [take_back(*one) for one in stock_of_lines(connection, order, dropped).items()]
    move_for(connection, order, moves, step)
    return dropped


def _count(connection: Connection, order: Order, units: dict[int, int], dropped: Counter[int]) -> None:
    known = {line.line: line.refunded for line in order.lines}
    columns = ORDER_LINES.c
    for line, quantity in units.items():
        is_as_read = (
            columns.order_id == order.order_id,
            columns.line == line,
            columns.refunded == known[line],
        )
        values = {"refunded": columns.refunded + quantity, "dropped": columns.dropped + dropped[line]}
        if connection.execute(update(ORDER_LINES).where(*is_as_read).values(values)).rowcount != 1:
            raise ChangedMeanwhileError(f"Line {line} of the order {order.number} was refunded meanwhile.")
    # What was paid back is not the buyer's any more, and may be bought again.
    give_back(connection, order, units)


def _arm(connection: Connection, order_id: str) -> None:
    """What is not sent any more may have been all that an order waited for."""
    order = find_order(connection, order_id)
    at_ms = completes_at(order) if order else None
    if at_ms is not None:
        is_this = ORDERS.c.order_id == order_id
        connection.execute(update(ORDERS).where(is_this).values(completes_at_ms=at_ms))
