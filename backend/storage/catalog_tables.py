"""The tables of the catalogue and its stock; prices in the shop's minor unit. JSON is kept as text."""

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
    true,
)

from backend.storage.metadata import COUNTED, METADATA

# The currency, for one: it is locked by the first order.
SHOP_SETTINGS: Final = Table(
    "shop_settings",
    METADATA,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

# What the shop keeps to itself, made with the table: `buyer_keys` is what phones and places are hashed with.
SHOP_SECRETS: Final = Table(
    "shop_secrets",
    METADATA,
    Column("name", String(64), primary_key=True),
    Column("value", String(64), nullable=False),
)

# Products as people speak of them. `tags` and `images` are lists of texts; `status` is on_shelf or off_shelf.
SPUS: Final = Table(
    "spus",
    METADATA,
    Column("spu_id", String(160), primary_key=True),
    Column("title", String(200), nullable=False),
    Column("description", Text, nullable=False, server_default=""),
    Column("category", String(100), nullable=False, server_default=""),
    Column("tags", Text, nullable=False, server_default="[]"),
    Column("images", Text, nullable=False, server_default="[]"),
    Column("status", String(16), nullable=False, server_default="on_shelf"),
    Column("version", BigInteger, nullable=False, server_default="1"),
    Column("created_at_ms", BigInteger, nullable=False),
    Column("updated_at_ms", BigInteger, nullable=False),
    CheckConstraint("status IN ('on_shelf', 'off_shelf')", name="status_known"),
)

# What is bought: one choice of specifications. `specs` is a list of [name, value].
SKUS: Final = Table(
    "skus",
    METADATA,
    Column("sku_id", String(160), primary_key=True),
    Column("spu_id", ForeignKey("spus.spu_id"), nullable=False, index=True),
    Column("code", String(64)),
    Column("specs", Text, nullable=False, server_default="[]"),
    Column("price_minor", BigInteger, nullable=False),
    Column("reference_minor", BigInteger),
    Column("floor_minor", BigInteger, nullable=False, server_default="0"),
    Column("limit_per_buyer", BigInteger),
    Column("weight_g", BigInteger, nullable=False, server_default="0"),
    Column("tax_rate_bp", Integer, nullable=False, server_default="0"),
    Column("position", Integer, nullable=False, server_default="0"),
    Column("is_active", Boolean, nullable=False, server_default=true()),
    UniqueConstraint("code"),
    CheckConstraint("price_minor >= 0", name="price_not_negative"),
    CheckConstraint("reference_minor >= 0", name="reference_not_negative"),
    CheckConstraint("floor_minor >= 0 AND floor_minor <= price_minor", name="floor_not_above_price"),
    CheckConstraint("limit_per_buyer > 0", name="limit_above_zero"),
    CheckConstraint("weight_g >= 0", name="weight_not_negative"),
    CheckConstraint("tax_rate_bp >= 0", name="tax_rate_not_negative"),
)

# What a SKU was offered at, from a time until that of its next row; NULL while it was not offered.
OFFERED_PRICES: Final = Table(
    "offered_prices",
    METADATA,
    Column("offer_id", COUNTED, primary_key=True),
    Column("sku_id", ForeignKey("skus.sku_id"), nullable=False),
    Column("price_minor", BigInteger),
    Column("at_ms", BigInteger, nullable=False),
    CheckConstraint("price_minor >= 0", name="price_not_negative"),
    Index("ix_offered_prices_sku_id_at_ms", "sku_id", "at_ms"),
    sqlite_autoincrement=True,
)

# The sums of `stock_movements`, kept beside them so that the database itself refuses what is not there.
STOCK: Final = Table(
    "stock",
    METADATA,
    Column("sku_id", ForeignKey("skus.sku_id"), primary_key=True),
    Column("on_hand", BigInteger, nullable=False),
    Column("reserved", BigInteger, nullable=False, server_default="0"),
    Column("sold", BigInteger, nullable=False, server_default="0"),
    CheckConstraint("reserved >= 0", name="reserved_not_negative"),
    CheckConstraint("on_hand >= reserved", name="on_hand_not_below_reserved"),
    CheckConstraint("sold >= 0", name="sold_not_negative"),
)

# Rows never change; `on_hand`, `reserved` and `sold` are what is added to the stock's.
STOCK_MOVEMENTS: Final = Table(
    "stock_movements",
    METADATA,
    Column("movement_id", COUNTED, primary_key=True),
    Column("sku_id", ForeignKey("skus.sku_id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("on_hand", BigInteger, nullable=False),
    Column("reserved", BigInteger, nullable=False),
    Column("sold", BigInteger, nullable=False),
    Column("reason", String(200), nullable=False),
    Column("order_id", String(32)),
    Column("actor", String(160), nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Index("ix_stock_movements_order_id", "order_id"),
    sqlite_autoincrement=True,
)

# A SKU that is made of others.
BUNDLES: Final = Table(
    "bundles",
    METADATA,
    Column("bundle_sku_id", ForeignKey("skus.sku_id"), primary_key=True),
    Column("component_sku_id", ForeignKey("skus.sku_id"), primary_key=True, index=True),
    Column("quantity", BigInteger, nullable=False),
    CheckConstraint("quantity > 0", name="quantity_above_zero"),
)

# What a room shows, in the host's order; the spoken number is the rank.
LISTINGS: Final = Table(
    "listings",
    METADATA,
    Column("room_id", ForeignKey("rooms.room_id"), primary_key=True),
    Column("spu_id", ForeignKey("spus.spu_id"), primary_key=True, index=True),
    Column("position", Integer, nullable=False),
)

# What a buyer has reserved or paid of a SKU with a limit, counted by each of their keys.
BUYER_LIMITS: Final = Table(
    "buyer_limits",
    METADATA,
    Column("sku_id", ForeignKey("skus.sku_id"), primary_key=True),
    Column("buyer_key", String(160), primary_key=True),
    Column("quantity", BigInteger, nullable=False),
    CheckConstraint("quantity >= 0", name="quantity_not_negative"),
)
