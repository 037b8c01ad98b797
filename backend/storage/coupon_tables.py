"""The tables of coupons, and of who holds them; money in the shop's minor unit."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from backend.storage.metadata import METADATA

# `spu_ids` is a list of texts; empty for all products. `code` is folded, NULL where nobody has to type one.
COUPONS: Final = Table(
    "coupons",
    METADATA,
    Column("coupon_id", String(32), primary_key=True),
    Column("title", String(80), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("percent_bp", Integer, nullable=False),
    Column("cap_minor", BigInteger),
    Column("minimum_minor", BigInteger, nullable=False),
    Column("spu_ids", Text, nullable=False),
    Column("quota", BigInteger, nullable=False),
    Column("per_buyer", Integer, nullable=False),
    Column("code", String(32)),
    Column("begins_at_ms", BigInteger, nullable=False),
    Column("ends_at_ms", BigInteger, nullable=False),
    Column("claimed", BigInteger, nullable=False, server_default="0"),
    Column("is_stopped", Boolean, nullable=False, server_default=false()),
    Column("condition", String(16), nullable=False, server_default="nothing"),
    Column("watch_s", Integer, nullable=False, server_default="0"),
    Column("accounts_only", Boolean, nullable=False, server_default=false()),
    Column("actor", String(160), nullable=False),
    Column("created_at_ms", BigInteger, nullable=False),
    UniqueConstraint("code"),
    CheckConstraint("kind IN ('fixed', 'percent')", name="kind_known"),
    CheckConstraint("claimed >= 0 AND claimed <= quota", name="claimed_within"),
)

# One row a coupon that was given out; `order_id` is the order that holds it.
COUPON_GRANTS: Final = Table(
    "coupon_grants",
    METADATA,
    Column("grant_id", String(32), primary_key=True),
    Column("coupon_id", ForeignKey("coupons.coupon_id"), nullable=False, index=True),
    Column("buyer_id", String(160), nullable=False),
    Column("order_id", ForeignKey("orders.order_id"), unique=True),
    Column("claimed_at_ms", BigInteger, nullable=False),
    Index("ix_coupon_grants_buyer_id_coupon_id", "buyer_id", "coupon_id"),
)

# The rooms that show a coupon to claim, and until when: they hear how many are left.
COUPON_CARDS: Final = Table(
    "coupon_cards",
    METADATA,
    Column("coupon_id", ForeignKey("coupons.coupon_id"), primary_key=True),
    Column("room_id", String(64), primary_key=True),
    Column("until_ms", BigInteger, nullable=False),
)
