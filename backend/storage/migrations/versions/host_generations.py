"""The generation of a room's host tokens, by which a leaked one can be ended."""

import sqlalchemy as sa
from alembic import op

revision = "host_generations"
down_revision = "looks_of_names"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column; tokens given out before are of generation 0."""
    op.add_column("rooms", sa.Column("host_generation", sa.BigInteger, nullable=False, server_default="0"))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("rooms", "host_generation")
