"""Cases: asked for by buyers, answered by staff."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import msgspec

from backend.contract.base import AssistantRight
from backend.contract.bounds import Id, UpTo
from backend.contract.cases import (
    AnswerCase,
    Case,
    CasesPage,
    CaseState,
    DeclineCase,
    OpenCase,
    ReceiveCase,
    RefundCase,
    SendBack,
)
from backend.contract.shop_problems import (
    CaseLineProblem,
    CaseProblem,
    CoinsSpentProblem,
    OrderProblem,
    ShippingProblem,
    SoldOutProblem,
    WindowProblem,
)
from backend.http.api.case_refusals import no_case, refuse_case
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Nothing, Who
from backend.http.api.order_routes import OneOrder
from backend.http.api.shop_call import person_of, request_of
from backend.http.api.shop_refusals import no_order
from backend.shop.cases.cases import CaseRefusal, Cases
from backend.shop.idempotency import Request
from backend.shop.payments.payments import Payments


class OneCase(msgspec.Struct, frozen=True):
    """Which case, by the address."""

    case_id: Annotated[str, UpTo(32)]


class ListCases(msgspec.Struct, frozen=True):
    """Which cases.

    Attributes:
        cursor: the `next` of the page before.
        state: none for all.
        is_open: only those that are not at their end, or that are.
    """

    cursor: Id | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 20
    state: CaseState | None = None
    is_open: bool | None = None


class CaseRoutes:
    """The endpoints of cases.

    Args:
        payments: woken when there is money to give back.
    """

    def __init__(self, cases: Cases, payments: Payments) -> None:
        self._cases = cases
        self._payments = payments

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        return [*self._of_orders(), *self._of_all(), *self._for_buyers(), *self._for_staff()]

    def _of_orders(self) -> list[AnyEndpoint]:
        cases = "/api/v1/orders/{order_id}/cases"
        return [
            Endpoint(
                method="POST",
                path=cases,
                summary="Ask for a refund, a return or an exchange of parts of one's own order.",
                who=Who.MEMBER,
                handle=self.open,
                answer=Case,
                parameters=OneOrder,
                body=OpenCase,
                status=201,
                is_idempotent=True,
                problems={409: (OrderProblem, CaseLineProblem, WindowProblem)},
            ),
            Endpoint(
                method="GET",
                path=cases,
                summary="List the cases of an order, the newest first.",
                who=Who.MEMBER,
                staff_right=AssistantRight.ORDERS,
                handle=self.of_order,
                answer=CasesPage,
                parameters=OneOrder,
                body=Nothing,
            ),
        ]

    def _of_all(self) -> list[AnyEndpoint]:
        return [
            Endpoint(
                method="GET",
                path="/api/v1/cases",
                summary="List one's own cases, the newest first; to its staff those of the room.",
                who=Who.MEMBER,
                staff_right=AssistantRight.ORDERS,
                handle=self.page,
                answer=CasesPage,
                parameters=ListCases,
                body=Nothing,
            ),
            Endpoint(
                method="GET",
                path="/api/v1/cases/{case_id}",
                summary="Show a case.",
                who=Who.MEMBER,
                staff_right=AssistantRight.ORDERS,
                handle=self.show,
                answer=Case,
                parameters=OneCase,
                body=Nothing,
            ),
        ]

    def _for_buyers(self) -> list[AnyEndpoint]:
        return [
            _action("withdraw", "Give up one's own case.", Who.MEMBER, self.withdraw, AnswerCase),
            _action(
                "send-back",
                "Tell how the goods of one's own case come back.",
                Who.MEMBER,
                self.send_back,
                SendBack,
            ),
        ]

    def _for_staff(self) -> list[AnyEndpoint]:
        staff = AssistantRight.ORDERS
        return [
            _action("approve", "Grant what a buyer asks for.", staff, self.approve, AnswerCase),
            _action(
                "decline", "Refuse what a buyer asks for, with a reason.", staff, self.decline, DeclineCase
            ),
            _action(
                "receive",
                "Note that goods came back, and which of them are for sale again.",
                staff,
                self.receive,
                ReceiveCase,
            ),
            _action(
                "refund", "Give the money of a case back.", AssistantRight.REFUNDS, self.refund, RefundCase
            ),
            _action("replace", "Send the goods of an exchange once more.", staff, self.replace, SendBack),
        ]

    async def open(self, call: Call[OneOrder, OpenCase]) -> Case:
        """Open a case of one's own order."""
        order_id = call.parameters.order_id
        request = request_of(call, f"cases {order_id}")
        result = await self._cases.open(person_of(call), order_id, call.body, request)
        if result is None:
            raise no_order()
        return _case_or_refusal(result)

    async def of_order(self, call: Call[OneOrder, Nothing]) -> CasesPage:
        """List the cases of an order that one may see."""
        page = await self._cases.of_order(person_of(call), call.parameters.order_id)
        if page is None:
            raise no_order()
        return page

    async def page(self, call: Call[ListCases, Nothing]) -> CasesPage:
        """List cases."""
        wanted = call.parameters
        return await self._cases.page(
            person_of(call),
            state=wanted.state,
            is_open=wanted.is_open,
            cursor=wanted.cursor,
            limit=wanted.limit,
        )

    async def show(self, call: Call[OneCase, Nothing]) -> Case:
        """Show a case to its buyer, or to the staff of its room."""
        return _case_or_refusal(await self._cases.find(person_of(call), call.parameters.case_id))

    async def approve(self, call: Call[OneCase, AnswerCase]) -> Case:
        """Grant it."""
        case_id, request = _named(call, "approve")
        return _case_or_refusal(
            await self._cases.approve(person_of(call), case_id, call.body.reason, request)
        )

    async def decline(self, call: Call[OneCase, DeclineCase]) -> Case:
        """Refuse it."""
        case_id, request = _named(call, "decline")
        return _case_or_refusal(
            await self._cases.decline(person_of(call), case_id, call.body.reason, request)
        )

    async def withdraw(self, call: Call[OneCase, AnswerCase]) -> Case:
        """Give it up."""
        case_id, request = _named(call, "withdraw")
        return _case_or_refusal(
            await self._cases.withdraw(person_of(call), case_id, call.body.reason, request)
        )

    async def send_back(self, call: Call[OneCase, SendBack]) -> Case:
        """Take in how the goods come back."""
        case_id, request = _named(call, "send-back")
        return _case_or_refusal(await self._cases.send_back(person_of(call), case_id, call.body, request))

    async def receive(self, call: Call[OneCase, ReceiveCase]) -> Case:
        """Take in that they came."""
        case_id, request = _named(call, "receive")
        return _case_or_refusal(await self._cases.receive(person_of(call), case_id, call.body, request))

    async def refund(self, call: Call[OneCase, RefundCase]) -> Case:
        """Give the money back; its provider is asked at once."""
        case_id, request = _named(call, "refund")
        case = _case_or_refusal(await self._cases.refund(person_of(call), case_id, call.body, request))
        self._payments.wake()
        return case

    async def replace(self, call: Call[OneCase, SendBack]) -> Case:
        """Send the goods once more."""
        case_id, request = _named(call, "replace")
        return _case_or_refusal(await self._cases.replace(person_of(call), case_id, call.body, request))


def _action(
    name: str,
    summary: str,
    who: Who | AssistantRight,
    handle: Callable[[Call[Any, Any]], Awaitable[Case]],
    body: type[msgspec.Struct],
) -> AnyEndpoint:
    return Endpoint(
        method="POST",
        path=f"/api/v1/cases/{{case_id}}/{name}",
        summary=summary,
        who=who,
        handle=handle,
        answer=Case,
        parameters=OneCase,
        body=body,
        is_idempotent=True,
        problems={409: (CaseProblem, CaseLineProblem, ShippingProblem, CoinsSpentProblem, SoldOutProblem)},
    )


def _named(call: Call[OneCase, Any], action: str) -> tuple[str, Request]:
    case_id = call.parameters.case_id
    return case_id, request_of(call, f"{action} {case_id}")


def _case_or_refusal(result: Case | CaseRefusal | None) -> Case:
    if isinstance(result, Case):
        return result
    raise no_case() if result is None else refuse_case(result)
