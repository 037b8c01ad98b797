"""A backend's shop whose part the test plays: orders by pages, single ones, and what is done with them."""

import socket
from asyncio import TaskGroup
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from backend.contract.cases import (
    AnswerCase,
    Case,
    CasesPage,
    CaseState,
    DeclineCase,
    ReceiveCase,
    RefundCase,
    SendBack,
)
from backend.contract.order_messages import (
    MessageSide,
    MessagesPage,
    MessagesRead,
    OrderMessage,
    Unread,
)
from backend.contract.orders import (
    CancelOrder,
    MarkOrder,
    MarkPaid,
    Order,
    OrderMark,
    OrdersPage,
    OrderState,
    PaymentState,
    ShipOrder,
)
from backend.contract.payments import Attempt, Attempts
from backend.contract.problems import PROBLEM_TYPE, ProblemDetails
from studio.connection.room_http import Place
from tests.studio.fakes import TOKEN
from tests.widgets.orders import parcel
from widgets.shop.order_states import may_ship

BODIES = {"parcels": ShipOrder, "cancel": CancelOrder, "paid": MarkPaid}
Body = ShipOrder | CancelOrder | MarkPaid
CASE_STEPS = {
    "approve": (AnswerCase, CaseState.APPROVED),
    "decline": (DeclineCase, CaseState.DECLINED),
    "receive": (ReceiveCase, CaseState.RECEIVED),
    "refund": (RefundCase, CaseState.REFUNDED),
    "replace": (SendBack, CaseState.EXCHANGED),
}
CLOSED = {CaseState.DECLINED, CaseState.REFUNDED, CaseState.EXCHANGED}


