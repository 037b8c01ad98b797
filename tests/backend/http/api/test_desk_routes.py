"""The desk of staff over real HTTP, at a backend that runs."""

from backend.contract.orders import Order, OrderMark, OrdersPage
from tests.backend.http.api.shopping import CUP, TEA, Buyer, Market, answer, line, refused

SENT = {"carrier": "SF", "tracking": "1"}
NOTE = {"remark": "wants it wrapped", "is_flagged": True}


async def paid(market: Market, buyer: Buyer) -> Order:
    order = await buyer.order(line(TEA, 2))
    await market.cashier(await buyer.attempt(order), "pay")
    return await market.until_paid(buyer, order)


async def to_ship(market: Market, query: str = "") -> list[str]:
    page = answer(OrdersPage, await market.host.get(f"shipping-list{query}"))
    return [order.order_id for order in page.orders]


async def test_what_is_paid_and_not_all_sent_waits_the_oldest_first(market: Market) -> None:
    buyer = await market.buyer()
    await buyer.order(line(TEA))
    first, second = await paid(market, buyer), await paid(market, buyer)
    at_the_door = await buyer.order(line(CUP, 2), method="cash_on_delivery")
    waiting = [first.order_id, second.order_id, at_the_door.order_id]
    assert await to_ship(market) == waiting
    page = answer(OrdersPage, await market.host.get("shipping-list?limit=2"))
    assert [one.order_id for one in page.orders] == waiting[:2]
    assert await to_ship(market, f"?cursor={page.next}") == waiting[2:]
    part = {**SENT, "lines": [{"line": 1, "quantity": 1}]}
    answer(Order, await market.host.post(f"orders/{first.order_id}/parcels", part), 201)
    assert await to_ship(market) == waiting
    answer(Order, await market.host.post(f"orders/{first.order_id}/parcels", SENT), 201)
    assert await to_ship(market) == waiting[1:]


async def test_staff_note_on_an_order_what_its_buyer_never_sees(market: Market) -> None:
    buyer = await market.buyer()
    order = await buyer.order(line(TEA))
    path = f"orders/{order.order_id}"
    seen = answer(Order, await market.host.get(path))
    assert seen.mark is not None
    assert (seen.mark.remark, seen.mark.is_flagged, seen.mark.at_ms) == ("", False, 0)
    mark = answer(OrderMark, await market.host.post(f"{path}/mark", NOTE, "once"))
    assert (mark.remark, mark.is_flagged, mark.by) == ("wants it wrapped", True, "host")
    assert answer(OrderMark, await market.host.post(f"{path}/mark", NOTE, "once")) == mark

    assert answer(Order, await market.host.get(path)).mark == mark
    [listed] = answer(OrdersPage, await market.host.get("orders")).orders
    assert listed.mark == mark
    for shown in (await buyer.see(order), *answer(OrdersPage, await buyer.get("orders")).orders):
        assert shown.mark is None
    answer(OrderMark, await market.host.post(f"{path}/mark", {}))
    again = answer(Order, await market.host.get(path)).mark
    assert again is not None
    assert (again.remark, again.is_flagged) == ("", False)


async def test_the_desk_is_for_staff_of_the_room_alone(market: Market) -> None:
    buyer = await market.buyer()
    order = await buyer.order(line(TEA))
    stranger = Buyer(market.backend, market.backend.signer.host("other"), "host")
    assert refused(await buyer.post(f"orders/{order.order_id}/mark", NOTE)) == (403, "forbidden")
    assert refused(await buyer.get("shipping-list")) == (403, "forbidden")
    assert refused(await stranger.post(f"orders/{order.order_id}/mark", NOTE)) == (404, "not_found")
    assert refused(await stranger.get("shipping-list")) == (404, "not_found")
    assert refused(await market.host.post(f"orders/{order.order_id}/mark", {"remark": "x" * 201}))[0] == 422
