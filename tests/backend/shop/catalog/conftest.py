"""A catalogue for its staff, on each kind of database."""

from pathlib import Path

import pytest

from backend.shop.catalog.pictures.folder import PictureFolder
from backend.shop.catalog.products import Products
from backend.shop.shop import Shop
from backend.storage.database import Database
from tests.backend.shop.catalog.desk import Desk
from tests.backend.shop.conftest import Clock


@pytest.fixture
def desk(shop: Shop, database: Database, clock: Clock, tmp_path: Path) -> Desk:
    """Who changes an empty catalogue."""
    pictures = PictureFolder(tmp_path / "products")
    products = Products(database, shop.writer, pictures=pictures, clock_ms=clock)
    return Desk(shop, database, products, pictures)