class FakeShop:
    """The orders of the room `main`; the newest stands first.

    Attributes:
        limit: the most orders a page; what is asked for may be less.
        refusal: what every request is answered with; None to answer well.
        reads: how many pages were asked for.
        cases: of all orders, the newest first.
        messages: of all orders, the oldest first.
        message_limit: the most messages a page.
        read_numbers: up to which message staff read each order's.
        acts, case_acts: what was done, with the order's or the case's id and the key.
    """

    def __init__(self) -> None:
        self.orders: list[Order] = []
        self.attempts: list[Attempt] = []
        self.cases: list[Case] = []
        self.pictures: dict[str, bytes] = {}
        self.messages: dict[str, list[OrderMessage]] = {}
        self.read_numbers: dict[str, int] = {}
        self.message_limit = 100
        self.limit = 100
        self.refusal: ProblemDetails | None = None
        self.reads = 0
        self.acts: list[tuple[str, Body, str]] = []
        self.case_acts: list[tuple[str, msgspec.Struct, str]] = []
        self.picture_headers: list[dict[str, str]] = []
        self._url = ""

    @property
    def place(self) -> Place:
        return Place(self._url, "main", TOKEN)

    def put(self, order: Order) -> None:
        """Replace an order, or add it as the newest."""
        others = [each for each in self.orders if each.order_id != order.order_id]
        if len(others) == len(self.orders):
            self.orders = [order, *others]
        else:
            self.orders = [order if each.order_id == order.order_id else each for each in self.orders]

    @asynccontextmanager
    async def serve(self) -> AsyncIterator[None]:
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        self._url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        orders = "/api/v1/orders"
        app = Starlette(
            routes=[
                Route(orders, self._page),
                Route(f"{orders}/{{order_id}}", self._order),
                Route(f"{orders}/{{order_id}}/attempts", self._attempts),
                Route(f"{orders}/{{order_id}}/cases", self._cases_of),
                Route(f"{orders}/{{order_id}}/messages", self._messages_of),
                Route(f"{orders}/{{order_id}}/messages/read", self._mark_read, methods=["POST"]),
                Route("/api/v1/unread-messages", self._unread),
                Route(f"{orders}/{{order_id}}/mark", self._mark, methods=["POST"]),
                Route(f"{orders}/{{order_id}}/{{action}}", self._act, methods=["POST"]),
                Route("/api/v1/shipping-list", self._shipping_list),
                Route("/api/v1/cases", self._cases),
                Route("/api/v1/cases/{case_id}/{size:str}/{name}", self._case_picture),
                Route("/api/v1/cases/{case_id}/{action}", self._act_on_case, methods=["POST"]),
                Route("/media/products/{name}", self._picture),
            ]
        )
        server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None))
        server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
        async with TaskGroup() as tasks:
            running = tasks.create_task(server._serve([listener]))
            try:
                yield
            finally:
                server.should_exit = server.force_exit = True
                await running
                listener.close()

    def _refused(self, request: Request) -> Response | None:
        if self.refusal is not None:
            return _problem(self.refusal)
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return _problem(refusal(401, "The token does not count."))
        return None

    async def _page(self, request: Request) -> Response:
        self.reads += 1
        if (refused := self._refused(request)) is not None:
            return refused
        limit = min(self.limit, int(request.query_params["limit"]))
        ids = [order.order_id for order in self.orders]
        cursor = request.query_params.get("cursor")
        start = 0 if cursor is None else ids.index(cursor) + 1
        shown = self.orders[start : start + limit]
        is_last = start + limit >= len(self.orders)
        return _json(OrdersPage(shown, None if is_last else shown[-1].order_id))

    async def _order(self, request: Request) -> Response:
        if (refused := self._refused(request)) is not None:
            return refused
        return _json(self._find(request.path_params["order_id"]))

    async def _messages_of(self, request: Request) -> Response:
        if (refused := self._refused(request)) is not None:
            return refused
        order_id = request.path_params["order_id"]
        before = int(request.query_params.get("before", "1000000"))
        found = [one for one in self.messages.get(order_id, [])[::-1] if one.number < before]
        shown = found[: self.message_limit]
        is_last = len(shown) == len(found)
        return _json(MessagesPage(shown, self._unread_of(order_id), None if is_last else shown[-1].number))

    async def _mark_read(self, request: Request) -> Response:
        order_id = request.path_params["order_id"]
        self.read_numbers[order_id] = msgspec.json.decode(await request.body(), type=MessagesRead).number
        return _json(Unread(self._unread_of(order_id)))

    async def _unread(self, request: Request) -> Response:
        if (refused := self._refused(request)) is not None:
            return refused
        return _json(Unread(sum(map(self._unread_of, self.messages))))

    def _unread_of(self, order_id: str) -> int:
        read = self.read_numbers.get(order_id, 0)
        of_buyer = [one for one in self.messages.get(order_id, []) if one.side is MessageSide.BUYER]
        return sum(one.number > read for one in of_buyer)

    async def _case_picture(self, request: Request) -> Response:
        content = self.pictures.get(request.url.path)
        return Response(content, 200 if content else 404, media_type="image/webp")

    async def _attempts(self, request: Request) -> Response:
        if (refused := self._refused(request)) is not None:
            return refused
        order_id = request.path_params["order_id"]
        return _json(Attempts([attempt for attempt in self.attempts if attempt.order_id == order_id]))

    async def _act(self, request: Request) -> Response:
        if (refused := self._refused(request)) is not None:
            return refused
        order = self._find(request.path_params["order_id"])
        body: Body = msgspec.json.decode(await request.body(), type=BODIES[request.path_params["action"]])
        self.acts.append((order.order_id, body, request.headers["idempotency-key"]))
        changed = msgspec.structs.replace(order, version=order.version + 1, **_changes(body))
        self.put(changed)
        return _json(changed)

    async def _mark(self, request: Request) -> Response:
        if (refused := self._refused(request)) is not None:
            return refused
        order = self._find(request.path_params["order_id"])
        wish = msgspec.json.decode(await request.body(), type=MarkOrder)
        before = 0 if order.mark is None else order.mark.at_ms
        mark = OrderMark(wish.remark, wish.is_flagged, "host", before + 1, order.order_id)
        self.put(msgspec.structs.replace(order, mark=mark))
        return _json(mark)

    async def _shipping_list(self, request: Request) -> Response:
        if (refused := self._refused(request)) is not None:
            return refused
        return _json(OrdersPage([each for each in reversed(self.orders) if may_ship(each)], None))

    async def _cases(self, request: Request) -> Response:
        if (refused := self._refused(request)) is not None:
            return refused
        is_open = request.query_params["is_open"] == "true"
        cases = [case for case in self.cases if (case.closed_at_ms is None) is is_open]
        cursor = request.query_params.get("cursor")
        start = 0 if cursor is None else [case.case_id for case in cases].index(cursor) + 1
        shown = cases[start : start + self.limit]
        is_last = start + self.limit >= len(cases)
        return _json(CasesPage(shown, None if is_last else shown[-1].case_id))

    async def _cases_of(self, request: Request) -> Response:
        if (refused := self._refused(request)) is not None:
            return refused
        order_id = request.path_params["order_id"]
        return _json(CasesPage([case for case in self.cases if case.order_id == order_id], None))

    async def _act_on_case(self, request: Request) -> Response:
        if (refused := self._refused(request)) is not None:
            return refused
        body_type, state = CASE_STEPS[request.path_params["action"]]
        body = msgspec.json.decode(await request.body(), type=body_type)
        case_id = request.path_params["case_id"]
        before = next(case for case in self.cases if case.case_id == case_id)
        self.case_acts.append((case_id, body, request.headers["idempotency-key"]))
        closed = 1 if state in CLOSED else None
        after = msgspec.structs.replace(before, state=state, version=before.version + 1, closed_at_ms=closed)
        self.cases = [after if case is before else case for case in self.cases]
        return _json(after)

    async def _picture(self, request: Request) -> Response:
        self.picture_headers.append(dict(request.headers))
        content = self.pictures.get(request.path_params["name"])
        return Response(content) if content is not None else Response(status_code=404)

    def _find(self, order_id: str) -> Order:
        return next(order for order in self.orders if order.order_id == order_id)


def refusal(status: int, detail: str) -> ProblemDetails:
    """Problem details of a status."""
    return ProblemDetails(type="refused", title="Refused", status=status, detail=detail)


def _changes(body: Body) -> dict[str, object]:
    match body:
        case ShipOrder(carrier=carrier, tracking=tracking):
            return {"parcels": [msgspec.structs.replace(parcel(), carrier=carrier, tracking=tracking)]}
        case CancelOrder():
            return {"state": OrderState.CANCELLED}
        case MarkPaid():
            return {"payment_state": PaymentState.PAID}


def _problem(problem: ProblemDetails) -> Response:
    return Response(msgspec.json.encode(problem), problem.status, media_type=PROBLEM_TYPE)


def _json(message: msgspec.Struct) -> Response:
    return Response(msgspec.json.encode(message), media_type="application/json")
