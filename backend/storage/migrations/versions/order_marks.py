"""What staff note on orders for each other."""

import sqlalchemy as sa
from alembic import op

revision = "order_marks"
down_revision = "counted_lines"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "order_marks",
        sa.Column("order_id", sa.String(32), nullable=False),
        sa.Column("remark", sa.String(200), nullable=False),
        sa.Column("is_flagged", sa.Boolean(), nullable=False),
        sa.Column("actor", sa.String(160), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_order_marks")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.order_id"], name=op.f("fk_order_marks_order_id")),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("order_marks")
