"""Draws: what each is sealed with, and who takes part."""

import sqlalchemy as sa
from alembic import op

revision = "draws"
down_revision = "flash_sales"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "draws",
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("mix", sa.String(length=64), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("proven", sa.Integer(), nullable=False),
        sa.Column("closed_at_ms", sa.BigInteger(), nullable=True),
        sa.Column("drawn_at_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("proven >= 0 AND proven <= entries", name=op.f("ck_draws_proven_within")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.campaign_id"], name=op.f("fk_draws_campaign_id")
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_draws")),
    )
    _create_entries()


def _create_entries() -> None:
    op.create_table(
        "draw_entries",
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=152), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=32), nullable=False),
        sa.Column("nonce_hash", sa.String(length=64), nullable=False),
        sa.Column("nonce", sa.String(length=32), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("won_at_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(place IS NULL) = (won_at_ms IS NULL)", name=op.f("ck_draw_entries_place_and_time")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["draws.campaign_id"], name=op.f("fk_draw_entries_campaign_id")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "user_id", name=op.f("pk_draw_entries")),
        sa.UniqueConstraint("campaign_id", "number", name=op.f("uq_draw_entries_campaign_id_number")),
    )
    has_won = sa.text("won_at_ms IS NOT NULL")
    op.create_index(
        "ix_draw_entries_user_id_won_at_ms",
        "draw_entries",
        ["user_id", "won_at_ms"],
        sqlite_where=has_won,
        postgresql_where=has_won,
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in ("draw_entries", "draws"):
        op.drop_table(table)
