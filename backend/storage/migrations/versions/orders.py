"""Addresses, orders and parcels, answers given once, and what rooms hear of the shop."""

import sqlalchemy as sa
from alembic import op

revision = "orders"
down_revision = "catalog"
branch_labels = None
depends_on = None

# SQLite counts only a column of exactly this type.
_COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    _create_addresses()
    _create_orders()
    _index_orders()
    _create_order_lines()
    _create_order_changes()
    _create_parcels()
    _create_parcel_lines()
    _create_idempotency_keys()
    _create_shop_outbox()


def _create_addresses() -> None:
    op.create_table(
        "addresses",
        sa.Column("address_id", sa.String(length=32), nullable=False),
        sa.Column("buyer_id", sa.String(length=160), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("postcode", sa.String(length=16), nullable=False),
        sa.Column("province", sa.String(length=64), nullable=False),
        sa.Column("city", sa.String(length=64), nullable=False),
        sa.Column("district", sa.String(length=64), nullable=False),
        sa.Column("street", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=False),
        sa.Column("is_default", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("updated_at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("address_id", name=op.f("pk_addresses")),
    )
    op.create_index(op.f("ix_addresses_buyer_id"), "addresses", ["buyer_id"], unique=False)


def _create_orders() -> None:
    op.create_table(
        "orders",
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=15), nullable=False),
        sa.Column("buyer_id", sa.String(length=160), nullable=False),
        sa.Column("room_id", sa.String(length=64), nullable=False),
        sa.Column("session_id", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("payment_state", sa.String(length=16), nullable=False),
        sa.Column("method", sa.String(length=32), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("goods_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("shipping_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("phone_key", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("quote_hash", sa.String(length=64), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("expires_at_ms", sa.BigInteger(), nullable=True),
        sa.Column("paid_at_ms", sa.BigInteger(), nullable=True),
        sa.Column("closed_at_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "payment_state IN ('unpaid', 'paid', 'part_refunded', 'refunded')",
            name=op.f("ck_orders_payment_state_known"),
        ),
        sa.CheckConstraint("state IN ('open', 'completed', 'cancelled')", name=op.f("ck_orders_state_known")),
        sa.CheckConstraint(
            "goods_minor >= 0 AND discount_minor >= 0 AND total_minor >= 0",
            name=op.f("ck_orders_money_not_negative"),
        ),
        sa.CheckConstraint(
            "shipping_minor >= 0 AND tax_minor >= 0", name=op.f("ck_orders_charges_not_negative")
        ),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_orders")),
        sa.UniqueConstraint("number", name=op.f("uq_orders_number")),
    )


def _index_orders() -> None:
    op.create_index("ix_orders_buyer_id_order_id", "orders", ["buyer_id", "order_id"], unique=False)
    op.create_index(
        "ix_orders_expires_at_ms",
        "orders",
        ["expires_at_ms"],
        unique=False,
        sqlite_where=sa.text("expires_at_ms IS NOT NULL"),
        postgresql_where=sa.text("expires_at_ms IS NOT NULL"),
    )
    op.create_index("ix_orders_room_id_order_id", "orders", ["room_id", "order_id"], unique=False)


def _create_order_lines() -> None:
    op.create_table(
        "order_lines",
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sku_id", sa.String(length=160), nullable=False),
        sa.Column("spu_id", sa.String(length=160), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("specs", sa.Text(), nullable=False),
        sa.Column("image", sa.String(length=200), nullable=False),
        sa.Column("list_minor", sa.BigInteger(), nullable=False),
        sa.Column("reference_minor", sa.BigInteger(), nullable=True),
        sa.Column("unit_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_rate_bp", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.String(length=64), server_default="", nullable=False),
        sa.Column("room_id", sa.String(length=64), nullable=False),
        sa.Column("session_id", sa.String(length=64), nullable=False),
        sa.Column("media_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_order_lines_quantity_above_zero")),
        sa.CheckConstraint(
            "unit_minor >= 0 AND discount_minor >= 0 AND net_minor >= 0",
            name=op.f("ck_order_lines_money_not_negative"),
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.order_id"], name=op.f("fk_order_lines_order_id")),
        sa.PrimaryKeyConstraint("order_id", "line", name=op.f("pk_order_lines")),
    )


def _create_order_changes() -> None:
    op.create_table(
        "order_changes",
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("axis", sa.String(length=8), nullable=False),
        sa.Column("from_state", sa.String(length=16), nullable=False),
        sa.Column("to_state", sa.String(length=16), nullable=False),
        sa.Column("actor", sa.String(length=160), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "axis IN ('order', 'payment', 'parcel')", name=op.f("ck_order_changes_axis_known")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.order_id"], name=op.f("fk_order_changes_order_id")),
        sa.PrimaryKeyConstraint("order_id", "version", name=op.f("pk_order_changes")),
    )


def _create_parcels() -> None:
    op.create_table(
        "parcels",
        sa.Column("parcel_id", sa.String(length=32), nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("carrier", sa.String(length=64), nullable=False),
        sa.Column("tracking", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("packed_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("shipped_at_ms", sa.BigInteger(), nullable=True),
        sa.Column("delivered_at_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state IN ('packed', 'shipped', 'delivered')", name=op.f("ck_parcels_state_known")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.order_id"], name=op.f("fk_parcels_order_id")),
        sa.PrimaryKeyConstraint("parcel_id", name=op.f("pk_parcels")),
    )
    op.create_index(op.f("ix_parcels_order_id"), "parcels", ["order_id"], unique=False)


def _create_parcel_lines() -> None:
    op.create_table(
        "parcel_lines",
        sa.Column("parcel_id", sa.String(length=32), nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_parcel_lines_quantity_above_zero")),
        sa.ForeignKeyConstraint(["parcel_id"], ["parcels.parcel_id"], name=op.f("fk_parcel_lines_parcel_id")),
        sa.PrimaryKeyConstraint("parcel_id", "line", name=op.f("pk_parcel_lines")),
    )


def _create_idempotency_keys() -> None:
    op.create_table(
        "idempotency_keys",
        sa.Column("actor", sa.String(length=160), nullable=False),
        sa.Column("route", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("actor", "route", "key", name=op.f("pk_idempotency_keys")),
    )


def _create_shop_outbox() -> None:
    op.create_table(
        "shop_outbox",
        sa.Column("outbox_id", _COUNTED, nullable=False),
        sa.Column("room_id", sa.String(length=64), nullable=False),
        sa.Column("session_id", sa.String(length=64), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("taken_at_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("outbox_id", name=op.f("pk_shop_outbox")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_shop_outbox_room_id",
        "shop_outbox",
        ["room_id"],
        unique=False,
        sqlite_where=sa.text("taken_at_ms IS NULL"),
        postgresql_where=sa.text("taken_at_ms IS NULL"),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("shop_outbox")
    op.drop_table("idempotency_keys")
    op.drop_table("parcel_lines")
    op.drop_table("parcels")
    op.drop_table("order_changes")
    op.drop_table("order_lines")
    op.drop_table("orders")
    op.drop_table("addresses")
