from dataclasses import replace

import pytest

from backend.contract.shipping import RegionRule, ShippingRule, ShippingUnit
from widgets.settings.shipping_draft import RegionDraft, ShippingFault, draft_of, read_region

REGIONS = [
    RegionRule("CN", ["西藏", "新疆"], None),
    RegionRule("DE", [], ShippingRule(ShippingUnit.WEIGHT, 1000, 1250, 500, 300, free_from_minor=9900)),
]


@pytest.mark.parametrize("region", REGIONS, ids=str)
@pytest.mark.parametrize("currency", ["CNY", "JPY"])
def test_a_draft_of_a_region_means_that_region(region: RegionRule, currency: str) -> None:
    assert read_region(draft_of(region, currency), currency) == region


def test_provinces_are_read_however_they_are_divided() -> None:
    draft = RegionDraft(country=" cn ", provinces="浙江，上海、 江苏;;浙江")
    region = read_region(draft, "CNY")
    assert isinstance(region, RegionRule)
    assert (region.country, region.provinces) == ("CN", ["浙江", "上海", "江苏"])


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"country": "C"}, ShippingFault.COUNTRY),
        ({"country": "中国"}, ShippingFault.COUNTRY),
        ({"provinces": "x" * 65}, ShippingFault.PROVINCES),
        ({"provinces": ",".join(str(number) for number in range(61))}, ShippingFault.PROVINCES),
        ({"first_fee": ""}, ShippingFault.FEE),
        ({"further_fee": "1.234"}, ShippingFault.FEE),
        ({"first_fee": "99999999999"}, ShippingFault.FEE),
        ({"free_from": "many"}, ShippingFault.FREE_FROM),
    ],
    ids=str,
)
def test_a_draft_that_means_nothing_says_which_field(
    changes: dict[str, object], fault: ShippingFault
) -> None:
    assert read_region(replace(RegionDraft(), **changes), "CNY") is fault  # type: ignore[arg-type]


def test_fees_of_a_place_that_is_not_delivered_to_are_not_read() -> None:
    region = read_region(RegionDraft(is_sent=False, first_fee="x"), "CNY")
    assert region == RegionRule("CN", [], None)
