"""Which amounts Stripe takes: where its unit is the minor unit of ISO 4217, and no other."""

from typing import Final

from backend.shop.payments.provider import NotTakenError

# Stripe counts these in another unit than ISO 4217 (docs.stripe.com/currencies, "Special cases").
_OTHER_UNIT: Final = frozenset({"ISK", "MGA", "UGX"})
# Of three decimals Stripe takes two.
_THREE_DECIMALS: Final = frozenset({"BHD", "JOD", "KWD", "OMR", "TND"})


def check_amount(amount_minor: int, currency: str) -> None:
    """Raise `NotTakenError` where Stripe would take another amount than the shop means."""
    if currency in _OTHER_UNIT:
        raise NotTakenError(f"Stripe counts {currency} in another unit. Choose another way to pay.")
    if currency in _THREE_DECIMALS and amount_minor % 10:
        raise NotTakenError(f"Of {currency} Stripe takes two decimals. Choose another way to pay.")
