"""What open orders hold of the stock without being paid, under each key of their buyer."""

import sqlalchemy as sa
from alembic import op

revision = "unpaid_holds"
down_revision = "lookups"
branch_labels = None
depends_on = None

# The address of an order that stands already is not counted: its key is not in the database.
_FILL = """
    INSERT INTO unpaid_holds (buyer_key, order_id, units)
    SELECT SUBSTR('{kind}:' || orders.{column}, 1, 160), orders.order_id, SUM(order_lines.quantity)
    FROM orders JOIN order_lines ON order_lines.order_id = orders.order_id
    WHERE orders.state = 'open' AND orders.payment_state = 'unpaid' AND orders.{column} <> ''
    AND NOT EXISTS (SELECT 1 FROM parcels WHERE parcels.order_id = orders.order_id)
    GROUP BY orders.{column}, orders.order_id
"""


def upgrade() -> None:
    """Create the table, and fill it with the orders that wait."""
    op.create_table(
        "unpaid_holds",
        sa.Column("buyer_key", sa.String(length=160), nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("units > 0", name=op.f("ck_unpaid_holds_units_above_zero")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.order_id"], name=op.f("fk_unpaid_holds_order_id")),
        sa.PrimaryKeyConstraint("buyer_key", "order_id", name=op.f("pk_unpaid_holds")),
    )
    op.create_index(op.f("ix_unpaid_holds_order_id"), "unpaid_holds", ["order_id"], unique=False)
    op.execute(_FILL.format(kind="user", column="buyer_id"))
    op.execute(_FILL.format(kind="phone", column="phone_key"))


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("unpaid_holds")
