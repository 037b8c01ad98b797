"""A shop that sells coins, on each kind of database."""

import pytest

from backend.shop.shop import Shop
from backend.storage.database import Database
from tests.backend.shop.conftest import Clock
from tests.backend.shop.topup.coin_till import CoinTill


@pytest.fixture
def till(database: Database, shop: Shop, clock: Clock) -> CoinTill:
    """A shop that sells coins."""
    return CoinTill(database, shop, clock)
