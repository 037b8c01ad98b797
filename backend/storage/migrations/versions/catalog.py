"""What the shop sells and what it has of it, with a copy of each room's products."""

import json
import time
from collections import Counter

import sqlalchemy as sa
from alembic import op

revision = "catalog"
down_revision = "host_generations"
branch_labels = None
depends_on = None

# SQLite counts only a column of exactly this type.
_COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables, and fill them with what rooms sell today."""
    _create_shop_settings()
    _create_spus()
    _create_skus()
    _create_stock()
    _create_stock_movements()
    _create_bundles()
    _create_listings()
    _create_buyer_limits()
    _copy_products(op.get_bind())


def _create_shop_settings() -> None:
    op.create_table(
        "shop_settings",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_shop_settings")),
    )


def _create_spus() -> None:
    op.create_table(
        "spus",
        sa.Column("spu_id", sa.String(length=160), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("category", sa.String(length=100), server_default="", nullable=False),
        sa.Column("tags", sa.Text(), server_default="[]", nullable=False),
        sa.Column("images", sa.Text(), server_default="[]", nullable=False),
        sa.Column("status", sa.String(length=16), server_default="on_shelf", nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("created_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("updated_at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("status IN ('on_shelf', 'off_shelf')", name=op.f("ck_spus_status_known")),
        sa.PrimaryKeyConstraint("spu_id", name=op.f("pk_spus")),
    )


def _create_skus() -> None:
    op.create_table(
        "skus",
        sa.Column("sku_id", sa.String(length=160), nullable=False),
        sa.Column("spu_id", sa.String(length=160), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=True),
        sa.Column("specs", sa.Text(), server_default="[]", nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("reference_minor", sa.BigInteger(), nullable=True),
        sa.Column("floor_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("limit_per_buyer", sa.BigInteger(), nullable=True),
        sa.Column("weight_g", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("tax_rate_bp", sa.Integer(), server_default="0", nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.CheckConstraint(
            "floor_minor >= 0 AND floor_minor <= price_minor", name=op.f("ck_skus_floor_not_above_price")
        ),
        sa.CheckConstraint("limit_per_buyer > 0", name=op.f("ck_skus_limit_above_zero")),
        sa.CheckConstraint("price_minor >= 0", name=op.f("ck_skus_price_not_negative")),
        sa.CheckConstraint("reference_minor >= 0", name=op.f("ck_skus_reference_not_negative")),
        sa.CheckConstraint("tax_rate_bp >= 0", name=op.f("ck_skus_tax_rate_not_negative")),
        sa.CheckConstraint("weight_g >= 0", name=op.f("ck_skus_weight_not_negative")),
        sa.ForeignKeyConstraint(["spu_id"], ["spus.spu_id"], name=op.f("fk_skus_spu_id")),
        sa.PrimaryKeyConstraint("sku_id", name=op.f("pk_skus")),
        sa.UniqueConstraint("code", name=op.f("uq_skus_code")),
    )
    op.create_index(op.f("ix_skus_spu_id"), "skus", ["spu_id"], unique=False)


def _create_stock() -> None:
    op.create_table(
        "stock",
        sa.Column("sku_id", sa.String(length=160), nullable=False),
        sa.Column("on_hand", sa.BigInteger(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("sold", sa.BigInteger(), server_default="0", nullable=False),
        sa.CheckConstraint("on_hand >= reserved", name=op.f("ck_stock_on_hand_not_below_reserved")),
        sa.CheckConstraint("reserved >= 0", name=op.f("ck_stock_reserved_not_negative")),
        sa.CheckConstraint("sold >= 0", name=op.f("ck_stock_sold_not_negative")),
        sa.ForeignKeyConstraint(["sku_id"], ["skus.sku_id"], name=op.f("fk_stock_sku_id")),
        sa.PrimaryKeyConstraint("sku_id", name=op.f("pk_stock")),
    )


def _create_stock_movements() -> None:
    op.create_table(
        "stock_movements",
        sa.Column("movement_id", _COUNTED, nullable=False),
        sa.Column("sku_id", sa.String(length=160), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("on_hand", sa.BigInteger(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.Column("sold", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=True),
        sa.Column("actor", sa.String(length=160), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["sku_id"], ["skus.sku_id"], name=op.f("fk_stock_movements_sku_id")),
        sa.PrimaryKeyConstraint("movement_id", name=op.f("pk_stock_movements")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_stock_movements_order_id", "stock_movements", ["order_id"], unique=False)
    op.create_index(op.f("ix_stock_movements_sku_id"), "stock_movements", ["sku_id"], unique=False)


def _create_bundles() -> None:
    op.create_table(
        "bundles",
        sa.Column("bundle_sku_id", sa.String(length=160), nullable=False),
        sa.Column("component_sku_id", sa.String(length=160), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_bundles_quantity_above_zero")),
        sa.ForeignKeyConstraint(["bundle_sku_id"], ["skus.sku_id"], name=op.f("fk_bundles_bundle_sku_id")),
        sa.ForeignKeyConstraint(
            ["component_sku_id"], ["skus.sku_id"], name=op.f("fk_bundles_component_sku_id")
        ),
        sa.PrimaryKeyConstraint("bundle_sku_id", "component_sku_id", name=op.f("pk_bundles")),
    )


def _create_listings() -> None:
    op.create_table(
        "listings",
        sa.Column("room_id", sa.String(length=64), nullable=False),
        sa.Column("spu_id", sa.String(length=160), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.room_id"], name=op.f("fk_listings_room_id")),
        sa.ForeignKeyConstraint(["spu_id"], ["spus.spu_id"], name=op.f("fk_listings_spu_id")),
        sa.PrimaryKeyConstraint("room_id", "spu_id", name=op.f("pk_listings")),
    )


def _create_buyer_limits() -> None:
    op.create_table(
        "buyer_limits",
        sa.Column("sku_id", sa.String(length=160), nullable=False),
        sa.Column("buyer_key", sa.String(length=160), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_buyer_limits_quantity_not_negative")),
        sa.ForeignKeyConstraint(["sku_id"], ["skus.sku_id"], name=op.f("fk_buyer_limits_sku_id")),
        sa.PrimaryKeyConstraint("sku_id", "buyer_key", name=op.f("pk_buyer_limits")),
    )


def _copy_products(connection: sa.Connection) -> None:
    """Make each room's product an SPU with one SKU; `products` stays as it is."""
    now_ms = time.time_ns() // 1_000_000
    _insert(connection, "shop_settings", [{"name": "currency", "value": "CNY"}])
    query = sa.text("SELECT * FROM products ORDER BY room_id, position, product_id")
    products = connection.execute(query).mappings().all()
    rooms = Counter(product["product_id"] for product in products)
    copies = [(_new_id(product, rooms), product) for product in products]
    _insert(connection, "spus", [_spu(spu_id, product, now_ms) for spu_id, product in copies])
    _insert(connection, "skus", [_sku(spu_id, product) for spu_id, product in copies])
    _insert(
        connection,
        "stock",
        [{"sku_id": sku_id, "on_hand": product["stock"]} for sku_id, product in copies],
    )
    _insert(connection, "stock_movements", [_opening(sku_id, product, now_ms) for sku_id, product in copies])
    _insert(
        connection,
        "listings",
        [
            {"room_id": product["room_id"], "spu_id": spu_id, "position": product["position"]}
            for spu_id, product in copies
        ],
    )


