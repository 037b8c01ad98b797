"""Coins over real HTTP: bought like goods, and by nobody who did not say their age."""

import asyncio
from pathlib import Path

import msgspec

from backend.contract.cases import Case
from backend.contract.coins import CoinHistory, CoinSettings, CoinShop, ConfirmedAge
from backend.contract.orders import Order
from backend.contract.shop_problems import AgeProblem, CoinsSpentProblem, PackageProblem
from backend.options import ServeOptions
from backend.shop.payments.signature import HEADER, MAX_AGE_MS
from tests.backend.http.api.shopping import Buyer, Market, answer, open_market, refused
from tests.backend.http.api.test_payment_routes import WEBHOOKS, paid, signed
from tests.support.adults import AGE

SIXTY = {"coins": 60, "price_minor": 600}


async def adult(market: Market) -> Buyer:
    """Somebody who said their age."""
    buyer = await market.buyer()
    answer(ConfirmedAge, await buyer.post("me/age", {"age": AGE}))
    return buyer


async def topped_up(market: Market, buyer: Buyer, outcome: str = "pay") -> Order:
    """Buy coins at the sandbox."""
    order = answer(Order, await buyer.post("coin-orders", SIXTY), 201)
    await market.cashier(await buyer.attempt(order), outcome)
    return await market.until_paid(buyer, order)


async def test_coins_are_bought_at_the_same_cashier_and_are_there_with_the_money(market: Market) -> None:
    buyer = await market.buyer()
    shop = answer(CoinShop, await buyer.get("coins"))
    assert (shop.coins, shop.is_on, shop.age, shop.has_confirmed_age) == (0, True, 18, False)
    assert (shop.packages[0].coins, shop.packages[0].price_minor, shop.currency) == (60, 600, "CNY")
    assert shop.methods == ["online", "transfer"]
    problem = answer(AgeProblem, await buyer.post("coin-orders", SIXTY), 403)
    assert (problem.type, problem.age) == ("age_unconfirmed", 18)
    assert answer(AgeProblem, await buyer.post("me/age", {"age": 17}), 403).type == "too_young"
    answer(ConfirmedAge, await buyer.post("me/age", {"age": AGE}))
    order = await topped_up(market, buyer, "duplicate")
    assert (order.state, order.coins) == ("completed", 60)
    shop = answer(CoinShop, await buyer.get("coins"))
    assert (shop.coins, shop.has_confirmed_age) == (60, True)
    [move] = answer(CoinHistory, await buyer.get("coins/history")).moves
    assert (move.kind, move.coins, move.order_id) == ("coins_bought", 60, order.order_id)


async def test_a_forged_price_a_package_that_is_gone_and_a_shop_without_coins_are_refused(
    market: Market,
) -> None:
    buyer = await adult(market)
    for body in ({**SIXTY, "price_minor": 1}, {**SIXTY, "coins": 1_000_000}):
        problem = answer(PackageProblem, await buyer.post("coin-orders", body), 409)
        assert (problem.type, problem.packages[0].coins) == ("package_gone", 60)
    for change in ({"price_minor": 0}, {"coins": -60}, {"coins": "60"}):
        assert (await buyer.post("coin-orders", SIXTY | change)).status_code == 422
    at_the_door = {**SIXTY, "method": "cash_on_delivery"}
    assert refused(await buyer.post("coin-orders", at_the_door)) == (409, "method_off")
    settings = answer(CoinSettings, await market.host.get("settings/coins"))
    off = msgspec.structs.replace(settings, is_on=False)
    answer(CoinSettings, await market.host.put("settings/coins", msgspec.to_builtins(off)))
    assert answer(PackageProblem, await buyer.post("coin-orders", SIXTY), 409).is_on is False
    assert answer(CoinShop, await buyer.get("coins")).packages == []


async def test_the_same_key_orders_coins_once_and_another_body_is_refused(market: Market) -> None:
    buyer = await adult(market)
    answers = await asyncio.gather(*(buyer.post("coin-orders", SIXTY, "once") for _ in range(8)))
    assert len({answer(Order, one, 201).order_id for one in answers}) == 1
    more = {"coins": 300, "price_minor": 3_000}
    assert refused(await buyer.post("coin-orders", more, "once")) == (422, "key_reused")


async def test_webhooks_of_coins_that_are_forged_altered_or_replayed_bring_nothing_more(
    market: Market, tmp_path: Path
) -> None:
    buyer = await adult(market)
    order = answer(Order, await buyer.post("coin-orders", SIXTY), 201)
    attempt = await buyer.attempt(order)
    body = paid(attempt)
    for headers, content in (
        ({}, body),
        ({HEADER: "t=1,v1=" + "0" * 64}, body),
        (signed(tmp_path, body), body.replace(b"600", b"601")),
        (signed(tmp_path, body, MAX_AGE_MS + 10_000), body),
    ):
        response = await market.http.post(WEBHOOKS, content=content, headers=headers)
        assert refused(response) == (400, "bad_request")
    assert answer(CoinShop, await buyer.get("coins")).coins == 0
    results = [
        (await market.http.post(WEBHOOKS, content=body, headers=signed(tmp_path, body))).json()["result"]
        for _ in range(2)
    ]
    assert results == ["paid", "replayed"]
    assert answer(CoinShop, await buyer.get("coins")).coins == 60
    assert (await buyer.see(order)).state == "completed"


async def test_a_refund_that_the_wallet_cannot_give_says_what_is_left(market: Market) -> None:
    buyer = await adult(market)
    order = await topped_up(market, buyer)
    path, why = f"orders/{order.order_id}/refunds", {"reason": "asked for it"}
    some = {**why, "lines": [{"line": 1, "quantity": 20}]}
    assert answer(Order, await market.host.post(path, some)).lines[0].refunded == 20
    await market.spend(buyer, 15)
    problem = answer(CoinsSpentProblem, await market.host.post(path, why), 409)
    assert (problem.type, problem.left) == ("coins_spent", 25)
    asked = {"kind": "refund_only", "lines": [{"line": 1, "quantity": 40}], "reason": "a mistake"}
    case = answer(Case, await buyer.post(f"orders/{order.order_id}/cases", asked), 201)
    answer(Case, await market.host.post(f"cases/{case.case_id}/approve", {}))
    problem = answer(CoinsSpentProblem, await market.host.post(f"cases/{case.case_id}/refund", {}), 409)
    assert problem.left == 25
    assert answer(CoinShop, await buyer.get("coins")).coins == 25


async def test_coins_are_the_first_rooms_to_price_and_no_hosts_to_buy(tmp_path: Path) -> None:
    async with open_market(tmp_path, ServeOptions(rooms=("main", "second"))) as market:
        other = Buyer(market.backend, market.backend.signer.host("second"), "host")
        assert (await other.get("settings/coins")).status_code == 200
        body = {"is_on": False, "packages": []}
        assert (await other.put("settings/coins", body)).status_code == 403
        assert refused(await market.host.post("coin-orders", SIXTY))[0] == 403
        assert answer(CoinShop, await market.host.get("coins")).is_on is False
