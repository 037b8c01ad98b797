"""Hides who is behind orders from staff without the right to customers, in whatever an endpoint answers."""

from typing import TypeVar

import msgspec

from backend.contract.orders import Order
from backend.identity.auth import Claims
from backend.shop.customers.masks import masked_address
from backend.shop.people import Person

Answer = TypeVar("Answer", bound=msgspec.Struct)


def conceal_customers(answer: Answer, claims: Claims) -> Answer:
    """Return an answer with all addresses masked but those of the caller's own orders."""
    buyer_id = Person(claims.user_id, claims.room).buyer_id
    concealed: Answer = _concealed(answer, buyer_id)  # type: ignore[assignment]
    return concealed


def _concealed(value: object, buyer_id: str) -> object:
    match value:
        case Order():
            is_own = value.buyer_id == buyer_id
            return value if is_own else msgspec.structs.replace(value, address=masked_address(value.address))
        case list():
            return [_concealed(one, buyer_id) for one in value]
        case msgspec.Struct():
            fields = {name: getattr(value, name) for name in value.__struct_fields__}
            changed = {
                name: new for name, old in fields.items() if (new := _concealed(old, buyer_id)) is not old
            }
            return msgspec.structs.replace(value, **changed) if changed else value
        case _:
            return value
