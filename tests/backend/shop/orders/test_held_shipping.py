"""Shipping that is held for further orders: all of it goes back once nothing is to be sent, and no more."""

import asyncio
from collections.abc import Coroutine, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule
from sqlalchemy import func, select
from typing_extensions import override

from backend.contract.orders import Order, OrderState, PaymentState
from backend.shop.cases.staff_refunds import StaffRefunds
from backend.shop.orders.reading import find_order
from backend.shop.orders.results import Placed
from backend.shop.payments.results import Result
from backend.shop.people import Person
from backend.shop.shop import Shop
from backend.storage.case_tables import CASES
from backend.storage.database import Database
from tests.backend.kinds import as_type
from tests.backend.shop.cases.desk import ANN, BOB, Desk
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import ROOM, STAFF, open_rooms, put_on_sale, take_all_methods
from tests.backend.shop.orders.test_open_parcels import (
    bought,
    charge_shipping,
    go_live,
    place,
    quote_of,
    refunded_of,
)
from tests.support.migrated import open_migrated

Answer = TypeVar("Answer")


def start(database: Database) -> None:
    """Let a room be on air that sells teas of ten."""
    put_on_sale(database, "tea", price_minor=10, stock=1_000)
    go_live(database)
    charge_shipping(database)


@pytest.fixture
def desk(database: Database, shop: Shop, clock: Clock) -> Desk:
    """See `start`."""
    start(database)
    return Desk(database, shop, clock)


@pytest.mark.parametrize("order_of_calls", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (1, 2, 0)])
async def test_all_shipping_of_a_shared_parcel_goes_back_in_whatever_order_it_is_called_off(
    desk: Desk, order_of_calls: tuple[int, ...]
) -> None:
    orders = [await bought(desk, units, f"k{units}") for units in (1, 2, 4)]
    for number in order_of_calls:
        await desk.call_off(orders[number])
    assert [refunded_of(desk, order) for order in orders] == [order.total_minor for order in orders]
    assert {(await desk.see(order)).payment_state for order in orders} == {PaymentState.REFUNDED}
    desk.check()


async def test_two_nodes_that_call_off_both_orders_of_a_parcel_at_once_give_all_of_it_back(
    desk: Desk, database: Database, clock: Clock
) -> None:
    other = Shop(database, clock_ms=clock)
    there = StaffRefunds(other.writer, orders=other.paid_orders, clock_ms=clock)
    people = [Person(f"buyer-{n}", ROOM) for n in range(8)]
    pairs = [(await bought(desk, 1, "k1", one), await bought(desk, 3, "k2", one)) for one in people]
    assert {(one.shipping_minor, two.shipping_minor) for one, two in pairs} == {(1_000, 300)}

    async def call_off(refunds: StaffRefunds, order: Order) -> None:
        request = desk.request(STAFF, "cancel-and-refund")
        assert isinstance(await refunds.cancel(STAFF, order.order_id, "", request), Order)

    calls = [
        call_off(refunds, order)
        for n, pair in enumerate(pairs)
        for refunds, order in zip((desk.refunds, there)[:: 1 if n % 2 else -1], pair, strict=True)
    ]
    await asyncio.gather(*calls)
    await desk.payments.refund_all()
    for one, two in pairs:
        assert (refunded_of(desk, one), refunded_of(desk, two)) == (one.total_minor, two.total_minor)
    desk.check()
    await asyncio.to_thread(other.close)


async def test_what_was_sent_before_does_not_keep_the_shipping_of_a_later_parcel(desk: Desk) -> None:
    sent = await desk.sent(await bought(desk, 1, "k1"))
    second, third = [await bought(desk, 1, key) for key in ("k2", "k3")]
    assert (second.shipping_minor, third.shipping_minor) == (1_000, 0)
    await desk.call_off(second)
    await desk.call_off(third)
    assert [refunded_of(desk, order) for order in (sent, second, third)] == [0, 1_010, 10]


async def test_shipping_that_a_sent_parcel_needed_stays_when_the_rest_is_called_off(desk: Desk) -> None:
    first, second, third = [await bought(desk, units, f"k{units}") for units in (1, 2, 3)]
    await desk.call_off(first)  # its 1,000 pay for the others
    await desk.sent(second)
    await desk.call_off(third)
    given_back = sum(refunded_of(desk, order) for order in (first, second, third))
    # Of 1,000 + 300 + 300, the parcel of two pieces cost 1,000.
    assert given_back == 10 + 30 + 600
    desk.check()


async def test_a_parcel_that_was_sent_keeps_the_shipping_that_another_order_paid(desk: Desk) -> None:
    paying, free = [await bought(desk, 1, key) for key in ("k1", "k2")]
    assert (paying.shipping_minor, free.shipping_minor) == (1_000, 0)
    await desk.sent(free)
    assert as_type(Order, await desk.call_off(paying)).state is OrderState.CANCELLED
    assert [refunded_of(desk, order) for order in (paying, free)] == [10, 0]
    later = await bought(desk, 1, "k3")
    assert later.shipping_minor == 1_000  # a parcel of its own
    await desk.call_off(later)
    assert [refunded_of(desk, order) for order in (paying, free, later)] == [10, 0, 1_010]
    desk.check()


async def test_a_sent_parcel_and_one_that_waits_keep_what_both_need(desk: Desk) -> None:
    first, second, third = [await bought(desk, units, f"k{units}") for units in (1, 3, 4)]
    assert [one.shipping_minor for one in (first, second, third)] == [1_000, 300, 600]
    await desk.sent(second)
    await desk.call_off(first)
    await desk.call_off(third)
    # The parcel of three pieces cost 1,300, of which its own order paid 300.
    assert sum(refunded_of(desk, order) for order in (first, second, third)) == 10 + 40 + 1_900 - 1_300
    desk.check()


