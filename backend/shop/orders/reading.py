"""Reads orders, whole or by pages. The functions run inside the caller's transaction."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, Table, select

from backend.contract.addresses import Address
from backend.contract.orders import (
    Order,
    OrderChange,
    OrderLine,
    OrdersPage,
    OrderState,
    Parcel,
    ParcelLine,
    PaymentState,
)
from backend.shop.catalog.skus import IMAGE_PATH
from backend.shop.orders.money_left import NOTHING_LEFT, read_money_left
from backend.storage.database import read_rows
from backend.storage.order_tables import ORDER_CHANGES, ORDER_LINES, ORDERS, PARCEL_LINES, PARCELS

MOST_A_PAGE: Final = 100

_DECODE_ADDRESS = msgspec.json.Decoder(Address).decode
_DECODE_SPECS = msgspec.json.Decoder(list[list[str]]).decode


class OrderFilter(msgspec.Struct, frozen=True):
    """Whose orders are wanted; None for any.

    Attributes:
        state, payment_state: None for all.
    """

    buyer_id: str | None = None
    room_id: str | None = None
    state: OrderState | None = None
    payment_state: PaymentState | None = None


def find_order(connection: Connection, order_id: str) -> Order | None:
    """Return an order; None where there is none."""
    found = _read(connection, ORDERS.c.order_id == order_id, limit=1)
    return found[0] if found else None


def read_orders(connection: Connection, order_ids: Iterable[str]) -> dict[str, Order]:
    """Return orders by their ids, as far as there are such."""
    ids = sorted(order_ids)
    found = _read(connection, ORDERS.c.order_id.in_(ids), limit=len(ids)) if ids else []
    return {order.order_id: order for order in found}


def read_page(
    connection: Connection, wanted: OrderFilter, *, cursor: str | None = None, limit: int = 20
) -> OrdersPage:
    """Return a page of orders, the newest first: at most `limit`, 1 to `MOST_A_PAGE`.

    The cursor is the `next` of the page before; None for the first.
    """
    limit = min(max(limit, 1), MOST_A_PAGE)
    conditions = [
        ORDERS.c[name] == value for name, value in msgspec.structs.asdict(wanted).items() if value is not None
    ]
    if cursor is not None:
        conditions.append(ORDERS.c.order_id < cursor)
    # One more than is shown says whether there is a further page.
    orders = _read(connection, *conditions, limit=limit + 1)
    shown = orders[:limit]
    return OrdersPage(shown, shown[-1].order_id if len(orders) > limit else None)


def _read(connection: Connection, *conditions: ColumnElement[bool], limit: int) -> list[Order]:
    query = select(ORDERS).where(*conditions).order_by(ORDERS.c.order_id.desc()).limit(limit)
    rows = read_rows(connection, query)
    ids = [str(row["order_id"]) for row in rows]
    lines = _by_order(connection, ORDER_LINES, ids, ORDER_LINES.c.line)
    changes = _by_order(connection, ORDER_CHANGES, ids, ORDER_CHANGES.c.version)
    parcels = _read_parcels(connection, ids)
    left = read_money_left(connection, rows)
    rows = [{**row, **msgspec.structs.asdict(left.get(str(row["order_id"]), NOTHING_LEFT))} for row in rows]
    return [
        _order(row, lines.get(order_id, []), changes.get(order_id, []), parcels.get(order_id, []))
        for order_id, row in zip(ids, rows, strict=True)
    ]


def _by_order(
    connection: Connection, table: Table, ids: Sequence[str], position: ColumnElement[Any]
) -> dict[str, list[dict[str, object]]]:
    query = select(table).where(table.c.order_id.in_(ids)).order_by(position)
    return _grouped(read_rows(connection, query), "order_id")


def _read_parcels(connection: Connection, ids: Sequence[str]) -> dict[str, list[Parcel]]:
    parcels = _by_order(connection, PARCELS, ids, PARCELS.c.parcel_id)
    parcel_ids = [str(row["parcel_id"]) for rows in parcels.values() for row in rows]
    query = select(PARCEL_LINES).where(PARCEL_LINES.c.parcel_id.in_(parcel_ids)).order_by(PARCEL_LINES.c.line)
    lines = _grouped(read_rows(connection, query), "parcel_id") if parcel_ids else {}
    return {
        order_id: [_parcel(row, lines.get(str(row["parcel_id"]), [])) for row in rows]
        for order_id, rows in parcels.items()
    }


def _grouped(rows: Iterable[dict[str, object]], name: str) -> dict[str, list[dict[str, object]]]:
    groups: dict[str, list[dict[str, object]]] = {}
    for row in rows:
        groups.setdefault(str(row[name]), []).append(row)
    return groups


def _order(
    row: dict[str, object],
    lines: Iterable[dict[str, object]],
    changes: Iterable[dict[str, object]],
    parcels: list[Parcel],
) -> Order:
    values = {
        **row,
        "address": _DECODE_ADDRESS(str(row["address"])),
        "lines": [_line(line) for line in lines],
        "changes": msgspec.convert(list(changes), list[OrderChange]),
        "parcels": parcels,
    }
    return msgspec.convert(values, Order)


def _line(row: dict[str, object]) -> OrderLine:
    image = str(row["image"])
    values = {
        **row,
        "specs": _DECODE_SPECS(str(row["specs"])),
        "image_url": f"{IMAGE_PATH}{image}" if image else "",
    }
    return msgspec.convert(values, OrderLine)


def _parcel(row: dict[str, object], lines: list[dict[str, object]]) -> Parcel:
    return msgspec.convert({**row, "lines": msgspec.convert(lines, list[ParcelLine])}, Parcel)
