"""By what a buyer is known: account, phone and address; a limit a buyer counts each of them."""

import re
import unicodedata
from typing import Final

from backend.contract.addresses import Address

_NOT_WORDS: Final = re.compile(r"[\W_]+")
_NOT_DIGITS: Final = re.compile("[^0-9]+")
_COUNTRY_CODES: Final = {"CN": "86", "HK": "852", "DE": "49", "FR": "33", "GB": "44", "US": "1", "JP": "81"}


def keys_of(buyer_id: str, address: Address) -> tuple[str, str, str]:
    """Return all keys of a buyer who sends to an address."""
    return (
        f"user:{buyer_id}"[:160],
        f"phone:{phone_key(address.phone, address.country)}",
        f"address:{address_key(address)}"[:160],
    )


def phone_key(phone: str, country: str) -> str:
    """Return a phone number as digits with its country's code, however it was typed."""
    folded = unicodedata.normalize("NFKC", phone)
    digits = _NOT_DIGITS.sub("", folded)
    code = _COUNTRY_CODES.get(country, "")
    is_international = folded.lstrip().startswith("+") or digits.startswith("00")
    digits = digits.removeprefix("00") if is_international else code + digits.removeprefix("0")
    if code and digits.startswith(code * 2) and not is_international:
        digits = digits.removeprefix(code)
    return digits[:32]


def address_key(address: Address) -> str:
    """Return a place without what is written in one way or another: case, width, spaces and signs."""
    parts = (address.country, address.province, address.city, address.district, address.street)
    folded = unicodedata.normalize("NFKC", "".join(parts)).casefold()
    return _NOT_WORDS.sub("", folded)
