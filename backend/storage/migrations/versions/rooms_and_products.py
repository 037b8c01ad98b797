"""The first schema: rooms, what they remember, their live sessions, and their products."""

import sqlalchemy as sa
from alembic import op

revision = "rooms_and_products"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "rooms",
        sa.Column("room_id", sa.String(64), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("created_at_ms", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("room_id", name="pk_rooms"),
    )
    _create_room_facts()
    _create_live_sessions()
    _create_products()


def _create_room_facts() -> None:
    op.create_table(
        "room_facts",
        sa.Column("room_id", sa.String(64), nullable=False),
        sa.Column("phase", sa.String(16), nullable=False),
        sa.Column("session_id", sa.String(64), nullable=False),
        sa.Column("started_at_ms", sa.BigInteger),
        sa.Column("reason", sa.String(64), nullable=False),
        sa.Column("card_product_id", sa.String(64), nullable=False),
        sa.Column("card_shown_at_ms", sa.BigInteger, nullable=False),
        sa.Column("unpublished_since_ms", sa.BigInteger),
        sa.Column("alive_at_ms", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("room_id", name="pk_room_facts"),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.room_id"], name="fk_room_facts_room_id"),
    )


def _create_live_sessions() -> None:
    op.create_table(
        "live_sessions",
        sa.Column("session_id", sa.String(64), nullable=False),
        sa.Column("room_id", sa.String(64), nullable=False),
        sa.Column("started_at_ms", sa.BigInteger, nullable=False),
        sa.Column("ended_at_ms", sa.BigInteger),
        sa.Column("end_reason", sa.String(64)),
        sa.PrimaryKeyConstraint("session_id", name="pk_live_sessions"),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.room_id"], name="fk_live_sessions_room_id"),
    )
    op.create_index("ix_live_sessions_room_id", "live_sessions", ["room_id"])


def _create_products() -> None:
    op.create_table(
        "products",
        sa.Column("room_id", sa.String(64), nullable=False),
        sa.Column("product_id", sa.String(64), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("price_fen", sa.BigInteger, nullable=False),
        sa.Column("market_price_fen", sa.BigInteger),
        sa.Column("stock", sa.BigInteger, nullable=False),
        sa.Column("image", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("room_id", "product_id", name="pk_products"),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.room_id"], name="fk_products_room_id"),
        sa.CheckConstraint("price_fen >= 0", name="ck_products_price_not_negative"),
        sa.CheckConstraint("stock >= 0", name="ck_products_stock_not_negative"),
    )


def downgrade() -> None:
    """Drop the tables."""
    for name in ("products", "live_sessions", "room_facts", "rooms"):
        op.drop_table(name)
