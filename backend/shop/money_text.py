"""Amounts of money as people read them."""

import msgspec

from backend.contract.currency import decimals_of, sign_of


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
    decimals = decimals_of(currency)
    whole, rest = divmod(amount_minor, 10**decimals)
    fraction = f".{rest:0{decimals}}" if decimals else ""
    return AmountText(sign_of(currency), f"{whole:,}", fraction)
