from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.contract.shipping import FREE, RegionRule, ShippingRule, ShippingTemplate, ShippingUnit
from backend.shop.pricing.shipping import SentAlong, Weighed, further_shipping_of, rule_for, shipping_of

BY_PIECE = ShippingRule(first=2, first_minor=800, further=3, further_minor=200)
BY_WEIGHT = ShippingRule(ShippingUnit.WEIGHT, 1000, 1000, 500, 300, free_from_minor=9900)


@pytest.mark.parametrize(("pieces", "cost"), [(1, 800), (2, 800), (3, 1000), (5, 1000), (6, 1200)])
def test_further_pieces_cost_by_the_step(pieces: int, cost: int) -> None:
    assert shipping_of(BY_PIECE, [Weighed(pieces, 0)], 1) == cost


@pytest.mark.parametrize(
    ("grams", "cost"), [(0, 1000), (1000, 1000), (1001, 1300), (1500, 1300), (1501, 1600)]
)
def test_weight_counts_over_all_lines(grams: int, cost: int) -> None:
    assert shipping_of(BY_WEIGHT, [Weighed(1, grams // 2), Weighed(1, grams - grams // 2)], 9899) == cost


def test_a_large_order_is_sent_for_nothing() -> None:
    assert shipping_of(BY_WEIGHT, [Weighed(1, 5000)], 9900) == 0


def test_the_first_region_that_fits_counts() -> None:
    template = ShippingTemplate(
        BY_PIECE, [RegionRule("CN", ["西藏自治区"], None), RegionRule("CN", [], FREE.default)]
    )
    assert rule_for(template, "CN", "西藏自治区") is None
    assert rule_for(template, "CN", "浙江省") == FREE.default
    assert rule_for(template, "DE", "") == BY_PIECE


def test_a_province_is_known_by_how_its_name_begins() -> None:
    template = ShippingTemplate(
        BY_PIECE, [RegionRule("CN", ["新疆", "西藏"], None), RegionRule("US", ["al"], None)]
    )
    assert rule_for(template, "CN", "新疆维吾尔自治区") is None
    assert rule_for(template, "CN", "浙江省") == BY_PIECE
    assert rule_for(template, "US", "Alaska") is None
    assert rule_for(template, "US", "") == BY_PIECE


ORDERS = st.lists(
    st.tuples(
        st.lists(st.builds(Weighed, st.integers(1, 20), st.integers(0, 3000)), min_size=1),
        st.integers(0, 5000),
    ),
    min_size=1,
    max_size=6,
)


@st.composite
def rules(draw: st.DrawFn) -> ShippingRule:
    """Rules as shops have them: to begin a parcel never costs less than to fill it as far."""
    further = draw(st.integers(1, 3000))
    further_minor = draw(st.integers(0, 500))
    steps = draw(st.integers(1, 4))
    return ShippingRule(
        unit=draw(st.sampled_from(ShippingUnit)),
        first=draw(st.integers(1, steps * further)),
        first_minor=steps * further_minor + draw(st.integers(0, 1000)),
        further=further,
        further_minor=further_minor,
        free_from_minor=draw(st.none() | st.integers(0, 20_000)),
    )


def paid_one_by_one(rule: ShippingRule, orders: list[tuple[list[Weighed], int]]) -> list[int]:
    """What each order pays for shipping that goes in one parcel with those before."""
    along, paid = SentAlong(), []
    for lines, net_minor in orders:
        paid.append(further_shipping_of(rule, along, lines, net_minor))
        along = SentAlong(["n"], [*along.lines, *lines], along.net_minor + net_minor, sum(paid))
    return paid


@given(rules(), ORDERS)
def test_the_shipping_of_all_orders_is_that_of_one_joint_order(
    rule: ShippingRule, orders: list[tuple[list[Weighed], int]]
) -> None:
    joint = [
        shipping_of(
            rule, [line for lines, _ in orders[:n] for line in lines], sum(net for _, net in orders[:n])
        )
        for n in range(1, len(orders) + 1)
    ]
    paid = paid_one_by_one(rule, orders)
    # What was paid before the sum was enough to be sent for nothing is not given back.
    assert list(accumulate(paid)) == list(accumulate(joint, max))
    if rule.free_from_minor is None:
        assert sum(paid) == joint[-1]


@given(
    st.builds(
        ShippingRule,
        first=st.integers(1, 9),
        first_minor=st.integers(0, 99),
        further=st.integers(1, 9),
        further_minor=st.integers(0, 99),
    ),
    ORDERS,
)
def test_no_order_pays_more_in_a_shared_parcel_than_alone(
    rule: ShippingRule, orders: list[tuple[list[Weighed], int]]
) -> None:
    for cost, (lines, net_minor) in zip(paid_one_by_one(rule, orders), orders, strict=True):
        assert 0 <= cost <= shipping_of(rule, lines, net_minor)
