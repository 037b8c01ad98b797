"""How the amounts of a currency are written: its decimals and its sign."""

from typing import Final

# Currencies whose minor unit is not a hundredth (ISO 4217, list one).
_NO_DECIMALS: Final = (
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG",
    "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF",
)  # fmt: skip
_THREE_DECIMALS: Final = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")
_DECIMALS: Final = dict.fromkeys(_NO_DECIMALS, 0) | dict.fromkeys(_THREE_DECIMALS, 3)
_SIGNS: Final = {"CNY": "¥", "EUR": "€", "GBP": "£", "HKD": "HK$", "JPY": "¥", "KRW": "₩", "USD": "$"}


def decimals_of(currency: str) -> int:
    """Return how many digits of an amount stand behind the point."""
    return _DECIMALS.get(currency, 2)


def sign_of(currency: str) -> str:
    """Return what stands before an amount: the currency's sign, or its code and a space."""
    return _SIGNS.get(currency, f"{currency} ")


def plain_amount(amount_minor: int, currency: str) -> str:
    """Write an amount of 0 or more in the currency's minor unit, in one piece."""
    decimals = decimals_of(currency)
    whole, rest = divmod(amount_minor, 10**decimals)
    return f"{sign_of(currency)}{whole:,}" + (f".{rest:0{decimals}}" if decimals else "")
