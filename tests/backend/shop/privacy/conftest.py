"""A shop whose buyers ask what it knows of them."""

import pytest

from backend.shop.privacy.privacy import Privacy
from backend.shop.shop import Shop
from backend.storage.database import Database
from tests.backend.shop.conftest import Clock


@pytest.fixture
def privacy(shop: Shop, database: Database, clock: Clock) -> Privacy:
    """The privacy of a shop's buyers."""
    return Privacy(database, shop.writer, clock_ms=clock)
