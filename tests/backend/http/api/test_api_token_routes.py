"""API tokens over real HTTP: what a program may do with one, and what it may never."""

from pathlib import Path

import httpx
import pytest

from backend.contract.api_tokens import MOST_TOKENS, TOKEN, ApiTokens, MadeApiToken
from backend.contract.base import AssistantRight
from backend.contract.orders import Order, OrdersPage
from backend.limits import ApiPace
from backend.options import ServeOptions
from tests.backend.http.api.shopping import HOME, TEA, Buyer, Market, answer, line, open_market, refused

PARCEL = {"carrier": "SF", "tracking": "1"}


async def made(market: Market, *rights: str, name: str = "till") -> MadeApiToken:
    """A token that the host makes."""
    wanted = {"name": name, "rights": list(rights) or ["orders"]}
    return answer(MadeApiToken, await market.host.post("api-tokens", wanted), 201)


def program(market: Market, token: str) -> Buyer:
    """Who has the token."""
    return Buyer(market.backend, token, "program")


async def paid_order(market: Market) -> Order:
    buyer = await market.buyer()
    order = await buyer.order(line(TEA))
    await market.cashier(await buyer.attempt(order), "pay")
    return await market.until_paid(buyer, order)


async def test_a_program_does_what_its_rights_let_staff_do(market: Market) -> None:
    order, token = await paid_order(market), await made(market, "orders", "customers")
    assert TOKEN.fullmatch(token.token)
    till = program(market, token.token)
    page = answer(OrdersPage, await till.get("orders"))
    assert [(one.order_id, one.address.name) for one in page.orders] == [(order.order_id, HOME["name"])]
    shipped = answer(Order, await till.post(f"orders/{order.order_id}/parcels", PARCEL), 201)
    assert shipped.changes[-1].actor == f"program:{token.made.token_id}"
    listed = answer(ApiTokens, await market.host.get("api-tokens")).tokens
    assert [(one.name, one.rights, one.last_used_at_ms is None) for one in listed] == [
        ("till", [AssistantRight.ORDERS, AssistantRight.CUSTOMERS], False)
    ]
    assert token.token not in (await market.host.get("api-tokens")).text


async def test_a_program_without_the_right_to_customers_sees_no_persons(market: Market) -> None:
    await paid_order(market)
    till = program(market, (await made(market, "orders")).token)
    (order,) = answer(OrdersPage, await till.get("orders")).orders
    assert (order.address.name, order.address.street) == ("陈**", "****")


async def test_a_program_may_do_nothing_else(market: Market) -> None:
    order, token = await paid_order(market), (await made(market, "products")).token
    products = program(market, token)
    for response in (
        await products.get("orders"),
        await products.get(f"orders/{order.order_id}"),
        await products.get("addresses"),
        await products.get("api-tokens"),
        await products.post("api-tokens", {"name": "b", "rights": ["orders"]}),
        await products.post("quotes", {"lines": [line(TEA)]}),
        await products.post("orders", {"lines": [line(TEA)], "address": HOME, "quote_hash": "0" * 64}),
        await products.get("suspense"),
    ):
        assert refused(response) == (403, "forbidden"), response.url


async def test_an_api_token_opens_no_socket_and_nothing_outside_of_the_api(market: Market) -> None:
    bearer = {"Authorization": f"Bearer {(await made(market)).token}"}
    for method, path in (
        ("POST", "/api/rooms/main/enter"),
        ("GET", "/api/rooms/main/stats"),
        ("GET", "/api/rooms/main/audit"),
        ("POST", "/api/rooms/main/host-token"),
    ):
        response = await market.http.request(method, path, headers=bearer)
        assert response.status_code == 401, path


async def test_an_api_token_is_worthless_once_it_is_revoked_or_where_it_is_wrong(market: Market) -> None:
    token = await made(market)
    till, wrong = program(market, token.token), program(market, token.token[:-1] + "!")
    other = program(market, token.token[:-4] + "AAAA")
    assert (await till.get("orders")).status_code == 200
    for stranger in (wrong, other, program(market, "lsa-"), program(market, token.made.token_id)):
        assert refused(await stranger.get("orders")) == (401, "bad_token")
    assert (await market.host.delete(f"api-tokens/{token.made.token_id}")).status_code == 200
    assert refused(await till.get("orders")) == (401, "bad_token")
    assert refused(await market.host.delete(f"api-tokens/{token.made.token_id}")) == (404, "not_found")


async def test_a_program_of_one_room_has_nothing_in_another(tmp_path: Path) -> None:
    async with open_market(tmp_path, ServeOptions(rooms=("main", "tea"))) as market:
        order = await paid_order(market)
        host = Buyer(market.backend, market.backend.signer.host("tea"), "host")
        token = answer(
            MadeApiToken, await host.post("api-tokens", {"name": "till", "rights": ["orders"]}), 201
        )
        till = program(market, token.token)
        assert answer(OrdersPage, await till.get("orders")).orders == []
        assert refused(await till.get(f"orders/{order.order_id}")) == (404, "not_found")
        assert refused(await market.host.delete(f"api-tokens/{token.made.token_id}")) == (404, "not_found")


async def test_a_program_is_paced_like_everybody(tmp_path: Path) -> None:
    slow = ServeOptions(api=ApiPace(user_per_second=0.01, user_at_once=6))
    async with open_market(tmp_path, slow) as market:
        till = program(market, (await made(market)).token)
        responses = [await till.get("orders") for _ in range(8)]
        assert [one.status_code for one in responses] == [200] * 6 + [429] * 2


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ({"name": "  ", "rights": ["orders"]}, 422),
        ({"name": "x" * 41, "rights": ["orders"]}, 422),
        ({"name": "x", "rights": []}, 422),
        ({"name": "x", "rights": ["chat"]}, 422),
        ({"name": "x", "rights": ["everything"]}, 422),
        ({"name": "taken", "rights": ["orders"]}, 409),
    ],
)
async def test_an_api_token_that_cannot_be_is_refused(
    market: Market, wanted: dict[str, object], status: int
) -> None:
    await made(market, name="taken")
    response: httpx.Response = await market.host.post("api-tokens", wanted)
    assert response.status_code == status, response.text


async def test_a_room_has_only_so_many_api_tokens_and_the_host_alone_makes_them(market: Market) -> None:
    for number in range(MOST_TOKENS):
        await made(market, name=f"n{number}")
    wanted = {"name": "one more", "rights": ["orders"]}
    assert refused(await market.host.post("api-tokens", wanted))[0] == 409
    buyer = await market.buyer()
    assert refused(await buyer.post("api-tokens", wanted)) == (403, "forbidden")
    assert refused(await buyer.get("api-tokens")) == (403, "forbidden")
