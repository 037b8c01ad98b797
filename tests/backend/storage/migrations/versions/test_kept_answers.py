"""Answers that were kept whole, on both databases."""

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from backend.storage.engines import Place
from tests.backend.storage.migrations.versions.test_after_sales import migrate

HOME = {"name": "陈小美", "phone": "13800001111"}
KEY = text(
    "INSERT INTO idempotency_keys (actor, route, key, body_hash, status, answer, at_ms) "
    "VALUES ('ann', :route, 'k', '', 201, :answer, 0)"
)


@pytest.fixture
def engine(place: Place) -> Iterator[Engine]:
    engine = place.open()
    migrate(engine, "buyer_keys")
    yield engine
    engine.dispose()


def test_of_orders_and_addresses_the_id_is_left_and_all_else_stays(engine: Engine) -> None:
    answers: dict[str, dict[str, object]] = {
        "orders": {"order_id": "o", "number": "1", "address": HOME},
        "addresses": {"address_id": "a", "address": HOME, "is_default": True},
        "attempts o": {"attempt_id": "t", "order_id": "o", "amount_minor": 1},
        "cases o": {"case_id": "c", "order_id": "o", "reason": 'the "address" was wrong'},
    }
    with engine.begin() as connection:
        connection.execute(KEY, [{"route": r, "answer": json.dumps(a)} for r, a in answers.items()])
    migrate(engine, "kept_answers")
    with engine.begin() as connection:
        rows = connection.execute(text("SELECT route, answer FROM idempotency_keys"))
        kept = {str(route): json.loads(answer) for route, answer in rows}
    assert kept == answers | {"orders": {"order_id": "o"}, "addresses": {"address_id": "a"}}
