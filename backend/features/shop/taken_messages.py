"""Writes beside the log which of the shop's messages it has now."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from backend.log.coupon_entries import CouponCounted, CouponHidden, CouponShown
from backend.log.entries import CoinsGranted, GiftReturned, GiftSent, Record
from backend.log.shop_entries import (
    ListingChanged,
    ProductEdited,
    ShopCampaignMoved,
    ShopOrderChanged,
    ShopOrderPlaced,
    ShopStockCounted,
)
from backend.shop.outbox import mark_taken


class TakenMessages:
    """A companion of the event log (see `backend.log.event_log.Companion`)."""

    def __init__(self, room_id: str) -> None:
        self._room_id = room_id

    def write(self, connection: Connection, records: Sequence[Record]) -> None:
        """See `Companion.write`."""
        taken = {outbox_id: record.number for record in records for outbox_id in _ids(record)}
        if taken:
            mark_taken(connection, self._room_id, taken, records[-1].at_ms)


def _ids(record: Record) -> Iterator[int]:
    match record.entry:
        case ShopOrderPlaced(outbox_id=outbox_id) | ShopOrderChanged(outbox_id=outbox_id):
            yield outbox_id
        case ShopStockCounted(outbox_ids=outbox_ids) | ShopCampaignMoved(outbox_ids=outbox_ids):
            yield from outbox_ids
        case CoinsGranted(outbox_id=outbox_id) | GiftSent(outbox_id=outbox_id) if outbox_id:
            yield outbox_id
        case CouponShown(outbox_id=outbox_id) | CouponCounted(outbox_id=outbox_id):
            yield outbox_id
        case CouponHidden(outbox_id=outbox_id) if outbox_id:
            yield outbox_id
        case GiftReturned(outbox_id=outbox_id):
            yield outbox_id
        case ProductEdited(outbox_id=outbox_id) | ListingChanged(outbox_id=outbox_id) if outbox_id:
            yield outbox_id
