"""Why a purchase does not get a flash sale's price, as a client reads it."""

from pathlib import Path

import pytest

from backend.contract.campaigns import Campaign
from backend.contract.live import GoLive
from backend.contract.orders import Quote
from backend.contract.protocol import Accepted
from backend.contract.shop_problems import FlashProblem
from backend.http.api.flash_refusals import problem_of_flash
from backend.shop.flash_sale.deciding import FlashFault, Missed
from backend.shop.orders.results import FlashMissed
from tests.backend.http.api.shopping import TEA, answer, line, open_market, order_body

SALE = {
    "terms": {
        "kind": "flash_sale",
        "spu_id": TEA,
        "prices": [{"sku_id": TEA, "price_minor": 9_900, "quota": 2}],
    }
}


async def test_who_buys_before_the_start_reads_by_how_much_and_what_it_costs_now(tmp_path: Path) -> None:
    async with open_market(tmp_path) as market:
        async with market.backend.host() as host:
            assert isinstance(await host.act(GoLive()), Accepted)
        sale = answer(Campaign, await market.host.post("campaigns", SALE), 201)
        buyer = await market.buyer()
        asked = {"lines": [line()], "campaign_id": sale.campaign_id}
        quote = answer(Quote, await buyer.post("quotes", asked))
        assert quote.lines[0].unit_minor == 9_900
        response = await buyer.post("orders", order_body(quote, [line()]))
    problem = answer(FlashProblem, response, 409)
    assert response.headers["content-type"] == "application/problem+json"
    assert (problem.type, problem.campaign_id) == ("flash_not_open", sale.campaign_id)
    assert 0 < problem.ms <= 10_000
    assert f"{problem.ms} ms before the start" in problem.detail
    assert problem.quote.lines[0].unit_minor == 16_800


@pytest.mark.parametrize(
    ("fault", "numbers", "words"),
    [
        (FlashFault.OVER, {"ms": 7}, "7 ms after the end"),
        (FlashFault.SOLD_OUT, {"left": 1}, "1 are left at this price"),
        (FlashFault.LIMIT, {"limit": 2, "left": 1}, "One buyer gets 2"),
    ],
)
def test_each_refusal_of_a_sale_has_its_numbers(
    fault: FlashFault, numbers: dict[str, int], words: str
) -> None:
    quote = Quote("h", "CNY", [], 5, 0, 0, 0, 5, [])
    missed = Missed("c-1", 0, fault, "tea", **numbers)
    problem = problem_of_flash(FlashMissed(missed, quote))
    assert isinstance(problem, FlashProblem)
    assert (problem.type, problem.status) == (fault.value, 409)
    assert words in problem.detail
    assert {name: getattr(problem, name) for name in numbers} == numbers
    assert problem.quote == quote
