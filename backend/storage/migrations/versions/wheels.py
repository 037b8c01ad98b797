"""Wheels: what each holds, its prizes, and who spun what."""

import sqlalchemy as sa
from alembic import op

revision = "wheels"
down_revision = "draws"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    _create_wheels()
    op.create_table(
        "wheel_prizes",
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("prize", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("stock", sa.Integer(), nullable=False),
        sa.Column("coins", sa.BigInteger(), nullable=False),
        sa.Column("coupon_id", sa.String(length=32), nullable=True),
        sa.Column("won", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("won >= 0 AND won <= stock", name=op.f("ck_wheel_prizes_won_within")),
        sa.CheckConstraint(
            "coins >= 0 AND (coins = 0 OR coupon_id IS NULL)", name=op.f("ck_wheel_prizes_coins_or_coupon")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["wheels.campaign_id"], name=op.f("fk_wheel_prizes_campaign_id")
        ),
        sa.ForeignKeyConstraint(["coupon_id"], ["coupons.coupon_id"], name=op.f("fk_wheel_prizes_coupon_id")),
        sa.PrimaryKeyConstraint("campaign_id", "prize", name=op.f("pk_wheel_prizes")),
    )
    _create_spins()


def _create_wheels() -> None:
    op.create_table(
        "wheels",
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("deck", sa.Text(), nullable=False),
        sa.Column("slots", sa.Integer(), nullable=False),
        sa.Column("coins", sa.BigInteger(), nullable=False),
        sa.Column("spun", sa.Integer(), server_default="0", nullable=False),
        sa.Column("won_coins", sa.BigInteger(), server_default="0", nullable=False),
        sa.CheckConstraint("slots >= 1 AND length(deck) = slots", name=op.f("ck_wheels_deck_whole")),
        sa.CheckConstraint("spun >= 0 AND spun <= slots", name=op.f("ck_wheels_spun_within")),
        sa.CheckConstraint("won_coins >= 0 AND won_coins <= coins", name=op.f("ck_wheels_won_coins_within")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.campaign_id"], name=op.f("fk_wheels_campaign_id")
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_wheels")),
    )


def _create_spins() -> None:
    op.create_table(
        "wheel_spins",
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("user_id", sa.String(length=152), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("prize", sa.Integer(), nullable=True),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("turn >= 0 AND turn < 10", name=op.f("ck_wheel_spins_turn_within")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["wheels.campaign_id"], name=op.f("fk_wheel_spins_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id", "prize"],
            ["wheel_prizes.campaign_id", "wheel_prizes.prize"],
            name=op.f("fk_wheel_spins_campaign_id_prize"),
        ),
        sa.PrimaryKeyConstraint("campaign_id", "place", name=op.f("pk_wheel_spins")),
        sa.UniqueConstraint(
            "campaign_id", "user_id", "turn", name=op.f("uq_wheel_spins_campaign_id_user_id_turn")
        ),
        sa.UniqueConstraint(
            "campaign_id", "user_id", "key", name=op.f("uq_wheel_spins_campaign_id_user_id_key")
        ),
    )
    op.create_index("ix_wheel_spins_campaign_id_prize", "wheel_spins", ["campaign_id", "prize"])


def downgrade() -> None:
    """Drop the tables."""
    for table in ("wheel_spins", "wheel_prizes", "wheels"):
        op.drop_table(table)
