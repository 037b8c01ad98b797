"""Red packets: what each holds, the shares in their order, and who claimed which."""

import sqlalchemy as sa
from alembic import op

revision = "red_packets"
down_revision = "campaigns"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    _create_packets()
    op.create_table(
        "red_packet_shares",
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("coins", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("coins >= 0", name=op.f("ck_red_packet_shares_coins_not_negative")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["red_packets.campaign_id"], name=op.f("fk_red_packet_shares_campaign_id")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "place", name=op.f("pk_red_packet_shares")),
    )
    op.create_table(
        "red_packet_claims",
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=152), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("phone_key", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id", "place"],
            ["red_packet_shares.campaign_id", "red_packet_shares.place"],
            name=op.f("fk_red_packet_claims_campaign_id_place"),
        ),
        sa.PrimaryKeyConstraint("campaign_id", "user_id", name=op.f("pk_red_packet_claims")),
        sa.UniqueConstraint("campaign_id", "place", name=op.f("uq_red_packet_claims_campaign_id_place")),
        sa.UniqueConstraint(
            "campaign_id", "phone_key", name=op.f("uq_red_packet_claims_campaign_id_phone_key")
        ),
    )


def _create_packets() -> None:
    op.create_table(
        "red_packets",
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("shares", sa.Integer(), nullable=False),
        sa.Column("coins", sa.BigInteger(), nullable=False),
        sa.Column("coupon_id", sa.String(length=32), nullable=True),
        sa.Column("claimed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("claimed_coins", sa.BigInteger(), server_default="0", nullable=False),
        sa.CheckConstraint("claimed >= 0 AND claimed <= shares", name=op.f("ck_red_packets_claimed_within")),
        sa.CheckConstraint(
            "claimed_coins >= 0 AND claimed_coins <= coins",
            name=op.f("ck_red_packets_claimed_coins_within"),
        ),
        sa.CheckConstraint(
            "(coupon_id IS NULL AND coins >= shares) OR coins = 0",
            name=op.f("ck_red_packets_coins_or_coupons"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.campaign_id"], name=op.f("fk_red_packets_campaign_id")
        ),
        sa.ForeignKeyConstraint(["coupon_id"], ["coupons.coupon_id"], name=op.f("fk_red_packets_coupon_id")),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_red_packets")),
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in ("red_packet_claims", "red_packet_shares", "red_packets"):
        op.drop_table(table)
