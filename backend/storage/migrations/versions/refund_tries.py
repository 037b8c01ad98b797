"""How often a provider was asked for a refund, and when it is asked next."""

import sqlalchemy as sa
from alembic import op

revision = "refund_tries"
down_revision = "settled_suspense"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    for name in ("tries", "next_try_at_ms"):
        op.add_column("refunds", sa.Column(name, sa.BigInteger(), server_default="0", nullable=False))


def downgrade() -> None:
    """Drop the columns."""
    for name in ("next_try_at_ms", "tries"):
        op.drop_column("refunds", name)
