"""Refusals of flash sales as problem details."""

from typing import Final

from backend.contract.problems import ProblemDetails
from backend.contract.shop_problems import FlashProblem
from backend.shop.flash_sale.deciding import FlashFault, Missed
from backend.shop.orders.results import FlashMissed

_TITLES: Final = {
    FlashFault.NOT_OPEN: "The flash sale has not begun",
    FlashFault.OVER: "The flash sale is over",
    FlashFault.SOLD_OUT: "The flash sale has no more units",
    FlashFault.LIMIT: "One buyer may not have so many of the flash sale",
}


def problem_of_flash(result: FlashMissed) -> ProblemDetails:
    """Return what a buyer is told who does not get the price of a sale."""
    missed = result.missed
    return FlashProblem(
        type=missed.fault,
        title=_TITLES[missed.fault],
        status=409,
        detail=f"{_why(missed)} The quote is what it costs otherwise.",
        campaign_id=missed.campaign_id,
        sku_id=missed.sku_id,
        ms=missed.ms,
        left=missed.left,
        limit=missed.limit,
        quote=result.quote,
    )


def _why(missed: Missed) -> str:
    match missed.fault:
        case FlashFault.NOT_OPEN:
            return f"The request came {missed.ms} ms before the start."
        case FlashFault.OVER:
            return f"The request came {missed.ms} ms after the end."
        case FlashFault.SOLD_OUT:
            left = f"Of {missed.sku_id} {missed.left} are left at this price"
            return f"{left}; what is not paid comes back until the end."
        case FlashFault.LIMIT:
            return f"One buyer gets {missed.limit}, counted by account, by phone and by address."
