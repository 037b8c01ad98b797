"""Hides who is behind orders from staff without the right to customers, in whatever an endpoint answers."""

from typing import Final, TypeVar

import msgspec

from backend.contract.addresses import Address
from backend.contract.orders import Order
from backend.identity.auth import Claims
from backend.shop.people import Person

Answer = TypeVar("Answer", bound=msgspec.Struct)

_HIDDEN: Final = "****"
_FIRST: Final = 3
_LAST: Final = 4


def conceal_customers(answer: Answer, claims: Claims) -> Answer:
    """Return an answer with all addresses masked but those of the caller's own orders."""
    buyer_id = Person(claims.user_id, claims.room).buyer_id
    concealed: Answer = _concealed(answer, buyer_id)  # type: ignore[assignment]
    return concealed


def masked_address(address: Address) -> Address:
    """Return an address of which the region can be read, and little of the person."""
    return msgspec.structs.replace(
        address,
        name=address.name[:1] + "**",
        phone=masked_phone(address.phone),
        street=_HIDDEN,
        postcode="",
    )


def masked_phone(phone: str) -> str:
    """Return the first and the last digits of a phone number; nothing of a short one."""
    if len(phone) <= _FIRST + _LAST:
        return _HIDDEN
    return f"{phone[:_FIRST]}{_HIDDEN}{phone[-_LAST:]}"


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
