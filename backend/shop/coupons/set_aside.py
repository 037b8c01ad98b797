"""Coupons that a campaign gives away: set aside when it is armed, so that they do not run out meanwhile.

The functions run inside the caller's transaction; rooms that show the coupon hear how many are left.
"""

from collections import Counter
from collections.abc import Collection, Sequence

from sqlalchemy import Connection, func, select, update

from backend.contract.base import RejectReason
from backend.shop.coupons.cards import tell_left
from backend.shop.ids import new_id
from backend.storage.bulk import insert_rows
from backend.storage.coupon_tables import COUPON_GRANTS, COUPONS
from backend.storage.tables import ACCOUNTS


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


def most_each(connection: Connection, coupon_ids: Collection[str]) -> dict[str, int]:
    """Return of each of these coupons how many one buyer gets; what is unknown is left out."""
    coupon = COUPONS.c
    query = select(coupon.coupon_id, coupon.per_buyer).where(coupon.coupon_id.in_(sorted(coupon_ids)))
    return {str(coupon_id): int(most) for coupon_id, most in connection.execute(query)}


class CouponLimits:
    """Who may be given one of some coupons: each buyer gets so many, of some only with an account.

    Args:
        coupon_ids: any of which may be given.
        buyer_ids: who may be asked about.
    """

    def __init__(
        self, connection: Connection, coupon_ids: Collection[str], buyer_ids: Collection[str]
    ) -> None:
        self._most = most_each(connection, coupon_ids) if coupon_ids else {}
        self._had: Counter[tuple[str, str]] = Counter()
        self._members: set[str] | None = None
        if self._most and buyer_ids:
            self._read(connection, buyer_ids)

    def refusal(self, buyer_id: str) -> RejectReason | None:
        """Return why a buyer may not be given whichever of the coupons it would be."""
        if self._members is not None and buyer_id not in self._members:
            return RejectReason.ACCOUNTS_ONLY
        has_enough = any(self._had[buyer_id, one] >= most for one, most in self._most.items())
        return RejectReason.COUPON_ALREADY if has_enough else None

    def count(self, buyer_id: str, coupon_id: str) -> None:
        """Let a buyer have one more."""
        self._had[buyer_id, coupon_id] += 1

    def _read(self, connection: Connection, buyer_ids: Collection[str]) -> None:
        coupon, grant, buyers = COUPONS.c, COUPON_GRANTS.c, sorted(buyer_ids)
        are_these = grant.coupon_id.in_(sorted(self._most)), grant.buyer_id.in_(buyers)
        held = select(grant.buyer_id, grant.coupon_id, func.count()).where(*are_these)
        for buyer_id, coupon_id, count in connection.execute(held.group_by(grant.buyer_id, grant.coupon_id)):
            self._had[str(buyer_id), str(coupon_id)] = int(count)
        is_strict = coupon.coupon_id.in_(sorted(self._most)), coupon.accounts_only.is_(True)
        if connection.scalar(select(coupon.coupon_id).where(*is_strict).limit(1)) is not None:
            accounts = select(ACCOUNTS.c.user_id).where(ACCOUNTS.c.user_id.in_(buyers))
            self._members = set(connection.scalars(accounts))


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
