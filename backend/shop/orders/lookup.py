"""Finds an order by its number and phone. The function runs inside the caller's transaction."""

import hmac
import re
from typing import Final

import msgspec
from sqlalchemy import Connection, select

from backend.contract.addresses import Address
from backend.contract.order_lookup import FindOrder, FoundOrder
from backend.contract.phones import plain_digits
from backend.shop.customers.buyer_keys import phone_key
from backend.shop.customers.masks import masked_address
from backend.shop.orders.reading import find_order
from backend.storage.order_tables import ORDERS

_NOT_DIGITS: Final = re.compile("[^0-9]+")


class _Place(msgspec.Struct, frozen=True):
    """What of an order's address says how a phone is read."""

    country: str


_NOWHERE: Final = msgspec.json.encode(Address("CN", "", "", "", "—", "—", "—")).decode()
_decode_place = msgspec.json.Decoder(_Place).decode


def number_typed(text: str) -> str:
    """Return the number of an order without spaces and signs, in plain digits."""
    return _NOT_DIGITS.sub("", plain_digits(text))


def look_up(connection: Connection, wanted: FindOrder) -> FoundOrder | None:
    """Return an order whose number and phone are these; None for every other pair.

    The order is read only for the right pair: a number that there is takes no longer to refuse than one that
    there is not.
    """
    columns = (ORDERS.c.order_id, ORDERS.c.phone_key, ORDERS.c.address)
    row = connection.execute(select(*columns).where(ORDERS.c.number == number_typed(wanted.number))).first()
    country = _decode_place(row.address if row else _NOWHERE).country
    key = phone_key(wanted.phone, country)
    is_right = hmac.compare_digest(key, row.phone_key if row else "")
    if row is None or not key or not is_right:
        return None
    order = find_order(connection, row.order_id)
    if order is None:
        return None
    fields = {name: getattr(order, name) for name in FoundOrder.__struct_fields__}
    return FoundOrder(**{**fields, "address": masked_address(order.address)})
