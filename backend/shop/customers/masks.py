"""What of an address is shown to whom it is not: the region, and too little to find a person by."""

from typing import Final

import msgspec

from backend.contract.addresses import Address

_HIDDEN: Final = "****"
_FIRST: Final = 3
_LAST: Final = 4


def masked_address(address: Address) -> Address:
    """Return an address of which the region can be read, and little of the person."""
    return msgspec.structs.replace(
        address,
        name=address.name[:1] + "**",
        phone=masked_phone(address.phone),
        street=_HIDDEN,
        postcode="",
        email=_HIDDEN if address.email else "",
    )


def masked_phone(phone: str) -> str:
    """Return the first and the last digits of a phone number; nothing of a short one."""
    if len(phone) <= _FIRST + _LAST:
        return _HIDDEN
    return f"{phone[:_FIRST]}{_HIDDEN}{phone[-_LAST:]}"
