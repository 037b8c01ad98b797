"""The tables of flash sales: what is sold, what of it orders hold, and how much each buyer has."""

from typing import Final

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, ForeignKey, Index, String, Table, false

from backend.storage.metadata import METADATA

# `closes_at_ms` moves when staff stop the sale: what is received from then on is too late. Once it is
# drained, what is left of its quota has gone back to the stock.
FLASH_SALES: Final = Table(
    "flash_sales",
    METADATA,
    Column("campaign_id", ForeignKey("campaigns.campaign_id"), primary_key=True),
    Column("room_id", String(64), nullable=False),
    Column("spu_id", String(160), nullable=False),
    Column("opens_at_ms", BigInteger, nullable=False),
    Column("closes_at_ms", BigInteger, nullable=False),
    Column("per_buyer", BigInteger),
    Column("is_drained", Boolean, nullable=False, server_default=false()),
    CheckConstraint("per_buyer > 0", name="limit_above_zero"),
    Index("ix_flash_sales_room_id_closes_at_ms", "room_id", "closes_at_ms"),
)

# The quota is held in the stock's `reserved`: the part that is neither in an order nor given back.
FLASH_OFFERS: Final = Table(
    "flash_offers",
    METADATA,
    Column("campaign_id", ForeignKey("flash_sales.campaign_id"), primary_key=True),
    Column("sku_id", ForeignKey("skus.sku_id"), primary_key=True),
    Column("price_minor", BigInteger, nullable=False),
    # What may be crossed out beside it; NULL for nothing.
    Column("reference_minor", BigInteger),
    Column("quota", BigInteger, nullable=False),
    Column("reserved", BigInteger, nullable=False, server_default="0"),
    Column("sold", BigInteger, nullable=False, server_default="0"),
    # Units that went back to the stock.
    Column("returned", BigInteger, nullable=False, server_default="0"),
    CheckConstraint("price_minor >= 0", name="price_not_negative"),
    CheckConstraint("reference_minor > price_minor", name="reference_above_price"),
    CheckConstraint("quota > 0", name="quota_above_zero"),
    CheckConstraint("reserved >= 0 AND sold >= 0 AND returned >= 0", name="counts_not_negative"),
    CheckConstraint("reserved + sold + returned <= quota", name="within_quota"),
)

# What an order has of a quota. `received_at_ms` is when the server got the purchase.
FLASH_HOLDS: Final = Table(
    "flash_holds",
    METADATA,
    Column("order_id", ForeignKey("orders.order_id"), primary_key=True),
    Column("sku_id", String(160), primary_key=True),
    Column("campaign_id", ForeignKey("flash_sales.campaign_id"), nullable=False, index=True),
    Column("units", BigInteger, nullable=False),
    Column("state", String(16), nullable=False),
    Column("received_at_ms", BigInteger, nullable=False),
    CheckConstraint("units > 0", name="units_above_zero"),
    CheckConstraint("state IN ('reserved', 'sold', 'returned')", name="state_known"),
)

# Units that a buyer has reserved or paid in a sale, counted by each of their keys.
FLASH_BUYERS: Final = Table(
    "flash_buyers",
    METADATA,
    Column("campaign_id", ForeignKey("flash_sales.campaign_id"), primary_key=True),
    Column("buyer_key", String(160), primary_key=True),
    Column("quantity", BigInteger, nullable=False),
    CheckConstraint("quantity >= 0", name="quantity_not_negative"),
)
