"""Auctions: who may bid, the bids, the orders of winners, and who left one unpaid."""

import sqlalchemy as sa
from alembic import op

revision = "auctions"
down_revision = "wheels"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    _create_bidders()
    _create_bids()
    op.create_table(
        "auction_orders",
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=152), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "state IN ('reserved', 'sold', 'returned')", name=op.f("ck_auction_orders_state_known")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.order_id"], name=op.f("fk_auction_orders_order_id")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.campaign_id"], name=op.f("fk_auction_orders_campaign_id")
        ),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_auction_orders")),
    )
    op.create_index("ix_auction_orders_campaign_id", "auction_orders", ["campaign_id"])
    op.create_table(
        "auction_defaults",
        sa.Column("buyer_key", sa.String(length=160), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.campaign_id"], name=op.f("fk_auction_defaults_campaign_id")
        ),
        sa.PrimaryKeyConstraint("buyer_key", "campaign_id", name=op.f("pk_auction_defaults")),
    )


def _create_bidders() -> None:
    op.create_table(
        "auction_bidders",
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=152), nullable=False),
        sa.Column("address_id", sa.String(length=32), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("phone_key", sa.String(length=160), nullable=False),
        sa.Column("shipping_minor", sa.BigInteger(), nullable=False),
        sa.Column("max_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("max_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("max_number", sa.Integer(), server_default="0", nullable=False),
        sa.Column("is_out", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "shipping_minor >= 0 AND max_minor >= 0", name=op.f("ck_auction_bidders_money_not_negative")
        ),
        sa.CheckConstraint(
            "(max_minor = 0) = (max_number = 0)", name=op.f("ck_auction_bidders_maximum_of_a_bid")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.campaign_id"], name=op.f("fk_auction_bidders_campaign_id")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "user_id", name=op.f("pk_auction_bidders")),
    )
    op.create_index("ix_auction_bidders_user_id", "auction_bidders", ["user_id"])


def _create_bids() -> None:
    op.create_table(
        "auction_bids",
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("user_id", sa.String(length=152), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("max_minor", sa.BigInteger(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("leader_id", sa.String(length=152), nullable=False),
        sa.CheckConstraint(
            "number > 0 AND max_minor > 0 AND price_minor > 0", name=op.f("ck_auction_bids_counts_above_zero")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id", "user_id"],
            ["auction_bidders.campaign_id", "auction_bidders.user_id"],
            name=op.f("fk_auction_bids_campaign_id_user_id"),
        ),
        sa.PrimaryKeyConstraint("campaign_id", "number", name=op.f("pk_auction_bids")),
        sa.UniqueConstraint(
            "campaign_id", "user_id", "key", name=op.f("uq_auction_bids_campaign_id_user_id_key")
        ),
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in ("auction_defaults", "auction_orders", "auction_bids", "auction_bidders"):
        op.drop_table(table)
