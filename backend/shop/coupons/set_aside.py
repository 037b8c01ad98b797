"""Coupons that a campaign gives away: set aside when it is armed, so that they do not run out meanwhile.

The functions run inside the caller's transaction; rooms that show the coupon hear how many are left.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from backend.shop.coupons.cards import tell_left
from backend.shop.ids import new_id
from backend.storage.bulk import insert_rows
from backend.storage.coupon_tables import COUPON_GRANTS, COUPONS


def set_aside(connection: Connection, coupon_id: str, count: int, until_ms: int, now_ms: int) -> bool:
    """Take so many of a coupon out of what others get; False where they cannot be given out until then."""
    coupon = COUPONS.c
    can_give = (
        coupon.coupon_id == coupon_id,
        coupon.is_stopped.is_(False),
        coupon.ends_at_ms > until_ms,
        coupon.claimed + count <= coupon.quota,
    )
    taken = update(COUPONS).where(*can_give).values(claimed=coupon.claimed + count)
    if connection.execute(taken).rowcount != 1:
        return False
    _tell(connection, coupon_id, count, now_ms)
    return True


def give_set_aside(connection: Connection, coupon_id: str, buyer_ids: Sequence[str], now_ms: int) -> None:
    """Give one that was set aside to each of these buyers."""
    rows = [
        {"grant_id": new_id(now_ms), "coupon_id": coupon_id, "buyer_id": buyer_id, "claimed_at_ms": now_ms}
        for buyer_id in buyer_ids
    ]
    insert_rows(connection, COUPON_GRANTS, rows)


def put_back(connection: Connection, coupon_id: str, count: int, now_ms: int) -> None:
    """Let others get what was set aside and given to nobody."""
    is_it = COUPONS.c.coupon_id == coupon_id
    connection.execute(update(COUPONS).where(is_it).values(claimed=COUPONS.c.claimed - count))
    _tell(connection, coupon_id, -count, now_ms)


def _tell(connection: Connection, coupon_id: str, taken: int, now_ms: int) -> None:
    left = int(
        connection.scalar(select(COUPONS.c.quota - COUPONS.c.claimed).where(COUPONS.c.coupon_id == coupon_id))
        or 0
    )
    tell_left(connection, coupon_id, left + taken, left, now_ms)
