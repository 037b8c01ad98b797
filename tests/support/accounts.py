"""Accounts for tests, as old as a test wants them."""

from sqlalchemy import insert

from backend.storage.database import Database
from backend.storage.tables import ACCOUNTS


def make_account(database: Database, user_id: str, at_ms: int) -> None:
    """Let somebody have an account since then."""
    row = {
        "user_id": user_id,
        "name": user_id,
        "name_key": user_id,
        "password_hash": "",
        "version": 1,
        "created_at_ms": at_ms,
    }
    with database.transaction() as connection:
        connection.execute(insert(ACCOUNTS).values(row))
