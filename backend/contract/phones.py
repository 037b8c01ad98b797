"""Phone numbers: their digits in ASCII, and how much of one is shown to whom it does not concern."""

import unicodedata
from typing import Final

HIDDEN: Final = "****"
"""What stands where something is hidden; a remark that comes back so was not changed."""

_LAST: Final = 4
_FIRST: Final = 3


def plain_digits(phone: str) -> str:
    """Return a phone number with the digits and signs of ASCII, whatever script and width it was typed in."""
    folded = unicodedata.normalize("NFKC", phone)
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in folded)


def masked_phone(phone: str) -> str:
    """Return the ends of a phone number, of which half the digits stay hidden; nothing of a short one."""
    digits = "".join(sign for sign in plain_digits(phone) if sign.isdecimal())
    if len(digits) < 2 * _LAST:
        return HIDDEN
    first = min(_FIRST, len(digits) // 2 - _LAST)
    return f"{digits[:first]}{HIDDEN}{digits[-_LAST:]}"
