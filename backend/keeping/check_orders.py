"""Checks of orders: sums and versions, and whether attempts, refunds and journal tell of the same money."""

from collections.abc import Iterator

from sqlalchemy import Connection, ScalarSelect, case, func, literal, or_, select

from backend.keeping.finding import Finding, rows_of
from backend.shop.payments.refunds import NEVER_THE_ORDERS
from backend.storage.case_tables import CASES
from backend.storage.order_tables import ORDER_CHANGES, ORDER_LINES, ORDERS
from backend.storage.payment_tables import PAYMENT_ATTEMPTS, REFUNDS, SHOP_JOURNAL, SHOP_POSTINGS

_CAUSES = [cause.value for cause in NEVER_THE_ORDERS]


def check_orders(connection: Connection) -> Iterator[Finding]:
    """Give what is wrong with orders."""
    yield from _sums(connection)
    yield from _versions(connection)
    yield from _payments(connection)
    yield from _payment_states(connection)


def _sums(connection: Connection) -> Iterator[Finding]:
    order = ORDERS.c
    net = func.coalesce(func.sum(ORDER_LINES.c.net_minor), 0)
    expected = net + order.shipping_minor
    query = (
        select(order.number, order.total_minor, expected)
        .outerjoin(ORDER_LINES, ORDER_LINES.c.order_id == order.order_id)
        .group_by(order.order_id, *(order[name] for name in ("number", "total_minor", "shipping_minor")))
        .group_by(order.goods_minor, order.discount_minor)
        .having(or_(order.total_minor != expected, order.goods_minor - order.discount_minor != net))
        .order_by(order.order_id)
    )
    for number, total, said in rows_of(connection, query):
        yield Finding(f"order {number}", f"its total is {total}, its lines and shipping say {said}")


def _versions(connection: Connection) -> Iterator[Finding]:
    order, newest, count = ORDERS.c, func.max(ORDER_CHANGES.c.version), func.count(ORDER_CHANGES.c.version)
    query = (
        select(order.number, order.version, newest, count)
        .outerjoin(ORDER_CHANGES, ORDER_CHANGES.c.order_id == order.order_id)
        .group_by(order.order_id, order.number, order.version)
        .having(or_(func.coalesce(newest, 0) != order.version, count != order.version))
        .order_by(order.order_id)
    )
    for number, version, last, rows in rows_of(connection, query):
        yield Finding(
            f"order {number}", f"it is at version {version}, and has {rows} changes up to {last or 0}"
        )


def _payments(connection: Connection) -> Iterator[Finding]:
    """What orders were paid with: each once, as the order says, and the journal has it."""
    order = ORDERS.c
    online, by_hand = _paid_online(), _paid_by_hand()
    is_paid = (order.payment_state != "unpaid") & (order.total_minor > 0)
    expected = case((is_paid, 1), else_=0)
    query = (
        select(order.number, order.payment_state, online + by_hand)
        .where(online + by_hand != expected)
        .order_by(order.order_id)
    )
    for number, state, count in rows_of(connection, query):
        yield Finding(f"order {number}", f"it is {state}, and was paid {count} times")


def _paid_online() -> ScalarSelect[int]:
    attempt = PAYMENT_ATTEMPTS.c
    goes_back = select(REFUNDS.c.attempt_id).where(REFUNDS.c.reason.in_(_CAUSES))
    return (
        select(func.count())
        .select_from(PAYMENT_ATTEMPTS)
        .where(attempt.order_id == ORDERS.c.order_id, attempt.state == "paid")
        .where(attempt.attempt_id.not_in(goes_back))
        .correlate(ORDERS)
        .scalar_subquery()
    )


def _paid_by_hand() -> ScalarSelect[int]:
    journal = SHOP_JOURNAL.c
    return (
        select(func.count())
        .select_from(SHOP_JOURNAL)
        .where(journal.kind == "payment", journal.ref == ORDERS.c.order_id)
        .correlate(ORDERS)
        .scalar_subquery()
    )


def _payment_states(connection: Connection) -> Iterator[Finding]:
    order, back = ORDERS.c, _refunded_online() + _refunded_by_hand()
    expected = case(
        (back == 0, "paid"), (back >= order.total_minor, "refunded"), else_=literal("part_refunded")
    )
    query = (
        select(order.number, order.payment_state, back, order.total_minor)
        .where(or_(order.payment_state != "unpaid", back > 0), order.total_minor > 0)
        .where(or_(order.payment_state != expected, back > order.total_minor))
        .order_by(order.order_id)
    )
    for number, state, amount, total in rows_of(connection, query):
        yield Finding(f"order {number}", f"it is {state}, and {amount} of {total} went back")


def _refunded_online() -> ScalarSelect[int]:
    refund = REFUNDS.c
    return (
        select(func.coalesce(func.sum(refund.amount_minor), 0))
        .where(refund.order_id == ORDERS.c.order_id, refund.state == "done", refund.reason.not_in(_CAUSES))
        .correlate(ORDERS)
        .scalar_subquery()
    )


def _refunded_by_hand() -> ScalarSelect[int]:
    """Staff note what they gave back under the name of its case."""
    return (
        select(func.coalesce(func.sum(SHOP_POSTINGS.c.amount_minor), 0))
        .select_from(CASES)
        .join(SHOP_JOURNAL, (SHOP_JOURNAL.c.ref == CASES.c.case_id) & (SHOP_JOURNAL.c.kind == "refund"))
        .join(SHOP_POSTINGS, SHOP_POSTINGS.c.journal_id == SHOP_JOURNAL.c.journal_id)
        .where(
            CASES.c.order_id == ORDERS.c.order_id,
            SHOP_POSTINGS.c.account == "refunds",
            CASES.c.case_id.not_in(select(REFUNDS.c.refund_id)),
        )
        .correlate(ORDERS)
        .scalar_subquery()
    )
