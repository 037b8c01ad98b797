"""Holds end on time, but never while money may still come."""

import pytest
from sqlalchemy import insert

from backend.contract.orders import Order, OrderState, PaymentMethod, PaymentState
from backend.shop.left_alone import FIRST_PAUSE_MS
from backend.shop.orders.expiry import LONGER_MS, MOST_A_SWEEP, ExpiryTimer
from backend.shop.orders.results import Placed
from backend.shop.outcomes import Closing, Paid
from backend.shop.people import Person
from backend.shop.shop import Shop
from backend.storage.database import Database
from backend.storage.payment_tables import PAYMENT_ATTEMPTS
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import (
    ROOM,
    check_books,
    home_of,
    lines_of,
    order_of,
    put_on_sale,
    quoted,
    request_of,
    stock_of,
)

MINUTE_MS = 60_000


async def buy(shop: Shop, buyer: str = "ann", method: PaymentMethod = PaymentMethod.ONLINE) -> Order:
    wanted = order_of(await quoted(shop, lines_of(tea=2)), method, home_of(buyer))
    placed = await shop.place(Person(buyer, ROOM), wanted, request_of(buyer, "k1", wanted))
    assert isinstance(placed, Placed)
    return placed.order


async def now(shop: Shop, order: Order) -> Order:
    found = await shop.order(Person(order.buyer_id, ROOM), order.order_id)
    assert found is not None
    return found


async def pay(shop: Shop, order: Order, clock: Clock) -> Paid:
    return await shop.writer.run(
        lambda connection: shop.paid_orders.pay_order(
            connection, order.order_id, actor="provider:x", reason="", now_ms=clock.now_ms
        )
    )


class Providers:
    """What providers say about an order."""

    def __init__(self, answer: Closing) -> None:
        self.answer = answer
        self.asked: list[str] = []

    async def close(self, order_id: str) -> Closing:
        self.asked.append(order_id)
        return self.answer


def timer_of(shop: Shop, database: Database, clock: Clock, providers: Providers) -> ExpiryTimer:
    return ExpiryTimer(database, shop.writer, ask_closing=providers.close, clock_ms=clock)


async def test_an_unpaid_order_ends_after_its_time(shop: Shop, database: Database, clock: Clock) -> None:
    put_on_sale(database, "tea", limit=2)
    order = await buy(shop)
    timer = timer_of(shop, database, clock, providers := Providers(Closing.CLOSED))
    clock.turn(15 * MINUTE_MS - 1)
    await timer.sweep()
    assert providers.asked == []
    clock.turn(1)
    await timer.sweep()
    ended = await now(shop, order)
    assert (ended.state, ended.payment_state) == (OrderState.CANCELLED, PaymentState.UNPAID)
    assert (ended.changes[-1].actor, ended.closed_at_ms) == ("timer", clock.now_ms)
    assert stock_of(database, "tea") == (10, 0, 0)
    check_books(database)
    await timer.sweep()
    assert providers.asked == [order.order_id]
    assert (await shop.orders(Person("ann", ROOM), state=OrderState.OPEN)).orders == []


async def test_a_payment_under_way_extends_the_hold(shop: Shop, database: Database, clock: Clock) -> None:
    put_on_sale(database, "tea")
    order = await buy(shop)
    clock.turn(15 * MINUTE_MS)
    await timer_of(shop, database, clock, Providers(Closing.PROCESSING)).sweep()
    held = await now(shop, order)
    assert (held.state, held.expires_at_ms) == (OrderState.OPEN, clock.now_ms + LONGER_MS)
    assert stock_of(database, "tea") == (10, 2, 0)


async def test_money_that_comes_while_asking_keeps_the_order(
    shop: Shop, database: Database, clock: Clock
) -> None:
    put_on_sale(database, "tea")
    order = await buy(shop)
    clock.turn(15 * MINUTE_MS)

    async def pay_and_say_closed(_order_id: str) -> Closing:
        await pay(shop, order, clock)
        return Closing.CLOSED

    timer = ExpiryTimer(database, shop.writer, ask_closing=pay_and_say_closed, clock_ms=clock)
    await timer.sweep()
    paid = await now(shop, order)
    assert (paid.state, paid.payment_state, paid.expires_at_ms) == (OrderState.OPEN, PaymentState.PAID, None)
    assert stock_of(database, "tea") == (8, 0, 2)
    check_books(database)


