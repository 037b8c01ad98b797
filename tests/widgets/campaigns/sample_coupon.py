"""A coupon as the studio gets it."""

from backend.contract.coupons import Coupon, CouponKind, NewCoupon


def coupon(coupon_id: str, title: str, *, is_stopped: bool = False) -> Coupon:
    """Return one of five off, of which ten are given out."""
    wish = NewCoupon(title, CouponKind.FIXED, 0, 3_600_000, 10, 500)
    return Coupon(coupon_id, wish, claimed=0, used=0, is_stopped=is_stopped, created_at_ms=0)
