import pytest

from backend.contract.shipping import FREE, RegionRule, ShippingRule, ShippingTemplate, ShippingUnit
from backend.shop.pricing.shipping import Weighed, rule_for, shipping_of

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
