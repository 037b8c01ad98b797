"""Lines that a limit counted before they said so, on both databases."""

import pytest
from sqlalchemy import text

from backend.storage.database import read_rows
from backend.storage.engines import Place
from tests.backend.storage.migrations.versions.test_after_sales import LINE, ORDER, is_refused, migrate

BEFORE = "payment_devices"
SPU = text("INSERT INTO spus (spu_id, title, created_at_ms, updated_at_ms) VALUES ('tea', '', 0, 0)")
SKU = text("INSERT INTO skus (sku_id, spu_id, price_minor) VALUES ('tea', 'tea', 5)")
LIMIT = text("INSERT INTO buyer_limits (sku_id, buyer_key, quantity) VALUES ('tea', 'user:ann', :had)")


@pytest.mark.parametrize(("had", "counted"), [(2, 2), (1, 0), (0, 0)])
def test_a_line_is_counted_where_its_buyer_has_so_many(place: Place, had: int, counted: int) -> None:
    engine = place.open()
    migrate(engine, BEFORE)
    with engine.begin() as connection:
        for statement in (SPU, SKU, ORDER, LINE):
            connection.execute(statement)
        connection.execute(LIMIT, {"had": had})
    migrate(engine, "counted_lines")
    with engine.begin() as connection:
        [row] = read_rows(connection, text("SELECT counted FROM order_lines"))
    assert row["counted"] == counted
    assert is_refused(engine, "UPDATE order_lines SET counted = 3")
    engine.dispose()
