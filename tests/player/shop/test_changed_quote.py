"""Whether a quote asks for the same money as the one that the buyer saw."""

import pytest

from tests.support.node import run_module

LINE = {"sku_id": "tea", "quantity": 2, "net_minor": 100}
QUOTE = {
    "hash": "a",
    "currency": "CNY",
    "total_minor": 108,
    "shipping_minor": 8,
    "discount_minor": 0,
    "lines": [LINE],
}


@pytest.mark.parametrize(
    ("changed", "is_same"),
    [
        ({}, True),
        ({"hash": "b"}, True),
        ({"hash": "b", "total_minor": 109}, False),
        ({"hash": "b", "shipping_minor": 9, "lines": [{**LINE, "net_minor": 99}]}, False),
        ({"hash": "b", "lines": [{**LINE, "quantity": 1}]}, False),
        ({"hash": "b", "currency": "JPY"}, False),
    ],
)
async def test_a_quote_is_the_same_where_each_line_costs_the_same(
    changed: dict[str, object], *, is_same: bool
) -> None:
    script = 'const { isSame } = await player("shop/changed-quote.js"); return isSame(one, other);'
    assert await run_module(script, bool, one=QUOTE, other={**QUOTE, **changed}) is is_same
