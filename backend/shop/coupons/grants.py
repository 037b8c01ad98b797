"""Which coupons buyers hold, and which orders hold them. Inside the caller's transaction."""

from collections.abc import Collection, Mapping
from typing import Final

import msgspec
from sqlalchemy import Connection, delete, select, update

from backend.contract.coupons import HeldCoupon
from backend.contract.orders import Order
from backend.storage.coupon_tables import COUPON_GRANTS, COUPONS
from backend.storage.database import read_rows

MOST_PAST: Final = 200
_decode_ids = msgspec.json.Decoder(list[str]).decode


class CouponTakenError(Exception):
    """Another order holds the coupon: another writer was faster."""


def read_held(connection: Connection, buyer_ids: Collection[str], now_ms: int) -> dict[str, list[HeldCoupon]]:
    """Return the coupons that no order holds, by buyer; without those that ended."""
    grant = COUPON_GRANTS.c
    query = (
        select(COUPONS, grant.grant_id, grant.buyer_id)
        .join(COUPON_GRANTS, grant.coupon_id == COUPONS.c.coupon_id)
        .where(grant.buyer_id.in_(sorted(buyer_ids)), grant.order_id.is_(None), COUPONS.c.ends_at_ms > now_ms)
        .order_by(COUPONS.c.ends_at_ms, grant.grant_id)
    )
    found: dict[str, list[HeldCoupon]] = {}
    for row in read_rows(connection, query):
        found.setdefault(str(row["buyer_id"]), []).append(_held(row))
    return found


class PastCoupons(msgspec.Struct, frozen=True):
    """What a buyer can use no more, the last claimed first."""

    used: list[HeldCoupon]
    ended: list[HeldCoupon]


def read_past(connection: Connection, buyer_id: str, now_ms: int) -> PastCoupons:
    """Return the coupons of a buyer that orders hold, and those that ended unused; not more than so many."""
    grant = COUPON_GRANTS.c
    is_past = grant.order_id.is_not(None) | (COUPONS.c.ends_at_ms <= now_ms)
    query = (
        select(COUPONS, grant.grant_id, grant.order_id)
        .join(COUPON_GRANTS, grant.coupon_id == COUPONS.c.coupon_id)
        .where(grant.buyer_id == buyer_id, is_past)
        .order_by(grant.grant_id.desc())
        .limit(MOST_PAST)
    )
    used: list[HeldCoupon] = []
    ended: list[HeldCoupon] = []
    for row in read_rows(connection, query):
        (ended if row["order_id"] is None else used).append(_held(row))
    return PastCoupons(used, ended)


def _held(row: dict[str, object]) -> HeldCoupon:
    return msgspec.convert({**row, "spu_ids": _decode_ids(str(row["spu_ids"]))}, HeldCoupon)


def usable(held: Collection[HeldCoupon], grant_id: str | None, now_ms: int) -> list[HeldCoupon]:
    """Return those that an order may be placed with now: all of them, the one that is named, or none."""
    return [
        one
        for one in held
        if one.begins_at_ms <= now_ms < one.ends_at_ms and (grant_id is None or one.grant_id == grant_id)
    ]


def hold_grants(connection: Connection, orders: Mapping[str, str]) -> None:
    """Let orders hold coupons, by grant.

    Raises:
        CouponTakenError: see there; the caller's savepoint undoes the rest.
    """
    grant = COUPON_GRANTS.c
    for grant_id, order_id in sorted(orders.items()):
        is_free = grant.grant_id == grant_id, grant.order_id.is_(None)
        held = update(COUPON_GRANTS).where(*is_free).values(order_id=order_id)
        if connection.execute(held).rowcount != 1:
            raise CouponTakenError(f"The coupon {grant_id} is held by another order.")


def hold_again(connection: Connection, order: Order) -> None:
    """Let an order that lives again hold its coupon again.

    Raises:
        CouponTakenError: see `hold_grants`.
    """
    if order.grant_id is not None:
        hold_grants(connection, {order.grant_id: order.order_id})


def end_grants(connection: Connection, buyer_id: str) -> int:
    """End the coupons of a buyer that no order holds; return how many. They count as given out."""
    free = COUPON_GRANTS.c.buyer_id == buyer_id, COUPON_GRANTS.c.order_id.is_(None)
    return connection.execute(delete(COUPON_GRANTS).where(*free)).rowcount


def give_grant_back(connection: Connection, order: Order) -> None:
    """Give the coupon of an order back, all of which is called off before anything was sent."""
    is_held = COUPON_GRANTS.c.order_id == order.order_id
    connection.execute(update(COUPON_GRANTS).where(is_held).values(order_id=None))
