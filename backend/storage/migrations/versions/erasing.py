"""When orders lose what names their buyer."""

import sqlalchemy as sa
from alembic import op

revision = "erasing"
down_revision = "order_marks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen the orders."""
    op.add_column("orders", sa.Column("erase_at_ms", sa.BigInteger(), nullable=True))
    op.add_column("orders", sa.Column("is_erased", sa.Boolean(), server_default=sa.false(), nullable=False))
    is_set = sa.text("erase_at_ms IS NOT NULL")
    op.create_index(
        "ix_orders_erase_at_ms",
        "orders",
        ["erase_at_ms"],
        unique=False,
        sqlite_where=is_set,
        postgresql_where=is_set,
    )


def downgrade() -> None:
    """Drop the columns."""
    op.drop_index("ix_orders_erase_at_ms", "orders")
    for name in ("is_erased", "erase_at_ms"):
        op.drop_column("orders", name)
