"""What was given by which key: a gift that is asked for again is answered alike, whenever that is."""

from collections.abc import Callable
from typing import Final

from backend.contract.coins import GivenGift
from backend.shop.idempotency import KeyReused, Request, answered, whole, write_once
from backend.storage.database import Database
from backend.storage.writer import GroupWriter

OK: Final = 200
_KEEPING: Final = whole(GivenGift)


class GivenGifts:
    """Remembers gifts by the requests that asked for them.

    The gift itself is paid once by its key, whatever happens between it and this.

    Args:
        writer: the shop's.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(self, database: Database, writer: GroupWriter, *, clock_ms: Callable[[], int]) -> None:
        self._database = database
        self._writer = writer
        self._clock_ms = clock_ms

    async def find(self, request: Request) -> GivenGift | KeyReused | None:
        """Return what was given by a key; None for a new one."""
        known = await self._database.read(lambda connection: answered(connection, request, _KEEPING))
        return known.answer if known else None

    async def keep(self, request: Request, gift: GivenGift) -> GivenGift | KeyReused:
        """Remember what was given, and return how its key is answered."""
        return await write_once(
            self._writer, request, _KEEPING, lambda _connection: gift, status=OK, clock_ms=self._clock_ms
        )
