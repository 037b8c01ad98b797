"""Hides who is behind orders from staff without the right to customers, in whatever an endpoint answers.

What is hidden of a thing is said by `backend.shop.customers.masks` alone.
"""

from typing import TypeVar

import msgspec

from backend.contract.cases import Case
from backend.contract.orders import Order, OrderMark
from backend.contract.stock import StockMovement
from backend.http.api.endpoint import BuyersFile
from backend.http.api.problems import refusal
from backend.identity.auth import Claims
from backend.shop.customers.masks import (
    concealed_case,
    concealed_change,
    concealed_mark,
    concealed_order,
)
from backend.shop.people import Person

Answer = TypeVar("Answer", bound=msgspec.Struct)


def conceal_customers(answer: Answer, claims: Claims) -> Answer:
    """Return an answer in which nobody is named but in the caller's own orders and cases."""
    concealed: Answer = _concealed(answer, Person(claims.user_id, claims.room))  # type: ignore[assignment]
    return concealed


def _concealed(value: object, reader: Person) -> object:  # noqa: PLR0911 - one return a kind
    match value:
        case Order():
            return value if value.buyer_id == reader.buyer_id else concealed_order(value, reader.user_id)
        case Case():
            return value if value.buyer_id == reader.buyer_id else concealed_case(value, reader.user_id)
        case BuyersFile():
            if value.buyer_id != reader.buyer_id:
                raise refusal(403, "Pictures of buyers are for staff with the right to customers.")
            return value
        case OrderMark():
            return concealed_mark(value, reader.user_id)
        case StockMovement(order_id=str()):
            return concealed_change(value, reader.user_id)
        case list():
            return [_concealed(one, reader) for one in value]
        case msgspec.Struct():
            fields = {name: getattr(value, name) for name in value.__struct_fields__}
            changed = {
                name: new for name, old in fields.items() if (new := _concealed(old, reader)) is not old
            }
            return msgspec.structs.replace(value, **changed) if changed else value
        case _:
            return value
