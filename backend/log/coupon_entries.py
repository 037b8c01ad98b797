"""What a room's log has of coupons: what it shows, not who claims."""

from backend.contract.base import Message
from backend.contract.coupons import ShownCoupon


class CouponShown(Message, frozen=True, tag="coupon_shown"):
    """Staff showed a coupon to the room, to be claimed.

    Attributes:
        outbox_id: of the shop's message; a room has each once.
        session_id: the live session that it is for; in another one it is not shown.
    """

    outbox_id: int
    session_id: str
    coupon: ShownCoupon


class CouponCounted(Message, frozen=True, tag="coupon_counted"):
    """So many of a coupon are left, as coarsely as people see it; see `CouponShown`.

    Attributes:
        is_put_back: whether some came back that a campaign had set aside, so that there may be more again.
    """

    outbox_id: int
    coupon_id: str
    left: int
    is_put_back: bool = False


class CouponHidden(Message, frozen=True, tag="coupon_hidden"):
    """A coupon is shown no more; `outbox_id` where the shop gives no more of it out, else 0."""

    coupon_id: str
    outbox_id: int = 0


CouponEntry = CouponShown | CouponCounted | CouponHidden
