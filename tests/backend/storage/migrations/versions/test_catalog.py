"""The shop's first tables, on a database that the version before them made."""

import json
from collections.abc import Iterator

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

from backend.storage.database import MIGRATIONS, Database, read_rows
from backend.storage.engines import Place

BEFORE = "host_generations"
INSERT_PRODUCT = text(
    "INSERT INTO products "
    "(room_id, product_id, position, title, price_fen, market_price_fen, stock, image, version) "
    "VALUES (:room, :id, :position, :title, :price, :market, :stock, :image, 3)"
)


@pytest.fixture
def old_engine(place: Place) -> Iterator[Engine]:
    engine = place.open()
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, BEFORE)
    yield engine
    engine.dispose()


def sell(engine: Engine, room_id: str, *products: tuple[str, int, int | None, int, str]) -> None:
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO rooms (room_id, title, created_at_ms) VALUES (:r, 'A', 1)"), {"r": room_id}
        )
        for position, (product_id, price, market, stock, image) in enumerate(products):
            connection.execute(
                INSERT_PRODUCT,
                {"room": room_id, "id": product_id, "position": position, "title": f"{product_id} 礼盒"}
                | {"price": price, "market": market, "stock": stock, "image": image},
            )


def read(database: Database, query: str) -> list[dict[str, object]]:
    with database.transaction() as connection:
        return read_rows(connection, text(query))


@pytest.fixture
def migrated(old_engine: Engine, place: Place) -> Iterator[Database]:
    sell(old_engine, "main", ("demo-tea", 16800, 23800, 120, "tea.svg"), ("hoodie", 15900, None, 0, ""))
    sell(old_engine, "second", ("demo-tea", 9900, None, 7, "tea.svg"))
    database = Database(place)
    yield database
    database.close()


def test_each_room_lists_its_products_in_its_order(migrated: Database) -> None:
    assert read(migrated, "SELECT room_id, spu_id, position FROM listings ORDER BY room_id, position") == [
        {"room_id": "main", "spu_id": "main:demo-tea", "position": 0},
        {"room_id": "main", "spu_id": "hoodie", "position": 1},
        {"room_id": "second", "spu_id": "second:demo-tea", "position": 0},
    ]


def test_a_product_becomes_an_spu_with_one_sku(migrated: Database) -> None:
    [spu] = read(migrated, "SELECT * FROM spus WHERE spu_id = 'main:demo-tea'")
    assert (spu["title"], spu["images"], spu["version"]) == ("demo-tea 礼盒", json.dumps(["tea.svg"]), 3)
    [sku] = read(migrated, "SELECT * FROM skus WHERE spu_id = 'main:demo-tea'")
    assert (sku["price_minor"], sku["reference_minor"], sku["floor_minor"]) == (16800, 23800, 0)
    assert bool(sku["is_active"])


def test_stock_opens_with_a_movement(migrated: Database) -> None:
    stock = read(migrated, "SELECT sku_id, on_hand, reserved, sold FROM stock ORDER BY sku_id")
    moved = read(migrated, "SELECT sku_id, on_hand, reserved, sold FROM stock_movements ORDER BY sku_id")
    assert stock == moved
    assert [(row["sku_id"], row["on_hand"]) for row in stock] == [
        ("hoodie", 0),
        ("main:demo-tea", 120),
        ("second:demo-tea", 7),
    ]


def test_a_shop_that_sold_nothing_yet_has_its_currency(place: Place) -> None:
    database = Database(place)
    assert read(database, "SELECT * FROM shop_settings") == [{"name": "currency", "value": "CNY"}]
    assert read(database, "SELECT * FROM spus") == []
    database.close()
