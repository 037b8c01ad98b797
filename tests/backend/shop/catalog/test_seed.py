from sqlalchemy import select

from backend.shop.catalog.listing import read_listing
from backend.shop.catalog.seed import seed_listing
from backend.shop.demo import DEMO_PRODUCTS
from backend.storage.catalog_tables import SPUS
from backend.storage.database import Database
from tests.backend.shop.goods import check_books, open_rooms


def test_an_empty_listing_is_filled_once(database: Database) -> None:
    open_rooms(database)
    for _ in range(2):
        with database.transaction() as connection:
            seed_listing(connection, "main", DEMO_PRODUCTS, 1)
    with database.reading() as connection:
        listing = read_listing(connection, "main")
    assert [(product.number, product.spu_id) for product in listing][:2] == [
        (1, "demo-tea"),
        (2, "demo-lipstick"),
    ]
    assert [sku.price_minor for sku in listing[0].skus] == [16800]
    assert listing[0].images == ["/media/products/tea.svg"]
    check_books(database)


def test_two_rooms_sell_products_of_their_own(database: Database) -> None:
    open_rooms(database, "main", "second")
    with database.transaction() as connection:
        seed_listing(connection, "main", DEMO_PRODUCTS[:1], 1)
        seed_listing(connection, "second", DEMO_PRODUCTS[:1], 1)
        assert set(connection.scalars(select(SPUS.c.spu_id))) == {"demo-tea", "second:demo-tea"}
