"""Orders over real HTTP, at a backend that runs."""

import asyncio
from pathlib import Path

import pytest

from backend.contract.addresses import AddressBook
from backend.contract.base import AssistantRight
from backend.contract.chat import BlockUser, UnblockUser
from backend.contract.orders import Order, OrdersPage, Quote
from backend.contract.protocol import Accepted
from backend.contract.shop_problems import (
    LimitReachedProblem,
    OrderProblem,
    QuoteChangedProblem,
    SoldOutProblem,
)
from backend.contract.staff import RevokeAssistant
from backend.options import ServeOptions
from tests.backend.http.api.shopping import (
    CUP,
    HOME,
    TEA,
    Buyer,
    Market,
    answer,
    line,
    open_market,
    order_body,
    refused,
)
from tests.backend.kinds import as_type
from tests.backend.test_assist import joined


async def placed(buyer: Buyer, quote: Quote, lines: object, key: str = "") -> tuple[int, str]:
    response = await buyer.post("orders", order_body(quote, lines), key)
    return (201, "") if response.status_code == 201 else refused(response)


async def test_the_whole_path_from_quote_to_paid_order(market: Market) -> None:
    buyer = await market.buyer()
    quote = await buyer.quote(line(TEA, 2), line(CUP))
    assert quote.total_minor == 2 * 16_800 + 5_000
    order = answer(Order, await buyer.post("orders", order_body(quote, [line(TEA, 2), line(CUP)])), 201)
    assert (order.state, order.payment_state, order.total_minor) == ("open", "unpaid", quote.total_minor)
    attempt = await buyer.attempt(order)
    assert attempt.pay_path == f"/pay/{attempt.attempt_id}"

    assert (await market.cashier(attempt, "pay")).status_code == 303
    paid = await market.until_paid(buyer, order)

    assert (paid.state, paid.payment_state, paid.expires_at_ms) == ("open", "paid", None)
    assert (await buyer.get(f"attempts/{attempt.attempt_id}")).json()["state"] == "paid"
    page = answer(OrdersPage, await market.host.get("orders"))
    assert [one.order_id for one in page.orders] == [order.order_id]
    shipped = await market.host.post(f"orders/{order.order_id}/parcels", {"carrier": "SF", "tracking": "1"})
    assert [parcel.tracking for parcel in answer(Order, shipped, 201).parcels] == ["1"]
    assert (await buyer.see(order)).parcels[0].carrier == "SF"


async def test_anothers_orders_are_not_there(market: Market) -> None:
    buyer, other = await market.buyer(), await market.buyer()
    order = await buyer.order(line())
    attempt = await buyer.attempt(order)
    path = f"orders/{order.order_id}"
    for response in (
        await other.get(path),
        await other.get(f"{path}/attempts"),
        await other.get(f"attempts/{attempt.attempt_id}"),
        await other.post(f"{path}/cancel", {}),
        await other.post(f"{path}/attempts", {}),
        await other.get("orders/nowhere"),
    ):
        assert refused(response) == (404, "not_found")
    for action in ("parcels", "paid"):
        body = {"carrier": "x", "tracking": "y"}
        assert refused(await other.post(f"{path}/{action}", body)) == (403, "forbidden")
        assert refused(await buyer.post(f"{path}/{action}", body)) == (403, "forbidden")
    assert answer(OrdersPage, await other.get("orders")).orders == []
    assert (await buyer.see(order)).state == "open"


async def test_the_host_of_another_room_sees_none_of_it(market: Market) -> None:
    order = await (await market.buyer()).order(line())
    stranger = Buyer(market.backend, market.backend.signer.host("other"), "host")
    assert refused(await stranger.get(f"orders/{order.order_id}")) == (404, "not_found")


