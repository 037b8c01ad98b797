"""What is said of coupons to host and assistants."""

from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend.contract.coupons import (
    WHOLE_BP,
    ClaimCondition,
    Coupon,
    CouponFault,
    CouponKind,
    CouponWarning,
    NewCoupon,
)
from widgets.common.money import list_price

MINUTE_S: Final = 60


class CouponState(Enum):
    """How a coupon stands."""

    RUNNING = auto()
    LATER = auto()
    NONE_LEFT = auto()
    STOPPED = auto()
    ENDED = auto()


def state_of(coupon: Coupon, now_ms: int) -> CouponState:
    """Return how a coupon stands now."""
    if now_ms >= coupon.wish.ends_at_ms:
        return CouponState.ENDED
    if coupon.is_stopped:
        return CouponState.STOPPED
    if coupon.claimed >= coupon.wish.quota:
        return CouponState.NONE_LEFT
    return CouponState.LATER if now_ms < coupon.wish.begins_at_ms else CouponState.RUNNING


def state_text(state: CouponState) -> str:
    """Say how a coupon stands."""
    translate = QCoreApplication.translate
    return {
        CouponState.RUNNING: translate("Coupons", "Given out"),
        CouponState.LATER: translate("Coupons", "Later"),
        CouponState.NONE_LEFT: translate("Coupons", "All given out"),
        CouponState.STOPPED: translate("Coupons", "Stopped"),
        CouponState.ENDED: translate("Coupons", "Ended"),
    }[state]


def worth_text(wish: NewCoupon, currency: str) -> str:
    """Say what a coupon takes off, and from how much on."""
    translate = QCoreApplication.translate
    if wish.kind is CouponKind.FIXED:
        text = translate("Coupons", "{amount} off").format(amount=list_price(wish.amount_minor, currency))
    else:
        text = translate("Coupons", "{percent}% off").format(percent=percent_text(wish.percent_bp))
        if wish.cap_minor is not None:
            cap = translate("Coupons", "{amount} at most")
            text += ", " + cap.format(amount=list_price(wish.cap_minor, currency))
    if wish.minimum_minor:
        least = translate("Coupons", "from {amount} on")
        text += " " + least.format(amount=list_price(wish.minimum_minor, currency))
    return text


def percent_text(percent_bp: int) -> str:
    """Write hundredths of a percent as percent: 1250 is 12.5."""
    return f"{percent_bp * 100 / WHOLE_BP:.2f}".rstrip("0").rstrip(".")


def condition_name(condition: ClaimCondition) -> str:
    """What one has to do for a coupon."""
    translate = QCoreApplication.translate
    return {
        ClaimCondition.NOTHING: translate("Coupons", "For everybody"),
        ClaimCondition.FOLLOW: translate("Coupons", "For followers"),
        ClaimCondition.WATCH: translate("Coupons", "For watching this live"),
    }[condition]


def how_text(wish: NewCoupon) -> str:
    """Say who gets a coupon, and for which products."""
    translate = QCoreApplication.translate
    if wish.code:
        text = translate("Coupons", "By the code {code}").format(code=wish.code)
    elif wish.condition is ClaimCondition.WATCH:
        text = translate("Coupons", "For watching {time}").format(time=_time_text(wish.watch_s))
    else:
        text = condition_name(wish.condition)
    parts = [text]
    if wish.accounts_only:
        parts.append(translate("Coupons", "accounts only"))
    if len(wish.spu_ids) == 1:
        parts.append(translate("Coupons", "1 product"))
    elif wish.spu_ids:
        parts.append(translate("Coupons", "{n} products").format(n=len(wish.spu_ids)))
    return " · ".join(parts)


def _time_text(seconds: int) -> str:
    translate = QCoreApplication.translate
    if seconds % MINUTE_S:
        return translate("Coupons", "{n} s").format(n=seconds)
    return translate("Coupons", "{n} min").format(n=seconds // MINUTE_S)


def fault_text(fault: CouponFault) -> str:
    """Say why a coupon cannot be made."""
    translate = QCoreApplication.translate
    return {
        CouponFault.NOTHING_OFF: translate("Coupons", "A coupon takes something off: fill in how much."),
        CouponFault.ENDS_TOO_EARLY: translate("Coupons", "It ends before it begins. Choose a later end."),
        CouponFault.NO_WATCH_TIME: translate("Coupons", "Say for how long one watches first."),
        CouponFault.CODE_AND_CONDITION: translate(
            "Coupons", "Who types a code has to do nothing else: choose one of the two."
        ),
        CouponFault.NO_TITLE: translate("Coupons", "Give the coupon a title that viewers can read."),
    }[fault]


def warning_text(warning: CouponWarning) -> str:
    """Say why a coupon would take nothing off."""
    translate = QCoreApplication.translate
    return {
        CouponWarning.NO_PRODUCTS: translate("Coupons", "None of the products that it is for is on sale."),
        CouponWarning.MINIMUM_ABOVE_PRICES: translate(
            "Coupons", "No single product costs as much as the coupon asks for: only several together do."
        ),
        CouponWarning.NOTHING_ABOVE_FLOORS: translate(
            "Coupons", "All that it is for costs its lowest allowed price already, so nothing would come off."
        ),
    }[warning]
