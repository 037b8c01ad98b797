"""Names of the shop's things: ULIDs inside, numbers of 15 digits for people."""

import secrets
import time
from typing import Final

_SHIFTS: Final = range(125, -1, -5)
_CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# The digits of twice a digit, added up.
_DOUBLED: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def new_id(now_ms: int) -> str:
    """Return a new ULID: its order is the time's (https://github.com/ulid/spec)."""
    number = (now_ms << 80) | secrets.randbits(80)
    return "".join([_CROCKFORD[(number >> shift) & 31] for shift in _SHIFTS])


def new_order_number(now_ms: int) -> str:
    """Return a number that people can read to each other: the day (UTC), 8 random digits, a check digit.

    15 digits are the most that a spreadsheet keeps. It can collide with one of the same day.
    """
    day = time.strftime("%y%m%d", time.gmtime(now_ms / 1000))
    digits = f"{day}{secrets.randbelow(10**8):08}"
    return digits + luhn_digit(digits)


def luhn_digit(digits: str) -> str:
    """Return the check digit of ISO/IEC 7812-1: any one wrong digit, and most swapped ones, are found."""
    from_behind = digits[::-1]
    total = sum(map(int, from_behind[1::2])) + sum([_DOUBLED[int(digit)] for digit in from_behind[::2]])
    return str(-total % 10)


def is_order_number(text: str) -> bool:
    """Return whether a text can be an order's number: 15 digits, the last as it must be."""
    return len(text) == 15 and text.isascii() and text.isdigit() and luhn_digit(text[:-1]) == text[-1]
