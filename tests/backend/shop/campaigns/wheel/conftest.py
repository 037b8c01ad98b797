"""A desk that spins wheels, on each kind of database."""

from collections.abc import AsyncIterator

import pytest

from backend.storage.database import Database
from tests.backend.shop.campaigns.wheel.desk import WheelDesk
from tests.backend.shop.conftest import Clock


@pytest.fixture
async def desk(database: Database, clock: Clock) -> AsyncIterator[WheelDesk]:
    """A room that is live and lets its viewers spin."""
    desk = WheelDesk(database, clock)
    yield desk
    await desk.close()
