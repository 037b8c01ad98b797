"""Orders from before coins were bought are of goods, on both databases."""

from sqlalchemy import text

from backend.storage.database import read_rows
from backend.storage.engines import Place
from tests.backend.storage.migrations.versions.test_after_sales import ORDER, is_refused, migrate

BEFORE = "case_pictures"
AGE = text("INSERT INTO ages (user_id, age, at_ms) VALUES ('ann', 18, 0)")


def test_an_order_that_stands_is_of_goods_and_owes_no_coins(place: Place) -> None:
    engine = place.open()
    migrate(engine, BEFORE)
    with engine.begin() as connection:
        connection.execute(ORDER)
    migrate(engine, "coin_orders")
    with engine.begin() as connection:
        assert read_rows(connection, text("SELECT coins FROM orders")) == [{"coins": 0}]
        connection.execute(AGE)
    assert is_refused(engine, "UPDATE orders SET coins = -1")
    assert is_refused(engine, str(AGE))
    engine.dispose()
