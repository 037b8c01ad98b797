"""Why a purchase at the sum that counts is refused: too little is left, or too much for one buyer."""

from backend.contract.orders import Quote
from backend.shop.orders.known import Known, Placing
from backend.shop.orders.results import LimitReached, SoldOut, UnpaidTooMuch
from backend.shop.orders.unpaid import Unpaid


def short_of(known: Known, units: dict[str, int], needed: dict[str, int]) -> SoldOut | None:
    """Return of which SKU too little is left; None where all that is needed is there."""
    if all(count <= known.available[sku_id] for sku_id, count in needed.items()):
        return None
    left = known.left(units)
    worst = min(units, key=lambda sku_id: left[sku_id] - units[sku_id])
    # Of a SKU and a bundle that holds it, each may be there, but not both.
    return SoldOut(worst, min(left[worst], units[worst] - 1))


def over_limit(known: Known, item: Placing, units: dict[str, int]) -> LimitReached | None:
    """Return of which SKU a buyer would have more than one may; None where of none."""
    for sku_id, quantity in units.items():
        limit = known.skus[sku_id].limit_per_buyer
        if limit is None:
            continue
        had = [known.limited.get((sku_id, key), 0) for key in item.buyer_keys]
        if max(had) + quantity > limit:
            # What a phone or an address bought is for no other account to know.
            is_own = had[0] == max(had)
            return LimitReached(sku_id, limit, max(limit - had[0], 0) if is_own else 0)
    return None


def over_cap(known: Known, item: Placing, units: dict[str, int], quote: Quote) -> UnpaidTooMuch | None:
    """Return why a buyer may not hold more that is unpaid; None where they may."""
    if quote.total_minor == 0:
        return None
    rules = known.settings.rules
    cap = rules.unpaid_guest if item.is_guest else rules.unpaid
    more = Unpaid(1, sum(units.values()))
    for key in item.buyer_keys:
        held = known.unpaid.get(key, Unpaid()) + more
        if held.orders > cap.orders or held.units > cap.units:
            return UnpaidTooMuch(cap, item.is_guest)
    return None
