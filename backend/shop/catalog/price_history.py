"""What SKUs were offered at, and what was paid for them. Inside the caller's transaction."""

from collections.abc import Iterable

from sqlalchemy import Connection, func, select

from backend.contract.products import StaffProduct, StaffSku
from backend.shop.catalog.reference_rules import SOLD_FOR_MS, Offer, Sale
from backend.storage.bulk import insert_rows
from backend.storage.catalog_tables import OFFERED_PRICES
from backend.storage.order_tables import ORDER_LINES, ORDERS


def offered_price(product: StaffProduct, sku: StaffSku) -> int | None:
    """Return what a SKU is offered at; None while it cannot be bought."""
    return sku.price_minor if sku.is_active and product.is_on_shelf else None


def record_offers(
    connection: Connection, before: StaffProduct | None, after: StaffProduct, at_ms: int
) -> None:
    """Note from when on the SKUs of a product are offered at other prices than before."""
    known = {} if before is None else {sku.sku_id: offered_price(before, sku) for sku in before.skus}
    rows = [
        {"sku_id": sku.sku_id, "price_minor": price, "at_ms": at_ms}
        for sku in after.skus
        if (price := offered_price(after, sku)) != known.get(sku.sku_id)
    ]
    insert_rows(connection, OFFERED_PRICES, rows)


def read_offers(connection: Connection, sku_ids: Iterable[str]) -> dict[str, list[Offer]]:
    """Return what SKUs were offered at, each from the earliest on."""
    columns = OFFERED_PRICES.c
    query = (
        select(columns.sku_id, columns.at_ms, columns.price_minor)
        .where(columns.sku_id.in_(sorted(sku_ids)))
        .order_by(columns.sku_id, columns.at_ms, columns.offer_id)
    )
    found: dict[str, list[Offer]] = {}
    for sku_id, at_ms, price_minor in connection.execute(query):
        found.setdefault(str(sku_id), []).append(Offer(int(at_ms), price_minor))
    return found


def read_sales(connection: Connection, sku_id: str, until_ms: int) -> list[Sale]:
    """Return what was paid for a SKU in the 7 days before a time, else the last sale before it."""
    line, paid_at_ms = ORDER_LINES.c, ORDERS.c.paid_at_ms
    sales = (
        select(paid_at_ms, line.net_minor, line.quantity)
        .join(ORDERS, ORDERS.c.order_id == line.order_id)
        # What was given away was not sold.
        .where(line.sku_id == sku_id, line.net_minor > 0, paid_at_ms < until_ms)
    )
    last = select(func.max(sales.subquery().c.paid_at_ms)).scalar_subquery()
    query = sales.where((paid_at_ms >= until_ms - SOLD_FOR_MS) | (paid_at_ms == last)).order_by(paid_at_ms)
    return [Sale(int(at_ms), int(net) // int(units)) for at_ms, net, units in connection.execute(query)]
