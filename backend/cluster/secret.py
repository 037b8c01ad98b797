"""The signing secret that all nodes share, so that a token of one node is valid on every node."""

from sqlalchemy import insert, select

from backend.storage.database import Database
from backend.storage.tables import SHARED_SECRETS

NAME = "tokens"


def shared_secret(database: Database, ours: bytes) -> bytes:
    """Return the secret in the database; where there is none yet, ours becomes it. This blocks."""
    with database.transaction() as connection:
        found = connection.scalar(select(SHARED_SECRETS.c.secret).where(SHARED_SECRETS.c.name == NAME))
        if found is not None:
            return str(found).encode()
        connection.execute(insert(SHARED_SECRETS).values(name=NAME, secret=ours.decode()))
        return ours