async def test_shipping_that_staff_gave_back_of_a_sent_parcel_is_kept_of_no_other_order(desk: Desk) -> None:
    sent = await desk.sent(await bought(desk, 1, "k1"))
    other = await bought(desk, 1, "k2")
    await desk.give_back(sent, {}, shipping=1_000)
    await desk.call_off(other)
    assert [refunded_of(desk, order) for order in (sent, other)] == [1_000, 1_010]


async def test_what_staff_withheld_of_an_order_goes_back_when_that_is_called_off(desk: Desk) -> None:
    order = await bought(desk, 1, "k1")
    await desk.give_back(order, {1: 1}, shipping=0)
    assert refunded_of(desk, order) == 10
    assert as_type(Order, await desk.call_off(order)).state is OrderState.CANCELLED
    assert refunded_of(desk, order) == 1_010


async def test_shipping_that_went_back_in_the_providers_console_is_not_given_twice(desk: Desk) -> None:
    first, second = [await bought(desk, 1, key) for key in ("k1", "k2")]
    await desk.call_off(first)
    [attempt] = await desk.payments.attempts_of(first.order_id)
    await desk.sandbox.refund_by_hand(attempt.attempt_id, "console", 600)

    async def deliver(headers: Mapping[str, str], body: bytes) -> bool:
        return await desk.payments.take_webhook("sandbox", headers, body) is not Result.SUSPENSE

    await desk.sandbox.deliver_due(deliver)
    assert refunded_of(desk, first) == 610
    await desk.call_off(second)
    assert refunded_of(desk, first) == first.total_minor
    desk.check()


class SharedParcels(RuleBasedStateMachine):
    """Orders of two buyers in a session, paid or not, refunded in parts and called off in any order."""

    orders: Bundle[Order] = Bundle("orders")

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self._loop = asyncio.new_event_loop()
        clock = Clock()
        self._database = open_migrated(Path(self._folder.name))
        open_rooms(self._database)
        take_all_methods(self._database)
        start(self._database)
        self._shop = Shop(self._database, clock_ms=clock)
        self._desk = Desk(self._database, self._shop, clock)
        self._placed: list[Order] = []

    @override
    def teardown(self) -> None:
        for order in self._placed:
            self._end(order)
        self.all_goes_back_of_parcels_that_are_called_off()
        self._shop.close()
        self._loop.close()
        self._database.close()
        self._folder.cleanup()

    def _do(self, call: Coroutine[Any, Any, Answer]) -> Answer:
        return self._loop.run_until_complete(call)

    def _end(self, order: Order) -> None:
        self._do(self._desk.call_off(order))
        self._do(self._shop.cancel(STAFF, order.order_id, "", self._desk.request(STAFF, "cancel")))
        self._do(self._desk.payments.refund_all())

    @rule(
        target=orders,
        person=st.sampled_from([ANN, BOB]),
        units=st.integers(1, 4),
        then=st.sampled_from(["pay", "wait"]),
    )
    def buy(self, person: Person, units: int, then: str) -> Order:
        key = f"k{len(self._placed)}"
        quote = self._do(quote_of(self._desk, units, person))
        order = as_type(Placed, self._do(place(self._shop, quote, key, person))).order
        self._placed.append(order)
        if then == "pay":
            self._do(self._desk.pay(order))
        return order

    @rule(order=orders)
    def pay_later(self, order: Order) -> None:
        if self._seen(order).payment_state is PaymentState.UNPAID and self._seen(order).state == "open":
            self._do(self._desk.pay(order))

    @rule(order=orders)
    def end(self, order: Order) -> None:
        self._end(order)

    @rule(order=orders, units=st.integers(0, 2), shipping=st.none() | st.sampled_from([0, 100, 1_000]))
    def refund_a_part(self, order: Order, units: int, shipping: int | None) -> None:
        self._do(self._desk.give_back(order, {1: units} if units else {}, shipping))

    def _seen(self, order: Order) -> Order:
        with self._database.reading() as connection:
            return as_type(Order, find_order(connection, order.order_id))

    @invariant()
    def books_agree(self) -> None:
        self._desk.check()

    @invariant()
    def no_order_gives_back_more_than_it_was_paid_nor_more_shipping_than_it_cost(self) -> None:
        with self._database.reading() as connection:
            for order in self._placed:
                query = select(func.coalesce(func.sum(CASES.c.shipping_minor), 0))
                is_this = (CASES.c.order_id == order.order_id, CASES.c.state == "refunded")
                assert int(str(connection.scalar(query.where(*is_this)))) <= order.shipping_minor
        assert all(refunded_of(self._desk, order) <= order.total_minor for order in self._placed)

    @invariant()
    def all_goes_back_of_parcels_that_are_called_off(self) -> None:
        for person in (ANN, BOB):
            theirs = [self._seen(one) for one in self._placed if one.buyer_id == person.user_id]
            if all(one.state is OrderState.CANCELLED for one in theirs):
                for order in theirs:
                    is_paid = order.payment_state is not PaymentState.UNPAID
                    assert refunded_of(self._desk, order) == (order.total_minor if is_paid else 0)


TestSharedParcels = SharedParcels.TestCase
TestSharedParcels.settings = settings(
    max_examples=10, stateful_step_count=15, suppress_health_check=list(HealthCheck)
)
