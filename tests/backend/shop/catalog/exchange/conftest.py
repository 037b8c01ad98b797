"""Files of products on an empty catalogue."""

import pytest

from backend.contract.sale_settings import Profile
from tests.backend.shop.catalog.desk import Desk
from tests.backend.shop.catalog.exchange.importer import Files
from tests.backend.shop.conftest import Clock


@pytest.fixture
def files(desk: Desk, clock: Clock) -> Files:
    """Who imports files where any price may be crossed out."""
    files = Files(desk, clock)
    files.follow(Profile.OTHER)
    return files
