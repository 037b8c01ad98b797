"""Flash sales: their quota, what orders hold of it, and what each buyer has."""

import sqlalchemy as sa
from alembic import op

revision = "flash_sales"
down_revision = "erased_accounts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "flash_sales",
        sa.Column("campaign_id", sa.String(32), nullable=False),
        sa.Column("room_id", sa.String(64), nullable=False),
        sa.Column("spu_id", sa.String(160), nullable=False),
        sa.Column("opens_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("closes_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("per_buyer", sa.BigInteger(), nullable=True),
        sa.Column("is_drained", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.CheckConstraint("per_buyer > 0", name=op.f("ck_flash_sales_limit_above_zero")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.campaign_id"], name="fk_flash_sales_campaign_id"
        ),
        sa.PrimaryKeyConstraint("campaign_id", name="pk_flash_sales"),
    )
    op.create_index("ix_flash_sales_room_id_closes_at_ms", "flash_sales", ["room_id", "closes_at_ms"])
    _create_offers()
    _create_holds()
    op.create_table(
        "flash_buyers",
        sa.Column("campaign_id", sa.String(32), nullable=False),
        sa.Column("buyer_key", sa.String(160), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_flash_buyers_quantity_not_negative")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["flash_sales.campaign_id"], name="fk_flash_buyers_campaign_id"
        ),
        sa.PrimaryKeyConstraint("campaign_id", "buyer_key", name="pk_flash_buyers"),
    )


def _create_offers() -> None:
    op.create_table(
        "flash_offers",
        sa.Column("campaign_id", sa.String(32), nullable=False),
        sa.Column("sku_id", sa.String(160), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("reference_minor", sa.BigInteger(), nullable=True),
        sa.Column("quota", sa.BigInteger(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("sold", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("returned", sa.BigInteger(), nullable=False, server_default="0"),
        sa.CheckConstraint("price_minor >= 0", name=op.f("ck_flash_offers_price_not_negative")),
        sa.CheckConstraint(
            "reference_minor > price_minor", name=op.f("ck_flash_offers_reference_above_price")
        ),
        sa.CheckConstraint("quota > 0", name=op.f("ck_flash_offers_quota_above_zero")),
        sa.CheckConstraint(
            "reserved >= 0 AND sold >= 0 AND returned >= 0", name=op.f("ck_flash_offers_counts_not_negative")
        ),
        sa.CheckConstraint("reserved + sold + returned <= quota", name=op.f("ck_flash_offers_within_quota")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["flash_sales.campaign_id"], name="fk_flash_offers_campaign_id"
        ),
        sa.ForeignKeyConstraint(["sku_id"], ["skus.sku_id"], name="fk_flash_offers_sku_id"),
        sa.PrimaryKeyConstraint("campaign_id", "sku_id", name="pk_flash_offers"),
    )


def _create_holds() -> None:
    op.create_table(
        "flash_holds",
        sa.Column("order_id", sa.String(32), nullable=False),
        sa.Column("sku_id", sa.String(160), nullable=False),
        sa.Column("campaign_id", sa.String(32), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("received_at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("units > 0", name=op.f("ck_flash_holds_units_above_zero")),
        sa.CheckConstraint(
            "state IN ('reserved', 'sold', 'returned')", name=op.f("ck_flash_holds_state_known")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.order_id"], name="fk_flash_holds_order_id"),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["flash_sales.campaign_id"], name="fk_flash_holds_campaign_id"
        ),
        sa.PrimaryKeyConstraint("order_id", "sku_id", name="pk_flash_holds"),
    )
    op.create_index("ix_flash_holds_campaign_id", "flash_holds", ["campaign_id"])


def downgrade() -> None:
    """Drop the tables."""
    for table in ("flash_buyers", "flash_holds", "flash_offers", "flash_sales"):
        op.drop_table(table)
