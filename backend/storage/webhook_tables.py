"""The tables of webhooks that the shop sends."""

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

# Where they go; `events` is a JSON list. Their keys are derived from the signing secret, and nowhere kept.
WEBHOOK_TARGETS: Final = Table(
    "webhook_targets",
    METADATA,
    Column("target_id", String(32), primary_key=True),
    Column("room_id", ForeignKey("rooms.room_id"), nullable=False),
    Column("url", String(500), nullable=False),
    Column("events", Text, nullable=False),
    Column("created_at_ms", BigInteger, nullable=False),
    UniqueConstraint("room_id", "url"),
)

# Written in the transaction of what they tell; `due_at_ms` is set while a message is to be sent.
WEBHOOK_MESSAGES: Final = Table(
    "webhook_messages",
    METADATA,
    Column("target_id", ForeignKey("webhook_targets.target_id"), primary_key=True),
    Column("message_id", String(32), primary_key=True),
    Column("event", String(32), nullable=False),
    Column("order_id", String(32), nullable=False),
    Column("body", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("created_at_ms", BigInteger, nullable=False),
    Column("due_at_ms", BigInteger),
    Column("gives_up_at_ms", BigInteger, nullable=False),
    Column("last_status", Integer),
    Column("last_error", String(200), nullable=False, server_default=""),
    Column("last_sent_at_ms", BigInteger),
    CheckConstraint("state IN ('waiting', 'delivered', 'given_up')", name="state_known"),
    Index(
        "ix_webhook_messages_due_at_ms",
        "due_at_ms",
        sqlite_where=text("due_at_ms IS NOT NULL"),
        postgresql_where=text("due_at_ms IS NOT NULL"),
    ),
)