async def test_the_hosts_of_two_rooms_are_two_buyers(tmp_path: Path) -> None:
    async with open_market(tmp_path, ServeOptions(rooms=("main", "second"))) as market:
        first, second = [
            Buyer(market.backend, market.backend.signer.host(r), "host") for r in ("main", "second")
        ]
        order = await first.order(line())
        assert (await first.post("addresses", {"address": HOME}, "once")).status_code == 201
        assert refused(await second.get(f"orders/{order.order_id}")) == (404, "not_found")
        assert refused(await second.post(f"orders/{order.order_id}/cancel", {})) == (404, "not_found")
        assert answer(AddressBook, await second.get("addresses")).addresses == []
        await second.post("addresses", {"address": HOME}, "once")
        assert len(answer(AddressBook, await second.get("addresses")).addresses) == 1
        assert answer(OrdersPage, await second.get("orders")).orders == []
        assert (await first.see(order)).state == "open"


async def test_an_assistant_with_the_right_to_orders_acts_for_the_room(market: Market) -> None:
    order = await (await market.buyer()).order(line(), method="transfer")
    async with market.backend.host() as host:
        helper = Buyer.of(market.backend, await joined(market.backend, host, AssistantRight.ORDERS))
        other = Buyer.of(market.backend, await joined(market.backend, host, AssistantRight.CHAT, name="小李"))
        assert answer(Order, await helper.post(f"orders/{order.order_id}/paid", {})).payment_state == "paid"
        assert len(answer(OrdersPage, await helper.get("orders")).orders) == 1
        parcel = {"carrier": "SF", "tracking": "1"}
        assert (await helper.post(f"orders/{order.order_id}/parcels", parcel)).status_code == 201
        assert refused(await helper.get("suspense")) == (403, "forbidden")
        assert answer(OrdersPage, await other.get("orders")).orders == []
        assert refused(await other.get(f"orders/{order.order_id}")) == (404, "not_found")
        assert refused(await other.post(f"orders/{order.order_id}/paid", {})) == (403, "forbidden")
        as_type(Accepted, await host.act(RevokeAssistant(1)))
        assert refused(await helper.get("orders")) == (403, "forbidden")


async def test_prices_that_a_client_sends_are_not_read(market: Market) -> None:
    buyer = await market.buyer()
    lines = [line(price_minor=1, unit_minor=1, net_minor=1, discount_minor=16_799)]
    quote = answer(Quote, await buyer.post("quotes", {"lines": lines, "total_minor": 1}))
    assert quote.total_minor == 16_800
    body = {**order_body(quote, lines), "total_minor": 1, "currency": "JPY", "payment_state": "paid"}
    order = answer(Order, await buyer.post("orders", body), 201)
    assert (order.total_minor, order.payment_state, order.currency) == (16_800, "unpaid", "CNY")


@pytest.mark.parametrize(
    "quantity", [0, -1, -(2**63), 10_000, 2**53, 2**64, 1.5, "1", None, True, [1]], ids=str
)
async def test_a_quantity_that_is_none_is_malformed(market: Market, quantity: object) -> None:
    buyer = await market.buyer()
    good = await buyer.quote(line())
    assert refused(await buyer.post("quotes", {"lines": [line(TEA, quantity)]})) == (422, "malformed")
    response = await buyer.post("orders", order_body(good, [line(TEA, quantity)]))
    assert refused(response) == (422, "malformed")


async def test_lines_of_the_same_sku_count_as_one(market: Market) -> None:
    buyer = await market.buyer()
    twice = await buyer.quote(line(CUP), line(CUP))
    assert [(one.sku_id, one.quantity) for one in twice.lines] == [(CUP, 2)]
    thrice = [line(CUP), line(CUP), line(CUP)]
    response = await buyer.post("orders", order_body(await buyer.quote(*thrice), thrice))
    limited = answer(LimitReachedProblem, response, 409)
    assert (limited.type, limited.limit, limited.left) == ("limit_reached", 2, 2)


