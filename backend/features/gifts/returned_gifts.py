"""Gives the coins of gifts back, in the transaction that says that the room cannot show them any more."""

from collections.abc import Sequence

from sqlalchemy import Connection

from backend.log.entries import GiftReturned, Record
from backend.shop.coins.buying import GiftWish, return_gifts


class ReturnedGifts:
    """A companion of the event log (see `backend.log.event_log.Companion`)."""

    def __init__(self, room_id: str) -> None:
        self._room_id = room_id

    def write(self, connection: Connection, records: Sequence[Record]) -> None:
        """See `Companion.write`."""
        returned = [_wish(record.entry) for record in records if isinstance(record.entry, GiftReturned)]
        if returned:
            return_gifts(connection, self._room_id, returned, records[-1].at_ms)


def _wish(gift: GiftReturned) -> GiftWish:
    return GiftWish(gift.session_id, gift.user_id, gift.key, gift.gift_id, gift.count, gift.coins)
