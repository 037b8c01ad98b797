from collections.abc import Mapping

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.contract.coupons import CouponKind, HeldCoupon
from backend.contract.orders import Quote, WantedLine
from backend.contract.shipping import ShippingRule
from backend.shop.catalog.skus import CatalogSku
from backend.shop.pricing.quotes import contained_tax, make_quote, merged

TEA = CatalogSku("tea", "tea", "Tea", [], "a.png", 16800, None, 0, None, 250, 1300)
CUP = CatalogSku("cup", "cup", "Cup", [["色", "红"]], "", 999, 1299, 500, None, 300, 0)
SKUS = {"tea": TEA, "cup": CUP}
UNITS = st.dictionaries(st.sampled_from(["tea", "cup"]), st.integers(1, 9999), min_size=1)


def fixed(amount_minor: int) -> HeldCoupon:
    return HeldCoupon("g", "c", "off", CouponKind.FIXED, amount_minor, 0, None, 0, [], 0, 1)


def quote(units: Mapping[str, int], skus: Mapping[str, CatalogSku] = SKUS, *, discount: int = 0) -> Quote:
    coupons = [fixed(discount)] if discount else []
    rule = ShippingRule(first_minor=500, free_from_minor=20_000)
    return make_quote(units, skus, {}, currency="CNY", shipping=rule, methods=[], coupons=coupons)


def test_lines_of_the_same_sku_merge_in_the_order_they_came() -> None:
    lines = [WantedLine("cup", 1), WantedLine("tea", 2), WantedLine("cup", 3)]
    assert list(merged(lines).items()) == [("cup", 4), ("tea", 2)]


@given(UNITS, st.integers(0, 10**9))
def test_the_sums_of_a_quote_agree(units: dict[str, int], discount: int) -> None:
    found = quote(units, discount=discount)
    assert found.goods_minor == sum(line.unit_minor * line.quantity for line in found.lines)
    assert found.discount_minor == sum(line.discount_minor for line in found.lines) <= discount
    assert found.total_minor == sum(line.net_minor for line in found.lines) + found.shipping_minor
    for line in found.lines:
        assert line.net_minor >= SKUS[line.sku_id].floor_minor * line.quantity


@given(UNITS)
def test_the_same_sum_has_the_same_hash_whatever_is_left(units: dict[str, int]) -> None:
    left = make_quote(units, SKUS, {"tea": 1}, currency="CNY", shipping=ShippingRule(), methods=[])
    more = make_quote(units, SKUS, {"tea": 2}, currency="CNY", shipping=ShippingRule(), methods=[])
    assert left.hash == more.hash


def test_whatever_changes_the_sum_changes_the_hash() -> None:
    cheaper = {**SKUS, "tea": msgspec.structs.replace(TEA, price_minor=16700)}
    taxed = {**SKUS, "tea": msgspec.structs.replace(TEA, tax_rate_bp=600)}
    units = {"tea": 1, "cup": 1}
    quotes = [
        quote(units),
        quote({"tea": 1, "cup": 2}),
        quote(units, cheaper),
        quote(units, taxed),
        quote(units, discount=1),
        make_quote(units, SKUS, {}, currency="USD", shipping=ShippingRule(), methods=[]),
        make_quote(units, SKUS, {}, currency="CNY", shipping=ShippingRule(first_minor=1), methods=[]),
    ]
    assert len({one.hash for one in quotes}) == len(quotes)


@pytest.mark.parametrize(
    ("net", "rate", "tax"), [(11300, 1300, 1300), (100, 0, 0), (1, 1300, 0), (9, 600, 1)]
)
def test_tax_is_part_of_the_price(net: int, rate: int, tax: int) -> None:
    assert contained_tax(net, rate) == tax
