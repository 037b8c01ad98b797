"""Orders that stood before there were cases, on both databases."""

from collections.abc import Iterator

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from backend.storage.database import MIGRATIONS, read_rows
from backend.storage.engines import Place

BEFORE = "one_catalogue"
DAY_MS = 24 * 3_600_000
ORDER = text(
    "INSERT INTO orders (order_id, number, buyer_id, room_id, session_id, state, payment_state, method, "
    "currency, goods_minor, discount_minor, shipping_minor, tax_minor, total_minor, address, phone_key, "
    "note, quote_hash, version, created_at_ms) "
    "VALUES ('o', '1', 'ann', 'main', '', 'open', 'paid', 'online', 'CNY', "
    "10, 0, 0, 0, 10, '{}', '', '', '', 1, 0)"
)
LINE = text(
    "INSERT INTO order_lines (order_id, line, sku_id, spu_id, quantity, title, specs, image, list_minor, "
    "unit_minor, discount_minor, net_minor, tax_rate_bp, room_id, session_id) "
    "VALUES ('o', 1, 'tea', 'tea', 2, '', '[]', '', 5, 5, 0, 10, 0, 'main', '')"
)
PARCEL = text(
    "INSERT INTO parcels (parcel_id, order_id, carrier, tracking, state, packed_at_ms, shipped_at_ms) "
    "VALUES (:id, 'o', 'SF', '1', :state, 5, :shipped)"
)
CHANGE = text(
    "INSERT INTO order_changes (order_id, version, axis, from_state, to_state, actor, reason, at_ms) "
    "VALUES ('o', :version, :axis, '', 'requested', 'ann', '', 0)"
)


@pytest.fixture
def engine(place: Place) -> Iterator[Engine]:
    engine = place.open()
    migrate(engine, BEFORE)
    with engine.begin() as connection:
        connection.execute(ORDER)
        connection.execute(LINE)
        connection.execute(CHANGE, {"version": 1, "axis": "order"})
        for parcel in (("gone", "shipped", 7), ("here", "packed", None)):
            connection.execute(PARCEL, dict(zip(("id", "state", "shipped"), parcel, strict=True)))
    yield engine
    engine.dispose()


def migrate(engine: Engine, to: str) -> None:
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, to)


def is_refused(engine: Engine, statement: str) -> bool:
    try:
        with engine.begin() as connection:
            connection.execute(text(statement))
    except IntegrityError:
        return True
    return False


def test_parcels_on_their_way_get_their_ten_days(engine: Engine) -> None:
    migrate(engine, "after_sales")
    with engine.begin() as connection:
        rows = read_rows(connection, text("SELECT parcel_id, due_at_ms FROM parcels ORDER BY parcel_id"))
    assert [tuple(row.values()) for row in rows] == [("gone", 7 + 10 * DAY_MS), ("here", None)]


def test_lines_keep_what_they_had_and_count_refunds_within_their_quantity(engine: Engine) -> None:
    migrate(engine, "after_sales")
    with engine.begin() as connection:
        [row] = read_rows(connection, text("SELECT quantity, refunded, dropped FROM order_lines"))
    assert tuple(row.values()) == (2, 0, 0)
    assert is_refused(engine, "UPDATE order_lines SET refunded = 3")
    assert is_refused(engine, "UPDATE order_lines SET refunded = 1, dropped = 2")
    assert not is_refused(engine, "UPDATE order_lines SET refunded = 2, dropped = 2")


def test_changes_of_cases_stand_beside_those_of_orders(engine: Engine) -> None:
    migrate(engine, "after_sales")
    with engine.begin() as connection:
        connection.execute(CHANGE, {"version": 2, "axis": "case"})
        rows = read_rows(connection, text("SELECT axis FROM order_changes ORDER BY version"))
    assert [row["axis"] for row in rows] == ["order", "case"]
    assert is_refused(engine, "UPDATE order_changes SET axis = 'odd'")
