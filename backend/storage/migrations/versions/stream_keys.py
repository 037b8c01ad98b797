"""The keys that other programs publish with."""

import sqlalchemy as sa
from alembic import op

revision = "stream_keys"
down_revision = "several_nodes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "stream_keys",
        sa.Column("room_id", sa.String(64), nullable=False),
        sa.Column("key_id", sa.String(16), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("created_at_ms", sa.BigInteger, nullable=False),
        sa.Column("last_used_at_ms", sa.BigInteger),
        sa.PrimaryKeyConstraint("room_id", "key_id", name="pk_stream_keys"),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.room_id"], name="fk_stream_keys_room_id"),
        sa.UniqueConstraint("room_id", "name", name="uq_stream_keys_room_id_name"),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("stream_keys")
