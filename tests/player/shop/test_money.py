"""Amounts as buyers read them, in every currency that a shop may sell in."""

import pytest

from tests.support.node import run_module

PRELUDE = """
globalThis.document = { documentElement: { lang } };
const { listPrice, money } = await player("shop/money.js");
"""


@pytest.mark.parametrize(
    ("minor", "currency", "written"),
    [
        (38_700, "CNY", "¥387.00"),
        (5, "CNY", "¥0.05"),
        (123_456_789, "CNY", "¥1,234,567.89"),
        (-4_000, "CNY", "−¥40.00"),
        (1_980, "JPY", "¥1,980"),
        (12_345, "EUR", "€123.45"),
    ],
)
@pytest.mark.parametrize("lang", ["zh-CN", "en"])
async def test_an_amount_is_written_to_its_last_decimal(
    minor: int, currency: str, written: str, lang: str
) -> None:
    script = PRELUDE + "return money(minor, currency);"
    assert await run_module(script, str, minor=minor, currency=currency, lang=lang) == written


async def test_a_currency_of_three_decimals_keeps_all_of_them() -> None:
    written = await run_module(PRELUDE + 'return money(12345, "KWD");', str, lang="en")
    assert written.endswith("12.345")


async def test_a_list_drops_decimals_that_are_zero_and_no_others() -> None:
    script = PRELUDE + 'return [38700, 38710, 0].map((minor) => listPrice(minor, "CNY"));'
    assert await run_module(script, list[str], lang="zh-CN") == ["¥387", "¥387.10", "¥0"]
