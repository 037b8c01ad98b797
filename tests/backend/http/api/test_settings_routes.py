"""How the shop sells, over real HTTP."""

import msgspec
import pytest

from backend.contract.orders import PaymentMethod, Quote
from backend.contract.payments import PaymentMethods
from backend.contract.sale_settings import CAP, GUEST_CAP, SaleSettings
from backend.contract.shipping import FREE, RegionRule, ShippingRule, ShippingTemplate
from backend.contract.shop_problems import CurrencyProblem, MethodProblem, UnpaidProblem
from tests.backend.http.api.shopping import TEA, Market, answer, line, order_body, refused


async def be_strict(market: Market) -> None:
    """Let as much wait for its money as by default."""
    settings = SaleSettings("CNY", list(PaymentMethod))
    answer(SaleSettings, await market.host.put("settings", msgspec.to_builtins(settings)))


async def test_what_the_host_turns_off_nobody_can_choose(market: Market) -> None:
    buyer, lines = await market.buyer(), [line()]
    settings = SaleSettings("CNY", [PaymentMethod.ONLINE])
    assert answer(SaleSettings, await market.host.put("settings", msgspec.to_builtins(settings))) == settings
    quote = answer(Quote, await buyer.post("quotes", {"lines": lines}))
    assert quote.methods == [PaymentMethod.ONLINE]
    response = await buyer.post("orders", order_body(quote, lines, "cash_on_delivery"))
    off = answer(MethodProblem, response, 409)
    assert (off.type, off.methods) == ("method_off", [PaymentMethod.ONLINE])


async def test_a_guest_is_told_that_too_much_waits_and_what_helps(market: Market) -> None:
    buyer, lines = await market.buyer(), [line(TEA, 1)]
    await be_strict(market)
    orders = [await buyer.order(*lines) for _ in range(GUEST_CAP.orders)]
    response = await buyer.post("orders", order_body(await buyer.quote(*lines), lines))
    limit = answer(UnpaidProblem, response, 409)
    assert (limit.type, limit.is_guest) == ("unpaid_limit", True)
    assert (limit.most_orders, limit.most_units) == (GUEST_CAP.orders, GUEST_CAP.units)
    assert "Pay or cancel one" in limit.detail
    assert (await buyer.post(f"orders/{orders[0].order_id}/cancel", {})).status_code == 200
    await buyer.order(*lines)


async def test_the_host_is_no_guest(market: Market) -> None:
    await be_strict(market)
    for _ in range(CAP.orders):
        await market.host.order(line())
    response = await market.host.post("orders", order_body(await market.host.quote(line()), [line()]))
    assert not answer(UnpaidProblem, response, 409).is_guest


async def test_the_currency_is_refused_once_something_was_sold(market: Market) -> None:
    await (await market.buyer()).order(line())
    settings = msgspec.to_builtins(SaleSettings("EUR", [PaymentMethod.ONLINE]))
    locked = answer(CurrencyProblem, await market.host.put("settings", settings), 409)
    assert (locked.type, locked.currency) == ("currency_locked", "CNY")


@pytest.mark.parametrize(
    "wrong",
    [{"currency": "yuan"}, {"currency": "cny"}, {"methods": []}, {"methods": ["barter"]}, {"unpaid": {}}],
    ids=str,
)
async def test_settings_that_are_none_are_malformed(market: Market, wrong: dict[str, object]) -> None:
    body = {**msgspec.to_builtins(SaleSettings("CNY", [PaymentMethod.ONLINE])), **wrong}
    assert refused(await market.host.put("settings", body)) == (422, "malformed")


async def test_sending_costs_what_the_host_says(market: Market) -> None:
    template = ShippingTemplate(
        ShippingRule(first_minor=1200, further_minor=300), [RegionRule("CN", ["西藏"], None)]
    )
    assert answer(ShippingTemplate, await market.host.get("settings/shipping")) == FREE
    body = msgspec.to_builtins(template)
    assert answer(ShippingTemplate, await market.host.put("settings/shipping", body)) == template
    quote = answer(Quote, await (await market.buyer()).post("quotes", {"lines": [line()]}))
    assert quote.shipping_minor == 1200


@pytest.mark.parametrize(
    "wrong",
    [
        {"default": {"first": 0}},
        {"default": {"first_minor": -1}},
        {"regions": [{"country": "CN", "provinces": [""], "rule": None}]},
        {"regions": [{"country": "China", "provinces": [], "rule": None}]},
        {"regions": [{"country": "CN", "provinces": [], "rule": None}] * 61},
    ],
    ids=str,
)
async def test_shipping_that_is_none_is_malformed(market: Market, wrong: dict[str, object]) -> None:
    assert refused(await market.host.put("settings/shipping", wrong)) == (422, "malformed")


async def test_everybody_reads_where_a_transfer_goes(market: Market) -> None:
    settings = SaleSettings("CNY", list(PaymentMethod), transfer_text=" ICBC 6222\n张三 ")
    answer(SaleSettings, await market.host.put("settings", msgspec.to_builtins(settings)))
    told = answer(PaymentMethods, await market.http.get("/api/v1/payment-methods"))
    assert told.transfer_text == "ICBC 6222\n张三"


async def test_only_the_host_has_settings(market: Market) -> None:
    buyer = await market.buyer()
    assert refused(await buyer.get("settings")) == (403, "forbidden")
    assert refused(await buyer.put("settings", {})) == (403, "forbidden")
    assert refused(await buyer.get("settings/shipping")) == (403, "forbidden")
    assert refused(await buyer.put("settings/shipping", {})) == (403, "forbidden")
