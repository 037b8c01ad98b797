"""The tables of the sandbox, which plays a payment provider: what a real one keeps on its own machines."""

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
    text,
)

from backend.storage.metadata import COUNTED, METADATA

# `received_minor` is what came, which can differ from what was asked for; late money comes at `pays_at_ms`.
SANDBOX_PAYMENTS: Final = Table(
    "sandbox_payments",
    METADATA,
    Column("attempt_id", String(32), primary_key=True),
    Column("ref", String(64), nullable=False, unique=True),
    Column("amount_minor", BigInteger, nullable=False),
    Column("received_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("state", String(16), nullable=False),
    Column("expires_at_ms", BigInteger, nullable=False),
    Column("pays_at_ms", BigInteger),
    CheckConstraint("state IN ('pending', 'paid', 'failed', 'closed')", name="state_known"),
    Index(
        "ix_sandbox_payments_pays_at_ms",
        "pays_at_ms",
        sqlite_where=text("pays_at_ms IS NOT NULL"),
        postgresql_where=text("pays_at_ms IS NOT NULL"),
    ),
)

SANDBOX_REFUNDS: Final = Table(
    "sandbox_refunds",
    METADATA,
    Column("refund_id", String(32), primary_key=True),
    Column("attempt_id", ForeignKey("sandbox_payments.attempt_id"), nullable=False, index=True),
    Column("amount_minor", BigInteger, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)

# Webhooks to send, each again until it is answered; `delivered_at_ms` is set when that is so, or given up.
SANDBOX_NOTICES: Final = Table(
    "sandbox_notices",
    METADATA,
    Column("notice_id", COUNTED, primary_key=True),
    Column("provider", String(32), nullable=False),
    Column("body", Text, nullable=False),
    Column("due_at_ms", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("delivered_at_ms", BigInteger),
    Index(
        "ix_sandbox_notices_due_at_ms",
        "due_at_ms",
        sqlite_where=text("delivered_at_ms IS NULL"),
        postgresql_where=text("delivered_at_ms IS NULL"),
    ),
    sqlite_autoincrement=True,
)
