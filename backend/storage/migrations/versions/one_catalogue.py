"""The rooms' own products go: what the shop has for them is brought up to date first."""

import json
import time

import sqlalchemy as sa
from alembic import op

revision = "one_catalogue"
down_revision = "taken_messages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the shop's copies up to date, note which are called otherwise now, and drop the table."""
    op.create_table(
        "former_products",
        sa.Column("room_id", sa.String(length=64), nullable=False),
        sa.Column("product_id", sa.String(length=64), nullable=False),
        sa.Column("spu_id", sa.String(length=160), nullable=False),
        sa.Column("up_to_number", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.room_id"], name=op.f("fk_former_products_room_id")),
        sa.PrimaryKeyConstraint("room_id", "product_id", name=op.f("pk_former_products")),
    )
    with op.batch_alter_table("room_facts") as facts:
        facts.alter_column(
            "card_product_id", existing_type=sa.String(64), type_=sa.String(160), existing_nullable=False
        )
    connection, now_ms = op.get_bind(), time.time_ns() // 1_000_000
    products = _rows(connection, "SELECT * FROM products ORDER BY room_id, position, product_id")
    for product in products:
        spu_id = _find(connection, product)
        if spu_id is None:
            spu_id = _add(connection, product, now_ms)
        else:
            _bring_up_to_date(connection, spu_id, product, now_ms)
        if spu_id != product["product_id"]:
            _note(connection, product, spu_id)
    op.drop_table("products")


def _find(connection: sa.Connection, product: sa.RowMapping) -> str | None:
    """Return what the room's product became; None for one that came after the copy was made."""
    names = {"own": f"{product['room_id']}:{product['product_id']}", "same": product["product_id"]}
    found = _rows(
        connection,
        "SELECT spu_id FROM listings WHERE room_id = :room AND spu_id IN (:own, :same) "
        "ORDER BY CASE spu_id WHEN :own THEN 0 ELSE 1 END",
        room=product["room_id"],
        **names,
    )
    return str(found[0]["spu_id"]) if found else None


def _add(connection: sa.Connection, product: sa.RowMapping, now_ms: int) -> str:
    spu_id = str(product["product_id"])
    if _rows(connection, "SELECT 1 FROM spus WHERE spu_id = :id", id=spu_id):
        spu_id = f"{product['room_id']}:{spu_id}"
    images = json.dumps([product["image"]] if product["image"] else [])
    values = {**product, "id": spu_id, "images": images, "now": now_ms}
    for statement in (
        "INSERT INTO spus (spu_id, title, images, version, created_at_ms, updated_at_ms) "
        "VALUES (:id, :title, :images, :version, :now, :now)",
        "INSERT INTO skus (sku_id, spu_id, price_minor, reference_minor) "
        "VALUES (:id, :id, :price_fen, :market_price_fen)",
        "INSERT INTO stock (sku_id, on_hand) VALUES (:id, :stock)",
        "INSERT INTO listings (room_id, spu_id, position) VALUES (:room_id, :id, :position)",
    ):
        connection.execute(sa.text(statement), values)
    _move(connection, spu_id, "opening", values["stock"], now_ms)
    return spu_id


def _bring_up_to_date(connection: sa.Connection, spu_id: str, product: sa.RowMapping, now_ms: int) -> None:
    """Make the changes that the room made to its product since it was copied."""
    [spu] = _rows(connection, "SELECT version FROM spus WHERE spu_id = :id", id=spu_id)
    if product["version"] <= spu["version"]:
        return
    values = {**product, "id": spu_id, "now": now_ms}
    for statement in (
        "UPDATE spus SET title = :title, version = :version, updated_at_ms = :now WHERE spu_id = :id",
        # The floor may not lie above the price.
        "UPDATE skus SET price_minor = :price_fen, reference_minor = :market_price_fen, "
        "floor_minor = CASE WHEN floor_minor > :price_fen THEN :price_fen ELSE floor_minor END "
        "WHERE sku_id = :id",
    ):
        connection.execute(sa.text(statement), values)
    moved = "SELECT on_hand FROM stock_movements WHERE sku_id = :id AND kind = 'opening'"
    opening = sum(int(row["on_hand"]) for row in _rows(connection, moved, id=spu_id))
    [stock] = _rows(connection, "SELECT on_hand, reserved FROM stock WHERE sku_id = :id", id=spu_id)
    # What the room wrote is a movement: what the shop sold meanwhile stays sold.
    delta = max(product["stock"] - opening, stock["reserved"] - stock["on_hand"])
    if delta:
        connection.execute(
            sa.text("UPDATE stock SET on_hand = on_hand + :delta WHERE sku_id = :id"),
            {"delta": delta, "id": spu_id},
        )
        _move(connection, spu_id, "adjust", delta, now_ms)


def _move(connection: sa.Connection, sku_id: str, kind: str, on_hand: int, now_ms: int) -> None:
    connection.execute(
        sa.text(
            "INSERT INTO stock_movements (sku_id, kind, on_hand, reserved, sold, reason, actor, at_ms) "
            "VALUES (:id, :kind, :on_hand, 0, 0, 'changed in the room', 'migration', :now)"
        ),
        {"id": sku_id, "kind": kind, "on_hand": on_hand, "now": now_ms},
    )


def _note(connection: sa.Connection, product: sa.RowMapping, spu_id: str) -> None:
    """Note what the log up to now calls otherwise; what was folded of it is folded anew."""
    newest = "SELECT MAX(number) AS number FROM event_log WHERE room_id = :room_id"
    [last] = _rows(connection, newest, room_id=product["room_id"])
    values = {**product, "id": spu_id, "number": last["number"] or 0}
    for statement in (
        "INSERT INTO former_products (room_id, product_id, spu_id, up_to_number) "
        "VALUES (:room_id, :product_id, :id, :number)",
        "UPDATE room_facts SET card_product_id = :id "
        "WHERE room_id = :room_id AND card_product_id = :product_id",
        "DELETE FROM room_checkpoints WHERE room_id = :room_id",
    ):
        connection.execute(sa.text(statement), values)


def _rows(connection: sa.Connection, query: str, **values: object) -> list[sa.RowMapping]:
    return list(connection.execute(sa.text(query), values).mappings())
