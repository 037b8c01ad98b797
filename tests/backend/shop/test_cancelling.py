"""Cancelling races with paying: an order is let go only when nobody takes money for it any more."""

import asyncio
from contextlib import suppress

import pytest

from backend.contract.orders import Order, OrderState, PaymentState
from backend.contract.payments import Attempt
from backend.shop.cancelling import MOST_TRIES, Cancelling
from backend.shop.idempotency import KeyReused, Request
from backend.shop.orders.results import NotAllowedNow, PaymentUnderWay
from backend.shop.outcomes import Closing
from backend.shop.payments.attempts import PaymentRefusedError
from backend.shop.payments.sandbox_store import Outcome
from backend.shop.shop import Shop
from backend.storage.database import Database
from tests.backend.kinds import as_type
from tests.backend.shop.cases.desk import ANN, Desk
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import check_books, put_on_sale, stock_of


@pytest.fixture
def desk(shop: Shop, database: Database, clock: Clock) -> Desk:
    put_on_sale(database, "tea", stock=100)
    return Desk(database, shop, clock)


async def attempt_of(desk: Desk, order: Order, key: str = "") -> Attempt:
    """Open an attempt to pay an order."""
    request = Request("ann", f"attempts {order.order_id}", key, "") if key else desk.request(ANN, "attempts")
    return as_type(Attempt, await desk.payments.open(order.order_id, "sandbox", request))


class OpensMeanwhile:
    """Closes attempts, and opens another each time before anything else is done."""

    def __init__(self, desk: Desk, times: int) -> None:
        self._desk = desk
        self._times = times

    async def close(self, order_id: str) -> Closing:
        closing = await self._desk.payments.close_attempts(order_id)
        if self._times:
            self._times -= 1
            await self._desk.payments.open(order_id, "sandbox", self._desk.request(ANN, "attempts"))
        return closing


async def test_an_attempt_opened_while_its_order_is_cancelled_is_closed_too(
    desk: Desk, database: Database
) -> None:
    order = await desk.placed(tea=3)
    await attempt_of(desk, order)
    cancelling = Cancelling(database, desk.shop, ask_closing=OpensMeanwhile(desk, 1).close)
    cancelled = await cancelling.cancel(ANN, order.order_id, "", desk.request(ANN, "cancel"))
    assert as_type(Order, cancelled).state is OrderState.CANCELLED
    attempts = await desk.payments.attempts_of(order.order_id)
    assert [one.state for one in attempts] == ["closed", "closed"]
    for one in attempts:
        await desk.sandbox.act(one.attempt_id, Outcome.NO_WEBHOOK)
        await desk.payments.attempt(one.attempt_id)
    assert (await desk.see(order)).state is OrderState.CANCELLED
    assert stock_of(database, "tea") == (100, 0, 0)
    check_books(database)


async def test_an_order_whose_buyer_goes_on_opening_attempts_is_not_let_go(
    desk: Desk, database: Database
) -> None:
    order = await desk.placed(tea=3)
    cancelling = Cancelling(database, desk.shop, ask_closing=OpensMeanwhile(desk, MOST_TRIES).close)
    result = await cancelling.cancel(ANN, order.order_id, "", desk.request(ANN, "cancel"))
    assert result == PaymentUnderWay(order)
    assert stock_of(database, "tea") == (100, 3, 0)


async def test_32_attempts_and_cancels_at_once_leave_no_cancelled_order_payable(
    desk: Desk, database: Database
) -> None:
    order = await desk.placed(tea=3)
    cancelling = Cancelling(database, desk.shop, ask_closing=desk.payments.close_attempts)

    async def try_to_pay(number: int) -> None:
        # Refused where the order is over, or was tried often enough.
        with suppress(PaymentRefusedError):
            await attempt_of(desk, order, f"k{number}")

    async def cancel() -> None:
        result = await cancelling.cancel(ANN, order.order_id, "", desk.request(ANN, "cancel"))
        assert isinstance(result, Order | PaymentUnderWay)

    await asyncio.gather(*(call for n in range(16) for call in (try_to_pay(n), cancel())))
    await cancel()
    assert (await desk.see(order)).state is OrderState.CANCELLED
    for one in await desk.payments.attempts_of(order.order_id):
        await desk.sandbox.act(one.attempt_id, Outcome.NO_WEBHOOK)
        desk.clock.turn(5_000)
        await desk.payments.attempt(one.attempt_id)
    ended = await desk.see(order)
    assert (ended.state, ended.payment_state) == (OrderState.CANCELLED, PaymentState.UNPAID)
    assert stock_of(database, "tea") == (100, 0, 0)
    check_books(database)


async def test_an_order_paid_between_closing_and_cancelling_stays(desk: Desk, database: Database) -> None:
    order = await desk.placed(tea=3)

    async def pay_and_say_closed(_order_id: str) -> Closing:
        await desk.pay(order)
        return Closing.CLOSED

    cancelling = Cancelling(database, desk.shop, ask_closing=pay_and_say_closed)
    refused = await cancelling.cancel(ANN, order.order_id, "", desk.request(ANN, "cancel"))
    assert as_type(NotAllowedNow, refused).order.payment_state is PaymentState.PAID


async def test_a_key_that_was_used_before_closes_no_attempt(desk: Desk, database: Database) -> None:
    closed: list[str] = []

    async def close(order_id: str) -> Closing:
        closed.append(order_id)
        return await desk.payments.close_attempts(order_id)

    cancelling = Cancelling(database, desk.shop, ask_closing=close)
    first, second = await desk.placed(tea=1), await desk.placed(tea=1)
    once = Request("ann", "cancel", "key", "body")
    done = await cancelling.cancel(ANN, first.order_id, "", once)
    assert await cancelling.cancel(ANN, first.order_id, "", once) == done
    attempt = await attempt_of(desk, second)
    other = Request("ann", "cancel", "key", "another body")
    assert await cancelling.cancel(ANN, second.order_id, "", other) == KeyReused("key")
    assert closed == [first.order_id]
    [kept] = await desk.payments.attempts_of(second.order_id)
    assert (kept.attempt_id, kept.state) == (attempt.attempt_id, "pending")
