"""Orders, cases, stock and ledger under any steps in any order: after each, all books agree."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, MultipleResults, RuleBasedStateMachine, invariant, multiple, rule
from typing_extensions import override

from backend.contract.cases import Case, CaseKind, CaseState
from backend.contract.orders import Order, OrderState, ParcelLine, PaymentMethod, ShipOrder
from backend.shop.cases.store import CaseFilter, read_cases
from backend.shop.orders.reading import OrderFilter, read_page
from backend.shop.people import Person
from backend.shop.shop import Shop
from tests.backend.shop.cases.desk import ANN, BOB, DAY_MS, Desk
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import STAFF, open_rooms, put_on_sale, stock_of, take_all_methods
from tests.support.migrated import open_migrated

STEPS = ("approve", "decline", "withdraw", "send_back", "refund", "replace")

Answer = TypeVar("Answer")


class OrdersAndCases(RuleBasedStateMachine):
    """See the module."""

    orders: Bundle[Order] = Bundle("orders")
    cases: Bundle[Case] = Bundle("cases")

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self._loop = asyncio.new_event_loop()
        self._clock = Clock()
        self._database = open_migrated(Path(self._folder.name))
        open_rooms(self._database)
        take_all_methods(self._database)
        put_on_sale(self._database, "tea", price_minor=7, stock=50)
        put_on_sale(self._database, "set", price_minor=29, stock=0, components={"tea": 2})
        self._shop = Shop(self._database, clock_ms=self._clock)
        self._desk = Desk(self._database, self._shop, self._clock)

    @override
    def teardown(self) -> None:
        self._shop.close()
        self._loop.close()
        self._database.close()
        self._folder.cleanup()

    def _do(self, call: Coroutine[Any, Any, Answer]) -> Answer:
        self._clock.turn(1)
        return self._loop.run_until_complete(call)

    @rule(
        target=orders,
        person=st.sampled_from([ANN, BOB]),
        units=st.dictionaries(st.sampled_from(["tea", "set"]), st.integers(1, 3), min_size=1),
        method=st.sampled_from(PaymentMethod),
    )
    def buy(
        self, person: Person, units: dict[str, int], method: PaymentMethod
    ) -> Order | MultipleResults[Order]:
        if stock_of(self._database, "tea")[0] < 12:
            return multiple()
        return self._do(self._desk.bought(method, person, **units))

    @rule(order=orders, units=st.none() | st.integers(1, 2))
    def ship(self, order: Order, units: int | None) -> None:
        wish = ShipOrder("SF", "1", None if units is None else [ParcelLine(1, units)])
        self._do(self._shop.ship(STAFF, order.order_id, wish, self._desk.request(STAFF, "ship")))

    @rule(order=orders)
    def arrive(self, order: Order) -> None:
        request = self._desk.request(STAFF, "delivered")
        self._do(self._shop.confirm_delivery(STAFF, order.order_id, None, request))

    @rule(order=orders)
    def cancel(self, order: Order) -> None:
        self._do(self._shop.cancel(STAFF, order.order_id, "", self._desk.request(STAFF, "cancel")))

    @rule(
        target=cases,
        order=orders,
        kind=st.sampled_from(CaseKind),
        units=st.dictionaries(st.integers(1, 2), st.integers(1, 3), min_size=1),
    )
    def ask(self, order: Order, kind: CaseKind, units: dict[int, int]) -> Case | MultipleResults[Case]:
        result = self._do(self._desk.ask(order, kind, units))
        return result if isinstance(result, Case) else multiple()

    @rule(
        case=cases, act=st.sampled_from(["approve", "decline", "withdraw", "send_back", "refund", "replace"])
    )
    def act(self, case: Case, act: str) -> None:
        self._do(getattr(self._desk, act)(case))

    @rule(case=cases, restock=st.integers(0, 3))
    def receive(self, case: Case, restock: int) -> None:
        self._do(self._desk.receive(case, restock))

    @rule(case=cases, restock=st.integers(0, 3))
    def go_all_the_way(self, case: Case, restock: int) -> None:
        for step in (self._desk.approve, self._desk.send_back):
            self._do(step(case))
        self._do(self._desk.receive(case, restock))
        self._do(self._desk.refund(case))

    @rule(days=st.sampled_from([1, 3, 8, 11]))
    def let_time_go_by(self, days: int) -> None:
        self._clock.turn(days * DAY_MS)
        self._do(self._desk.timer.sweep())
        self._do(self._desk.clocks.sweep())

    @invariant()
    def books_agree(self) -> None:
        self._desk.check()

    @invariant()
    def nothing_comes_from_nowhere(self) -> None:
        on_hand, reserved, sold = stock_of(self._database, "tea")
        assert on_hand + sold == 50
        assert (reserved, sold >= 0) == (0, True)

    @invariant()
    def money_that_went_back_is_what_cases_say(self) -> None:
        with self._database.reading() as connection:
            cases = read_cases(connection, CaseFilter(state=CaseState.REFUNDED), limit=100).cases
            orders = read_page(connection, OrderFilter(), limit=100).orders
        given = sum(case.goods_minor + case.shipping_minor for case in cases)
        assert self._desk.accounts().get("refunds", 0) == given
        for order in orders:
            units = sum(
                line.quantity for case in cases if case.order_id == order.order_id for line in case.lines
            )
            assert units == sum(line.refunded for line in order.lines)
            if all(line.refunded == line.quantity for line in order.lines):
                of_order = [case.goods_minor for case in cases if case.order_id == order.order_id]
                assert sum(of_order) == order.goods_minor
                assert order.payment_state == "refunded"

    @invariant()
    def a_closed_order_has_no_case_that_waits_for_its_clock(self) -> None:
        for order in self._do(self._shop.orders(STAFF, limit=100)).orders:
            cases = self._do(self._desk.cases.of_order(STAFF, order.order_id))
            is_open = [case for case in (cases.cases if cases else []) if case.closed_at_ms is None]
            assert not (is_open and order.state is OrderState.CANCELLED)


TestOrdersAndCases = OrdersAndCases.TestCase
TestOrdersAndCases.settings = settings(
    max_examples=12, stateful_step_count=25, suppress_health_check=list(HealthCheck)
)
