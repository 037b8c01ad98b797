"""Goods that people won in draws, and until when they can be claimed."""

import sqlalchemy as sa
from alembic import op

revision = "draw_prizes"
down_revision = "campaign_people"
branch_labels = None
depends_on = None

_STATES = "state IN ('waiting', 'claimed', 'passed_on', 'lapsed', 'given_up')"
_HAS_ORDER = "(order_id IS NOT NULL) = (state IN ('claimed', 'given_up'))"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "draw_prizes",
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=152), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("claim_until_ms", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=True),
        sa.CheckConstraint(_STATES, name=op.f("ck_draw_prizes_state_known")),
        sa.CheckConstraint("round > 0", name=op.f("ck_draw_prizes_round_from_one")),
        sa.CheckConstraint(_HAS_ORDER, name=op.f("ck_draw_prizes_order_of_a_claim")),
        sa.ForeignKeyConstraint(
            ["campaign_id", "user_id"],
            ["draw_entries.campaign_id", "draw_entries.user_id"],
            name=op.f("fk_draw_prizes_campaign_id_user_id"),
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.order_id"], name=op.f("fk_draw_prizes_order_id")),
        sa.PrimaryKeyConstraint("campaign_id", "user_id", name=op.f("pk_draw_prizes")),
        sa.UniqueConstraint("order_id", name=op.f("uq_draw_prizes_order_id")),
    )
    op.create_index("ix_draw_prizes_user_id", "draw_prizes", ["user_id"])
    is_waiting = sa.text("state = 'waiting'")
    op.create_index(
        "ix_draw_prizes_claim_until_ms",
        "draw_prizes",
        ["claim_until_ms"],
        sqlite_where=is_waiting,
        postgresql_where=is_waiting,
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("draw_prizes")
