"""Coupons, who holds them, and which an order was placed with."""

import sqlalchemy as sa
from alembic import op

revision = "coupons"
down_revision = "one_journal"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "coupons",
        sa.Column("coupon_id", sa.String(32), nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("percent_bp", sa.Integer(), nullable=False),
        sa.Column("cap_minor", sa.BigInteger(), nullable=True),
        sa.Column("minimum_minor", sa.BigInteger(), nullable=False),
        sa.Column("spu_ids", sa.Text(), nullable=False),
        sa.Column("quota", sa.BigInteger(), nullable=False),
        sa.Column("per_buyer", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(32), nullable=True),
        sa.Column("begins_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("ends_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("claimed", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("is_stopped", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("actor", sa.String(160), nullable=False),
        sa.Column("created_at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('fixed', 'percent')", name=op.f("ck_coupons_kind_known")),
        sa.CheckConstraint("claimed >= 0 AND claimed <= quota", name=op.f("ck_coupons_claimed_within")),
        sa.PrimaryKeyConstraint("coupon_id", name=op.f("pk_coupons")),
        sa.UniqueConstraint("code", name=op.f("uq_coupons_code")),
    )
    op.create_table(
        "coupon_grants",
        sa.Column("grant_id", sa.String(32), nullable=False),
        sa.Column("coupon_id", sa.String(32), nullable=False),
        sa.Column("buyer_id", sa.String(160), nullable=False),
        sa.Column("order_id", sa.String(32), nullable=True),
        sa.Column("claimed_at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coupon_id"], ["coupons.coupon_id"], name=op.f("fk_coupon_grants_coupon_id")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.order_id"], name=op.f("fk_coupon_grants_order_id")),
        sa.PrimaryKeyConstraint("grant_id", name=op.f("pk_coupon_grants")),
        sa.UniqueConstraint("order_id", name=op.f("uq_coupon_grants_order_id")),
    )
    op.create_index(op.f("ix_coupon_grants_coupon_id"), "coupon_grants", ["coupon_id"], unique=False)
    op.create_index(
        "ix_coupon_grants_buyer_id_coupon_id", "coupon_grants", ["buyer_id", "coupon_id"], unique=False
    )
    op.add_column("orders", sa.Column("grant_id", sa.String(32), nullable=True))


def downgrade() -> None:
    """Drop the tables."""
    op.drop_column("orders", "grant_id")
    op.drop_table("coupon_grants")
    op.drop_table("coupons")
