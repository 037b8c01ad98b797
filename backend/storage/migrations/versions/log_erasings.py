"""Who is being erased from the rooms' logs, and how far that is."""

import sqlalchemy as sa
from alembic import op

revision = "log_erasings"
down_revision = "own_reasons"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "log_erasings",
        sa.Column("user_id", sa.String(160), nullable=False),
        sa.Column("room_id", sa.String(64), nullable=False),
        sa.Column("asked_at_ms", sa.BigInteger, nullable=False),
        sa.Column("up_to_number", sa.BigInteger),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("known", sa.Text, nullable=False),
        sa.Column("done_at_ms", sa.BigInteger),
        sa.PrimaryKeyConstraint("user_id", "room_id", name="pk_log_erasings"),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.room_id"], name="fk_log_erasings_room_id"),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("log_erasings")
