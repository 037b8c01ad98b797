"""The thread of an order over real HTTP and sockets, at a backend that runs."""

import pytest

from backend.contract.order_messages import MessageSide, MessagesPage, OrderMessage, Unread
from backend.contract.orders import Order, OrdersPage
from backend.contract.shop_events import OrderChanged
from tests.backend.http.api.shopping import TEA, Buyer, Market, answer, line, refused
from tests.backend.room.test_processor import told


async def test_a_message_reaches_the_other_side_at_once(market: Market) -> None:
    async with market.backend.host() as host:
        buyer = await market.buyer()
        async with market.backend.client(buyer.token) as client:
            await client.join()
            order = await buyer.order(line(TEA))
            path = f"orders/{order.order_id}/messages"
            for hearer in (client, host):
                assert (await told(hearer, OrderChanged)).is_new
            answer(OrderMessage, await buyer.post(path, {"text": "<i>hi</i>"}), 201)
            for hearer in (client, host):
                assert (await told(hearer, OrderChanged)).message_side is MessageSide.BUYER
            answer(OrderMessage, await market.host.post(path, {"text": "hello"}), 201)
            for hearer in (client, host):
                assert (await told(hearer, OrderChanged)).message_side is MessageSide.SHOP
    seen = answer(MessagesPage, await buyer.get(path))
    assert [(one.side, one.text, one.by) for one in seen.messages] == [
        (MessageSide.SHOP, "hello", ""),
        (MessageSide.BUYER, "<i>hi</i>", ""),
    ]


async def test_lists_and_the_count_of_all_say_what_is_unread(market: Market) -> None:
    buyer = await market.buyer()
    order = await buyer.order(line(TEA), method="cash_on_delivery")
    path = f"orders/{order.order_id}/messages"
    assert answer(Unread, await market.host.get("unread-messages")).unread == 0
    answer(OrderMessage, await buyer.post(path, {"text": "when?"}), 201)
    assert answer(Unread, await market.host.get("unread-messages")).unread == 1
    for listing in ("orders", "shipping-list"):
        [listed] = answer(OrdersPage, await market.host.get(listing)).orders
        assert listed.unread == 1
    assert answer(Order, await buyer.get(f"orders/{order.order_id}")).unread == 0
    assert answer(Unread, await market.host.post(f"{path}/read", {"number": 1})).unread == 0
    assert answer(Order, await market.host.get(f"orders/{order.order_id}")).unread == 0


async def test_strangers_find_no_thread(market: Market) -> None:
    buyer, other = await market.buyer(), await market.buyer()
    order = await buyer.order(line(TEA))
    path = f"orders/{order.order_id}/messages"
    stranger = Buyer(market.backend, market.backend.signer.host("other"), "host")
    for who in (other, stranger):
        assert refused(await who.get(path)) == (404, "not_found")
        assert refused(await who.post(path, {"text": "hi"})) == (404, "not_found")
        assert refused(await who.post(f"{path}/read", {"number": 1})) == (404, "not_found")
    assert refused(await buyer.get("orders/none/messages")) == (404, "not_found")


@pytest.mark.parametrize(
    "text", ["", " \u200b ", "x" * 501, "x" * 100_000, 7, None], ids=lambda one: str(one)[:5]
)
async def test_what_is_no_message_is_malformed(market: Market, text: object) -> None:
    buyer = await market.buyer()
    order = await buyer.order(line(TEA))
    path = f"orders/{order.order_id}/messages"
    assert (await buyer.post(path, {"text": text})).status_code in {413, 422}
    assert answer(MessagesPage, await buyer.get(path)).messages == []


async def test_who_writes_too_much_is_told_when_to_go_on(market: Market) -> None:
    buyer = await market.buyer()
    order = await buyer.order(line(TEA))
    path = f"orders/{order.order_id}/messages"
    for _ in range(10):
        answer(OrderMessage, await buyer.post(path, {"text": "?"}), 201)
    response = await buyer.post(path, {"text": "?"})
    assert refused(response) == (429, "too_fast")
    assert 0 < int(response.headers["Retry-After"]) <= 60
