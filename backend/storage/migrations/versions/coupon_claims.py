"""What one has to do for a coupon, and the rooms that show it."""

import sqlalchemy as sa
from alembic import op

revision = "coupon_claims"
down_revision = "refunds_back"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the table."""
    op.add_column("coupons", sa.Column("condition", sa.String(16), nullable=False, server_default="nothing"))
    op.add_column("coupons", sa.Column("watch_s", sa.Integer(), nullable=False, server_default="0"))
    op.add_column(
        "coupons", sa.Column("accounts_only", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_table(
        "coupon_cards",
        sa.Column("coupon_id", sa.String(32), nullable=False),
        sa.Column("room_id", sa.String(64), nullable=False),
        sa.Column("until_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["coupon_id"], ["coupons.coupon_id"], name="fk_coupon_cards_coupon_id"),
        sa.PrimaryKeyConstraint("coupon_id", "room_id", name="pk_coupon_cards"),
    )


def downgrade() -> None:
    """Drop the columns and the table."""
    op.drop_table("coupon_cards")
    op.drop_column("coupons", "accounts_only")
    op.drop_column("coupons", "watch_s")
    op.drop_column("coupons", "condition")
