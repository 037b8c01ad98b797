"""What buyers may ask of what the shop knows, as the routes of any node use it."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection

from backend.contract.order_lookup import FindOrder, FoundOrder
from backend.shop.orders.lookup import look_up
from backend.storage.database import Database

Answer = TypeVar("Answer")


class Privacy:
    """Who asks, and what they get of the shop's knowledge.

    All methods may raise `StorageError`, those that write `BusyError` too.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_order(self, wanted: FindOrder) -> FoundOrder | None:
        """Return an order by its number and phone; None for every other pair."""
        return await self._read(lambda connection: look_up(connection, wanted))

    async def _read(self, reading: Callable[[Connection], Answer]) -> Answer:
        def read() -> Answer:
            with self._database.reading() as connection:
                return reading(connection)

        return await asyncio.to_thread(read)
