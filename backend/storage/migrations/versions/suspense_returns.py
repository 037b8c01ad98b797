"""How much of money that was put aside its provider gave back."""

import sqlalchemy as sa
from alembic import op

revision = "suspense_returns"
down_revision = "refund_tries"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column(
        "suspense", sa.Column("returned_minor", sa.BigInteger(), server_default="0", nullable=False)
    )


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("suspense", "returned_minor")
