"""Amounts of money as people read them."""

from typing import Final

import msgspec

# Currencies whose minor unit is not a hundredth (ISO 4217).
_DECIMALS: Final = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "KWD": 3, "BHD": 3, "OMR": 3, "TND": 3}
_SIGNS: Final = {"CNY": "¥", "JPY": "¥", "EUR": "€", "GBP": "£", "USD": "$", "KRW": "₩"}


class AmountText(msgspec.Struct, frozen=True):
    """An amount in three parts, for a large figure with small cents.

    Attributes:
        sign: of the currency, or its code and a space.
        fraction: with its point; empty where the currency has none.
    """

    sign: str
    whole: str
    fraction: str

    @property
    def plain(self) -> str:
        """The amount in one piece."""
        return f"{self.sign}{self.whole}{self.fraction}"


def amount_text(amount_minor: int, currency: str) -> AmountText:
    """Write an amount of 0 or more in the currency's minor unit."""
    decimals = _DECIMALS.get(currency, 2)
    whole, rest = divmod(amount_minor, 10**decimals)
    fraction = f".{rest:0{decimals}}" if decimals else ""
    return AmountText(_SIGNS.get(currency, f"{currency} "), f"{whole:,}", fraction)