def _new_id(product: sa.RowMapping, rooms: Counter[str]) -> str:
    # The same id in two rooms is two products: each room changed its own.
    product_id = str(product["product_id"])
    return product_id if rooms[product_id] == 1 else f"{product['room_id']}:{product_id}"


def _spu(spu_id: str, product: sa.RowMapping, now_ms: int) -> dict[str, object]:
    return {
        "spu_id": spu_id,
        "title": product["title"],
        "images": json.dumps([product["image"]] if product["image"] else []),
        "version": product["version"],
        "created_at_ms": now_ms,
        "updated_at_ms": now_ms,
    }


def _sku(spu_id: str, product: sa.RowMapping) -> dict[str, object]:
    return {
        "sku_id": spu_id,
        "spu_id": spu_id,
        "price_minor": product["price_fen"],
        "reference_minor": product["market_price_fen"],
    }


def _opening(sku_id: str, product: sa.RowMapping, now_ms: int) -> dict[str, object]:
    return {
        "sku_id": sku_id,
        "kind": "opening",
        "on_hand": product["stock"],
        "reserved": 0,
        "sold": 0,
        "reason": "copied from the room's products",
        "actor": "migration",
        "at_ms": now_ms,
    }


def _insert(connection: sa.Connection, table: str, rows: list[dict[str, object]]) -> None:
    if rows:
        columns: list[sa.ColumnClause[object]] = [sa.column(name) for name in rows[0]]
        connection.execute(sa.insert(sa.table(table, *columns)), rows)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("buyer_limits")
    op.drop_table("listings")
    op.drop_table("bundles")
    op.drop_table("stock_movements")
    op.drop_table("stock")
    op.drop_table("skus")
    op.drop_table("spus")
    op.drop_table("shop_settings")