async def test_more_lines_than_an_order_takes_are_malformed(market: Market) -> None:
    buyer = await market.buyer()
    for lines in ([], [line()] * 101):
        assert refused(await buyer.post("quotes", {"lines": lines})) == (422, "malformed")


async def test_the_same_key_is_answered_alike_and_another_body_is_refused(market: Market) -> None:
    buyer, other = await market.buyer(), await market.buyer()
    lines = [line()]
    quote = await buyer.quote(*lines)
    body = order_body(quote, lines)
    first, again = [answer(Order, await buyer.post("orders", body, "once"), 201) for _ in range(2)]
    assert first == again
    two = [line(TEA, 2)]
    response = await buyer.post("orders", order_body(await buyer.quote(*two), two), "once")
    assert refused(response) == (422, "key_reused")
    assert (await other.post("orders", order_body(quote, lines), "once")).status_code == 201
    assert len(answer(OrdersPage, await buyer.get("orders")).orders) == 1


async def test_the_same_key_at_once_places_one_order(market: Market) -> None:
    buyer = await market.buyer()
    quote = await buyer.quote(line())
    bodies = [buyer.post("orders", order_body(quote, [line()]), "once") for _ in range(16)]
    orders = {answer(Order, response, 201).order_id for response in await asyncio.gather(*bodies)}
    assert len(orders) == 1
    assert len(answer(OrdersPage, await buyer.get("orders")).orders) == 1


async def test_a_sum_that_changed_is_refused_with_the_new_quote(market: Market) -> None:
    buyer = await market.buyer()
    quote = await buyer.quote(line(TEA, 2))
    response = await buyer.post("orders", order_body(quote, [line(TEA, 1)]))
    changed = answer(QuoteChangedProblem, response, 409)
    assert (changed.type, changed.quote.total_minor) == ("quote_changed", 16_800)
    accepted = order_body(changed.quote, [line(TEA, 1)])
    assert answer(Order, await buyer.post("orders", accepted), 201).total_minor == 16_800


async def test_more_than_is_left_is_not_sold(market: Market) -> None:
    buyer = await market.buyer()
    lines = [line(TEA, 11)]
    response = await buyer.post("orders", order_body(await buyer.quote(*lines), lines))
    gone = answer(SoldOutProblem, response, 409)
    assert (gone.type, gone.sku_id, gone.left) == ("sold_out", TEA, 10)


async def test_what_is_not_on_sale_is_told(market: Market) -> None:
    buyer = await market.buyer()
    assert refused(await buyer.post("quotes", {"lines": [line("moon")]})) == (409, "sku_unavailable")


async def test_an_order_without_an_address_of_ones_own_is_refused(market: Market) -> None:
    buyer = await market.buyer()
    quote = await buyer.quote(line())
    body = {**order_body(quote, [line()]), "address": None}
    assert refused(await buyer.post("orders", body)) == (422, "address_missing")
    body["address_id"] = "anothers"
    assert refused(await buyer.post("orders", body)) == (422, "address_missing")


async def test_a_buyer_cancels_what_is_not_paid(market: Market) -> None:
    buyer = await market.buyer()
    order = await buyer.order(line())
    attempt = await buyer.attempt(order)
    path = f"orders/{order.order_id}/cancel"
    assert answer(Order, await buyer.post(path, {"reason": "too dear"})).state == "cancelled"
    assert (await buyer.get(f"attempts/{attempt.attempt_id}")).json()["state"] == "closed"
    await market.cashier(attempt, "pay")
    assert (await buyer.see(order)).payment_state == "unpaid"
    assert refused(await buyer.post(f"orders/{order.order_id}/attempts", {})) == (409, "order_closed")


async def test_an_order_is_not_cancelled_again_and_again_without_a_pause(market: Market) -> None:
    buyer, other = await market.buyer(), await market.buyer()
    order = await buyer.order(line(TEA))
    path = f"orders/{order.order_id}/cancel"
    statuses = [(await other.post(path, {})).status_code for _ in range(6)]
    assert statuses == [404] * 5 + [429]
    # Who tries others' orders takes nothing from their buyers.
    assert answer(Order, await buyer.post(path, {})).state == "cancelled"


