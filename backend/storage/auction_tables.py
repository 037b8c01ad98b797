"""The tables of auctions: who may bid, the bids, the orders of winners, and who left one unpaid."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from backend.storage.metadata import METADATA

# `address` is the JSON of where it goes if they win; empty once the auction is over, or they were erased.
# `phone_key` is a keyed hash. `max_minor` is their highest maximum, `max_number` the bid that it came with.
AUCTION_BIDDERS: Final = Table(
    "auction_bidders",
    METADATA,
    Column("campaign_id", ForeignKey("campaigns.campaign_id"), primary_key=True),
    Column("user_id", String(152), primary_key=True),
    Column("address_id", String(32), nullable=False),
    Column("address", Text, nullable=False),
    Column("phone_key", String(160), nullable=False),
    Column("shipping_minor", BigInteger, nullable=False),
    Column("max_minor", BigInteger, nullable=False, server_default="0"),
    Column("max_at_ms", BigInteger, nullable=False, server_default="0"),
    Column("max_number", Integer, nullable=False, server_default="0"),
    # Whether their bids count no more.
    Column("is_out", Boolean, nullable=False, server_default=false()),
    CheckConstraint("shipping_minor >= 0 AND max_minor >= 0", name="money_not_negative"),
    CheckConstraint("(max_minor = 0) = (max_number = 0)", name="maximum_of_a_bid"),
    Index("ix_auction_bidders_user_id", "user_id"),
)

# `price_minor` and `leader_id` are what came of it; `at_ms` is when the server received it.
AUCTION_BIDS: Final = Table(
    "auction_bids",
    METADATA,
    Column("campaign_id", String(32), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("user_id", String(152), nullable=False),
    Column("key", String(64), nullable=False),
    Column("max_minor", BigInteger, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("price_minor", BigInteger, nullable=False),
    Column("leader_id", String(152), nullable=False),
    CheckConstraint("number > 0 AND max_minor > 0 AND price_minor > 0", name="counts_above_zero"),
    UniqueConstraint("campaign_id", "user_id", "key"),
    ForeignKeyConstraint(
        ["campaign_id", "user_id"], ["auction_bidders.campaign_id", "auction_bidders.user_id"]
    ),
)

# What an order has of an auction: its one unit.
AUCTION_ORDERS: Final = Table(
    "auction_orders",
    METADATA,
    Column("order_id", ForeignKey("orders.order_id"), primary_key=True),
    Column("campaign_id", ForeignKey("campaigns.campaign_id"), nullable=False, index=True),
    Column("user_id", String(152), nullable=False),
    Column("state", String(16), nullable=False),
    CheckConstraint("state IN ('reserved', 'sold', 'returned')", name="state_known"),
)

# By account and phone; a person is counted once an auction.
AUCTION_DEFAULTS: Final = Table(
    "auction_defaults",
    METADATA,
    Column("buyer_key", String(160), primary_key=True),
    Column("campaign_id", ForeignKey("campaigns.campaign_id"), primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
)
