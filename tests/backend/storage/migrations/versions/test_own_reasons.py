"""The shop's own reasons in histories that were written in English, on both databases."""

import pytest
from sqlalchemy import text

from backend.contract.own_reasons import OwnReason
from backend.storage.engines import Place
from tests.backend.storage.migrations.versions.test_after_sales import migrate
from tests.backend.storage.migrations.versions.test_unpaid_holds import ORDER


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("not paid in time", OwnReason.NOT_PAID_IN_TIME),
        ("late payment", OwnReason.PAID_AFTER_ALL),
        ("10 days sent", OwnReason.SENT_LONG_AGO),
        ("7 days delivered", OwnReason.ARRIVED_LONG_AGO),
        ("the buyer called", "the buyer called"),
    ],
)
def test_reasons_that_stood_in_english_become_codes(place: Place, before: str, after: str) -> None:
    engine = place.open()
    migrate(engine, "keyed_buyers")
    with engine.begin() as connection:
        connection.execute(ORDER, {"id": "o", "state": "cancelled", "paid": "unpaid"})
        change = "INSERT INTO order_changes VALUES ('o', 2, 'order', 'open', 'cancelled', 'timer', :why, 1)"
        connection.execute(text(change), {"why": before})
    migrate(engine, "own_reasons")
    with engine.begin() as connection:
        reason = connection.scalar(text("SELECT reason FROM order_changes"))
    engine.dispose()
    assert reason == after