async def test_an_order_that_is_paid_meanwhile_is_not_cancelled(market: Market) -> None:
    buyer = await market.buyer()
    order = await buyer.order(line())
    await market.cashier(await buyer.attempt(order), "no_webhook")
    response = await buyer.post(f"orders/{order.order_id}/cancel", {})
    refusal = answer(OrderProblem, response, 409)
    assert (refusal.type, refusal.order.payment_state) == ("not_allowed_now", "paid")


async def test_the_host_confirms_a_transfer(market: Market) -> None:
    buyer = await market.buyer()
    order = await buyer.order(line(), method="transfer")
    assert refused(await buyer.post(f"orders/{order.order_id}/attempts", {})) == (409, "not_online")
    path = f"orders/{order.order_id}/paid"
    assert answer(Order, await market.host.post(path, {"reason": "seen"})).payment_state == "paid"
    online = await buyer.order(line())
    response = await market.host.post(f"orders/{online.order_id}/paid", {})
    assert refused(response) == (409, "not_allowed_now")


async def test_orders_are_listed_by_pages(market: Market) -> None:
    buyer = await market.buyer()
    orders = [await buyer.order(line()) for _ in range(3)]
    await buyer.post(f"orders/{orders[0].order_id}/cancel", {})
    first = answer(OrdersPage, await buyer.get("orders?limit=2"))
    rest = answer(OrdersPage, await buyer.get(f"orders?limit=2&cursor={first.next}"))
    listed = [order.order_id for order in (*first.orders, *rest.orders)]
    assert listed == [order.order_id for order in reversed(orders)]
    assert rest.next is None
    cancelled = answer(OrdersPage, await buyer.get("orders?state=cancelled"))
    assert [order.order_id for order in cancelled.orders] == [orders[0].order_id]
    assert refused(await buyer.get("orders?state=odd")) == (422, "malformed")


async def test_a_token_that_ended_shops_no_more(market: Market) -> None:
    assert refused(await market.http.post("/api/v1/quotes", json={"lines": [line()]})) == (401, "bad_token")
    stranger = Buyer(market.backend, market.backend.signer.viewer("nowhere", "guest-1"), "guest-1")
    assert refused(await stranger.get("orders")) == (404, "not_found")
    assistant = Buyer(market.backend, market.backend.signer.assistant("main", "assistant-1"), "assistant-1")
    assert refused(await assistant.get("orders")) == (403, "forbidden")


async def test_a_parcel_goes_to_nobody_whose_name_cannot_be_seen(market: Market) -> None:
    buyer = await market.buyer()
    body = order_body(await buyer.quote(line()), [line()])
    unseen = {**body, "address": {**HOME, "name": "\u200b\u202e "}}
    assert refused(await buyer.post("orders", unseen)) == (422, "malformed")
    typed = {**body, "address": {**HOME, "phone": "\u202d13800001111\u202c"}, "note": "\u202e\x00fast"}
    order = answer(Order, await buyer.post("orders", typed), 201)
    assert (order.address.phone, order.note) == ("13800001111", "fast")


async def test_who_was_put_out_buys_nothing_more_and_keeps_what_they_ordered(market: Market) -> None:
    buyer = await market.buyer()
    order = await buyer.order(line())
    quote = await buyer.quote(line())
    async with market.backend.host() as host:
        as_type(Accepted, await host.act(BlockUser(buyer.user_id, "spam")))
        assert await placed(buyer, quote, [line()]) == (403, "forbidden")
        await market.cashier(await buyer.attempt(order), "pay")
        assert (await market.until_paid(buyer, order)).state == "open"
        as_type(Accepted, await host.act(UnblockUser(buyer.user_id)))
        assert await placed(buyer, quote, [line()]) == (201, "")
