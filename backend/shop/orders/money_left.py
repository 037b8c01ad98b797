"""What of the money of orders neither went back nor is asked back."""

from collections.abc import Iterable, Mapping

import msgspec
from sqlalchemy import Connection, func, select

from backend.contract.orders import PaymentMethod, PaymentState
from backend.shop.payments.refunds import promised_of_orders
from backend.storage.case_tables import CASES

_PAID_ONCE = frozenset({PaymentState.PAID, PaymentState.PART_REFUNDED})


class MoneyLeft(msgspec.Struct, frozen=True):
    """What may still be given back of an order.

    Attributes:
        money_left_minor: in all.
        shipping_left_minor: as shipping at most, which is a part of it.
    """

    money_left_minor: int = 0
    shipping_left_minor: int = 0


NOTHING_LEFT = MoneyLeft()


def read_money_left(connection: Connection, orders: Iterable[Mapping[str, object]]) -> dict[str, MoneyLeft]:
    """Return what is left of the orders, given as rows, that were paid."""
    paid = {str(row["order_id"]): row for row in orders if row["payment_state"] in _PAID_ONCE}
    if not paid:
        return {}
    promised, cases = promised_of_orders(connection, paid), _given_by_cases(connection, paid)
    found = {}
    for order_id, row in paid.items():
        goods_minor, shipping_minor = cases.get(order_id, (0, 0))
        # A provider's console knows no cases, and what was paid by hand no refunds of a provider.
        is_online = row["method"] == PaymentMethod.ONLINE
        gone_minor = promised.get(order_id, 0) if is_online else goods_minor + shipping_minor
        left_minor = max(int(str(row["total_minor"])) - gone_minor, 0)
        shipping_left_minor = int(str(row["shipping_minor"])) - shipping_minor
        found[order_id] = MoneyLeft(left_minor, min(shipping_left_minor, left_minor))
    return found


def _given_by_cases(connection: Connection, order_ids: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Return what cases gave back of goods, and of shipping."""
    case = CASES.c
    query = (
        select(case.order_id, func.sum(case.goods_minor), func.sum(case.shipping_minor))
        .where(case.order_id.in_(sorted(order_ids)), case.state == "refunded")
        .group_by(case.order_id)
    )
    return {str(one): (int(goods), int(shipping)) for one, goods, shipping in connection.execute(query)}
