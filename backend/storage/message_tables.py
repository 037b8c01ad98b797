"""The tables of the messages between buyers and the shop's people."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    text,
)

from backend.storage.metadata import METADATA

# One row an order that has messages. `buyer_read` and `shop_read` are the numbers up to which a side has
# read; `buyer_unread` and `shop_unread` count what the other side wrote since.
ORDER_THREADS: Final = Table(
    "order_threads",
    METADATA,
    Column("order_id", ForeignKey("orders.order_id"), primary_key=True),
    Column("room_id", String(64), nullable=False),
    Column("buyer_id", String(160), nullable=False),
    Column("newest", BigInteger, nullable=False, server_default="0"),
    Column("buyer_read", BigInteger, nullable=False, server_default="0"),
    Column("shop_read", BigInteger, nullable=False, server_default="0"),
    Column("buyer_unread", BigInteger, nullable=False, server_default="0"),
    Column("shop_unread", BigInteger, nullable=False, server_default="0"),
    CheckConstraint("buyer_unread >= 0 AND shop_unread >= 0", name="unread_not_negative"),
    Index(
        "ix_order_threads_buyer_id",
        "buyer_id",
        sqlite_where=text("buyer_unread > 0"),
        postgresql_where=text("buyer_unread > 0"),
    ),
    Index(
        "ix_order_threads_room_id",
        "room_id",
        sqlite_where=text("shop_unread > 0"),
        postgresql_where=text("shop_unread > 0"),
    ),
)

ORDER_MESSAGES: Final = Table(
    "order_messages",
    METADATA,
    Column("order_id", ForeignKey("orders.order_id"), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("side", String(8), nullable=False),
    Column("author", String(160), nullable=False),
    Column("text", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    CheckConstraint("side IN ('buyer', 'shop')", name="side_known"),
    # Of the pace at which somebody writes.
    Index("ix_order_messages_author_at_ms", "author", "at_ms"),
)