async def test_a_provider_that_fails_does_not_hold_up_the_others(
    shop: Shop, database: Database, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    put_on_sale(database, "tea")
    first, second = await buy(shop), await buy(shop, "bob")
    clock.turn(15 * MINUTE_MS)

    async def fail_once(order_id: str) -> Closing:
        if order_id == first.order_id:
            raise RuntimeError("no")
        return Closing.CLOSED

    await ExpiryTimer(database, shop.writer, ask_closing=fail_once, clock_ms=clock).sweep()
    assert (await now(shop, first)).state is OrderState.OPEN
    assert (await now(shop, second)).state is OrderState.CANCELLED
    assert first.order_id in caplog.text


async def test_200_orders_that_cannot_be_ended_do_not_hold_up_the_one_behind_them(
    shop: Shop, database: Database, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    put_on_sale(database, "tea", stock=1000)
    failing = {(await buy(shop, f"b{number}")).order_id for number in range(MOST_A_SWEEP)}
    clock.turn(1)
    last = await buy(shop, "last")
    clock.turn(15 * MINUTE_MS)
    asked: list[str] = []

    async def fail(order_id: str) -> Closing:
        asked.append(order_id)
        if order_id in failing:
            raise RuntimeError("no")
        return Closing.CLOSED

    timer = ExpiryTimer(database, shop.writer, ask_closing=fail, clock_ms=clock)
    await timer.sweep()
    await timer.sweep()
    assert (await now(shop, last)).state is OrderState.CANCELLED
    assert len(asked) == MOST_A_SWEEP + 1
    await timer.sweep()
    assert len(asked) == MOST_A_SWEEP + 1
    clock.turn(FIRST_PAUSE_MS)
    await timer.sweep()
    assert set(asked[MOST_A_SWEEP + 1 :]) == failing
    clock.turn(FIRST_PAUSE_MS)
    await timer.sweep()
    assert len(asked) == 2 * MOST_A_SWEEP + 1
    assert "was not ended" in caplog.text


async def test_an_order_that_could_not_be_ended_once_ends_later(
    shop: Shop, database: Database, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    put_on_sale(database, "tea")
    order, failures = await buy(shop), [RuntimeError("no")]
    clock.turn(15 * MINUTE_MS)

    async def fail_first(_order_id: str) -> Closing:
        if failures:
            raise failures.pop()
        return Closing.CLOSED

    timer = ExpiryTimer(database, shop.writer, ask_closing=fail_first, clock_ms=clock)
    await timer.sweep()
    clock.turn(FIRST_PAUSE_MS)
    await timer.sweep()
    assert (await now(shop, order)).state is OrderState.CANCELLED
    assert order.order_id in caplog.text


async def test_an_order_that_must_not_be_cancelled_is_named_and_left_alone_for_a_while(
    shop: Shop, database: Database, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    put_on_sale(database, "tea")
    order = await buy(shop)
    with database.transaction() as connection:
        connection.execute(insert(PAYMENT_ATTEMPTS).values(attempt_row(order)))
    clock.turn(15 * MINUTE_MS)
    timer = timer_of(shop, database, clock, providers := Providers(Closing.CLOSED))
    await timer.sweep()
    await timer.sweep()
    assert providers.asked == [order.order_id]
    assert f"The order {order.order_id} cannot be ended" in caplog.text
    clock.turn(FIRST_PAUSE_MS)
    await timer.sweep()
    assert len(providers.asked) == 2


def attempt_row(order: Order) -> dict[str, object]:
    """An attempt that waits, though all of the order's are said to be closed."""
    return {
        "attempt_id": "a",
        "order_id": order.order_id,
        "provider": "x",
        "amount_minor": order.total_minor,
        "currency": order.currency,
        "state": "pending",
        "created_at_ms": order.created_at_ms,
        "expires_at_ms": order.created_at_ms,
    }


async def test_late_money_takes_the_stock_again_or_goes_back(
    shop: Shop, database: Database, clock: Clock
) -> None:
    put_on_sale(database, "tea", stock=4)
    orders = [await buy(shop, buyer) for buyer in ("ann", "bob")]
    clock.turn(15 * MINUTE_MS)
    await timer_of(shop, database, clock, Providers(Closing.CLOSED)).sweep()
    await buy(shop, "eve")
    paid = [await pay(shop, order, clock) for order in (*orders, orders[0])]
    assert paid == [Paid.DONE, Paid.GONE, Paid.ALREADY]
    assert (await now(shop, orders[0])).state is OrderState.OPEN
    assert (await now(shop, orders[1])).state is OrderState.CANCELLED
    assert stock_of(database, "tea") == (2, 2, 2)
    check_books(database)
