"""Who settled money that was put aside, and how; for which attempt it came."""

import sqlalchemy as sa
from alembic import op

revision = "settled_suspense"
down_revision = "outgoing_webhooks"
branch_labels = None
depends_on = None

_ADD = (
    "ALTER TABLE suspense ADD COLUMN outcome VARCHAR(16) "
    "CONSTRAINT ck_suspense_outcome_known CHECK (outcome IN ('returned', 'kept'))"
)


def upgrade() -> None:
    """Add the columns."""
    op.add_column(
        "suspense", sa.Column("attempt_id", sa.String(length=128), server_default="", nullable=False)
    )
    op.execute(_ADD)
    op.add_column("suspense", sa.Column("note", sa.String(length=200), server_default="", nullable=False))
    op.add_column("suspense", sa.Column("settled_by", sa.String(length=160), nullable=True))
    op.add_column("suspense", sa.Column("settled_at_ms", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """Drop the columns."""
    with op.batch_alter_table("suspense") as batch:
        batch.drop_constraint(op.f("ck_suspense_outcome_known"), type_="check")
        for name in ("settled_at_ms", "settled_by", "note", "outcome", "attempt_id"):
            batch.drop_column(name)
