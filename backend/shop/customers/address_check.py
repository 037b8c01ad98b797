"""What an address must hold before the shop takes it; what is taken is plain and of one form."""

from enum import StrEnum
from typing import Final

import msgspec

from backend.contract.addresses import Address
from backend.contract.base import RejectReason
from backend.contract.bounds import bounds_of
from backend.contract.phones import plain_digits
from backend.plain_text import clean
from backend.shop.customers.countries import COUNTRIES
from backend.shop.customers.emails import is_email

LEAST_DIGITS: Final = 7
# Those of E.164, an international prefix, and an extension.
MOST_DIGITS: Final = 24
_TEXTS: Final = ("name", "street", "province", "city", "district", "postcode")
_MOST: Final = {field: bound.letters for field, bound in bounds_of(Address).items() if bound is not None}
_NEEDED: Final = frozenset({"name", "street"})


class AddressFault(StrEnum):
    """What is wrong with a field of an address."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_A_COUNTRY = "not_a_country"
    NOT_A_PHONE = "not_a_phone"
    NOT_AN_EMAIL = "not_an_email"


class BadAddress(msgspec.Struct, frozen=True):
    """The address cannot be sent to as it is.

    Attributes:
        field: the one to mend.
    """

    field: str
    fault: AddressFault


def checked_address(address: Address) -> Address | BadAddress:
    """Return an address as the shop keeps it, or the first field that is wrong.

    Texts are cleaned as names in a room are, marks beyond some a letter included; phones get plain digits.
    """
    if address.country not in COUNTRIES:
        return BadAddress("country", AddressFault.NOT_A_COUNTRY)
    phone = _checked_phone(address.phone)
    if isinstance(phone, BadAddress):
        return phone
    email = address.email.strip()
    if email and not is_email(email):
        return BadAddress("email", AddressFault.NOT_AN_EMAIL)
    texts = {}
    for field in _TEXTS:
        text = _cleaned(field, getattr(address, field))
        if isinstance(text, BadAddress):
            return text
        texts[field] = text
    return msgspec.structs.replace(address, phone=phone, email=email, **texts)


def _checked_phone(typed: str) -> str | BadAddress:
    phone = plain_digits(typed).strip()
    digits = sum(sign.isdecimal() for sign in phone)
    if not LEAST_DIGITS <= digits <= MOST_DIGITS:
        return BadAddress("phone", AddressFault.NOT_A_PHONE)
    return phone if len(phone) <= _MOST["phone"] else BadAddress("phone", AddressFault.TOO_LONG)


def _cleaned(field: str, text: str) -> str | BadAddress:
    cleaned = clean(text, _MOST[field]) if text else RejectReason.EMPTY
    if not isinstance(cleaned, RejectReason):
        return cleaned
    if cleaned is RejectReason.TOO_LONG:
        return BadAddress(field, AddressFault.TOO_LONG)
    return BadAddress(field, AddressFault.EMPTY) if field in _NEEDED else ""
