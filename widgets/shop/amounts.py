"""Sums of money in any currency: as they are read, as they are typed."""

import re
import unicodedata
from decimal import Decimal
from typing import Final

_NO_DECIMALS: Final = frozenset({"JPY", "KRW", "VND", "CLP", "ISK", "XAF", "XOF", "PYG", "UGX"})
_THREE_DECIMALS: Final = frozenset({"KWD", "BHD", "OMR", "JOD", "TND"})
_SIGNS: Final = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "JP¥", "HKD": "HK$"}
_AMOUNT: Final = re.compile(r"((?:\d{1,3}(?:,\d{3})+|\d{1,12}))(?:\.(\d*))?", re.ASCII)


def decimals_of(currency: str) -> int:
    """How many digits stand behind the point."""
    return 0 if currency in _NO_DECIMALS else 3 if currency in _THREE_DECIMALS else 2


def sign_of(currency: str) -> str:
    """What stands before a sum."""
    return _SIGNS.get(currency, f"{currency} ")


def amount_text(minor: int, currency: str) -> str:
    """A sum in its currency: 31600 of CNY is `¥316.00`."""
    decimals = decimals_of(currency)
    whole, part = divmod(abs(minor), 10**decimals)
    digits = f"{whole:,}.{part:0{decimals}d}" if decimals else f"{whole:,}"
    return f"{'−' if minor < 0 else ''}{sign_of(currency)}{digits}"


def typed_amount(minor: int, currency: str) -> str:
    """A sum as one types it: 123450 of CNY is `1234.50`."""
    return amount_text(minor, currency).replace(sign_of(currency), "").replace(",", "")


def read_amount(text: str, currency: str) -> int | None:
    """The minor units of a typed sum, exactly; None where it is none, or has too many decimals.

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
