"""Until when goods may go back, in whole days of the shop's place."""

from typing import Final

from backend.contract.orders import Order
from backend.shop.settings import ReturnRules

DAY_MS: Final = 24 * 3_600_000


def end_of_days(start_ms: int, rules: ReturnRules, days: int | None = None) -> int:
    """Return the first moment after so many days, those of the rules by default; the last counts whole."""
    whole = rules.days if days is None else days
    day = (start_ms - rules.day_begins_ms) // DAY_MS
    return (day + whole + 1) * DAY_MS + rules.day_begins_ms


def window_end(order: Order, rules: ReturnRules) -> int | None:
    """Return when the return window is over, from the delivery of the last parcel; None before it."""
    arrived = [parcel.delivered_at_ms for parcel in order.parcels]
    known = [at_ms for at_ms in arrived if at_ms is not None]
    return end_of_days(max(known), rules) if known and len(known) == len(arrived) else None
