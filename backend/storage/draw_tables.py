"""The tables of draws: what each is sealed with, and who takes part."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from backend.storage.metadata import METADATA

# `secret` is what decides who wins, with `root` and `mix`, hexadecimal; nobody sees it before the result.
# `proven` devices revealed their number; they have until `drawn_at_ms`.
DRAWS: Final = Table(
    "draws",
    METADATA,
    Column("campaign_id", ForeignKey("campaigns.campaign_id"), primary_key=True),
    Column("secret", String(64), nullable=False),
    Column("commitment", String(64), nullable=False),
    Column("root", String(64), nullable=False),
    Column("mix", String(64), nullable=False),
    Column("entries", Integer, nullable=False),
    Column("proven", Integer, nullable=False),
    Column("closed_at_ms", BigInteger),
    Column("drawn_at_ms", BigInteger),
    CheckConstraint("proven >= 0 AND proven <= entries", name="proven_within"),
)

# A person enters once. `nonce` is empty until the device reveals it; `place` is the winner's, 0 the first.
DRAW_ENTRIES: Final = Table(
    "draw_entries",
    METADATA,
    Column("campaign_id", ForeignKey("draws.campaign_id"), primary_key=True),
    Column("user_id", String(152), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("who", String(32), nullable=False),
    Column("nonce_hash", String(64), nullable=False),
    Column("nonce", String(32), nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("place", Integer),
    Column("won_at_ms", BigInteger),
    UniqueConstraint("campaign_id", "number"),
    CheckConstraint("(place IS NULL) = (won_at_ms IS NULL)", name="place_and_time"),
    Index(
        "ix_draw_entries_user_id_won_at_ms",
        "user_id",
        "won_at_ms",
        sqlite_where=text("won_at_ms IS NOT NULL"),
        postgresql_where=text("won_at_ms IS NOT NULL"),
    ),
)
