"""A shop in a room, on each kind of database."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from backend.shop.shop import Shop
from backend.storage.database import Database
from tests.backend.shop.goods import open_rooms, take_all_methods


class Clock:
    """A clock that the test turns."""

    def __init__(self) -> None:
        self.now_ms = 1_800_000_000_000

    def __call__(self) -> int:
        return self.now_ms

    def turn(self, by_ms: int) -> None:
        """Let time go by."""
        self.now_ms += by_ms


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still."""
    return Clock()


@pytest.fixture
async def shop(database: Database, clock: Clock) -> AsyncIterator[Shop]:
    """A shop with an empty catalogue, that is paid in every way."""
    open_rooms(database)
    take_all_methods(database)
    shop = Shop(database, clock_ms=clock)
    yield shop
    await asyncio.to_thread(shop.close)
