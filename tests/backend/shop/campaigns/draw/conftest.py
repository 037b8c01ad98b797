"""A desk that draws, on each kind of database."""

from collections.abc import AsyncIterator

import pytest

from backend.storage.database import Database
from tests.backend.shop.campaigns.draw.desk import DrawDesk
from tests.backend.shop.conftest import Clock


@pytest.fixture
async def desk(database: Database, clock: Clock) -> AsyncIterator[DrawDesk]:
    """A room that is live and draws."""
    desk = DrawDesk(database, clock)
    yield desk
    await desk.close()
