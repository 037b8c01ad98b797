"""What was given back at the provider in the place of a refund, and how often a refund came back."""

import sqlalchemy as sa
from alembic import op

revision = "refunds_back"
down_revision = "coin_orders"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    op.add_column("refunds", sa.Column("made_as", sa.String(32)))
    op.add_column("refunds", sa.Column("came_back", sa.BigInteger, nullable=False, server_default="0"))


def downgrade() -> None:
    """Drop the columns."""
    op.drop_column("refunds", "came_back")
    op.drop_column("refunds", "made_as")
