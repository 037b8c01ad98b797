"""The shop as routes use it: who sees what, which steps orders take, and that books stay right throughout."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, MultipleResults, RuleBasedStateMachine, invariant, multiple, rule
from typing_extensions import override

from backend.contract.orders import (
    Order,
    OrderState,
    ParcelLine,
    PaymentMethod,
    PaymentState,
    ShipOrder,
)
from backend.shop.idempotency import KeyReused
from backend.shop.orders.expiry import ExpiryTimer
from backend.shop.orders.results import NotAllowedNow, NotInOrder, Placed
from backend.shop.outcomes import Closing
from backend.shop.people import Person
from backend.shop.shop import Shop
from backend.storage.database import Database
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import (
    ROOM,
    STAFF,
    check_books,
    home_of,
    lines_of,
    list_in,
    open_rooms,
    order_of,
    put_on_sale,
    quoted,
    request_of,
    stock_of,
    take_all_methods,
)
from tests.support.migrated import open_migrated

Answer = TypeVar("Answer")

ANN = Person("ann", ROOM)
BOB = Person("bob", ROOM)
OTHER_HOST = Person("host", "second", is_staff=True)
PARCEL = ShipOrder("SF", "SF123")


async def buy(
    shop: Shop,
    person: Person = ANN,
    *,
    key: str = "k1",
    method: PaymentMethod = PaymentMethod.ONLINE,
    **units: int,
) -> Order:
    quote = await quoted(shop, lines_of(**(units or {"tea": 1})), person)
    wanted = order_of(quote, method, home_of(person.user_id))
    result = await shop.place(person, wanted, request_of(person.user_id, key, wanted))
    assert isinstance(result, Placed)
    return result.order


async def test_a_room_shows_its_products_with_what_is_left(shop: Shop, database: Database) -> None:
    put_on_sale(database, "tea", stock=5, limit=2)
    put_on_sale(database, "set", stock=0, components={"tea": 2})
    await buy(shop)
    shown = await shop.products(ROOM)
    assert shown.currency == "CNY"
    assert [(one.number, one.spu_id, one.skus[0].left) for one in shown.products] == [
        (1, "tea", 4),
        (2, "set", 2),
    ]
    assert shown.products[0].skus[0].limit_per_buyer == 2
    assert (await shop.products("second")).products == []


async def test_a_buyer_sees_their_own_orders_and_staff_their_rooms(shop: Shop, database: Database) -> None:
    open_rooms(database, "second")
    put_on_sale(database, "tea")
    list_in(database, "second", "tea")
    mine, theirs = await buy(shop), await buy(shop, BOB)
    elsewhere = await buy(shop, Person("ann", "second"), key="k2")
    assert {one.order_id for one in (await shop.orders(ANN)).orders} == {mine.order_id, elsewhere.order_id}
    assert {one.order_id for one in (await shop.orders(STAFF)).orders} == {mine.order_id, theirs.order_id}
    assert await shop.order(ANN, theirs.order_id) is None
    assert await shop.order(OTHER_HOST, theirs.order_id) is None
    assert await shop.order(STAFF, theirs.order_id) == theirs


async def test_pages_hold_each_order_once_the_newest_first(
    shop: Shop, database: Database, clock: Clock
) -> None:
    put_on_sale(database, "tea")
    ids = []
    for number in range(5):
        clock.turn(1)
        ids.append((await buy(shop, key=f"k{number}")).order_id)
    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = await shop.orders(ANN, cursor=cursor, limit=2)
        seen += [order.order_id for order in page.orders]
        cursor = page.next
        if cursor is None:
            break
    assert seen == ids[::-1]


async def test_an_unpaid_order_is_cancelled_once_and_its_stock_comes_back(
    shop: Shop, database: Database
) -> None:
    put_on_sale(database, "tea", limit=1)
    order = await buy(shop)
    request = request_of("ann", "c1", route="cancel")
    cancelled = await shop.cancel(ANN, order.order_id, "too dear", request)
    assert isinstance(cancelled, Order)
    assert (cancelled.state, cancelled.changes[-1].reason) == (OrderState.CANCELLED, "too dear")
    assert await shop.cancel(ANN, order.order_id, "too dear", request) == cancelled
    assert await shop.order(ANN, order.order_id) == cancelled
    assert stock_of(database, "tea") == (10, 0, 0)
    assert await buy(shop, key="k2")
    check_books(database)


async def test_others_cannot_cancel_or_ship(shop: Shop, database: Database) -> None:
    put_on_sale(database, "tea")
    order = await buy(shop)
    for person in (BOB, OTHER_HOST):
        request = request_of(person.user_id, "c1", route="cancel")
        assert await shop.cancel(person, order.order_id, "", request) is None
    for person in (ANN, BOB, OTHER_HOST):
        request = request_of(person.user_id, "s1", route="ship")
        assert await shop.ship(person, order.order_id, PARCEL, request) is None
        assert await shop.confirm_payment(person, order.order_id, "", request) is None
    assert await shop.order(ANN, order.order_id) == order


async def test_staff_confirm_a_transfer_but_not_an_online_payment(shop: Shop, database: Database) -> None:
    put_on_sale(database, "tea")
    online = await buy(shop)
    transfer = await buy(shop, BOB, method=PaymentMethod.TRANSFER)
    refused = await shop.confirm_payment(STAFF, online.order_id, "", request_of("host", "p1"))
    assert isinstance(refused, NotAllowedNow)
    paid = await shop.confirm_payment(STAFF, transfer.order_id, "bank 3 Dec", request_of("host", "p2"))
    assert isinstance(paid, Order)
    assert paid.payment_state is PaymentState.PAID
    assert (paid.changes[-1].actor, paid.changes[-1].reason) == ("host", "bank 3 Dec")
    assert stock_of(database, "tea") == (9, 1, 1)
    assert isinstance(await shop.cancel(BOB, transfer.order_id, "", request_of("bob", "c")), NotAllowedNow)
    check_books(database)


async def test_an_order_goes_in_several_parcels(shop: Shop, database: Database, clock: Clock) -> None:
    put_on_sale(database, "tea")
    order = await buy(shop, method=PaymentMethod.CASH_ON_DELIVERY, tea=3)

    async def ship(key: str, units: int | None) -> object:
        lines = None if units is None else [ParcelLine(1, units)]
        wish = msgspec.structs.replace(PARCEL, lines=lines)
        clock.turn(1)
        return await shop.ship(STAFF, order.order_id, wish, request_of("host", key, wish, "ship"))

    first = await ship("s1", 2)
    assert isinstance(first, Order)
    assert await ship("s1", 2) == first
    assert await ship("s1", 1) == KeyReused("s1")
    assert await ship("s2", 2) == NotInOrder(1, 1)
    last = await ship("s3", None)
    assert isinstance(last, Order)
    assert [parcel.lines for parcel in last.parcels] == [[ParcelLine(1, 2)], [ParcelLine(1, 1)]]
    assert isinstance(await ship("s4", None), NotAllowedNow)
    assert stock_of(database, "tea") == (7, 0, 3)
    check_books(database)


async def test_what_must_be_paid_first_is_not_shipped(shop: Shop, database: Database) -> None:
    put_on_sale(database, "tea")
    order = await buy(shop)
    refused = await shop.ship(STAFF, order.order_id, PARCEL, request_of("host", "s1", PARCEL, "ship"))
    assert refused == NotAllowedNow(order)


class OrdersAndStock(RuleBasedStateMachine):
    """Orders take any steps in any order; after each, all books agree."""

    placed: Bundle[str] = Bundle("placed")

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self._loop = asyncio.new_event_loop()
        self._clock = Clock()
        self._database = open_migrated(Path(self._folder.name))
        open_rooms(self._database)
        take_all_methods(self._database)
        put_on_sale(self._database, "tea", stock=6, limit=4)
        put_on_sale(self._database, "cup", stock=5)
        put_on_sale(self._database, "set", stock=0, components={"tea": 1, "cup": 2})
        self._shop = Shop(self._database, clock_ms=self._clock)
        self._count = 0

    @override
    def teardown(self) -> None:
        self._shop.close()
        self._loop.close()
        self._database.close()
        self._folder.cleanup()

    def _do(self, call: Coroutine[Any, Any, Answer]) -> Answer:
        self._clock.turn(1)
        return self._loop.run_until_complete(call)

    def _key(self) -> str:
        self._count += 1
        return f"k{self._count}"

    @rule(
        target=placed,
        buyer=st.sampled_from(["ann", "bob"]),
        units=st.dictionaries(st.sampled_from(["tea", "cup", "set"]), st.integers(1, 3), min_size=1),
        method=st.sampled_from(PaymentMethod),
    )
    def place(self, buyer: str, units: dict[str, int], method: PaymentMethod) -> str | MultipleResults[str]:
        wanted = order_of(self._do(quoted(self._shop, lines_of(**units))), method, home_of(buyer))
        request = request_of(buyer, self._key(), wanted)
        result = self._do(self._shop.place(Person(buyer, ROOM), wanted, request))
        return result.order.order_id if isinstance(result, Placed) else multiple()

    @rule(order_id=placed)
    def cancel(self, order_id: str) -> None:
        self._do(self._shop.cancel(STAFF, order_id, "", request_of("host", self._key(), route="cancel")))

    @rule(order_id=placed)
    def pay(self, order_id: str) -> None:
        pay, now_ms = self._shop.paid_orders.pay_order, self._clock.now_ms
        self._do(
            self._shop.writer.run(
                lambda connection: pay(connection, order_id, actor="provider", reason="", now_ms=now_ms)
            )
        )

    @rule(order_id=placed, minor=st.integers(0, 400))
    def refund(self, order_id: str, minor: int) -> None:
        refund, now_ms = self._shop.paid_orders.refund_order, self._clock.now_ms
        given = {"refunded_minor": minor, "actor": "provider", "reason": "", "now_ms": now_ms}
        self._do(self._shop.writer.run(lambda connection: refund(connection, order_id, **given)))  # type: ignore[arg-type]

    @rule(order_id=placed, units=st.none() | st.integers(1, 3))
    def ship(self, order_id: str, units: int | None) -> None:
        wish = ShipOrder("SF", "1", None if units is None else [ParcelLine(1, units)])
        self._do(self._shop.ship(STAFF, order_id, wish, request_of("host", self._key(), wish, "ship")))

    @rule(minutes=st.sampled_from([1, 16, 5000]))
    def let_time_go_by(self, minutes: int) -> None:
        self._clock.turn(minutes * 60_000)

        async def closed(_order_id: str) -> Closing:
            return Closing.CLOSED

        timer = ExpiryTimer(self._database, self._shop.writer, ask_closing=closed, clock_ms=self._clock)
        self._do(timer.sweep())

    @invariant()
    def books_agree(self) -> None:
        check_books(self._database)

    @invariant()
    def nothing_is_sold_that_is_not_there(self) -> None:
        for sku_id, opened in (("tea", 6), ("cup", 5), ("set", 0)):
            on_hand, reserved, sold = stock_of(self._database, sku_id)
            assert on_hand + sold == opened
            assert 0 <= reserved <= on_hand

    @invariant()
    def what_is_over_holds_nothing(self) -> None:
        orders = self._do(self._shop.orders(STAFF, limit=100)).orders
        held = sum(
            line.quantity * (2 if line.sku_id == "set" else 1)
            for order in orders
            if order.state is not OrderState.CANCELLED
            for line in order.lines
            if line.sku_id in {"cup", "set"}
        )
        _, reserved, sold = stock_of(self._database, "cup")
        assert reserved + sold == held


TestOrdersAndStock = OrdersAndStock.TestCase
TestOrdersAndStock.settings = settings(
    max_examples=12, stateful_step_count=20, suppress_health_check=list(HealthCheck)
)
