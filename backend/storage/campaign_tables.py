"""The tables that campaigns of all kinds have; a kind's own rows stand in a file of its own."""

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
    Text,
    UniqueConstraint,
    text,
)

from backend.storage.metadata import METADATA

# `terms` is the JSON of what staff chose, `progress` of what the kind keeps besides. `next_at_ms` is when
# time makes something of it; NULL once it is over.
CAMPAIGNS: Final = Table(
    "campaigns",
    METADATA,
    Column("campaign_id", String(32), primary_key=True),
    Column("room_id", ForeignKey("rooms.room_id"), nullable=False),
    Column("session_id", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("phase", String(16), nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("title", String(64), nullable=False),
    Column("terms", Text, nullable=False),
    Column("progress", Text, nullable=False),
    Column("opens_at_ms", BigInteger, nullable=False),
    Column("closes_at_ms", BigInteger, nullable=False),
    Column("next_at_ms", BigInteger),
    Column("end_reason", String(16), nullable=False),
    Column("public_reason", String(200), nullable=False),
    # Coins that it gave or holds, for the cap of a session.
    Column("coins", BigInteger, nullable=False),
    Column("actor", String(160), nullable=False),
    Column("created_at_ms", BigInteger, nullable=False),
    CheckConstraint("coins >= 0", name="coins_not_negative"),
    CheckConstraint(
        "phase IN ('preheat', 'open', 'closing', 'drawing', 'ended', 'void')", name="phase_known"
    ),
    CheckConstraint("(next_at_ms IS NULL) = (phase IN ('ended', 'void'))", name="leaves_each_phase_by_time"),
    Index("ix_campaigns_room_id_campaign_id", "room_id", "campaign_id"),
    Index(
        "ix_campaigns_next_at_ms",
        "next_at_ms",
        sqlite_where=text("next_at_ms IS NOT NULL"),
        postgresql_where=text("next_at_ms IS NOT NULL"),
    ),
)

# Requests that were refused, by the tenth of a second after the start; the accepted are the kind's own rows.
CAMPAIGN_REFUSALS: Final = Table(
    "campaign_refusals",
    METADATA,
    Column("campaign_id", ForeignKey("campaigns.campaign_id"), primary_key=True),
    Column("tenth", Integer, primary_key=True, autoincrement=False),
    Column("reason", String(32), primary_key=True),
    Column("requests", BigInteger, nullable=False),
)

# By what people are counted who take part where phones or networks are: keyed digests. Nobody else has a row.
CAMPAIGN_PEOPLE: Final = Table(
    "campaign_people",
    METADATA,
    Column("campaign_id", ForeignKey("campaigns.campaign_id"), primary_key=True),
    Column("user_id", String(152), primary_key=True),
    Column("origin", String(16), nullable=False),
    Column("phone_key", String(64)),
    UniqueConstraint("campaign_id", "phone_key"),
    Index("ix_campaign_people_user_id", "user_id"),
)

CAMPAIGN_TEMPLATES: Final = Table(
    "campaign_templates",
    METADATA,
    Column("template_id", String(32), primary_key=True),
    Column("room_id", ForeignKey("rooms.room_id"), nullable=False, index=True),
    Column("title", String(64), nullable=False),
    Column("terms", Text, nullable=False),
    Column("actor", String(160), nullable=False),
)

CAMPAIGN_BUDGETS: Final = Table(
    "campaign_budgets",
    METADATA,
    Column("room_id", ForeignKey("rooms.room_id"), primary_key=True),
    Column("session_coins", BigInteger, nullable=False),
    CheckConstraint("session_coins >= 0", name="coins_not_negative"),
)
