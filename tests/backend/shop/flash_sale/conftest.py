"""A market with ten units of tea."""

import pytest

from backend.shop.shop import Shop
from backend.storage.database import Database
from tests.backend.shop.conftest import Clock
from tests.backend.shop.flash_sale.market import Market
from tests.backend.shop.goods import put_on_sale


@pytest.fixture
async def market(shop: Shop, database: Database, clock: Clock) -> Market:
    """A room that is live and sells tea for 100."""
    put_on_sale(database, "tea", price_minor=100, stock=10)
    return Market(database, shop, clock)
