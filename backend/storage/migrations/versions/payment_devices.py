"""What a buyer pays an attempt at: a computer or a phone."""

import sqlalchemy as sa
from alembic import op

revision = "payment_devices"
down_revision = "api_tokens"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; attempts of before were all begun as on a computer."""
    op.add_column(
        "payment_attempts",
        sa.Column("device", sa.String(length=16), server_default="desktop", nullable=False),
    )
