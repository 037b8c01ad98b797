"""The coupons that rooms show: put there, counted down, taken off. Inside the caller's transaction."""

import msgspec
from sqlalchemy import Connection, delete, insert, select

from backend.contract.base import RejectReason
from backend.contract.coupons import Coupon, ShownCoupon
from backend.shop.currency import read_currency
from backend.shop.outbox import CouponCounted, CouponShown, CouponStopped, OutboxMessage, write_outbox
from backend.shop.stock.coarse import coarse
from backend.storage.coupon_tables import COUPON_CARDS


class CardWish(msgspec.Struct, frozen=True):
    """A coupon that staff want to show to a room in its live session, for a time."""

    room_id: str
    session_id: str
    coupon_id: str
    seconds: int


def show(connection: Connection, coupon: Coupon, wish: CardWish, now_ms: int) -> RejectReason | None:
    """Show a coupon to a room, as long as it can be claimed; or return why not."""
    terms, left = coupon.wish, coupon.wish.quota - coupon.claimed
    if terms.code:
        return RejectReason.COUPON_BY_CODE
    if coupon.is_stopped or now_ms >= terms.ends_at_ms:
        return RejectReason.COUPON_ENDED
    if now_ms < terms.begins_at_ms:
        return RejectReason.COUPON_NOT_YET
    if left <= 0:
        return RejectReason.COUPON_NONE_LEFT
    until_ms = min(now_ms + wish.seconds * 1000, terms.ends_at_ms)
    is_this = COUPON_CARDS.c.coupon_id == wish.coupon_id, COUPON_CARDS.c.room_id == wish.room_id
    connection.execute(delete(COUPON_CARDS).where(*is_this))
    row = {"coupon_id": wish.coupon_id, "room_id": wish.room_id, "until_ms": until_ms}
    connection.execute(insert(COUPON_CARDS).values(row))
    card = _card(coupon, read_currency(connection), until_ms, coarse(left))
    message = OutboxMessage(wish.room_id, wish.session_id, CouponShown(card))
    write_outbox(connection, [message], now_ms)
    return None


def _card(coupon: Coupon, currency: str, until_ms: int, left: int) -> ShownCoupon:
    terms = coupon.wish
    return ShownCoupon(
        coupon_id=coupon.coupon_id,
        title=terms.title,
        kind=terms.kind,
        amount_minor=terms.amount_minor,
        percent_bp=terms.percent_bp,
        cap_minor=terms.cap_minor,
        minimum_minor=terms.minimum_minor,
        currency=currency,
        products=len(terms.spu_ids),
        condition=terms.condition,
        watch_s=terms.watch_s,
        accounts_only=terms.accounts_only,
        ends_at_ms=terms.ends_at_ms,
        until_ms=until_ms,
        left=left,
    )


def tell_left(connection: Connection, coupon_id: str, before: int, left: int, now_ms: int) -> None:
    """Tell the rooms that show a coupon how many are left now, where that looks different from before."""
    if coarse(left) == coarse(before):
        return
    body = CouponCounted(coupon_id, coarse(left), is_put_back=left > before)
    messages = [OutboxMessage(room_id, "", body) for room_id in _rooms(connection, coupon_id, now_ms)]
    write_outbox(connection, messages, now_ms)


def tell_stopped(connection: Connection, coupon_id: str, now_ms: int) -> None:
    """Tell the rooms that show a coupon that no more of it is given out."""
    rooms = _rooms(connection, coupon_id, now_ms)
    messages = [OutboxMessage(room_id, "", CouponStopped(coupon_id)) for room_id in rooms]
    write_outbox(connection, messages, now_ms)
    connection.execute(delete(COUPON_CARDS).where(COUPON_CARDS.c.coupon_id == coupon_id))


def _rooms(connection: Connection, coupon_id: str, now_ms: int) -> list[str]:
    is_shown = COUPON_CARDS.c.coupon_id == coupon_id, COUPON_CARDS.c.until_ms > now_ms
    rooms = connection.scalars(
        select(COUPON_CARDS.c.room_id).where(*is_shown).order_by(COUPON_CARDS.c.room_id)
    )
    return list(rooms)
