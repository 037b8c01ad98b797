"""A shop's database for tests: goods to sell, and whether its books are right afterwards."""

from collections import Counter
from collections.abc import Mapping

import msgspec
from sqlalchemy import Connection, exists, func, insert, select

from backend.contract.addresses import Address
from backend.contract.orders import AskQuote, PaymentMethod, PlaceOrder, Quote, WantedLine
from backend.contract.sale_settings import UnpaidCap
from backend.features.live.store import RoomStore
from backend.shop.customers.buyer_keys import keys_of, read_key_secret
from backend.shop.idempotency import Request, hash_of
from backend.shop.orders.place import ROUTE
from backend.shop.orders.reading import OrderFilter, read_page
from backend.shop.people import Person
from backend.shop.settings import SaleRules, write_rules
from backend.shop.shop import Shop
from backend.storage.catalog_tables import (
    BUNDLES,
    BUYER_LIMITS,
    LISTINGS,
    SKUS,
    SPUS,
    STOCK,
    STOCK_MOVEMENTS,
)
from backend.storage.database import Database, read_rows
from backend.storage.order_tables import ORDER_LINES, ORDERS, PARCELS, UNPAID_HOLDS

ROOM = "main"
HOME = Address("CN", "浙江省", "杭州市", "西湖区", "文三路 1 号", "陈小美", "13800001111")
STAFF = Person("host", ROOM, is_staff=True)
ANYBODY = Person("anybody", ROOM)


def open_rooms(database: Database, *rooms: str) -> None:
    """Make rooms that products can be listed in."""
    for room in rooms or (ROOM,):
        RoomStore(database, room).open("Room", 0)


def put_on_sale(
    database: Database,
    sku_id: str,
    *,
    price_minor: int = 100,
    stock: int = 10,
    limit: int | None = None,
    components: Mapping[str, int] | None = None,
    room: str = ROOM,
    **sku: object,
) -> None:
    """Sell a product of one SKU; both have the same id."""
    now = {"created_at_ms": 0, "updated_at_ms": 0}
    row = {"price_minor": price_minor, "limit_per_buyer": limit, **sku}
    moved = {"on_hand": stock, "reserved": 0, "sold": 0}
    with database.transaction() as connection:
        connection.execute(
            insert(SPUS).values(spu_id=sku_id, title=f"{sku_id} 礼盒", images='["a.png"]', **now)
        )
        connection.execute(insert(SKUS).values(sku_id=sku_id, spu_id=sku_id, **row))
        connection.execute(insert(STOCK).values(sku_id=sku_id, **moved))
        opening = {"kind": "opening", "reason": "", "actor": "test", "at_ms": 0}
        connection.execute(insert(STOCK_MOVEMENTS).values(sku_id=sku_id, **moved, **opening))
        position = connection.scalar(select(func.count()).select_from(LISTINGS))
        connection.execute(insert(LISTINGS).values(room_id=room, spu_id=sku_id, position=position))
        for component, quantity in (components or {}).items():
            connection.execute(
                insert(BUNDLES).values(bundle_sku_id=sku_id, component_sku_id=component, quantity=quantity)
            )


def add_sku(database: Database, spu_id: str, sku_id: str, *, price_minor: int, stock: int) -> None:
    """Sell a product in one more size."""
    moved = {"on_hand": stock, "reserved": 0, "sold": 0}
    with database.transaction() as connection:
        specs = f'[["size","{sku_id}"]]'
        connection.execute(
            insert(SKUS).values(
                sku_id=sku_id, spu_id=spu_id, price_minor=price_minor, specs=specs, position=1
            )
        )
        connection.execute(insert(STOCK).values(sku_id=sku_id, **moved))
        opening = {"kind": "opening", "reason": "", "actor": "test", "at_ms": 0}
        connection.execute(insert(STOCK_MOVEMENTS).values(sku_id=sku_id, **moved, **opening))


def list_in(database: Database, room: str, spu_id: str) -> None:
    """Show a product in a room, after all others."""
    with database.transaction() as connection:
        position = connection.scalar(select(func.count()).select_from(LISTINGS))
        connection.execute(insert(LISTINGS).values(room_id=room, spu_id=spu_id, position=position))


def lines_of(**units: int) -> list[WantedLine]:
    """Return lines by SKU."""
    return [WantedLine(sku_id, quantity) for sku_id, quantity in units.items()]


async def quoted(
    shop: Shop, lines: list[WantedLine], person: Person = ANYBODY, address: Address | None = None
) -> Quote:
    """Return the quote of lines that can be quoted."""
    quote = await shop.quote(person, AskQuote(lines, address=address))
    assert isinstance(quote, Quote)
    return quote


