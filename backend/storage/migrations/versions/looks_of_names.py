"""What accounts' names look like, so that none can be taken for another; filled when a room is opened."""

import sqlalchemy as sa
from alembic import op

revision = "looks_of_names"
down_revision = "stream_keys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column and its index."""
    op.add_column("accounts", sa.Column("look_key", sa.String(128)))
    op.create_index("ix_accounts_room_id_look_key", "accounts", ["room_id", "look_key"], unique=True)


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_accounts_room_id_look_key", "accounts")
    op.drop_column("accounts", "look_key")
