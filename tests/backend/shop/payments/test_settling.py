"""What money does to the orders and the stock of a whole shop, on both databases."""

import asyncio
import random
from collections.abc import Mapping

import pytest
from sqlalchemy import func, select

from backend.contract.orders import Order
from backend.contract.payments import Attempt
from backend.money.ledger import balances, unbalanced
from backend.shop.idempotency import Request
from backend.shop.orders.expiry import ExpiryTimer
from backend.shop.orders.results import Placed, PlaceResult
from backend.shop.payments.attempts import PaymentRefusedError
from backend.shop.payments.payments import Payments
from backend.shop.payments.provider import RefundReport
from backend.shop.payments.results import Result
from backend.shop.payments.sandbox import Sandbox
from backend.shop.payments.sandbox_store import LATE_BY_MS, Outcome
from backend.shop.payments.settling import Settling
from backend.shop.people import Person
from backend.shop.shop import Shop
from backend.storage.database import Database
from backend.storage.order_tables import ORDERS
from backend.storage.payment_tables import REFUNDS, SUSPENSE
from backend.storage.sandbox_tables import SANDBOX_PAYMENTS, SANDBOX_REFUNDS
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
        return as_type(Placed, await self.place(buyer, units)).order

    async def place(self, buyer: str, units: int = 1) -> PlaceResult:
        wanted = order_of(await quoted(self.shop, lines_of(tea=units)), address=home_of(buyer))
        return await self.shop.place(Person(buyer, ROOM), wanted, request_of(buyer, "order", wanted))

    async def attempt(self, order: Order, provider: str = "sandbox") -> Attempt:
        request = Request(order.buyer_id, f"attempts {order.order_id}", provider, provider)
        return as_type(Attempt, await self.payments.open(order.order_id, provider, request))

    async def hear(self, provider: Sandbox, report: RefundReport) -> Result:
        """Take in what a provider says of a refund."""
        settling = Settling(self.shop.paid_orders)
        return await self.shop.writer.run(
            lambda connection: settling.take_report(connection, provider, report, self.clock())
        )

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


@pytest.mark.parametrize("results", [["suspense"], []], ids=["by a webhook", "by the close"])
async def test_an_order_whose_money_was_put_aside_gives_its_stock_back(
    counter: Counter, results: list[str]
) -> None:
    order = await counter.order("ann", 2)
    attempt = await counter.attempt(order)
    await counter.sandbox.act(attempt.attempt_id, Outcome.WRONG_AMOUNT)
    if results:
        assert await counter.deliver() == results
    counter.clock.turn(ONLINE_MS)
    await counter.timer.sweep()
    assert await counter.see(order) == ("cancelled", "unpaid")
    assert stock_of(counter.database, TEA) == (2, 0, 0)
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


async def test_refunds_that_two_providers_call_alike_are_two_of_short_names(counter: Counter) -> None:
    called, orders = "x" * 100, [await counter.order("ann"), await counter.order("bob")]
    for provider, order in zip((counter.sandbox, counter.other), orders, strict=True):
        attempt = await counter.attempt(order, provider.name)
        await provider.act(attempt.attempt_id, Outcome.PAY)
        await counter.deliver(provider)
        for amount, result in ((0, Result.NOTHING), (400, Result.REFUNDED), (400, Result.NOTHING)):
            report = RefundReport(
                attempt.attempt_id, called, provider.merchant, amount, order.currency, is_done=True
            )
            assert await counter.hear(provider, report) is result
        assert await counter.see(order) == ("open", "part_refunded")
    with counter.database.reading() as connection:
        ids = list(connection.scalars(select(REFUNDS.c.refund_id)))
    assert [len(one) for one in ids] == [32, 32]


class Walk:
    """Steps of two buyers, two providers and time, in any order."""

    def __init__(self, counter: Counter, seed: int) -> None:
        self._counter = counter
        self._random = random.Random(seed)
        self._orders: list[Order] = []
        self._attempts: list[tuple[Sandbox, Attempt]] = []

    async def step(self) -> None:
        """Do anything."""
        steps = (self._order, self._open, self._choose, self._deliver, self._ask, self._turn, self._refund)
        await self._random.choice((*steps, self._open, self._choose))()

    async def drain(self) -> None:
        """Let everything arrive that is still on its way."""
        for _ in range(2):
            self._counter.clock.turn(2 * ONLINE_MS)
            for sandbox in (self._counter.sandbox, self._counter.other):
                await self._counter.deliver(sandbox)
            await self._ask()
            await self._counter.timer.sweep()
            await self._counter.payments.refund_all()

    async def _order(self) -> None:
        placed = await self._counter.place(f"buyer-{len(self._orders)}")
        if isinstance(placed, Placed):
            self._orders.append(placed.order)

    async def _open(self) -> None:
        if not self._orders:
            return
        provider = self._random.choice(("sandbox", "other"))
        sandbox = self._counter.sandbox if provider == "sandbox" else self._counter.other
        try:
            attempt = await self._counter.attempt(self._random.choice(self._orders), provider)
        except PaymentRefusedError:
            return
        self._attempts.append((sandbox, attempt))

    async def _choose(self) -> None:
        if self._attempts:
            sandbox, attempt = self._random.choice(self._attempts)
            await sandbox.act(attempt.attempt_id, self._random.choice(list(Outcome)))

    async def _deliver(self) -> None:
        await self._counter.deliver(self._random.choice((self._counter.sandbox, self._counter.other)))

    async def _ask(self) -> None:
        for _sandbox, attempt in self._attempts:
            await self._counter.payments.attempt(attempt.attempt_id)

    async def _turn(self) -> None:
        self._counter.clock.turn(self._random.choice((1_000, 60_000, ONLINE_MS)))
        await self._counter.timer.sweep()

    async def _refund(self) -> None:
        await self._counter.payments.refund_all()


@pytest.mark.parametrize("seed", range(8))
async def test_in_any_order_each_payment_sells_once_or_goes_back(counter: Counter, seed: int) -> None:
    walk = Walk(counter, seed)
    for _ in range(40):
        await walk.step()
    await walk.drain()
    check_books(counter.database)
    with counter.database.reading() as connection:
        assert unbalanced(connection) == []
        held = {one.account: one.amount_minor for one in balances(connection)}
        money = connection.execute(_AT_PROVIDERS).one()
        sold = int(connection.scalar(_PAID_ORDERS) or 0)
        aside = int(connection.scalar(select(func.coalesce(func.sum(SUSPENSE.c.amount_minor), 0))) or 0)
    received, refunded = int(money[0]), int(money[1])
    assert held.get("provider:sandbox", 0) + held.get("provider:other", 0) == received - refunded
    assert received - refunded == sold + aside
    assert held.get("to_refund", 0) == 0
    assert -held.get("suspense", 0) == aside


_AT_PROVIDERS = select(
    select(func.coalesce(func.sum(SANDBOX_PAYMENTS.c.received_minor), 0))
    .where(SANDBOX_PAYMENTS.c.state == "paid")
    .scalar_subquery(),
    select(func.coalesce(func.sum(SANDBOX_REFUNDS.c.amount_minor), 0)).scalar_subquery(),
)
_PAID_ORDERS = select(func.coalesce(func.sum(ORDERS.c.total_minor), 0)).where(
    ORDERS.c.payment_state == "paid"
)
