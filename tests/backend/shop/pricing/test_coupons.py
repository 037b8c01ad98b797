"""What coupons take off: never below a floor, never more than they say, the same however lines stand."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from backend.contract.coupons import CouponKind, HeldCoupon
from backend.shop.pricing.coupons import Goods, best_of, parts_of

FIXED = HeldCoupon("g", "c", "off", CouponKind.FIXED, 1_000, 0, None, 0, [], 0, 1)
PERCENT = replace(FIXED, kind=CouponKind.PERCENT, amount_minor=0, percent_bp=1_500)
GOODS = st.lists(
    st.builds(
        Goods,
        st.sampled_from(["tea", "cup", "pot"]),
        st.integers(0, 1_000_000),
        st.integers(0, 1_000_000),
    ),
    min_size=1,
    max_size=8,
)
COUPONS = st.builds(
    HeldCoupon,
    st.uuids().map(str),
    st.just("c"),
    st.just("off"),
    st.sampled_from(CouponKind),
    st.integers(0, 2_000_000),
    st.integers(0, 10_000),
    st.none() | st.integers(0, 500_000),
    st.integers(0, 1_000_000),
    st.lists(st.sampled_from(["tea", "cup"]), unique=True),
    st.just(0),
    st.integers(1, 9),
)


@given(COUPONS, GOODS)
def test_a_coupon_takes_no_more_than_it_says_and_nothing_below_a_floor(
    coupon: HeldCoupon, goods: list[Goods]
) -> None:
    parts = parts_of(coupon, goods)
    is_for = [not coupon.spu_ids or line.spu_id in coupon.spu_ids for line in goods]
    base = sum(line.net_minor for line, is_one in zip(goods, is_for, strict=True) if is_one)
    for line, part, is_one in zip(goods, parts, is_for, strict=True):
        assert 0 <= part <= (max(line.net_minor - line.floor_minor, 0) if is_one else 0)
    if base < coupon.minimum_minor:
        assert sum(parts) == 0
    if coupon.kind is CouponKind.FIXED:
        assert sum(parts) <= coupon.amount_minor
    else:
        assert sum(parts) * 10_000 <= base * coupon.percent_bp
        assert coupon.cap_minor is None or sum(parts) <= coupon.cap_minor


@given(st.lists(COUPONS, max_size=6), GOODS)
def test_the_best_coupon_takes_off_most(coupons: list[HeldCoupon], goods: list[Goods]) -> None:
    best = best_of(coupons, goods)
    sums = [sum(parts_of(one, goods)) for one in coupons]
    assert (best.sum_minor if best else 0) == max(sums, default=0)


def test_a_percentage_is_rounded_down_and_capped() -> None:
    goods = [Goods("tea", 999, 0)]
    assert parts_of(PERCENT, goods) == [149]
    assert parts_of(replace(PERCENT, cap_minor=100), goods) == [100]


def test_a_coupon_counts_from_its_minimum_on_and_for_its_products_alone() -> None:
    goods = [Goods("tea", 6_000, 0), Goods("cup", 4_000, 0)]
    assert parts_of(replace(FIXED, minimum_minor=10_000), goods) == [600, 400]
    assert parts_of(replace(FIXED, minimum_minor=10_001), goods) == [0, 0]
    assert parts_of(replace(FIXED, spu_ids=["cup"]), goods) == [0, 1_000]
    assert parts_of(replace(FIXED, spu_ids=["cup"], minimum_minor=4_001), goods) == [0, 0]


def test_of_equal_coupons_the_one_that_ends_first_is_proposed() -> None:
    late, early = replace(FIXED, grant_id="a", ends_at_ms=9), replace(FIXED, grant_id="b", ends_at_ms=5)
    best = best_of([late, early], [Goods("tea", 6_000, 0)])
    assert best is not None
    assert best.coupon is early


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["tea", "cup", "pot"]),
            st.integers(0, 1_000_000),
            st.integers(0, 1_000_000),
            st.integers(0, 1_000_000),
            st.integers(1, 99),
        ),
        min_size=1,
        max_size=6,
    ),
    st.lists(COUPONS, max_size=4),
)
def test_a_coupon_and_a_lower_price_together_never_go_below_the_floor(
    lines: list[tuple[str, int, int, int, int]], coupons: list[HeldCoupon]
) -> None:
    # A flash price may be anything from the floor to the price; a coupon comes off what is left of it.
    goods, floors = [], []
    for spu_id, first, second, third, quantity in lines:
        floor, flash, _price = sorted((first, second, third))
        goods.append(Goods(spu_id, flash * quantity, floor * quantity))
        floors.append(floor * quantity)
    best = best_of(coupons, goods)
    parts = best.parts if best else [0] * len(goods)
    for line, part, floor in zip(goods, parts, floors, strict=True):
        assert line.net_minor - part >= floor
