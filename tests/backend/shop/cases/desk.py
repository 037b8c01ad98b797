"""A shop's desk for tests: orders that are paid and sent, cases of them, and whether all books agree."""

from collections.abc import Mapping
from itertools import count

from sqlalchemy import func, select

from backend.contract.cases import (
    Case,
    CaseKind,
    OpenCase,
    ReceiveCase,
    RefundCase,
    SendBack,
)
from backend.contract.orders import Order, ParcelLine, PaymentMethod, ShipOrder
from backend.contract.payments import Attempt
from backend.contract.refunds import RefundOrder
from backend.money.ledger import balances, unbalanced
from backend.shop.cases.cases import CaseRefusal, Cases
from backend.shop.cases.staff_refunds import Refusal, StaffRefunds
from backend.shop.cases.waiting import CaseTimer
from backend.shop.idempotency import KeyReused, Request
from backend.shop.orders.clocks import OrderClocks
from backend.shop.orders.results import Placed
from backend.shop.payments.payments import Payments
from backend.shop.payments.sandbox import Sandbox
from backend.shop.payments.sandbox_store import Outcome
from backend.shop.people import Person
from backend.shop.shop import Shop
from backend.storage.case_tables import CASE_CHANGES, CASES
from backend.storage.database import Database
from backend.storage.order_tables import ORDERS
from tests.backend.kinds import as_type
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import ROOM, STAFF, check_books, home_of, lines_of, order_of, quoted, request_of
from tests.backend.shop.payments.till import KEY

ANN = Person("ann", ROOM)
BOB = Person("bob", ROOM)
DAY_MS = 24 * 3_600_000


