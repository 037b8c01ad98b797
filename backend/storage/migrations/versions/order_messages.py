"""Messages between the buyer of an order and the shop's people."""

import sqlalchemy as sa
from alembic import op

revision = "order_messages"
down_revision = "room_profiles"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "order_threads",
        sa.Column("order_id", sa.String(32), nullable=False),
        sa.Column("room_id", sa.String(64), nullable=False),
        sa.Column("buyer_id", sa.String(160), nullable=False),
        *(
            sa.Column(name, sa.BigInteger(), nullable=False, server_default="0")
            for name in ("newest", "buyer_read", "shop_read", "buyer_unread", "shop_unread")
        ),
        sa.CheckConstraint(
            "buyer_unread >= 0 AND shop_unread >= 0", name=op.f("ck_order_threads_unread_not_negative")
        ),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_order_threads")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.order_id"], name=op.f("fk_order_threads_order_id")),
    )
    for column, unread in (("buyer_id", "buyer_unread"), ("room_id", "shop_unread")):
        some = sa.text(f"{unread} > 0")
        op.create_index(
            f"ix_order_threads_{column}", "order_threads", [column], sqlite_where=some, postgresql_where=some
        )
    op.create_table(
        "order_messages",
        sa.Column("order_id", sa.String(32), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("side", sa.String(8), nullable=False),
        sa.Column("author", sa.String(160), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("side IN ('buyer', 'shop')", name=op.f("ck_order_messages_side_known")),
        sa.PrimaryKeyConstraint("order_id", "number", name=op.f("pk_order_messages")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.order_id"], name=op.f("fk_order_messages_order_id")),
    )
    op.create_index("ix_order_messages_author_at_ms", "order_messages", ["author", "at_ms"])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("order_messages")
    op.drop_table("order_threads")
