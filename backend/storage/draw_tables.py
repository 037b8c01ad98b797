"""The tables of draws: what each is sealed with, who takes part, and the goods that they won."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
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

# Goods that somebody won. `round` is 1 of who won, 2 of the next rank, who has it where it was not claimed.
DRAW_PRIZES: Final = Table(
    "draw_prizes",
    METADATA,
    Column("campaign_id", String(32), primary_key=True),
    Column("user_id", String(152), primary_key=True),
    Column("round", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("claim_until_ms", BigInteger, nullable=False),
    Column("order_id", ForeignKey("orders.order_id"), unique=True),
    ForeignKeyConstraint(["campaign_id", "user_id"], ["draw_entries.campaign_id", "draw_entries.user_id"]),
    CheckConstraint("state IN ('waiting', 'claimed', 'passed_on', 'lapsed', 'given_up')", name="state_known"),
    CheckConstraint("round > 0", name="round_from_one"),
    CheckConstraint("(order_id IS NOT NULL) = (state IN ('claimed', 'given_up'))", name="order_of_a_claim"),
    Index("ix_draw_prizes_user_id", "user_id"),
    Index(
        "ix_draw_prizes_claim_until_ms",
        "claim_until_ms",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
)
