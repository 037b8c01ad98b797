"""Money that was put aside before it could be settled, on both databases."""

from sqlalchemy import text

from backend.storage.database import read_rows
from backend.storage.engines import Place
from tests.backend.storage.migrations.versions.test_after_sales import is_refused, migrate

BEFORE = "outgoing_webhooks"
ITEM = text(
    "INSERT INTO suspense (provider, ref, amount_minor, currency, reason, at_ms) "
    "VALUES ('stripe', 'x', 5, 'CNY', '', 0)"
)


def test_money_that_was_put_aside_is_open(place: Place) -> None:
    engine = place.open()
    migrate(engine, BEFORE)
    with engine.begin() as connection:
        connection.execute(ITEM)
    migrate(engine, "settled_suspense")
    with engine.begin() as connection:
        [row] = read_rows(connection, text("SELECT attempt_id, outcome, settled_at_ms FROM suspense"))
    assert tuple(row.values()) == ("", None, None)
    assert is_refused(engine, "UPDATE suspense SET outcome = 'lost'")
    assert not is_refused(engine, "UPDATE suspense SET outcome = 'kept'")
    engine.dispose()
