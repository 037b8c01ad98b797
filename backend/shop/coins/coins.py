"""The shop's wallets, as rooms of any node use them."""

from collections.abc import Callable

from backend.money.wallet import NotMoved, Purse
from backend.shop.coins.buying import GiftWish, Grant, buy_gift, grant_coins
from backend.storage.writer import GroupWriter


class Coins:
    """Moves coins; what became of it reaches the room by the shop's messages.

    Args:
        writer: the shop's.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(self, writer: GroupWriter, *, clock_ms: Callable[[], int]) -> None:
        self._writer = writer
        self._clock_ms = clock_ms

    async def give(self, room_id: str, wish: GiftWish) -> Purse | NotMoved:
        """Let a viewer pay for gifts to a room."""
        return await self._writer.run(
            lambda connection: buy_gift(connection, room_id, wish, self._clock_ms())
        )

    async def grant(self, room_id: str, grant: Grant) -> Purse | NotMoved:
        """Give a viewer coins."""
        return await self._writer.run(
            lambda connection: grant_coins(connection, room_id, grant, self._clock_ms())
        )
