"""The shop's wallets, as rooms of any node use them."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from backend.money.wallet import NotMoved, Purse
from backend.shop.coins.buying import GiftWish, Grant, Move, move_and_tell
from backend.storage.writer import GroupWriter


class Coins:
    """Moves coins; what became of it reaches the room by the shop's messages.

    Args:
        writer: the shop's.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(self, writer: GroupWriter, *, clock_ms: Callable[[], int]) -> None:
        self._writer = writer
        self._moving = _Moving(clock_ms)

    async def give(self, room_id: str, wish: GiftWish) -> Purse | NotMoved:
        """Let a viewer pay for gifts to a room."""
        return await self._writer.run_bulk(self._moving, Move(room_id, wish))

    async def grant(self, room_id: str, grant: Grant) -> Purse | NotMoved:
        """Give a viewer coins."""
        return await self._writer.run_bulk(self._moving, Move(room_id, grant))


class _Moving:
    """Moves coins for all who wait; a `BulkOperation` of the group writer."""

    def __init__(self, clock_ms: Callable[[], int]) -> None:
        self._clock_ms = clock_ms

    def perform(self, connection: Connection, items: Sequence[Move]) -> Sequence[Purse | NotMoved]:
        return move_and_tell(connection, items, self._clock_ms())
