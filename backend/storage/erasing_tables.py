"""The tables of whose account was erased, and who is being erased from the rooms' logs, how far that is."""

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, String, Table, Text

from backend.storage.metadata import METADATA

# One row a person and room. `up_to_number` is the entry that says that they are gone, NULL until the room has
# it; `number` the last entry that was looked at, and `known` what those after it need from those before.
LOG_ERASINGS: Final = Table(
    "log_erasings",
    METADATA,
    Column("user_id", String(160), primary_key=True),
    Column("room_id", ForeignKey("rooms.room_id"), primary_key=True),
    Column("asked_at_ms", BigInteger, nullable=False),
    Column("up_to_number", BigInteger),
    Column("number", BigInteger, nullable=False),
    Column("known", Text, nullable=False),
    Column("done_at_ms", BigInteger),
)

# Kept for good: a token that the user was given as a guest names them as long as it is valid.
ERASED_ACCOUNTS: Final = Table(
    "erased_accounts",
    METADATA,
    Column("user_id", String(160), primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
)
