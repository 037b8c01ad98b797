"""A desk that holds auctions, on each kind of database."""

from collections.abc import AsyncIterator

import pytest

from backend.storage.database import Database
from tests.backend.shop.campaigns.auction.desk import AuctionDesk
from tests.backend.shop.conftest import Clock


@pytest.fixture
async def desk(database: Database, clock: Clock) -> AsyncIterator[AuctionDesk]:
    """A room that is live and auctions its goods."""
    desk = AuctionDesk(database, clock)
    yield desk
    await desk.close()
