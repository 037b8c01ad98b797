"""A desk that gives red packets, on each kind of database."""

from collections.abc import AsyncIterator

import pytest

from backend.storage.database import Database
from tests.backend.shop.campaigns.red_packet.desk import PacketDesk
from tests.backend.shop.conftest import Clock


@pytest.fixture
async def desk(database: Database, clock: Clock) -> AsyncIterator[PacketDesk]:
    """A room that is live and gives red packets."""
    desk = PacketDesk(database, clock)
    yield desk
    await desk.close()