class Desk:
    """See the module."""

    def __init__(self, database: Database, shop: Shop, clock: Clock) -> None:
        self.database = database
        self.shop = shop
        self.clock = clock
        self.sandbox = Sandbox(database, KEY, clock_ms=clock)
        self.payments = Payments(
            database,
            shop.writer,
            providers={"sandbox": self.sandbox},
            orders=shop.paid_orders,
            clock_ms=clock,
        )
        self.cases = Cases(database, shop.writer, orders=shop.paid_orders, clock_ms=clock)
        self.refunds = StaffRefunds(shop.writer, orders=shop.paid_orders, clock_ms=clock)
        self.timer = CaseTimer(database, shop.writer, clock_ms=clock)
        self.clocks = OrderClocks(database, shop.writer, clock_ms=clock)
        self._keys = count(1)

    def request(self, person: Person, route: str = "r") -> Request:
        """A request under a key of its own."""
        return request_of(person.user_id, f"k{next(self._keys)}", route=route)

    async def bought(
        self, method: PaymentMethod = PaymentMethod.ONLINE, person: Person = ANN, **units: int
    ) -> Order:
        """Place an order and pay it."""
        order = await self.placed(method, person, **units)
        await self.pay(order)
        return await self.see(order)

    async def placed(
        self, method: PaymentMethod = PaymentMethod.ONLINE, person: Person = ANN, **units: int
    ) -> Order:
        """Place an order."""
        quote = await quoted(self.shop, lines_of(**(units or {"tea": 3})))
        wanted = order_of(quote, method, home_of(person.user_id))
        key = request_of(person.user_id, f"k{next(self._keys)}", wanted)
        return as_type(Placed, await self.shop.place(person, wanted, key)).order

    async def pay(self, order: Order) -> None:
        """Pay an order, as its method is."""
        if order.method is not PaymentMethod.ONLINE:
            await self.shop.confirm_payment(STAFF, order.order_id, "seen", self.request(STAFF, "paid"))
            return
        request = self.request(Person(order.buyer_id, ROOM), f"attempts {order.order_id}")
        attempt = as_type(Attempt, await self.payments.open(order.order_id, "sandbox", request))
        await self.sandbox.act(attempt.attempt_id, Outcome.NO_WEBHOOK)
        self.clock.turn(5_000)
        await self.payments.attempt(attempt.attempt_id)

    async def sent(self, order: Order, **lines: int) -> Order:
        """Send an order, or some units of lines as in `l1=2`."""
        parts = [ParcelLine(int(name[1:]), units) for name, units in lines.items()]
        wish = ShipOrder("SF", "1", parts or None)
        return as_type(Order, await self.shop.ship(STAFF, order.order_id, wish, self.request(STAFF, "ship")))

    async def arrived(self, order: Order) -> Order:
        """Let all parcels on their way arrive."""
        person = Person(order.buyer_id, ROOM)
        request = self.request(person, "delivered")
        return as_type(Order, await self.shop.confirm_delivery(person, order.order_id, None, request))

    async def ask(
        self, order: Order, kind: CaseKind = CaseKind.RETURN, units: Mapping[int, int] | None = None
    ) -> Case | CaseRefusal | None:
        """Ask for a case as the order's buyer."""
        lines = [ParcelLine(line, quantity) for line, quantity in (units or {1: 1}).items()]
        person, wanted = Person(order.buyer_id, ROOM), OpenCase(kind, lines, "another colour")
        return await self.cases.open(person, order.order_id, wanted, self.request(person, "cases"))

    async def asked(
        self, order: Order, kind: CaseKind = CaseKind.RETURN, units: Mapping[int, int] | None = None
    ) -> Case:
        """Open a case that is not refused."""
        return as_type(Case, await self.ask(order, kind, units))

    async def approve(self, case: Case) -> Case | CaseRefusal | None:
        return await self.cases.approve(STAFF, case.case_id, "", self.request(STAFF))

    async def decline(self, case: Case) -> Case | CaseRefusal | None:
        return await self.cases.decline(STAFF, case.case_id, "worn", self.request(STAFF))

    async def withdraw(self, case: Case) -> Case | CaseRefusal | None:
        person = Person(case.buyer_id, ROOM)
        return await self.cases.withdraw(person, case.case_id, "", self.request(person))

    async def send_back(self, case: Case) -> Case | CaseRefusal | None:
        person = Person(case.buyer_id, ROOM)
        wish = SendBack("SF", "back-1")
        return await self.cases.send_back(person, case.case_id, wish, self.request(person))

    async def receive(self, case: Case, restock: int = 0) -> Case | CaseRefusal | None:
        """Receive it, so many units of each line being good."""
        good = [ParcelLine(one.line, min(one.quantity, restock)) for one in case.lines if restock]
        return await self.cases.receive(STAFF, case.case_id, ReceiveCase(good), self.request(STAFF))

    async def refund(self, case: Case, shipping: int | None = None) -> Case | CaseRefusal | None:
        """Give the money back, and let the provider do it."""
        result = await self.cases.refund(STAFF, case.case_id, RefundCase(shipping), self.request(STAFF))
        await self.payments.refund_all()
        return result

    async def give_back(
        self, order: Order, units: Mapping[int, int] | None = None, shipping: int | None = None
    ) -> Order | Refusal | KeyReused | None:
        """Give money back as staff, of all units where none are named, and let the provider do it."""
        lines = None if units is None else [ParcelLine(*one) for one in units.items()]
        wish = RefundOrder("kind", lines, shipping)
        result = await self.refunds.refund(STAFF, order.order_id, wish, self.request(STAFF, "refunds"))
        await self.payments.refund_all()
        return result

    async def call_off(self, order: Order) -> Order | Refusal | KeyReused | None:
        """Cancel a paid order as staff, and let the provider give the money back."""
        request = self.request(STAFF, "cancel-and-refund")
        result = await self.refunds.cancel(STAFF, order.order_id, "sold elsewhere", request)
        await self.payments.refund_all()
        return result

    async def replace(self, case: Case) -> Case | CaseRefusal | None:
        wish = SendBack("SF", "again-1")
        return await self.cases.replace(STAFF, case.case_id, wish, self.request(STAFF))

    async def returned(self, case: Case, restock: int = 0) -> Case:
        """Let a case go as far as the goods."""
        for step in (self.approve, self.send_back):
            as_type(Case, await step(case))
        return as_type(Case, await self.receive(case, restock))

    async def see(self, order: Order) -> Order:
        """An order as it is now."""
        return as_type(Order, await self.shop.order(STAFF, order.order_id))

    async def look(self, case: Case) -> Case:
        """A case as it is now."""
        return as_type(Case, await self.cases.find(STAFF, case.case_id))

    def accounts(self) -> dict[str, int]:
        """What each account of the journal holds, where it is not nothing."""
        with self.database.reading() as connection:
            assert unbalanced(connection) == []
            return {one.account: one.amount_minor for one in balances(connection) if one.amount_minor}

    def check(self) -> None:
        """Assert that orders, stock, cases and ledger agree."""
        check_books(self.database)
        self.accounts()
        with self.database.reading() as connection:
            counted = select(CASE_CHANGES.c.case_id, func.count(), func.max(CASE_CHANGES.c.version))
            for _case_id, rows, version in connection.execute(counted.group_by(CASE_CHANGES.c.case_id)):
                assert rows == version
            both = func.coalesce(func.sum(CASES.c.goods_minor + CASES.c.shipping_minor), 0)
            query = select(CASES.c.order_id, both).where(CASES.c.state == "refunded")
            for order_id, minor in connection.execute(query.group_by(CASES.c.order_id)):
                paid = select(ORDERS.c.total_minor).where(ORDERS.c.order_id == order_id)
                assert int(minor) <= int(connection.scalar(paid) or 0)
