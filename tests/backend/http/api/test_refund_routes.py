"""Money that staff give back, over real HTTP."""

import asyncio

from backend.contract.base import AssistantRight
from backend.contract.orders import Order
from backend.contract.shop_problems import CaseLineProblem, OrderProblem
from tests.backend.http.api.shopping import TEA, Buyer, Market, answer, line, refused
from tests.backend.test_assist import joined

WHY = {"reason": "the last one broke"}


async def paid(market: Market, buyer: Buyer, units: int = 2) -> Order:
    order = await buyer.order(line(TEA, units))
    await market.cashier(await buyer.attempt(order), "pay")
    return await market.until_paid(buyer, order)


async def until(buyer: Buyer, order: Order, state: str) -> Order:
    async with asyncio.timeout(20):
        while True:
            seen = await buyer.see(order)
            if seen.payment_state == state:
                return seen
            await asyncio.sleep(0.05)


async def test_the_host_calls_a_paid_order_off_and_the_provider_gives_the_money_back(market: Market) -> None:
    buyer = await market.buyer()
    order = await paid(market, buyer)
    path = f"orders/{order.order_id}/cancel-and-refund"
    called_off = answer(Order, await market.host.post(path, WHY, "once"))
    assert called_off.state == "cancelled"
    assert (await until(buyer, order, "refunded")).state == "cancelled"
    assert answer(Order, await market.host.post(path, WHY, "once")).order_id == order.order_id
    assert refused(await market.host.post(path, {"reason": "another"}, "once")) == (422, "key_reused")
    again = answer(OrderProblem, await market.host.post(path, WHY), 409)
    assert again.type == "not_allowed_now"


async def test_the_host_gives_units_back(market: Market) -> None:
    buyer = await market.buyer()
    order = await paid(market, buyer)
    path = f"orders/{order.order_id}/refunds"
    one = {**WHY, "lines": [{"line": 1, "quantity": 1}]}
    assert answer(Order, await market.host.post(path, one)).lines[0].refunded == 1
    await until(buyer, order, "part_refunded")
    two = {**WHY, "lines": [{"line": 1, "quantity": 2}]}
    limit = answer(CaseLineProblem, await market.host.post(path, two), 409)
    assert (limit.type, limit.left) == ("not_claimable", 1)
    answer(Order, await market.host.post(path, WHY))
    await until(buyer, order, "refunded")


async def test_an_order_is_given_back_with_a_reason(market: Market) -> None:
    order = await paid(market, await market.buyer())
    for action in ("refunds", "cancel-and-refund"):
        assert refused(await market.host.post(f"orders/{order.order_id}/{action}", {"reason": ""})) == (
            422,
            "malformed",
        )


async def test_only_the_right_to_refunds_gives_money_back(market: Market) -> None:
    buyer = await market.buyer()
    order = await paid(market, buyer)
    path = f"orders/{order.order_id}/refunds"
    async with market.backend.host() as host:
        packer = Buyer.of(market.backend, await joined(market.backend, host, AssistantRight.ORDERS))
        teller = Buyer.of(
            market.backend, await joined(market.backend, host, AssistantRight.REFUNDS, name="小李")
        )
        for who in (buyer, packer):
            assert refused(await who.post(path, WHY)) == (403, "forbidden")
        assert (await teller.post(path, WHY)).status_code == 200
    await until(buyer, order, "refunded")
