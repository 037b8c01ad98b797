"""How many units of an order's line stand in the limits of its buyer."""

from alembic import op

revision = "counted_lines"
down_revision = "payment_devices"
branch_labels = None
depends_on = None

# One statement that both databases take: SQLite adds a constraint only with its column.
_ADD = (
    "ALTER TABLE order_lines ADD COLUMN counted BIGINT DEFAULT 0 NOT NULL "
    "CONSTRAINT ck_order_lines_counted_within CHECK (counted >= 0 AND counted <= quantity)"
)
# What a limit counted before is told by what the buyer has under their account.
_FILL = """
    UPDATE order_lines SET counted = quantity
    WHERE EXISTS (
        SELECT 1 FROM orders JOIN buyer_limits
        ON buyer_limits.buyer_key = SUBSTR('user:' || orders.buyer_id, 1, 160)
        WHERE orders.order_id = order_lines.order_id AND orders.state <> 'cancelled'
        AND buyer_limits.sku_id = order_lines.sku_id AND buyer_limits.quantity >= order_lines.quantity
    )
"""


def upgrade() -> None:
    """Add the column, and fill it as far as it is known."""
    op.execute(_ADD)
    op.execute(_FILL)


def downgrade() -> None:
    """Drop the column."""
    with op.batch_alter_table("order_lines") as batch:
        batch.drop_constraint(op.f("ck_order_lines_counted_within"), type_="check")
        batch.drop_column("counted")
