"""What goods were offered at, and when: what a crossed-out price may say."""

import sqlalchemy as sa
from alembic import op

from backend.storage.metadata import COUNTED

revision = "offered_prices"
down_revision = "mails"
branch_labels = None
depends_on = None

# Since when the present prices stand nobody wrote down: since the last change of the product at the latest.
_PRESENT = """
INSERT INTO offered_prices (sku_id, price_minor, at_ms)
SELECT skus.sku_id, skus.price_minor, spus.updated_at_ms FROM skus JOIN spus ON spus.spu_id = skus.spu_id
WHERE skus.is_active AND spus.status = 'on_shelf' ORDER BY skus.sku_id
"""


def upgrade() -> None:
    """Create the table, and begin it with the present prices."""
    op.create_table(
        "offered_prices",
        sa.Column("offer_id", COUNTED, nullable=False),
        sa.Column("sku_id", sa.String(160), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=True),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("price_minor >= 0", name=op.f("ck_offered_prices_price_not_negative")),
        sa.ForeignKeyConstraint(["sku_id"], ["skus.sku_id"], name=op.f("fk_offered_prices_sku_id")),
        sa.PrimaryKeyConstraint("offer_id", name=op.f("pk_offered_prices")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_offered_prices_sku_id_at_ms", "offered_prices", ["sku_id", "at_ms"], unique=False)
    op.create_index(op.f("ix_order_lines_sku_id"), "order_lines", ["sku_id"], unique=False)
    op.execute(_PRESENT)


def downgrade() -> None:
    """Drop the table."""
    op.drop_index(op.f("ix_order_lines_sku_id"), "order_lines")
    op.drop_index("ix_offered_prices_sku_id_at_ms", "offered_prices")
    op.drop_table("offered_prices")
