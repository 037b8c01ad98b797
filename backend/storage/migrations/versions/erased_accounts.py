"""Whose account was erased: what they were given as guests opens nothing of theirs any more."""

import sqlalchemy as sa
from alembic import op

revision = "erased_accounts"
down_revision = "red_packets"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "erased_accounts",
        sa.Column("user_id", sa.String(160), nullable=False),
        sa.Column("at_ms", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_erased_accounts"),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("erased_accounts")
