"""By what a buyer is known: account, phone and address; a limit a buyer counts each of them."""

import hashlib
import re
import unicodedata
from typing import Final

from backend.contract.addresses import Address
from backend.shop.customers.countries import CALLING_CODES

_NOT_WORDS: Final = re.compile(r"[\W_]+")
_NOT_DIGITS: Final = re.compile("[^0-9]+")


def keys_of(buyer_id: str, address: Address) -> tuple[str, str, str]:
    """Return all keys of a buyer who sends to an address."""
    return (
        f"user:{buyer_id}"[:160],
        f"phone:{phone_key(address.phone, address.country)}",
        f"address:{address_key(address)}",
    )


def plain_digits(phone: str) -> str:
    """Return a phone number with the digits and signs of ASCII, whatever script and width it was typed in."""
    folded = unicodedata.normalize("NFKC", phone)
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in folded)


def phone_key(phone: str, country: str) -> str:
    """Return the digits of a phone number after its country's code, however it was typed; empty for none."""
    folded = plain_digits(phone)
    digits = _NOT_DIGITS.sub("", folded)
    if not digits:
        return ""
    # Numbers of countries whose code is not known here stay apart by the country's letters.
    code = CALLING_CODES.get(country, "")
    is_international = folded.lstrip().startswith("+") or digits.startswith("00")
    digits = digits.removeprefix("00") if is_international else (code or country) + digits.removeprefix("0")
    if code and digits.startswith(code * 2) and not is_international:
        digits = digits.removeprefix(code)
    return digits[:32]


def address_key(address: Address) -> str:
    """Return the hash of a place without what is written in one way or another: case, width, spaces."""
    parts = (address.country, address.province, address.city, address.district, address.street)
    folded = unicodedata.normalize("NFKC", "".join(parts)).casefold()
    return hashlib.sha256(_NOT_WORDS.sub("", folded).encode()).hexdigest()
