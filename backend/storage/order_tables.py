"""The tables of buyers, orders and parcels; money in the minor unit of the row's currency."""

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
    text,
)

from backend.storage.metadata import COUNTED, METADATA

ADDRESSES: Final = Table(
    "addresses",
    METADATA,
    Column("address_id", String(32), primary_key=True),
    Column("buyer_id", String(160), nullable=False, index=True),
    Column("country", String(2), nullable=False),
    Column("postcode", String(16), nullable=False),
    Column("province", String(64), nullable=False),
    Column("city", String(64), nullable=False),
    Column("district", String(64), nullable=False),
    Column("street", String(200), nullable=False),
    Column("name", String(64), nullable=False),
    Column("phone", String(32), nullable=False),
    Column("email", String(254), nullable=False, server_default=""),
    Column("is_default", Boolean, nullable=False, server_default=false()),
    Column("updated_at_ms", BigInteger, nullable=False),
)

# `order_id` is a ULID, so that its order is the time's; `number` is what people read: 15 digits with a check
# digit. `address` is the JSON of the address as it was at the order.
ORDERS: Final = Table(
    "orders",
    METADATA,
    Column("order_id", String(32), primary_key=True),
    Column("number", String(15), nullable=False),
    Column("buyer_id", String(160), nullable=False),
    Column("room_id", String(64), nullable=False),
    Column("session_id", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("payment_state", String(16), nullable=False),
    Column("method", String(32), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("goods_minor", BigInteger, nullable=False),
    Column("discount_minor", BigInteger, nullable=False),
    Column("shipping_minor", BigInteger, nullable=False),
    Column("tax_minor", BigInteger, nullable=False),
    Column("total_minor", BigInteger, nullable=False),
    # Of an order of coins how many; 0 of goods.
    Column("coins", BigInteger, nullable=False, server_default="0"),
    Column("address", Text, nullable=False),
    Column("phone_key", String(64), nullable=False),
    Column("note", Text, nullable=False),
    Column("quote_hash", String(64), nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("created_at_ms", BigInteger, nullable=False),
    Column("expires_at_ms", BigInteger),
    Column("paid_at_ms", BigInteger),
    Column("closed_at_ms", BigInteger),
    Column("completes_at_ms", BigInteger),
    # The coupon that the order was placed with, whoever holds it now.
    Column("grant_id", String(32)),
    # When name, phone and address go, as the buyer asked; and whether they are gone.
    Column("erase_at_ms", BigInteger),
    Column("is_erased", Boolean, nullable=False, server_default=false()),
    # Of the e-mails to the buyer; empty where none was named.
    Column("language", String(2), nullable=False, server_default=""),
    UniqueConstraint("number"),
    CheckConstraint("state IN ('open', 'completed', 'cancelled')", name="state_known"),
    CheckConstraint(
        "payment_state IN ('unpaid', 'paid', 'part_refunded', 'refunded')", name="payment_state_known"
    ),
    CheckConstraint(
        "goods_minor >= 0 AND discount_minor >= 0 AND total_minor >= 0", name="money_not_negative"
    ),
    CheckConstraint("shipping_minor >= 0 AND tax_minor >= 0", name="charges_not_negative"),
    CheckConstraint("coins >= 0", name="coins_not_negative"),
    Index("ix_orders_buyer_id_order_id", "buyer_id", "order_id"),
    Index("ix_orders_room_id_order_id", "room_id", "order_id"),
    # Whose hold may end: few of all the orders there ever were.
    Index(
        "ix_orders_expires_at_ms",
        "expires_at_ms",
        sqlite_where=text("expires_at_ms IS NOT NULL"),
        postgresql_where=text("expires_at_ms IS NOT NULL"),
    ),
    Index(
        "ix_orders_completes_at_ms",
        "completes_at_ms",
        sqlite_where=text("completes_at_ms IS NOT NULL"),
        postgresql_where=text("completes_at_ms IS NOT NULL"),
    ),
    Index(
        "ix_orders_erase_at_ms",
        "erase_at_ms",
        sqlite_where=text("erase_at_ms IS NOT NULL"),
        postgresql_where=text("erase_at_ms IS NOT NULL"),
    ),
)

# A line as it was at the order; what the catalogue says later changes nothing here.
ORDER_LINES: Final = Table(
    "order_lines",
    METADATA,
    Column("order_id", ForeignKey("orders.order_id"), primary_key=True),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("sku_id", String(160), nullable=False, index=True),
    Column("spu_id", String(160), nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("title", String(200), nullable=False),
    Column("specs", Text, nullable=False),
    Column("image", String(200), nullable=False),
    Column("list_minor", BigInteger, nullable=False),
    Column("reference_minor", BigInteger),
    Column("unit_minor", BigInteger, nullable=False),
    Column("discount_minor", BigInteger, nullable=False),
    Column("net_minor", BigInteger, nullable=False),
    Column("tax_rate_bp", Integer, nullable=False),
    Column("campaign_id", String(64), nullable=False, server_default=""),
    Column("room_id", String(64), nullable=False),
    Column("session_id", String(64), nullable=False),
    Column("media_ms", BigInteger),
    # Units that were paid back; the dropped ones of them before they were sent.
    Column("refunded", BigInteger, nullable=False, server_default="0"),
    Column("dropped", BigInteger, nullable=False, server_default="0"),
    # Units that stand in `buyer_limits`: whether a limit counted the line when it was placed.
    Column("counted", BigInteger, nullable=False, server_default="0"),
    CheckConstraint("quantity > 0", name="quantity_above_zero"),
    CheckConstraint("refunded >= 0 AND refunded <= quantity", name="refunded_within"),
    CheckConstraint("counted >= 0 AND counted <= quantity", name="counted_within"),
    CheckConstraint("dropped >= 0 AND dropped <= refunded", name="dropped_within"),
    CheckConstraint("unit_minor >= 0 AND discount_minor >= 0 AND net_minor >= 0", name="money_not_negative"),
)

# What open orders hold of the stock without being paid or sent, under each key of their buyer. The rows go
# with the first step of the order.
UNPAID_HOLDS: Final = Table(
    "unpaid_holds",
    METADATA,
    Column("buyer_key", String(160), primary_key=True),
    Column("order_id", ForeignKey("orders.order_id"), primary_key=True, index=True),
    Column("units", BigInteger, nullable=False),
    CheckConstraint("units > 0", name="units_above_zero"),
)

# One row a change, by the version it made; order, payment, parcels and cases are axes of their own.
ORDER_CHANGES: Final = Table(
    "order_changes",
    METADATA,
    Column("order_id", ForeignKey("orders.order_id"), primary_key=True),
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("axis", String(8), nullable=False),
    Column("from_state", String(16), nullable=False),
    Column("to_state", String(16), nullable=False),
    Column("actor", String(160), nullable=False),
    Column("reason", String(200), nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    CheckConstraint("axis IN ('order', 'payment', 'parcel', 'case')", name="axis_known"),
)

# What staff note on an order for each other.
ORDER_MARKS: Final = Table(
    "order_marks",
    METADATA,
    Column("order_id", ForeignKey("orders.order_id"), primary_key=True),
    Column("remark", String(200), nullable=False),
    Column("is_flagged", Boolean, nullable=False),
    Column("actor", String(160), nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)

# `case_id` names the exchange that a replacement is for.
PARCELS: Final = Table(
    "parcels",
    METADATA,
    Column("parcel_id", String(32), primary_key=True),
    Column("order_id", ForeignKey("orders.order_id"), nullable=False, index=True),
    Column("carrier", String(64), nullable=False),
    Column("tracking", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("packed_at_ms", BigInteger, nullable=False),
    Column("shipped_at_ms", BigInteger),
    Column("delivered_at_ms", BigInteger),
    Column("case_id", String(32)),
    Column("due_at_ms", BigInteger),
    CheckConstraint("state IN ('packed', 'shipped', 'delivered')", name="state_known"),
    Index(
        "ix_parcels_due_at_ms",
        "due_at_ms",
        sqlite_where=text("due_at_ms IS NOT NULL"),
        postgresql_where=text("due_at_ms IS NOT NULL"),
    ),
)

PARCEL_LINES: Final = Table(
    "parcel_lines",
    METADATA,
    Column("parcel_id", ForeignKey("parcels.parcel_id"), primary_key=True),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("quantity", BigInteger, nullable=False),
    CheckConstraint("quantity > 0", name="quantity_above_zero"),
)

# Answers that were given once; the same key with another body is refused.
IDEMPOTENCY_KEYS: Final = Table(
    "idempotency_keys",
    METADATA,
    Column("actor", String(160), primary_key=True),
    Column("route", String(64), primary_key=True),
    Column("key", String(128), primary_key=True),
    Column("body_hash", String(64), nullable=False),
    Column("status", Integer, nullable=False),
    Column("answer", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    # Of those that are cleared after a time.
    Index(
        "ix_idempotency_keys_at_ms",
        "at_ms",
        sqlite_where=text("route != 'orders'"),
        postgresql_where=text("route != 'orders'"),
    ),
)

# What the shop's transactions have for rooms. A room's owner takes rows that are not taken yet, each once,
# and in no promised order: 11 may be committed before 10.
SHOP_OUTBOX: Final = Table(
    "shop_outbox",
    METADATA,
    Column("outbox_id", COUNTED, primary_key=True),
    Column("room_id", String(64), nullable=False),
    Column("session_id", String(64), nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
    Column("taken_at_ms", BigInteger),
    Index(
        "ix_shop_outbox_room_id",
        "room_id",
        sqlite_where=text("taken_at_ms IS NULL"),
        postgresql_where=text("taken_at_ms IS NULL"),
    ),
    sqlite_autoincrement=True,
)

# Which messages a room's log has: the key keeps each in it once, whoever owns the room.
TAKEN_MESSAGES: Final = Table(
    "taken_messages",
    METADATA,
    Column("room_id", String(64), primary_key=True),
    Column("outbox_id", BigInteger, primary_key=True, autoincrement=False),
    Column("number", BigInteger, nullable=False),
)
