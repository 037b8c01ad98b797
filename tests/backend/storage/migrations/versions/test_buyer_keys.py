"""Limits that were counted by the text of a place, on both databases."""

import hashlib
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from backend.storage.engines import Place
from tests.backend.storage.migrations.versions.test_after_sales import ORDER, migrate

SPU = text("INSERT INTO spus (spu_id, title, created_at_ms, updated_at_ms) VALUES ('tea', '', 0, 0)")
SKU = text("INSERT INTO skus (sku_id, spu_id, price_minor) VALUES ('tea', 'tea', 1)")
LIMIT = text("INSERT INTO buyer_limits (sku_id, buyer_key, quantity) VALUES ('tea', :key, :units)")
MANY = 1100


@pytest.fixture
def engine(place: Place) -> Iterator[Engine]:
    engine = place.open()
    migrate(engine, "after_sales")
    with engine.begin() as connection:
        for statement in (SPU, SKU, ORDER):
            connection.execute(statement)
    yield engine
    engine.dispose()


def count(engine: Engine, **units: int) -> None:
    with engine.begin() as connection:
        connection.execute(LIMIT, [{"key": key, "units": number} for key, number in units.items()])


def counted(engine: Engine) -> dict[str, int]:
    with engine.begin() as connection:
        rows = connection.execute(text("SELECT buyer_key, quantity FROM buyer_limits"))
        return {str(key): int(units) for key, units in rows}


def test_places_are_counted_on_by_their_hash_each_once(engine: Engine) -> None:
    places = {f"address:cn浙江{number}": number for number in range(MANY)}
    count(engine, **places)
    migrate(engine, "buyer_keys")
    hashes = {key: hashlib.sha256(key.removeprefix("address:").encode()).hexdigest() for key in places}
    assert counted(engine) == {f"address:{hashes[key]}": units for key, units in places.items()}


def test_phones_without_a_digit_count_nobody_any_more(engine: Engine) -> None:
    count(engine, **{"phone:86": 9, "phone:": 9, "phone:8613800001111": 2, "user:ann": 2})
    migrate(engine, "buyer_keys")
    assert counted(engine) == {"phone:8613800001111": 2, "user:ann": 2}


def test_orders_of_such_phones_are_found_by_none(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE orders SET phone_key = '86'"))
    migrate(engine, "buyer_keys")
    with engine.begin() as connection:
        assert connection.scalar(text("SELECT phone_key FROM orders")) == ""
