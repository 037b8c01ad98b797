from sqlalchemy import update

from backend.log.shop_entries import ProductLeft
from backend.shop.catalog.left import read_left
from backend.shop.catalog.seed import NewProduct, seed_listing
from backend.shop.room_products import Catalog, CatalogStore
from backend.storage.catalog_tables import STOCK
from backend.storage.database import Database
from tests.backend.shop.goods import open_rooms, put_on_sale

MUG = NewProduct("mug", "马克杯", 2900, None, 7, "")


def test_products_are_numbered_in_the_hosts_order(database: Database) -> None:
    open_rooms(database)
    for sku_id in ("tea", "cup"):
        put_on_sale(database, sku_id, price_minor=100, stock=5)
    products = CatalogStore(database, "main").load().products
    assert [(one.number, one.product_id, one.stock) for one in products] == [(1, "tea", 5), (2, "cup", 5)]
    assert products[0].image_url == "/media/products/a.png"
    assert (products[0].currency, products[0].version) == ("CNY", 1)


def test_a_product_without_a_picture_has_no_address_of_one(database: Database) -> None:
    open_rooms(database)
    with database.transaction() as connection:
        seed_listing(connection, "main", [MUG], 1)
    assert CatalogStore(database, "main").load().products[0].image_url == ""


def test_an_unknown_product_is_none() -> None:
    assert Catalog().get("nope") is None


def test_what_is_left_is_counted_without_reading_the_products_again(database: Database) -> None:
    open_rooms(database)
    for sku_id in ("tea", "cup"):
        put_on_sale(database, sku_id, price_minor=100, stock=5)
    store = CatalogStore(database, "main")
    catalog = store.load()
    with database.transaction() as connection:
        connection.execute(update(STOCK).where(STOCK.c.sku_id == "tea").values(reserved=3))
        left = read_left(connection, "main", ["tea"])
    catalog.count([*left, ProductLeft("elsewhere", {"x": 1})])
    assert catalog.products == store.load().products
    assert [one.stock for one in catalog.products] == [2, 5]
