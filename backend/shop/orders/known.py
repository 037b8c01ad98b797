"""What a group of purchases must know before any of them is decided: read once for all."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, select

from backend.contract.addresses import Address
from backend.contract.coupons import HeldCoupon
from backend.contract.orders import Order, PlaceOrder
from backend.shop.catalog.listing import read_listed
from backend.shop.catalog.skus import CatalogSku, left_of, read_available, read_skus, stocked_ids
from backend.shop.coupons.grants import read_held
from backend.shop.flash_sale.deciding import FlashSales, read_flash_sales
from backend.shop.idempotency import Request, find_answers
from backend.shop.ids import new_order_number
from backend.shop.orders.kept import recall_orders
from backend.shop.orders.open_parcels import OpenParcels, read_open_parcels
from backend.shop.orders.unpaid import Unpaid, read_unpaid
from backend.shop.pricing.quotes import merged
from backend.shop.settings import ShopSettings, read_settings
from backend.storage.catalog_tables import BUYER_LIMITS
from backend.storage.order_tables import ORDERS
from backend.storage.tables import LIVE_SESSIONS


class Placing(msgspec.Struct, frozen=True):
    """An order that is to be placed.

    Attributes:
        request: the key it is placed under; its actor is the buyer.
        address: where it goes, whatever `wanted` says.
        buyer_keys: by what limits count the buyer; see `keys_of`.
        is_guest: whether the buyer has no account.
        received_at_ms: when the server got it: that decides about flash sales, however long it waits.
    """

    request: Request
    room_id: str
    wanted: PlaceOrder
    address: Address
    buyer_keys: tuple[str, str, str]
    is_guest: bool = False
    received_at_ms: int = 0

    @property
    def buyer_id(self) -> str:
        """Who buys."""
        return self.request.actor


class Answered(msgspec.Struct, frozen=True):
    """An order that was placed under a key before, and the hash of what was asked for then."""

    body_hash: str
    order: Order


class Known(msgspec.Struct):
    """The shop as a group of purchases finds it; each that is accepted changes it for those after it.

    Attributes:
        answers: what was placed before, by the requests' identities.
        listed: room and product, of those that a room of the purchases shows.
        available: units that nobody has reserved, by SKU.
        limited: units that a buyer has, by SKU and key; of SKUs with a limit only.
        unpaid: what waits for a payment of each key.
        sessions: the live session of each room that is on air.
        parcels: what goes in one parcel with what a buyer bought in a session before.
        coupons: those that no order holds, by buyer.
        flash: the flash sales of the purchases' rooms.
        numbers: for people, one an order; no order has them yet.
    """

    settings: ShopSettings
    answers: dict[tuple[str, str, str], Answered]
    skus: dict[str, CatalogSku]
    listed: set[tuple[str, str]]
    available: Counter[str]
    limited: Counter[tuple[str, str]]
    unpaid: dict[str, Unpaid]
    sessions: dict[str, str]
    parcels: OpenParcels
    coupons: dict[str, list[HeldCoupon]]
    flash: FlashSales
    numbers: list[str]

    def is_sold_in(self, room_id: str, sku_id: str) -> bool:
        """Return whether a SKU is on sale, and the room shows its product."""
        sku = self.skus.get(sku_id)
        return sku is not None and (room_id, sku.spu_id) in self.listed

    def left(self, sku_ids: Iterable[str]) -> dict[str, int]:
        """Return how many units of SKUs can be bought."""
        return {sku_id: left_of(self.skus[sku_id], self.available) for sku_id in sku_ids}

    def components(self) -> Mapping[str, Mapping[str, int]]:
        """Return what each bundle is made of."""
        return {sku_id: sku.components for sku_id, sku in self.skus.items() if sku.components}


def read_known(connection: Connection, items: Sequence[Placing], now_ms: int) -> Known:
    """Read what decides the purchases."""
    units = [merged(item.wanted.lines) for item in items]
    skus = read_skus(connection, {sku_id for one in units for sku_id in one})
    rooms, keys = {item.room_id for item in items}, {key for item in items for key in item.buyer_keys}
    sessions = read_sessions(connection, rooms)
    return Known(
        settings=read_settings(connection),
        answers=_read_answers(connection, [item.request for item in items]),
        skus=skus,
        listed=read_listed(connection, rooms, {sku.spu_id for sku in skus.values()}),
        available=Counter(read_available(connection, stocked_ids(skus.values()))),
        limited=_read_limited(connection, items, skus),
        unpaid=read_unpaid(connection, keys),
        sessions=sessions,
        parcels=read_open_parcels(connection, {item.buyer_id for item in items}, set(sessions.values())),
        coupons=read_held(connection, {item.buyer_id for item in items}, now_ms),
        flash=read_flash_sales(connection, rooms, keys, now_ms),
        numbers=_free_numbers(connection, len(items), now_ms),
    )


def _read_answers(
    connection: Connection, requests: Sequence[Request]
) -> dict[tuple[str, str, str], Answered]:
    kept = find_answers(connection, requests)
    orders = recall_orders(connection, (one.answer for one in kept.values()))
    return {identity: Answered(one.body_hash, orders[one.answer]) for identity, one in kept.items()}


def _read_limited(
    connection: Connection, items: Sequence[Placing], skus: Mapping[str, CatalogSku]
) -> Counter[tuple[str, str]]:
    limited = sorted(sku_id for sku_id, sku in skus.items() if sku.limit_per_buyer is not None)
    if not limited:
        return Counter()
    keys = sorted({key for item in items for key in item.buyer_keys})
    query = select(BUYER_LIMITS).where(BUYER_LIMITS.c.sku_id.in_(limited), BUYER_LIMITS.c.buyer_key.in_(keys))
    return Counter({(row.sku_id, row.buyer_key): row.quantity for row in connection.execute(query)})


def read_sessions(connection: Connection, rooms: set[str]) -> dict[str, str]:
    """Return the live session of each room that is on air."""
    query = (
        select(LIVE_SESSIONS.c.room_id, LIVE_SESSIONS.c.session_id)
        .where(LIVE_SESSIONS.c.room_id.in_(sorted(rooms)), LIVE_SESSIONS.c.ended_at_ms.is_(None))
        .order_by(LIVE_SESSIONS.c.started_at_ms)
    )
    return {str(room_id): str(session_id) for room_id, session_id in connection.execute(query)}


def free_number(connection: Connection, now_ms: int) -> str:
    """Return a number that no order has yet."""
    [number] = _free_numbers(connection, 1, now_ms)
    return number


def _free_numbers(connection: Connection, count: int, now_ms: int) -> list[str]:
    # With 8 random digits, two orders of a busy day are alike sooner than one would think.
    free: set[str] = set()
    while len(free) < count:
        drawn = {new_order_number(now_ms) for _ in range(count - len(free))}
        taken = select(ORDERS.c.number).where(ORDERS.c.number.in_(sorted(drawn)))
        free |= drawn - set(connection.scalars(taken))
    return list(free)
