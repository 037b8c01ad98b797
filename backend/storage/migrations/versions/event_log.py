"""The event log of each room, and the checkpoints of its folds."""

import sqlalchemy as sa
from alembic import op

revision = "event_log"
down_revision = "rooms_and_products"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "event_log",
        sa.Column("room_id", sa.String(64), nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("at_ms", sa.BigInteger, nullable=False),
        sa.Column("session_id", sa.String(64), nullable=False),
        sa.Column("media_ms", sa.BigInteger),
        sa.Column("entry", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("room_id", "number", name="pk_event_log"),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.room_id"], name="fk_event_log_room_id"),
    )
    op.create_table(
        "room_checkpoints",
        sa.Column("room_id", sa.String(64), nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("folds", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("room_id", name="pk_room_checkpoints"),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.room_id"], name="fk_room_checkpoints_room_id"),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("room_checkpoints")
    op.drop_table("event_log")
