"""Orders of coins, and who said that they are old enough to buy and to give them."""

import sqlalchemy as sa
from alembic import op

revision = "coin_orders"
down_revision = "case_pictures"
branch_labels = None
depends_on = None

# One statement that both databases take: SQLite adds a constraint only with its column.
_ADD = (
    "ALTER TABLE orders ADD COLUMN coins BIGINT DEFAULT 0 NOT NULL "
    "CONSTRAINT ck_orders_coins_not_negative CHECK (coins >= 0)"
)


def upgrade() -> None:
    """Widen the orders, which were of goods until now, and create the table."""
    op.execute(_ADD)
    op.create_table(
        "ages",
        sa.Column("user_id", sa.String(length=152), nullable=False),
        sa.Column("age", sa.Integer(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_ages")),
    )


def downgrade() -> None:
    """Drop the table and the column."""
    op.drop_table("ages")
    with op.batch_alter_table("orders") as batch:
        batch.drop_constraint(op.f("ck_orders_coins_not_negative"), type_="check")
        batch.drop_column("coins")
