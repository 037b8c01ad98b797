"""Where its provider said last that an attempt stands."""

import sqlalchemy as sa
from alembic import op

revision = "provider_states"
down_revision = "suspense_returns"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("payment_attempts", sa.Column("provider_state", sa.String(length=16), nullable=True))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("payment_attempts", "provider_state")
