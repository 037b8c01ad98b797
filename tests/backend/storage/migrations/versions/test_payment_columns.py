"""Refunds, money put aside and attempts that stood before their newer columns, on both databases."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from backend.shop.payments.attempts import read_attempt
from backend.shop.payments.refunds import begin_try, due
from backend.shop.payments.suspense import read_suspense
from backend.storage.engines import Place
from tests.backend.storage.migrations.versions.test_after_sales import ORDER, migrate

BEFORE = "settled_suspense"
ATTEMPT = text(
    "INSERT INTO payment_attempts (attempt_id, order_id, provider, amount_minor, currency, state, "
    "created_at_ms, expires_at_ms) VALUES ('a', 'o', 'stripe', 10, 'CNY', 'pending', 0, 9)"
)
REFUND = text(
    "INSERT INTO refunds (refund_id, attempt_id, order_id, amount_minor, currency, state, reason, at_ms) "
    "VALUES ('r', 'a', 'o', 10, 'CNY', 'requested', 'paid_late', 0)"
)
ITEM = text(
    "INSERT INTO suspense (provider, ref, amount_minor, currency, reason, at_ms) "
    "VALUES ('stripe', 'x', 5, 'CNY', '', 0)"
)


@pytest.fixture
def engine(place: Place) -> Iterator[Engine]:
    """A database of the revision before, with a row in each table."""
    engine = place.open()
    migrate(engine, BEFORE)
    with engine.begin() as connection:
        for statement in (ORDER, ATTEMPT, REFUND, ITEM):
            connection.execute(statement)
    yield engine
    engine.dispose()


def test_a_refund_that_waited_before_tries_were_counted_is_due_at_once(engine: Engine) -> None:
    migrate(engine, "head")
    with engine.begin() as connection:
        [refund] = due(connection, 0, 5)
        assert (refund.refund_id, refund.tries, refund.next_try_at_ms) == ("r", 0, 0)
        assert begin_try(connection, refund, 0)
        assert due(connection, 0, 5) == []


def test_nothing_went_back_of_money_that_was_put_aside_before_returns_were_booked(engine: Engine) -> None:
    migrate(engine, "suspense_returns")
    with engine.begin() as connection:
        [item] = read_suspense(connection, is_open=True)
    assert (item.amount_minor, item.returned_minor) == (5, 0)


def test_of_an_attempt_of_before_it_is_not_known_where_its_provider_says_it_stands(engine: Engine) -> None:
    migrate(engine, "provider_states")
    with engine.begin() as connection:
        attempt = read_attempt(connection, "a")
    assert attempt is not None
    assert (attempt.state, attempt.provider_state) == ("pending", None)
