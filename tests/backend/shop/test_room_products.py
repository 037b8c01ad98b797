from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from backend.features.live.store import RoomStore
from backend.shop.demo import DEMO_PRODUCTS
from backend.shop.room_products import Catalog, CatalogStore, NewProduct
from backend.storage.database import Database

PICTURES = Path(__file__).parents[3] / "resources" / "demo" / "products"
MUG = NewProduct("mug", "马克杯", 2900, None, 7, "")


@pytest.fixture
def store(database: Database) -> CatalogStore:
    for room_id in ("main", "other"):
        RoomStore(database, room_id).open("直播间", 1)
    return CatalogStore(database, "main")


def test_products_are_numbered_in_the_hosts_order(store: CatalogStore) -> None:
    store.seed(DEMO_PRODUCTS)
    products = store.load().products
    assert [product.number for product in products] == [1, 2, 3, 4, 5]
    assert [product.product_id for product in products] == [product.product_id for product in DEMO_PRODUCTS]
    assert products[0].image_url == "/media/products/tea.svg"


def test_a_product_without_a_picture_has_no_address_of_one(store: CatalogStore) -> None:
    store.seed([MUG])
    assert store.load().products[0].image_url == ""


def test_a_shops_own_products_are_never_touched(store: CatalogStore) -> None:
    store.seed([MUG])
    store.seed(DEMO_PRODUCTS)
    assert [product.product_id for product in store.load().products] == ["mug"]


def test_a_stock_below_nothing_is_refused_by_the_database_itself(store: CatalogStore) -> None:
    with pytest.raises(IntegrityError):
        store.seed([NewProduct("mug", "马克杯", 2900, None, -1, "")])
    assert store.load().products == []


def test_an_unknown_product_is_none() -> None:
    assert Catalog().get("nope") is None


def test_every_demo_product_has_a_drawing_and_a_price_below_the_one_it_is_compared_with() -> None:
    for product in DEMO_PRODUCTS:
        assert (PICTURES / product.image).is_file()
        assert product.market_price_fen is None or product.price_fen < product.market_price_fen
