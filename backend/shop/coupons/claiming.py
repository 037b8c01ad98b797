"""Gives a coupon to a buyer, by its id or its code. Inside the caller's transaction."""

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from backend.contract.base import RejectReason
from backend.contract.coupons import AskCoupon, ClaimCondition, HeldCoupon
from backend.shop.coupons.cards import tell_left
from backend.shop.coupons.grants import read_held
from backend.shop.ids import new_id
from backend.storage.coupon_tables import COUPON_GRANTS, COUPONS
from backend.storage.database import read_rows


class Standing(msgspec.Struct, frozen=True):
    """What is known of who claims: what they did in the room comes from the room alone.

    Attributes:
        watched_s: of the live session that is on.
        has_account: whether they are more than a guest.
    """

    is_follower: bool = False
    watched_s: int = 0
    has_account: bool = False


class NotClaimed(msgspec.Struct, frozen=True):
    """A buyer gets none; `retry_ms` where watching for so much longer helps."""

    why: RejectReason
    retry_ms: int = 0


class _Coupon(msgspec.Struct, frozen=True):
    """What decides of a coupon's row."""

    coupon_id: str
    begins_at_ms: int
    ends_at_ms: int
    quota: int
    claimed: int
    per_buyer: int
    is_stopped: bool
    condition: ClaimCondition
    watch_s: int
    accounts_only: bool


def claim(
    connection: Connection, buyer_id: str, wish: AskCoupon, standing: Standing, now_ms: int
) -> HeldCoupon | NotClaimed:
    """Give a coupon to a buyer, or say why not; the rooms that show it hear how many are left."""
    # Who knows the id alone does not get what only a code gives.
    is_it = (
        COUPONS.c.code == wish.code.casefold()
        if wish.code
        else (COUPONS.c.coupon_id == wish.coupon_id) & COUPONS.c.code.is_(None)
    )
    rows = read_rows(connection, select(COUPONS).where(is_it))
    if not rows:
        return NotClaimed(RejectReason.COUPON_UNKNOWN)
    coupon = msgspec.convert(rows[0], _Coupon)
    hindered = _ended(coupon, now_ms) or _has_enough(connection, coupon, buyer_id) or _unmet(coupon, standing)
    if hindered is not None:
        return hindered
    is_left = COUPONS.c.coupon_id == coupon.coupon_id, COUPONS.c.claimed < COUPONS.c.quota
    counted = update(COUPONS).where(*is_left).values(claimed=COUPONS.c.claimed + 1)
    if connection.execute(counted).rowcount != 1:
        return NotClaimed(RejectReason.COUPON_NONE_LEFT)
    left = coupon.quota - coupon.claimed
    tell_left(connection, coupon.coupon_id, left, left - 1, now_ms)
    return _grant(connection, coupon.coupon_id, buyer_id, now_ms)


def _ended(coupon: _Coupon, now_ms: int) -> NotClaimed | None:
    if coupon.is_stopped or now_ms >= coupon.ends_at_ms:
        return NotClaimed(RejectReason.COUPON_ENDED)
    return NotClaimed(RejectReason.COUPON_NOT_YET) if now_ms < coupon.begins_at_ms else None


def _has_enough(connection: Connection, coupon: _Coupon, buyer_id: str) -> NotClaimed | None:
    grant = COUPON_GRANTS.c
    of_buyer = (grant.coupon_id == coupon.coupon_id, grant.buyer_id == buyer_id)
    had = int(connection.scalar(select(func.count()).select_from(COUPON_GRANTS).where(*of_buyer)) or 0)
    if had >= coupon.per_buyer:
        return NotClaimed(RejectReason.COUPON_ALREADY)
    return NotClaimed(RejectReason.COUPON_NONE_LEFT) if coupon.claimed >= coupon.quota else None


def _unmet(coupon: _Coupon, standing: Standing) -> NotClaimed | None:
    if coupon.accounts_only and not standing.has_account:
        return NotClaimed(RejectReason.ACCOUNTS_ONLY)
    missing_s = coupon.watch_s - standing.watched_s
    match coupon.condition:
        case ClaimCondition.FOLLOW if not standing.is_follower:
            return NotClaimed(RejectReason.NOT_FOLLOWING)
        case ClaimCondition.WATCH if missing_s > 0:
            return NotClaimed(RejectReason.NOT_WATCHED, missing_s * 1000)
    return None


def _grant(connection: Connection, coupon_id: str, buyer_id: str, now_ms: int) -> HeldCoupon:
    grant_id = new_id(now_ms)
    row = {"grant_id": grant_id, "coupon_id": coupon_id, "buyer_id": buyer_id, "claimed_at_ms": now_ms}
    connection.execute(insert(COUPON_GRANTS).values(row))
    held = read_held(connection, {buyer_id}, now_ms)[buyer_id]
    return next(one for one in held if one.grant_id == grant_id)
