from backend.contract.base import AssistantRight
from backend.contract.orders import Order, OrdersPage
from tests.backend.http.api.shopping import Buyer, Market, answer, line
from tests.backend.shop.goods import HOME
from tests.backend.test_assist import joined

PRIVATE = (HOME.name, HOME.phone, HOME.street)


async def test_only_who_has_the_right_to_customers_sees_them(market: Market) -> None:
    order = await (await market.buyer()).order(line(), method="transfer")
    async with market.backend.host() as host:
        packer = await joined(market.backend, host, AssistantRight.ORDERS, AssistantRight.CUSTOMERS)
        helper = await joined(market.backend, host, AssistantRight.ORDERS, name="小李")
        for person in (market.host, Buyer.of(market.backend, packer)):
            assert answer(OrdersPage, await person.get("orders")).orders[0].address == HOME
            assert (await person.see(order)).address == HOME
        other = Buyer.of(market.backend, helper)
        for path in ("orders", f"orders/{order.order_id}"):
            shown = (await other.get(path)).text
            assert "138****1111" in shown
            assert not [word for word in PRIVATE if word in shown]


async def test_no_step_and_no_refusal_shows_customers_either(market: Market) -> None:
    order = await (await market.buyer()).order(line(), method="transfer")
    async with market.backend.host() as host:
        helper = Buyer.of(market.backend, await joined(market.backend, host, AssistantRight.ORDERS))
        parcel = {"carrier": "SF", "tracking": "1"}
        for step, body, status in (
            ("parcels", parcel, 409),
            ("paid", {}, 200),
            ("paid", {}, 409),
            ("parcels", parcel, 201),
            ("delivered", {}, 200),
            ("cancel", {}, 409),
        ):
            response = await helper.post(f"orders/{order.order_id}/{step}", body)
            assert response.status_code == status, response.text
            assert "138****1111" in response.text
            assert not [word for word in PRIVATE if word in response.text]


async def test_an_assistants_own_order_is_shown_in_full(market: Market) -> None:
    async with market.backend.host() as host:
        helper = Buyer.of(market.backend, await joined(market.backend, host, AssistantRight.ORDERS))
        order = await helper.order(line())
        assert answer(Order, await helper.get(f"orders/{order.order_id}")).address == HOME
