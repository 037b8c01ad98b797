from backend.contract.http import Admission
from backend.contract.my_data import Erasure, MyData, PrivacySettings
from backend.contract.orders import Order
from tests.backend.http.api.shopping import HOME, Buyer, Market, answer, line, refused


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


async def entered(market: Market, token: str) -> int:
    """What the room answers to a token."""
    headers = {"Authorization": f"Bearer {token}"}
    return (await market.http.post("/api/rooms/main/enter", headers=headers)).status_code


async def test_no_token_from_before_opens_what_was_an_erased_accounts(market: Market) -> None:
    guest = await market.buyer()
    order = await guest.order(line())
    credentials = {"name": "小王", "password": "correct horse 电池"}
    headers = {"Authorization": f"Bearer {guest.token}"}
    path = "/api/rooms/main/account"
    response = await market.http.post(path, headers=headers, json=credentials)
    member = Buyer(market.backend, answer(Admission, response).token, guest.user_id)
    answer(Order, await member.post(f"orders/{order.order_id}/cancel", {}))
    assert answer(Erasure, await member.post("me/erase", {})).has_account
    for buyer in (guest, member):
        seen = [await buyer.get(one) for one in ("orders", f"orders/{order.order_id}", "me/data")]
        assert [one.status_code for one in seen] == [401] * 3
        assert await entered(market, buyer.token) == 401
    again = await market.http.post(path, headers=headers, json=credentials)
    assert again.status_code == 401
    # The name is free again, for whoever is somebody else.
    stranger = {"Authorization": f"Bearer {(await market.buyer()).token}"}
    assert (await market.http.post(path, headers=stranger, json=credentials)).status_code == 200


async def test_a_guest_without_an_account_sees_their_orders_after_the_erasing(market: Market) -> None:
    guest = await market.buyer()
    order = await guest.order(line())
    answer(Order, await guest.post(f"orders/{order.order_id}/cancel", {}))
    assert not answer(Erasure, await guest.post("me/erase", {})).has_account
    assert (await guest.see(order)).order_id == order.order_id
    assert await entered(market, guest.token) == 200
