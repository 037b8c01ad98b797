"""What money does to the orders and the stock of a whole shop, on both databases."""

import asyncio
from collections.abc import Mapping

import pytest

from backend.contract.orders import Order
from backend.contract.payments import Attempt
from backend.shop.idempotency import Request
from backend.shop.orders.expiry import ExpiryTimer
from backend.shop.orders.results import Placed
from backend.shop.payments.payments import Payments
from backend.shop.payments.sandbox import Sandbox
from backend.shop.payments.sandbox_store import LATE_BY_MS, Outcome
from backend.shop.people import Person
from backend.shop.shop import Shop
from backend.storage.database import Database
from tests.backend.kinds import as_type
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
from tests.backend.shop.payments.till import KEY, ONLINE_MS

TEA = "tea"


class Counter:
    """A shop that sells tea, with two sandboxes to pay at."""

    def __init__(self, database: Database, shop: Shop, clock: Clock) -> None:
        self.database = database
        self.shop = shop
        self.clock = clock
        self.sandbox = Sandbox(database, KEY, clock_ms=clock)
        self.other = Sandbox(database, KEY, clock_ms=clock, name="other", merchant="other-shop")
        self.payments = Payments(
            database,
            shop.writer,
            providers={"sandbox": self.sandbox, "other": self.other},
            orders=shop.paid_orders,
            clock_ms=clock,
        )
        self.timer = ExpiryTimer(
            database, shop.writer, ask_closing=self.payments.close_attempts, clock_ms=clock
        )

    async def order(self, buyer: str, units: int = 1) -> Order:
        wanted = order_of(await quoted(self.shop, lines_of(tea=units)), address=home_of(buyer))
        placed = await self.shop.place(Person(buyer, ROOM), wanted, request_of(buyer, "order", wanted))
        return as_type(Placed, placed).order

    async def attempt(self, order: Order, provider: str = "sandbox") -> Attempt:
        request = Request(order.buyer_id, f"attempts {order.order_id}", provider, provider)
        return as_type(Attempt, await self.payments.open(order.order_id, provider, request))

    async def deliver(self, sandbox: Sandbox | None = None) -> list[str]:
        one, results = sandbox or self.sandbox, list[str]()

        async def deliver(headers: Mapping[str, str], body: bytes) -> bool:
            results.append((await self.payments.take_webhook(one.name, headers, body)).value)
            return True

        await one.deliver_due(deliver)
        return results

    async def see(self, order: Order) -> tuple[str, str]:
        seen = as_type(Order, await self.shop.order(Person(order.buyer_id, ROOM), order.order_id))
        return seen.state.value, seen.payment_state.value


@pytest.fixture
def counter(database: Database, shop: Shop, clock: Clock) -> Counter:
    """A shop that has two units of tea."""
    put_on_sale(database, TEA, price_minor=1_000, stock=2, limit=2)
    return Counter(database, shop, clock)


async def test_a_payment_sells_what_the_order_held(counter: Counter) -> None:
    order = await counter.order("ann", 2)
    assert stock_of(counter.database, TEA) == (2, 2, 0)
    attempt = await counter.attempt(order)
    await counter.sandbox.act(attempt.attempt_id, Outcome.DUPLICATE)
    assert await counter.deliver() == ["paid", "replayed"]
    assert await counter.see(order) == ("open", "paid")
    assert stock_of(counter.database, TEA) == (0, 0, 2)
    check_books(counter.database)


async def test_interleaving_3_a_buyer_who_pays_while_the_timer_decides_keeps_the_goods(
    counter: Counter,
) -> None:
    order = await counter.order("ann", 2)
    attempt = await counter.attempt(order)
    await counter.sandbox.act(attempt.attempt_id, Outcome.NO_WEBHOOK)
    counter.clock.turn(ONLINE_MS)
    await counter.timer.sweep()
    assert await counter.see(order) == ("open", "paid")
    assert stock_of(counter.database, TEA) == (0, 0, 2)
    check_books(counter.database)


async def test_interleaving_3_late_money_takes_stock_that_nobody_else_has(counter: Counter) -> None:
    order = await counter.order("ann", 2)
    attempt = await counter.attempt(order)
    await counter.sandbox.act(attempt.attempt_id, Outcome.LATE)
    counter.clock.turn(ONLINE_MS)
    await counter.timer.sweep()
    assert await counter.see(order) == ("cancelled", "unpaid")
    assert stock_of(counter.database, TEA) == (2, 0, 0)
    counter.clock.turn(LATE_BY_MS)
    assert await counter.deliver() == ["paid"]
    assert await counter.see(order) == ("open", "paid")
    assert stock_of(counter.database, TEA) == (0, 0, 2)
    check_books(counter.database)


async def test_interleaving_3_late_money_of_a_unit_sold_to_another_is_refunded(counter: Counter) -> None:
    order = await counter.order("ann", 2)
    attempt = await counter.attempt(order)
    await counter.sandbox.act(attempt.attempt_id, Outcome.LATE)
    counter.clock.turn(ONLINE_MS)
    await counter.timer.sweep()
    faster = await counter.order("bob")
    counter.clock.turn(LATE_BY_MS)
    assert await counter.deliver() == ["paid_late"]
    await counter.payments.refund_all()
    assert await counter.see(order) == ("cancelled", "unpaid")
    assert await counter.see(faster) == ("open", "unpaid")
    assert stock_of(counter.database, TEA) == (2, 1, 0)
    checkout = await counter.payments.checkout(attempt.attempt_id)
    assert checkout is not None
    assert checkout.goes_back
    check_books(counter.database)


async def test_interleaving_4_two_payments_at_once_sell_once(counter: Counter) -> None:
    order = await counter.order("ann", 2)
    one, two = await counter.attempt(order), await counter.attempt(order, "other")
    await counter.sandbox.act(one.attempt_id, Outcome.PAY)
    await counter.other.act(two.attempt_id, Outcome.PAY)
    results = await asyncio.gather(counter.deliver(), counter.deliver(counter.other))
    assert sorted(results) == [["paid"], ["paid_twice"]]
    assert await counter.see(order) == ("open", "paid")
    assert stock_of(counter.database, TEA) == (0, 0, 2)
    check_books(counter.database)


async def test_a_refund_of_a_part_and_of_the_rest_changes_the_payment_alone(counter: Counter) -> None:
    order = await counter.order("ann", 2)
    attempt = await counter.attempt(order)
    await counter.sandbox.act(attempt.attempt_id, Outcome.PAY)
    await counter.deliver()
    for number, amount in enumerate((500, 1_500)):
        await counter.sandbox.refund_by_hand(attempt.attempt_id, f"console-{number}", amount)
        assert await counter.deliver() == ["refunded"]
        assert await counter.see(order) == ("open", ("part_refunded", "refunded")[number])
    assert stock_of(counter.database, TEA) == (0, 0, 2)
    check_books(counter.database)
