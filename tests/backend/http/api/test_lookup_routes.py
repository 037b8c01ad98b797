import msgspec
import pytest

from backend.contract.order_lookup import FindOrder, FoundOrder
from backend.contract.orders import Order, OrdersPage
from backend.http.api.endpoint import ANYONE_AT_ALL, Call, Nothing
from backend.http.api.lookup_routes import LookupRoutes
from backend.http.api.problems import ApiError
from tests.backend.http.api.shopping import HOME, Buyer, Market, answer, line, refused

WRONG_NUMBER = "261201000000000"


def pair(order: Order, phone: str = HOME["phone"]) -> dict[str, str]:
    return {"number": order.number, "phone": phone}


async def test_who_has_number_and_phone_sees_the_order_but_not_the_buyer(market: Market) -> None:
    order = await (await market.buyer()).order(line(), method="transfer")
    await market.host.post(f"orders/{order.order_id}/paid", {})
    parcel = {"carrier": "SF", "tracking": "SF1"}
    await market.host.post(f"orders/{order.order_id}/parcels", parcel)
    stranger = await market.buyer()
    response = await stranger.post("order-lookups", pair(order))
    found = answer(FoundOrder, response)
    assert (found.number, found.total_minor, found.payment_state) == (order.number, 16_800, "paid")
    assert [one.tracking for one in found.parcels] == ["SF1"]
    assert (found.address.name, found.address.phone, found.address.street) == ("陈**", "1****1111", "****")
    for secret in (order.order_id, order.buyer_id, HOME["phone"], HOME["street"], HOME["name"]):
        assert secret not in response.text


@pytest.mark.parametrize("phone", ["+86 138 0000 1111", "１３８００００１１１１", "١٣٨٠٠٠٠١١١١"])
async def test_an_order_is_found_however_number_and_phone_are_typed(market: Market, phone: str) -> None:
    buyer = await market.buyer()
    order = await buyer.order(line())
    number = f" {order.number[:6]} {order.number[6:11]}-{order.number[11:]} "
    found = answer(FoundOrder, await buyer.post("order-lookups", {"number": number, "phone": phone}))
    assert found.number == order.number


async def test_every_wrong_pair_gets_the_same_answer(market: Market) -> None:
    buyer = await market.buyer()
    order = await buyer.order(line())
    wrong = [
        pair(order, "13800001112"),
        pair(order, "call me"),
        {"number": WRONG_NUMBER, "phone": HOME["phone"]},
        {"number": "none", "phone": "-"},
    ]
    answers = [await buyer.post("order-lookups", body) for body in wrong]
    assert {refused(one) for one in answers} == {(404, "not_found")}
    assert len({one.text for one in answers}) == 1


@pytest.mark.parametrize("is_known", [True, False], ids=["a number", "no number"])
async def test_tries_on_one_number_are_paced_whether_it_is_known_or_not(
    market: Market, *, is_known: bool
) -> None:
    buyer = await market.buyer()
    order = await buyer.order(line())
    body = {"number": order.number if is_known else WRONG_NUMBER, "phone": "13800009999"}
    statuses = [(await buyer.post("order-lookups", body)).status_code for _ in range(6)]
    assert statuses == [404] * 5 + [429]


class NoOrders:
    """Finds nothing."""

    async def find_order(self, _wanted: FindOrder) -> FoundOrder | None:
        return None


async def test_who_tries_a_number_from_elsewhere_does_not_lock_its_owner_out() -> None:
    call = Call[Nothing, FindOrder](
        caller=ANYONE_AT_ALL,
        is_staff=False,
        parameters=Nothing(),
        body=FindOrder(WRONG_NUMBER, "13800009999"),
        key="",
        body_hash="",
        headers={},
        address="192.0.2.1",
    )
    routes = LookupRoutes(NoOrders())  # type: ignore[arg-type]
    for number in range(20):
        with pytest.raises(ApiError):
            await routes.find(msgspec.structs.replace(call, address=f"192.0.2.{number // 5}"))
    with pytest.raises(ApiError):
        await routes.find(msgspec.structs.replace(call, address="198.51.100.1"))


async def test_tries_from_one_address_are_paced_whatever_their_numbers(market: Market) -> None:
    buyer = await market.buyer()
    statuses = []
    for number in range(14):
        body = {"number": f"{WRONG_NUMBER}{number}", "phone": "13800009999"}
        statuses.append((await buyer.post("order-lookups", body)).status_code)
    assert statuses[:10] == [404] * 10
    assert 429 in statuses


async def test_a_guest_who_signs_up_keeps_orders_and_addresses(market: Market) -> None:
    guest = await market.buyer()
    order = await guest.order(line())
    await guest.post("addresses", {"address": HOME})
    credentials = {"name": "小美", "password": "correct horse"}
    response = await market.http.post(
        "/api/rooms/main/account", json=credentials, headers={"Authorization": f"Bearer {guest.token}"}
    )
    assert response.status_code == 200, response.text
    account = Buyer(market.backend, response.json()["token"], response.json()["user_id"])
    assert [one.order_id for one in answer(OrdersPage, await account.get("orders")).orders] == [
        order.order_id
    ]
    assert len((await account.get("addresses")).json()["addresses"]) == 1
