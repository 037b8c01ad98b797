"""The cases of a shop: opened by buyers, answered by its people, looked after by a timer."""

from collections.abc import Callable
from functools import partial
from typing import Final, TypeVar

import msgspec
from sqlalchemy import Connection

from backend.contract.cases import (
    Case,
    CasesPage,
    CaseState,
    OpenCase,
    ReceiveCase,
    RefundCase,
    SendBack,
)
from backend.contract.orders import Order
from backend.shop.cases.goods import receive, replace_goods
from backend.shop.cases.kept import cases_for
from backend.shop.cases.opening import OpenRefusal, open_case
from backend.shop.cases.refunding import refund_case
from backend.shop.cases.refunds_at_once import give_back_held_shipping
from backend.shop.cases.results import CaseNotAllowedNow, CoinsSpent, NotClaimable, ShippingTooMuch
from backend.shop.cases.states import CaseAction, can
from backend.shop.cases.store import CaseFilter, CaseStep, change_case, find_case, read_cases
from backend.shop.cases.waiting import CaseTimer
from backend.shop.idempotency import KeyReused, Request, write_once
from backend.shop.orders.paying import PaidOrders
from backend.shop.orders.reading import find_order
from backend.shop.orders.results import SoldOut
from backend.shop.people import Person
from backend.storage.database import Database
from backend.storage.writer import GroupWriter

OK: Final = 200
CREATED: Final = 201
MOST_A_PAGE: Final = 100

Refused = TypeVar("Refused")

CaseRefusal = (
    OpenRefusal | CaseNotAllowedNow | NotClaimable | ShippingTooMuch | CoinsSpent | SoldOut | KeyReused
)
"""Why nothing was done."""


