"""Orders that waited for their money before it was counted, on both databases."""

from sqlalchemy import text

from backend.storage.database import read_rows
from backend.storage.engines import Place
from tests.backend.storage.migrations.versions.test_after_sales import migrate

BEFORE = "lookups"
ORDER = text(
    "INSERT INTO orders (order_id, number, buyer_id, room_id, session_id, state, payment_state, method, "
    "currency, goods_minor, discount_minor, shipping_minor, tax_minor, total_minor, address, phone_key, "
    "note, quote_hash, version, created_at_ms) "
    "VALUES (:id, :id, 'ann', 'main', '', :state, :paid, 'online', 'CNY', "
    "10, 0, 0, 0, 10, '{}', '86138', '', '', 1, 0)"
)
LINE = text(
    "INSERT INTO order_lines (order_id, line, sku_id, spu_id, quantity, title, specs, image, list_minor, "
    "unit_minor, discount_minor, net_minor, tax_rate_bp, room_id, session_id) "
    "VALUES (:id, :line, 'tea', 'tea', 2, '', '[]', '', 5, 5, 0, 10, 0, 'main', '')"
)
PARCEL = text(
    "INSERT INTO parcels (parcel_id, order_id, carrier, tracking, state, packed_at_ms) "
    "VALUES ('p', :id, 'SF', '1', 'shipped', 5)"
)


def test_orders_that_wait_are_counted_by_account_and_phone(place: Place) -> None:
    engine = place.open()
    migrate(engine, BEFORE)
    with engine.begin() as connection:
        for order_id, state, paid in (
            ("waits", "open", "unpaid"),
            ("sent", "open", "unpaid"),
            ("paid", "open", "paid"),
            ("over", "cancelled", "unpaid"),
        ):
            connection.execute(ORDER, {"id": order_id, "state": state, "paid": paid})
            for line in (1, 2):
                connection.execute(LINE, {"id": order_id, "line": line})
        connection.execute(PARCEL, {"id": "sent"})
    migrate(engine, "unpaid_holds")
    with engine.begin() as connection:
        rows = read_rows(connection, text("SELECT * FROM unpaid_holds ORDER BY buyer_key"))
    engine.dispose()
    assert [tuple(row.values()) for row in rows] == [("phone:86138", "waits", 4), ("user:ann", "waits", 4)]
