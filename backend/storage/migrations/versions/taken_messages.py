"""Which of the shop's messages a room's log has."""

import sqlalchemy as sa
from alembic import op

revision = "taken_messages"
down_revision = "sandbox"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table, and let older messages count as taken: they lack what rooms read now."""
    op.create_table(
        "taken_messages",
        sa.Column("room_id", sa.String(length=64), nullable=False),
        sa.Column("outbox_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("room_id", "outbox_id", name=op.f("pk_taken_messages")),
    )
    op.execute("UPDATE shop_outbox SET taken_at_ms = at_ms WHERE taken_at_ms IS NULL")
