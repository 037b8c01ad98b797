from backend.contract.my_data import Erasure, MyData, PrivacySettings
from backend.contract.orders import Order
from tests.backend.http.api.shopping import HOME, Market, answer, line, refused


async def test_a_buyer_takes_the_data_along_without_what_opens_a_cashier(market: Market) -> None:
    buyer = await market.buyer()
    await buyer.post("addresses", {"address": HOME})
    order = await buyer.order(line())
    attempt = await buyer.attempt(order)
    response = await buyer.get("me/data")
    data = answer(MyData, response)
    assert [one.order_id for one in data.orders] == [order.order_id]
    assert [one.amount_minor for one in data.attempts] == [order.total_minor]
    assert len(data.addresses) == 1
    assert data.profile.user_id == buyer.user_id
    assert attempt.attempt_id not in response.text
    other = answer(MyData, await (await market.buyer()).get("me/data"))
    assert (other.orders, other.addresses, other.attempts) == ([], [], [])


async def test_downloads_are_paced(market: Market) -> None:
    buyer = await market.buyer()
    statuses = [(await buyer.get("me/data")).status_code for _ in range(6)]
    assert statuses == [200] * 5 + [429]


async def test_guests_of_one_address_do_not_keep_the_eraser_busy(market: Market) -> None:
    guests = [await market.buyer() for _ in range(11)]
    statuses = [(await guest.post("me/erase", {})).status_code for guest in guests]
    assert statuses == [200] * 10 + [429]


async def test_a_buyer_with_an_open_order_is_told_which_one(market: Market) -> None:
    buyer = await market.buyer()
    await buyer.post("addresses", {"address": HOME})
    order = await buyer.order(line())
    response = await buyer.post("me/erase", {})
    assert refused(response) == (409, "unfinished")
    assert response.json()["numbers"] == [order.number]
    assert order.number in response.json()["detail"]
    assert len((await buyer.get("addresses")).json()["addresses"]) == 1
    answer(Order, await buyer.post(f"orders/{order.order_id}/cancel", {}))
    erasure = answer(Erasure, await buyer.post("me/erase", {}, "once"))
    assert (erasure.addresses, erasure.orders) == (1, 1)
    assert answer(Erasure, await buyer.post("me/erase", {}, "once")) == erasure


async def test_only_the_host_says_how_long_orders_keep_their_buyer(market: Market) -> None:
    buyer = await market.buyer()
    assert refused(await buyer.get("settings/privacy")) == (403, "forbidden")
    assert answer(PrivacySettings, await market.host.get("settings/privacy")).order_days == 3 * 365
    headers = {"Authorization": f"Bearer {market.host.token}", "Idempotency-Key": "days"}
    for days, status in ((3650, 200), (-1, 422), (36_501, 422)):
        body = {"order_days": days}
        response = await market.http.put(
            "/api/v1/settings/privacy", json=body, headers={**headers, "Idempotency-Key": f"days {days}"}
        )
        assert response.status_code == status, response.text
    assert answer(PrivacySettings, await market.host.get("settings/privacy")).order_days == 3650
