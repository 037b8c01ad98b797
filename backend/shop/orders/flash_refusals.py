"""Names why a purchase in a flash sale was refused, for the sale's report."""

from typing import Final

from backend.contract.base import RejectReason
from backend.shop.flash_sale.deciding import FlashFault
from backend.shop.orders.results import FlashMissed, LimitReached, Placed, PlaceResult, SoldOut, UnpaidTooMuch

_BY_FAULT: Final = {
    FlashFault.NOT_OPEN: RejectReason.NOT_OPEN,
    FlashFault.OVER: RejectReason.EXPIRED,
    FlashFault.SOLD_OUT: RejectReason.NONE_LEFT,
    FlashFault.LIMIT: RejectReason.ALREADY,
}


def refusal_of(result: PlaceResult) -> RejectReason | None:
    """Return why a purchase at a sale's price is refused; None for one that is accepted."""
    match result:
        case Placed():
            return None
        case FlashMissed(missed=missed):
            return _BY_FAULT[missed.fault]
        case SoldOut():
            return RejectReason.NONE_LEFT
        case LimitReached():
            return RejectReason.ALREADY
        case UnpaidTooMuch():
            return RejectReason.TOO_MANY
        case _:
            return RejectReason.CONFLICT
