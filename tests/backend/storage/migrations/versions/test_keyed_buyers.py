"""Phones and places that limits counted by before they were hashed with a secret, on both databases."""

import hmac

import pytest
from sqlalchemy import text

from backend.storage.engines import Place
from tests.backend.storage.migrations.versions.test_after_sales import migrate
from tests.backend.storage.migrations.versions.test_buyer_keys import SKU, SPU
from tests.backend.storage.migrations.versions.test_unpaid_holds import ORDER

MANY = 1100


@pytest.mark.parametrize("kind", ["phone", "address"])
def test_phones_and_places_are_counted_on_by_keyed_hashes(place: Place, kind: str) -> None:
    engine = place.open()
    migrate(engine, "provider_states")
    known = {f"{kind}:86138{number}": number + 1 for number in range(MANY)} | {"user:ann": 7}
    with engine.begin() as connection:
        for statement in (SPU, SKU):
            connection.execute(statement)
        connection.execute(ORDER, {"id": "o", "state": "open", "paid": "unpaid"})
        rows = [{"key": key, "units": units} for key, units in known.items()]
        connection.execute(text("INSERT INTO buyer_limits VALUES ('tea', :key, :units)"), rows)
        connection.execute(text("INSERT INTO unpaid_holds VALUES (:key, 'o', :units)"), rows)
    migrate(engine, "keyed_buyers")
    with engine.begin() as connection:
        secret = bytes.fromhex(str(connection.scalar(text("SELECT value FROM shop_secrets"))))
        expected = {
            key if key == "user:ann" else f"{kind}:{hashed(secret, key.partition(':')[2])}": units
            for key, units in known.items()
        }
        for query in (
            "SELECT buyer_key, quantity FROM buyer_limits",
            "SELECT buyer_key, units FROM unpaid_holds",
        ):
            assert {str(key): int(units) for key, units in connection.execute(text(query))} == expected
    engine.dispose()
    assert len(secret) == 32


def hashed(secret: bytes, word: str) -> str:
    """What stands for a phone, or for the hash of a place."""
    return hmac.digest(secret, word.encode(), "sha256").hex()
