"""A desk, on each kind of database."""

import pytest

from backend.shop.shop import Shop
from backend.storage.database import Database
from tests.backend.shop.cases.desk import Desk
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import put_on_sale


@pytest.fixture
def desk(database: Database, shop: Shop, clock: Clock) -> Desk:
    """A shop that has ten teas of ten and five cups of a thousand."""
    put_on_sale(database, "tea", price_minor=10, stock=10)
    put_on_sale(database, "cup", price_minor=1_000, stock=5)
    return Desk(database, shop, clock)