def order_of(
    quote: Quote, method: PaymentMethod = PaymentMethod.ONLINE, address: Address = HOME
) -> PlaceOrder:
    """Return the order that a buyer makes of a quote."""
    lines = [WantedLine(line.sku_id, line.quantity) for line in quote.lines]
    return PlaceOrder(lines, quote.hash, method, address=address)


def request_of(buyer_id: str, key: str, wanted: msgspec.Struct | None = None, route: str = ROUTE) -> Request:
    """Return a request under a key."""
    return Request(buyer_id, route, key, hash_of(msgspec.json.encode(wanted)))


def home_of(buyer_id: str) -> Address:
    """Return an address that no other buyer has."""
    number = sum(ord(sign) * 131**n for n, sign in enumerate(buyer_id)) % 10**8
    return msgspec.structs.replace(HOME, street=f"{buyer_id} 号", phone=f"138{number:08}")


def stock_of(database: Database, sku_id: str) -> tuple[int, int, int]:
    """Return what is on hand, reserved and sold."""
    with database.reading() as connection:
        [row] = read_rows(connection, select(STOCK).where(STOCK.c.sku_id == sku_id))
    return (int(str(row["on_hand"])), int(str(row["reserved"])), int(str(row["sold"])))


def check_books(database: Database) -> None:
    """Assert that all that is derived agrees with what it is derived from."""
    with database.reading() as connection:
        check_unpaid(connection)
        moved = STOCK_MOVEMENTS.c
        sums = connection.execute(
            select(
                moved.sku_id, func.sum(moved.on_hand), func.sum(moved.reserved), func.sum(moved.sold)
            ).group_by(moved.sku_id)
        )
        counts = connection.execute(select(STOCK.c.sku_id, STOCK.c.on_hand, STOCK.c.reserved, STOCK.c.sold))
        assert sorted(tuple(row) for row in sums) == sorted(tuple(row) for row in counts)
        assert connection.scalar(select(func.min(STOCK.c.on_hand - STOCK.c.reserved))) >= 0
        page = read_page(connection, OrderFilter(), limit=100)
        lines = ORDER_LINES.c
        counted = connection.execute(select(lines.order_id, lines.sku_id, lines.counted))
        of_orders = Counter({(row.order_id, row.sku_id): row.counted for row in counted})
        rows = connection.execute(select(BUYER_LIMITS).where(BUYER_LIMITS.c.quantity > 0))
        had = {(row.sku_id, row.buyer_key): row.quantity for row in rows}
        secret = read_key_secret(connection)
    if page.next is None:
        expected: Counter[tuple[str, str]] = Counter()
        for order in page.orders:
            assert [change.version for change in order.changes] == list(range(1, order.version + 1))
            assert sum(line.net_minor for line in order.lines) + order.shipping_minor == order.total_minor
            for line in order.lines:
                for key in keys_of(order.buyer_id, order.address, secret):
                    expected[line.sku_id, key] += of_orders[order.order_id, line.sku_id]
        assert had == +expected


def check_unpaid(connection: Connection) -> None:
    """Assert that just the orders that wait for their money are counted as held."""
    is_waiting = ORDERS.c.state == "open", ORDERS.c.payment_state == "unpaid"
    is_sent = exists().where(PARCELS.c.order_id == ORDERS.c.order_id)
    waiting = connection.execute(
        select(ORDERS.c.order_id, func.sum(ORDER_LINES.c.quantity))
        .join(ORDER_LINES, ORDERS.c.order_id == ORDER_LINES.c.order_id)
        .where(*is_waiting, ~is_sent)
        .group_by(ORDERS.c.order_id)
    )
    held = UNPAID_HOLDS.c
    kept = connection.execute(select(held.order_id, func.max(held.units)).group_by(held.order_id))
    assert sorted(tuple(row) for row in kept) == sorted(tuple(row) for row in waiting)


def take_all_methods(database: Database, most: int = 1000) -> None:
    """Let the shop be paid in every way, with at most so many unpaid orders a buyer."""
    cap = UnpaidCap(most, 1000 * most)
    with database.transaction() as connection:
        write_rules(connection, SaleRules(tuple(PaymentMethod), cap, cap))


def ordered_units(database: Database, sku_id: str) -> int:
    """Return the units of a SKU in all orders that stand."""
    query = (
        select(func.coalesce(func.sum(ORDER_LINES.c.quantity), 0))
        .join(ORDERS, ORDERS.c.order_id == ORDER_LINES.c.order_id)
        .where(ORDER_LINES.c.sku_id == sku_id, ORDERS.c.state != "cancelled")
    )
    with database.reading() as connection:
        return int(connection.scalar(query) or 0)
