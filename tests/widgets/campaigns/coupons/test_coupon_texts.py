import pytest
from msgspec.structs import replace

from backend.contract.coupons import (
    ClaimCondition,
    Coupon,
    CouponFault,
    CouponKind,
    CouponWarning,
    NewCoupon,
)
from widgets.campaigns.coupons.coupon_texts import (
    CouponState,
    fault_text,
    how_text,
    state_of,
    state_text,
    warning_text,
    worth_text,
)

WISH = NewCoupon("Tea", CouponKind.FIXED, 1_000, 9_000, quota=10, amount_minor=1_500)


@pytest.mark.parametrize(
    ("now_ms", "changes", "state"),
    [
        (500, {}, CouponState.LATER),
        (1_000, {"claimed": 9}, CouponState.RUNNING),
        (1_000, {"claimed": 10}, CouponState.NONE_LEFT),
        (1_000, {"is_stopped": True}, CouponState.STOPPED),
        (9_000, {"is_stopped": True}, CouponState.ENDED),
    ],
)
def test_a_coupon_stands_as_its_time_and_its_numbers_say(
    now_ms: int, changes: dict[str, object], state: CouponState
) -> None:
    coupon = Coupon("c", WISH, 0, 0, is_stopped=False, created_at_ms=0)
    assert state_of(replace(coupon, **changes), now_ms) is state


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "¥15 off"),
        ({"minimum_minor": 9_900}, "¥15 off from ¥99 on"),
        ({"kind": CouponKind.PERCENT, "percent_bp": 1_250}, "12.5% off"),
        ({"kind": CouponKind.PERCENT, "percent_bp": 2_000, "cap_minor": 5_000}, "20% off, ¥50 at most"),
    ],
)
def test_what_a_coupon_is_worth_is_said_in_the_shops_currency(changes: dict[str, object], text: str) -> None:
    assert worth_text(replace(WISH, **changes), "CNY") == text


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "For everybody"),
        ({"condition": ClaimCondition.FOLLOW, "accounts_only": True}, "For followers · accounts only"),
        ({"condition": ClaimCondition.WATCH, "watch_s": 180}, "For watching 3 min"),
        ({"condition": ClaimCondition.WATCH, "watch_s": 90}, "For watching 90 s"),
        ({"code": "TEA-2026", "spu_ids": ["tea"]}, "By the code TEA-2026 · 1 product"),
        ({"spu_ids": ["tea", "cup"]}, "For everybody · 2 products"),
    ],
)
def test_who_gets_a_coupon_is_said(changes: dict[str, object], text: str) -> None:
    assert how_text(replace(WISH, **changes)) == text


def test_every_state_fault_and_warning_of_coupons_has_words() -> None:
    assert all(map(state_text, CouponState))
    assert all(map(fault_text, CouponFault))
    assert all(map(warning_text, CouponWarning))
