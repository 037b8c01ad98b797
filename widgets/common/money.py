"""Amounts of money in any currency: as people read them, and as they type them."""

import re
import unicodedata
from decimal import Decimal
from typing import Final

from backend.contract.currency import decimals_of, sign_of

_AMOUNT: Final = re.compile(r"((?:\d{1,3}(?:,\d{3})+|\d+))(?:\.(\d*))?", re.ASCII)


def amount_text(minor: int, currency: str) -> str:
    """An amount with all its decimals: 31600 of CNY is `¥316.00`."""
    decimals = decimals_of(currency)
    whole, part = divmod(abs(minor), 10**decimals)
    digits = f"{whole:,}.{part:0{decimals}d}" if decimals else f"{whole:,}"
    return f"{'−' if minor < 0 else ''}{sign_of(currency)}{digits}"


def list_price(minor: int, currency: str) -> str:
    """A price without decimals that are all zero: 12900 of CNY is `¥129`, 5990 is `¥59.90`."""
    decimals = decimals_of(currency)
    text = amount_text(minor, currency)
    return text.removesuffix(f".{'0' * decimals}") if decimals else text


def typed_amount(minor: int, currency: str) -> str:
    """An amount as one types it: 123450 of CNY is `1234.50`."""
    return amount_text(minor, currency).replace(sign_of(currency), "").replace(",", "")


def read_amount(text: str, currency: str) -> int | None:
    """The minor units of a typed amount, exactly; None where it is none, or has too many decimals.

    Digits may be of full width, and a Chinese full stop may be the point.
    """
    plain = unicodedata.normalize("NFKC", text).replace("。", ".").strip()
    for sign in (unicodedata.normalize("NFKC", sign_of(currency)).strip(), "元"):
        plain = plain.removeprefix(sign).removesuffix(sign).strip()
    found = _AMOUNT.fullmatch(plain)
    decimals = decimals_of(currency)
    if found is None or len(found[2] or "") > decimals:
        return None
    return int(Decimal(f"{found[1].replace(',', '')}.{found[2] or '0'}").scaleb(decimals))
