"""The tax on a receipt, by its rates: to the last cent as the shop counts it."""

from backend.shop.pricing.quotes import contained_tax
from tests.support.node import Result, run_module


async def words(script: str, returns: type[Result], **values: object) -> Result:
    return await run_module(
        f'const words = await player("shop/tax-words.js"); return {script};', returns, **values
    )


async def test_the_taxes_of_all_rates_are_the_tax_that_the_shop_counted() -> None:
    lines = [
        {"net_minor": 7 * n**9 % 10**12, "tax_rate_bp": (0, 600, 850, 1300)[n % 4]} for n in range(1, 200)
    ]
    taxes = await words("words.taxesOf(lines)", list[dict[str, int]], lines=lines)
    assert [tax["rate_bp"] for tax in taxes] == [1300, 850, 600]
    told = sum(tax["tax_minor"] for tax in taxes)
    assert told == sum(contained_tax(line["net_minor"], line["tax_rate_bp"]) for line in lines)


async def test_rates_are_written_as_people_read_them() -> None:
    assert await words("[1300, 850].map(words.rateText)", list[str]) == ["13%", "8.5%"]
