"""The tables of cases: what buyers ask for after the sale."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    false,
    text,
)

from backend.storage.metadata import METADATA

# `case_id` is a ULID. `due_at_ms` is when the present state is left, or is told to have waited too long.
CASES: Final = Table(
    "cases",
    METADATA,
    Column("case_id", String(32), primary_key=True),
    Column("order_id", ForeignKey("orders.order_id"), nullable=False, index=True),
    Column("buyer_id", String(160), nullable=False),
    Column("room_id", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(200), nullable=False),
    Column("goods_minor", BigInteger, nullable=False),
    Column("shipping_minor", BigInteger, nullable=False),
    Column("carrier", String(64), nullable=False, server_default=""),
    Column("tracking", String(64), nullable=False, server_default=""),
    Column("is_escalated", Boolean, nullable=False, server_default=false()),
    Column("due_at_ms", BigInteger),
    Column("version", BigInteger, nullable=False),
    Column("created_at_ms", BigInteger, nullable=False),
    Column("closed_at_ms", BigInteger),
    CheckConstraint("kind IN ('refund_only', 'return', 'exchange')", name="kind_known"),
    CheckConstraint(
        "state IN ('requested', 'approved', 'sent_back', 'received', 'refunded', 'exchanged', 'declined', "
        "'withdrawn')",
        name="state_known",
    ),
    CheckConstraint("goods_minor >= 0 AND shipping_minor >= 0", name="money_not_negative"),
    Index("ix_cases_buyer_id_case_id", "buyer_id", "case_id"),
    Index("ix_cases_room_id_case_id", "room_id", "case_id"),
    Index(
        "ix_cases_due_at_ms",
        "due_at_ms",
        sqlite_where=text("due_at_ms IS NOT NULL"),
        postgresql_where=text("due_at_ms IS NOT NULL"),
    ),
)

CASE_LINES: Final = Table(
    "case_lines",
    METADATA,
    Column("case_id", ForeignKey("cases.case_id"), primary_key=True),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("quantity", BigInteger, nullable=False),
    Column("restocked", BigInteger, nullable=False, server_default="0"),
    CheckConstraint("quantity > 0", name="quantity_above_zero"),
    CheckConstraint("restocked >= 0 AND restocked <= quantity", name="restocked_within"),
)

# One row a change, by the version it made.
CASE_CHANGES: Final = Table(
    "case_changes",
    METADATA,
    Column("case_id", ForeignKey("cases.case_id"), primary_key=True),
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("from_state", String(16), nullable=False),
    Column("to_state", String(16), nullable=False),
    Column("actor", String(160), nullable=False),
    Column("reason", String(200), nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)

# Pictures that the buyer attached, encoded anew; `number` is their order.
CASE_PICTURES: Final = Table(
    "case_pictures",
    METADATA,
    Column("case_id", ForeignKey("cases.case_id"), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("thumbnail", LargeBinary, nullable=False),
)
