"""E-mails to buyers, where they go, and in which language."""

import sqlalchemy as sa
from alembic import op

revision = "mails"
down_revision = "accounts_of_the_shop"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table, and widen addresses and orders."""
    op.add_column("addresses", sa.Column("email", sa.String(254), server_default="", nullable=False))
    op.add_column("orders", sa.Column("language", sa.String(2), server_default="", nullable=False))
    op.create_table(
        "mails",
        sa.Column("mail_id", sa.String(32), nullable=False),
        sa.Column("order_id", sa.String(32), nullable=False),
        sa.Column("room_id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("tries", sa.Integer, server_default="0", nullable=False),
        sa.Column("created_at_ms", sa.BigInteger, nullable=False),
        sa.Column("due_at_ms", sa.BigInteger),
        sa.Column("gives_up_at_ms", sa.BigInteger, nullable=False),
        sa.Column("last_error", sa.String(200), server_default="", nullable=False),
        sa.Column("last_sent_at_ms", sa.BigInteger),
        sa.CheckConstraint("state IN ('waiting', 'delivered', 'given_up')", name="ck_mails_state_known"),
        sa.PrimaryKeyConstraint("mail_id", name="pk_mails"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.order_id"], name="fk_mails_order_id"),
    )
    op.create_index("ix_mails_order_id", "mails", ["order_id"])
    is_due = sa.text("due_at_ms IS NOT NULL")
    op.create_index(
        "ix_mails_due_at_ms", "mails", ["due_at_ms"], sqlite_where=is_due, postgresql_where=is_due
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("mails")
    op.drop_column("orders", "language")
    op.drop_column("addresses", "email")
