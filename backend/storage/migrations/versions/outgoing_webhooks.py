"""Webhooks that the shop sends: where to, and what."""

import sqlalchemy as sa
from alembic import op

revision = "outgoing_webhooks"
down_revision = "erasing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "webhook_targets",
        sa.Column("target_id", sa.String(32), nullable=False),
        sa.Column("room_id", sa.String(64), nullable=False),
        sa.Column("url", sa.String(500), nullable=False),
        sa.Column("events", sa.Text, nullable=False),
        sa.Column("created_at_ms", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("target_id", name="pk_webhook_targets"),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.room_id"], name="fk_webhook_targets_room_id"),
        sa.UniqueConstraint("room_id", "url", name="uq_webhook_targets_room_id_url"),
    )
    _create_messages()


def _create_messages() -> None:
    op.create_table(
        "webhook_messages",
        sa.Column("target_id", sa.String(32), nullable=False),
        sa.Column("message_id", sa.String(32), nullable=False),
        sa.Column("event", sa.String(32), nullable=False),
        sa.Column("order_id", sa.String(32), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("tries", sa.Integer, server_default="0", nullable=False),
        sa.Column("created_at_ms", sa.BigInteger, nullable=False),
        sa.Column("due_at_ms", sa.BigInteger),
        sa.Column("gives_up_at_ms", sa.BigInteger, nullable=False),
        sa.Column("last_status", sa.Integer),
        sa.Column("last_error", sa.String(200), server_default="", nullable=False),
        sa.Column("last_sent_at_ms", sa.BigInteger),
        sa.CheckConstraint(
            "state IN ('waiting', 'delivered', 'given_up')", name="ck_webhook_messages_state_known"
        ),
        sa.PrimaryKeyConstraint("target_id", "message_id", name="pk_webhook_messages"),
        sa.ForeignKeyConstraint(
            ["target_id"], ["webhook_targets.target_id"], name="fk_webhook_messages_target_id"
        ),
    )
    is_due = sa.text("due_at_ms IS NOT NULL")
    op.create_index(
        "ix_webhook_messages_due_at_ms",
        "webhook_messages",
        ["due_at_ms"],
        sqlite_where=is_due,
        postgresql_where=is_due,
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("webhook_messages")
    op.drop_table("webhook_targets")
