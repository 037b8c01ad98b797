"""The tables of payments, of the shop's journal, and of the wallets in it."""

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
)

from backend.storage.metadata import COUNTED, METADATA

# Committed before the provider is called: its id is the provider's reference of the order.
PAYMENT_ATTEMPTS: Final = Table(
    "payment_attempts",
    METADATA,
    Column("attempt_id", String(32), primary_key=True),
    Column("order_id", ForeignKey("orders.order_id"), nullable=False, index=True),
    Column("provider", String(32), nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("state", String(16), nullable=False),
    Column("provider_ref", String(128)),
    Column("created_at_ms", BigInteger, nullable=False),
    Column("expires_at_ms", BigInteger, nullable=False),
    Column("asked_at_ms", BigInteger),
    Column("paid_at_ms", BigInteger),
    Column("device", String(16), nullable=False, server_default="desktop"),
    # Where its provider said last that it stands.
    Column("provider_state", String(16)),
    UniqueConstraint("provider", "provider_ref"),
    CheckConstraint("state IN ('created', 'pending', 'paid', 'failed', 'closed')", name="state_known"),
    CheckConstraint("amount_minor >= 0", name="amount_not_negative"),
)

# What a provider sent, each event once.
WEBHOOK_EVENTS: Final = Table(
    "webhook_events",
    METADATA,
    Column("provider", String(32), primary_key=True),
    Column("event_id", String(128), primary_key=True),
    Column("received_at_ms", BigInteger, nullable=False),
    Column("body_hash", String(64), nullable=False),
    Column("result", String(64), nullable=False),
)

REFUNDS: Final = Table(
    "refunds",
    METADATA,
    Column("refund_id", String(32), primary_key=True),
    Column("attempt_id", ForeignKey("payment_attempts.attempt_id"), nullable=False, index=True),
    Column("order_id", ForeignKey("orders.order_id"), nullable=False, index=True),
    Column("amount_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(200), nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    # How often its provider was asked for it, and before when it is not asked again.
    Column("tries", BigInteger, nullable=False, server_default="0"),
    Column("next_try_at_ms", BigInteger, nullable=False, server_default="0"),
    # The name of the refund of the provider's console that stands in its place.
    Column("made_as", String(32)),
    # How often its provider took back that it was made.
    Column("came_back", BigInteger, nullable=False, server_default="0"),
    CheckConstraint("state IN ('requested', 'done', 'failed')", name="state_known"),
    CheckConstraint("amount_minor > 0", name="amount_above_zero"),
    Index("ix_refunds_state_at_ms", "state", "at_ms"),
)

# Money that came and matches nothing; staff must look at it.
SUSPENSE: Final = Table(
    "suspense",
    METADATA,
    Column("suspense_id", COUNTED, primary_key=True),
    Column("provider", String(32), nullable=False),
    Column("ref", String(128), nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("reason", String(200), nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("attempt_id", String(128), nullable=False, server_default=""),
    Column("outcome", String(16)),
    Column("note", String(200), nullable=False, server_default=""),
    Column("settled_by", String(160)),
    Column("settled_at_ms", BigInteger),
    # What its provider is known to have given back of it, beside what staff say.
    Column("returned_minor", BigInteger, nullable=False, server_default="0"),
    CheckConstraint("outcome IN ('returned', 'kept')", name="outcome_known"),
    sqlite_autoincrement=True,
)

# One row a movement of money, each (kind, ref) once; rows never change.
SHOP_JOURNAL: Final = Table(
    "shop_journal",
    METADATA,
    Column("journal_id", COUNTED, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("ref", String(200), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    UniqueConstraint("kind", "ref"),
    sqlite_autoincrement=True,
)

# The two or more sides of a movement; their sum is 0.
SHOP_POSTINGS: Final = Table(
    "shop_postings",
    METADATA,
    Column("journal_id", ForeignKey("shop_journal.journal_id"), primary_key=True),
    Column("account", String(160), primary_key=True),
    Column("amount_minor", BigInteger, nullable=False),
    Index("ix_shop_postings_account", "account"),
)

# What each person has in coins: derived from the postings of `wallet:<user>`, and kept beside them so that
# the database itself refuses what nobody has. `version` grows with each movement.
WALLETS: Final = Table(
    "wallets",
    METADATA,
    Column("user_id", String(152), primary_key=True),
    Column("coins", BigInteger, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("changed_at_ms", BigInteger, nullable=False),
    CheckConstraint("coins >= 0", name="coins_not_negative"),
    Index("ix_wallets_changed_at_ms", "changed_at_ms"),
)

# Who said that they are old enough to buy and to give coins: once a person.
AGES: Final = Table(
    "ages",
    METADATA,
    Column("user_id", String(152), primary_key=True),
    Column("age", Integer, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)

# Where movements of coins stood before there was one journal: the record of a room's log that made them.
FORMER_MOVEMENTS: Final = Table(
    "former_movements",
    METADATA,
    Column("journal_id", COUNTED, ForeignKey("shop_journal.journal_id"), primary_key=True),
    Column("room_id", ForeignKey("rooms.room_id"), nullable=False),
    Column("number", BigInteger, nullable=False),
    UniqueConstraint("room_id", "number"),
)

# How shipping is counted, as JSON.
SHIPPING_TEMPLATES: Final = Table(
    "shipping_templates",
    METADATA,
    Column("template_id", String(32), primary_key=True),
    Column("body", Text, nullable=False),
)