class Cases:
    """All cases. A None means: there is no such thing, or it is none of the person's business.

    All methods may raise `StorageError`, those that write `BusyError` too.

    Args:
        orders: told what money went back by hand.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(
        self,
        database: Database,
        writer: GroupWriter,
        *,
        orders: PaidOrders,
        clock_ms: Callable[[], int],
    ) -> None:
        self._database = database
        self._writer = writer
        self._orders = orders
        self._clock_ms = clock_ms
        self._timer = CaseTimer(database, writer, clock_ms=clock_ms)

    async def run(self) -> None:
        """Look after cases that wait too long, for ever."""
        await self._timer.run()

    async def open(
        self, person: Person, order_id: str, wanted: OpenCase, request: Request
    ) -> Case | CaseRefusal | None:
        """Open a case of an order of the person's own."""

        def act(connection: Connection) -> Case | OpenRefusal | None:
            order = find_order(connection, order_id)
            if order is None or order.buyer_id != person.buyer_id:
                return None
            return open_case(connection, order, wanted, at_ms=self._clock_ms())

        return await self._once(person, request, act, CREATED)

    async def of_order(self, person: Person, order_id: str) -> CasesPage | None:
        """Return the cases of an order, the newest first."""

        def read(connection: Connection) -> CasesPage | None:
            order = find_order(connection, order_id)
            if order is None or not person.may_see(order):
                return None
            return read_cases(connection, CaseFilter(order_id=order_id), limit=MOST_A_PAGE)

        return await self._database.read(read)

    async def page(
        self,
        person: Person,
        *,
        state: CaseState | None = None,
        is_open: bool | None = None,
        cursor: str | None = None,
        limit: int = 20,
    ) -> CasesPage:
        """Return a page of cases, the newest first: those of staff's room, else the person's own."""
        whose = CaseFilter(room_id=person.room_id) if person.is_staff else CaseFilter(person.buyer_id)
        wanted = msgspec.structs.replace(whose, state=state, is_open=is_open)
        return await self._database.read(partial(read_cases, wanted=wanted, cursor=cursor, limit=limit))

    async def find(self, person: Person, case_id: str) -> Case | None:
        """Return a case."""

        def read(connection: Connection) -> Case | None:
            case = find_case(connection, case_id)
            return case if case and person.may_see(case) else None

        return await self._database.read(read)

    async def approve(
        self, person: Person, case_id: str, reason: str, request: Request
    ) -> Case | CaseRefusal | None:
        """Grant what the buyer asks for, as staff."""
        step = self._step(CaseState.APPROVED, person, reason)
        return await self._by_staff(CaseAction.APPROVE, person, case_id, request, step)

    async def decline(
        self, person: Person, case_id: str, reason: str, request: Request
    ) -> Case | CaseRefusal | None:
        """Refuse what the buyer asks for, as staff."""
        step = self._step(CaseState.DECLINED, person, reason)
        return await self._by_staff(CaseAction.DECLINE, person, case_id, request, step)

    async def withdraw(
        self, person: Person, case_id: str, reason: str, request: Request
    ) -> Case | CaseRefusal | None:
        """Give the case up, as its buyer."""
        step = self._step(CaseState.WITHDRAWN, person, reason)
        return await self._by_buyer(CaseAction.WITHDRAW, person, case_id, request, step)

    async def send_back(
        self, person: Person, case_id: str, wish: SendBack, request: Request
    ) -> Case | CaseRefusal | None:
        """Note how the goods come back, as the buyer."""
        step = self._step(CaseState.SENT_BACK, person, f"{wish.carrier} {wish.tracking}".strip())
        how = partial(step, carrier=wish.carrier, tracking=wish.tracking)
        return await self._by_buyer(CaseAction.SEND_BACK, person, case_id, request, how)

    async def receive(
        self, person: Person, case_id: str, wish: ReceiveCase, request: Request
    ) -> Case | CaseRefusal | None:
        """Note that the goods came back, as staff, and what of them is for sale again."""

        def act(connection: Connection, case: Case, order: Order) -> Case | NotClaimable:
            return receive(connection, case, order, wish, actor=person.user_id, at_ms=self._clock_ms())

        return await self._by_staff(CaseAction.RECEIVE, person, case_id, request, act)

    async def refund(
        self, person: Person, case_id: str, wish: RefundCase, request: Request
    ) -> Case | CaseRefusal | None:
        """Give the money back, as staff; who paid by transfer or at the door has it in their hands then."""

        def act(
            connection: Connection, case: Case, order: Order
        ) -> Case | CaseNotAllowedNow | ShippingTooMuch | CoinsSpent:
            actor, now_ms = person.user_id, self._clock_ms()
            refunded = refund_case(connection, case, order, wish, self._orders, actor=actor, at_ms=now_ms)
            if isinstance(refunded, Case):
                give_back_held_shipping(
                    connection, order, self._orders, actor=actor, at_ms=now_ms, without=order.order_id
                )
            return refunded

        return await self._by_staff(CaseAction.REFUND, person, case_id, request, act)

    async def replace(
        self, person: Person, case_id: str, wish: SendBack, request: Request
    ) -> Case | CaseRefusal | None:
        """Send the same goods once more, as staff: the end of an exchange."""

        def act(connection: Connection, case: Case, order: Order) -> Case | SoldOut:
            actor, now_ms = person.user_id, self._clock_ms()
            return replace_goods(connection, case, order, wish, actor=actor, at_ms=now_ms)

        return await self._by_staff(CaseAction.REPLACE, person, case_id, request, act)

    def _step(self, to_state: CaseState, person: Person, reason: str) -> Callable[..., Case]:
        def take(connection: Connection, case: Case, order: Order, **values: object) -> Case:
            step = CaseStep(to_state, person.user_id, reason, self._clock_ms())
            return change_case(connection, case, step, order, **values)

        return take

    async def _by_staff(
        self,
        action: CaseAction,
        person: Person,
        case_id: str,
        request: Request,
        act: Callable[[Connection, Case, Order], Case | Refused],
    ) -> Case | Refused | CaseNotAllowedNow | KeyReused | None:
        return await self._do(action, case_id, request, act, person=person, may=person.is_staff_of)

    async def _by_buyer(
        self,
        action: CaseAction,
        person: Person,
        case_id: str,
        request: Request,
        act: Callable[[Connection, Case, Order], Case | Refused],
    ) -> Case | Refused | CaseNotAllowedNow | KeyReused | None:
        def is_theirs(case: Case) -> bool:
            return case.buyer_id == person.buyer_id

        return await self._do(action, case_id, request, act, person=person, may=is_theirs)

    async def _do(
        self,
        action: CaseAction,
        case_id: str,
        request: Request,
        act: Callable[[Connection, Case, Order], Case | Refused],
        *,
        person: Person,
        may: Callable[[Case], bool],
    ) -> Case | Refused | CaseNotAllowedNow | KeyReused | None:
        def operation(connection: Connection) -> Case | Refused | CaseNotAllowedNow | None:
            case = find_case(connection, case_id)
            order = find_order(connection, case.order_id) if case else None
            if case is None or order is None or not may(case):
                return None
            if not can(action, case):
                return CaseNotAllowedNow(case)
            return act(connection, case, order)

        return await self._once(person, request, operation, OK)

    async def _once(
        self, person: Person, request: Request, act: Callable[[Connection], Case | Refused], status: int
    ) -> Case | Refused | KeyReused | None:
        keeping = cases_for(person)
        return await write_once(self._writer, request, keeping, act, status=status, clock_ms=self._clock_ms)
