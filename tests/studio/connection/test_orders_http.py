from collections.abc import AsyncIterator

import httpx
import pytest

from backend.contract.orders import CancelOrder, MarkPaid, OrderState, PaymentState, ShipOrder
from backend.contract.payments import Attempt, AttemptState
from studio.connection.orders_http import OrdersHttp
from studio.connection.room_http import Place, RejectedError
from tests.studio.shop.fake_shop import FakeShop, refusal
from tests.widgets.orders import many, order, paid

ATTEMPT = Attempt("a1", "o1", "sandbox", 16800, "CNY", AttemptState.PENDING, "/pay/a1", 0)


@pytest.fixture
async def shop() -> AsyncIterator[FakeShop]:
    made = FakeShop()
    async with made.serve():
        yield made


async def test_pages_of_orders_go_on_where_the_last_one_ended(shop: FakeShop) -> None:
    shop.orders, shop.limit = many(5), 2
    read, cursor = [], None
    async with OrdersHttp(shop.place) as http:
        for _ in range(3):
            page = await http.page(cursor)
            read += page.orders
            cursor = page.next

    assert read == shop.orders
    assert cursor is None


async def test_one_order_comes_with_its_attempts(shop: FakeShop) -> None:
    shop.orders, shop.attempts = [order(1)], [ATTEMPT]
    async with OrdersHttp(shop.place) as http:
        assert await http.order("o1") == order(1)
        assert await http.attempts("o1") == [ATTEMPT]


async def test_each_action_goes_to_its_own_address_with_its_key(shop: FakeShop) -> None:
    shop.orders = [paid(3), order(2), order(1)]
    async with OrdersHttp(shop.place) as http:
        shipped = await http.act("o3", ShipOrder("SF", "123"), "key-3")
        cancelled = await http.act("o2", CancelOrder("sold twice"), "key-2")
        confirmed = await http.act("o1", MarkPaid("statement 7"), "key-1")

    assert [parcel.tracking for parcel in shipped.parcels] == ["123"]
    assert cancelled.state is OrderState.CANCELLED
    assert confirmed.payment_state is PaymentState.PAID
    assert [(order_id, key) for order_id, _, key in shop.acts] == [
        ("o3", "key-3"),
        ("o2", "key-2"),
        ("o1", "key-1"),
    ]


async def test_a_refusal_of_the_shop_comes_in_its_own_words(shop: FakeShop) -> None:
    shop.refusal = refusal(409, "The order is cancelled already.")
    async with OrdersHttp(shop.place) as http:
        with pytest.raises(RejectedError, match=r"cancelled already\.") as caught:
            await http.act("o1", CancelOrder("x"), "k")
    assert caught.value.status == 409


async def test_a_wrong_token_is_a_refusal_and_a_shop_that_is_not_well_is_not(shop: FakeShop) -> None:
    async with OrdersHttp(Place(shop.place.url, "main", "wrong")) as http:
        with pytest.raises(RejectedError):
            await http.page()
    shop.refusal = refusal(503, "Later.")
    async with OrdersHttp(shop.place) as http:
        with pytest.raises(httpx.HTTPStatusError):
            await http.page()


async def test_a_backend_without_a_shop_is_told_by_its_status(shop: FakeShop) -> None:
    async with OrdersHttp(Place(f"{shop.place.url}/nowhere", "main", shop.place.token)) as http:
        with pytest.raises(RejectedError, match="answered 404"):
            await http.page()
