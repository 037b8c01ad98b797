"""Finds an order by its number and phone. The function runs inside the caller's transaction."""

import hmac
import re
from typing import Final

from sqlalchemy import Connection, select

from backend.contract.order_lookup import FindOrder, FoundOrder
from backend.shop.customers.buyer_keys import phone_key, plain_digits
from backend.shop.customers.masks import masked_address
from backend.shop.orders.reading import find_order
from backend.storage.order_tables import ORDERS

_NOT_DIGITS: Final = re.compile("[^0-9]+")


def number_typed(text: str) -> str:
    """Return the number of an order without spaces and signs, in plain digits."""
    return _NOT_DIGITS.sub("", plain_digits(text))


def look_up(connection: Connection, wanted: FindOrder) -> FoundOrder | None:
    """Return an order whose number and phone are these; None for every other pair."""
    is_this = ORDERS.c.number == number_typed(wanted.number)
    row = connection.execute(select(ORDERS.c.order_id, ORDERS.c.phone_key).where(is_this)).first()
    order = find_order(connection, row.order_id) if row else None
    key = phone_key(wanted.phone, order.address.country if order else "CN")
    is_right = hmac.compare_digest(key, row.phone_key if row else "")
    if order is None or not key or not is_right:
        return None
    fields = {name: getattr(order, name) for name in FoundOrder.__struct_fields__}
    return FoundOrder(**{**fields, "address": masked_address(order.address)})
