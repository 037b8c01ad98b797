"""Campaigns: what runs, what was refused, templates, and the most that a session gives away."""

import sqlalchemy as sa
from alembic import op

revision = "campaigns"
down_revision = "coupon_claims"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    _create_campaigns()
    op.create_table(
        "campaign_refusals",
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("tenth", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("requests", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.campaign_id"], name=op.f("fk_campaign_refusals_campaign_id")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "tenth", "reason", name=op.f("pk_campaign_refusals")),
    )
    op.create_table(
        "campaign_templates",
        sa.Column("template_id", sa.String(length=32), nullable=False),
        sa.Column("room_id", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=64), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(length=160), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.room_id"], name=op.f("fk_campaign_templates_room_id")),
        sa.PrimaryKeyConstraint("template_id", name=op.f("pk_campaign_templates")),
    )
    op.create_index("ix_campaign_templates_room_id", "campaign_templates", ["room_id"])
    op.create_table(
        "campaign_budgets",
        sa.Column("room_id", sa.String(length=64), nullable=False),
        sa.Column("session_coins", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("session_coins >= 0", name=op.f("ck_campaign_budgets_coins_not_negative")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.room_id"], name=op.f("fk_campaign_budgets_room_id")),
        sa.PrimaryKeyConstraint("room_id", name=op.f("pk_campaign_budgets")),
    )


def _create_campaigns() -> None:
    op.create_table(
        "campaigns",
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("room_id", sa.String(length=64), nullable=False),
        sa.Column("session_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("phase", sa.String(length=16), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=64), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column("opens_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("closes_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("next_at_ms", sa.BigInteger(), nullable=True),
        sa.Column("end_reason", sa.String(length=16), nullable=False),
        sa.Column("public_reason", sa.String(length=200), nullable=False),
        sa.Column("coins", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(length=160), nullable=False),
        sa.Column("created_at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("coins >= 0", name=op.f("ck_campaigns_coins_not_negative")),
        sa.CheckConstraint(
            "phase IN ('preheat', 'open', 'closing', 'drawing', 'ended', 'void')",
            name=op.f("ck_campaigns_phase_known"),
        ),
        sa.CheckConstraint(
            "(next_at_ms IS NULL) = (phase IN ('ended', 'void'))",
            name=op.f("ck_campaigns_leaves_each_phase_by_time"),
        ),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.room_id"], name=op.f("fk_campaigns_room_id")),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_campaigns")),
    )
    op.create_index("ix_campaigns_room_id_campaign_id", "campaigns", ["room_id", "campaign_id"])
    is_running = sa.text("next_at_ms IS NOT NULL")
    op.create_index(
        "ix_campaigns_next_at_ms",
        "campaigns",
        ["next_at_ms"],
        sqlite_where=is_running,
        postgresql_where=is_running,
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in ("campaign_budgets", "campaign_templates", "campaign_refusals", "campaigns"):
        op.drop_table(table)
