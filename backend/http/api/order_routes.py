"""Orders: placed, listed, cancelled, paid outside, sent."""

from typing import Annotated

import msgspec

from backend.contract.base import AssistantRight
from backend.contract.bounds import Id, UpTo
from backend.contract.orders import (
    CancelOrder,
    ConfirmDelivery,
    MarkPaid,
    Order,
    OrdersPage,
    OrderState,
    PaymentState,
    PlaceOrder,
    ShipOrder,
)
from backend.contract.shop_problems import (
    AddressProblem,
    FlashProblem,
    LimitReachedProblem,
    OrderProblem,
    ParcelProblem,
    QuoteChangedProblem,
    SkuProblem,
    SoldOutProblem,
)
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Nothing, Who
from backend.http.api.shop_call import person_of, request_of
from backend.http.api.shop_refusals import no_order, refuse
from backend.http.request_limits import Pace
from backend.shop.cancelling import Cancelling
from backend.shop.idempotency import KeyReused
from backend.shop.messages.messages import Messages
from backend.shop.orders.desk import OrderDesk
from backend.shop.orders.place import ROUTE
from backend.shop.orders.results import NotAllowedNow, NotInOrder, PaymentUnderWay, Placed
from backend.shop.shop import Shop


class OneOrder(msgspec.Struct, frozen=True):
    """Which order, by the address."""

    order_id: Annotated[str, UpTo(32)]


class ListOrders(msgspec.Struct, frozen=True):
    """Which orders.

    Attributes:
        cursor: the `next` of the page before.
        state, payment_state: none for all.
    """

    cursor: Id | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 20
    state: OrderState | None = None
    payment_state: PaymentState | None = None


class OrderRoutes:
    """The endpoints of orders.

    Args:
        cancelling: of orders that are not paid.
        desk: knows what staff noted on orders.
        messages: knows what was not read of those of orders.
    """

    def __init__(self, shop: Shop, cancelling: Cancelling, desk: OrderDesk, messages: Messages) -> None:
        self._shop = shop
        self._cancelling = cancelling
        self._desk = desk
        # Each cancel may ask a payment's provider to close what waits.
        self._cancels = Pace(per_second=0.2, burst=5)
        self._messages = messages

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        return [*self._of_all(), *self._of_one(), *self._for_staff()]

    def _of_all(self) -> list[AnyEndpoint]:
        return [
            Endpoint(
                method="POST",
                path="/api/v1/orders",
                summary="Place an order at the sum of a quote.",
                who=Who.MEMBER,
                handle=self.place,
                answer=Order,
                parameters=Nothing,
                body=PlaceOrder,
                status=201,
                is_idempotent=True,
                is_purchase=True,
                problems={
                    409: (QuoteChangedProblem, FlashProblem, SoldOutProblem, LimitReachedProblem, SkuProblem),
                    422: (AddressProblem,),
                },
            ),
            Endpoint(
                method="GET",
                path="/api/v1/orders",
                summary="List one's own orders, the newest first; to its staff those of the room.",
                who=Who.MEMBER,
                staff_right=AssistantRight.ORDERS,
                handle=self.page,
                answer=OrdersPage,
                parameters=ListOrders,
                body=Nothing,
            ),
        ]

    def _of_one(self) -> list[AnyEndpoint]:
        order = "/api/v1/orders/{order_id}"
        return [
            Endpoint(
                method="GET",
                path=order,
                summary="Show an order.",
                who=Who.MEMBER,
                staff_right=AssistantRight.ORDERS,
                handle=self.show,
                answer=Order,
                parameters=OneOrder,
                body=Nothing,
            ),
            Endpoint(
                method="POST",
                path=f"{order}/cancel",
                summary="Cancel an order that is not paid.",
                who=Who.MEMBER,
                staff_right=AssistantRight.ORDERS,
                handle=self.cancel,
                answer=Order,
                parameters=OneOrder,
                body=CancelOrder,
                is_idempotent=True,
                problems={409: (OrderProblem,)},
            ),
            Endpoint(
                method="POST",
                path=f"{order}/delivered",
                summary="Confirm that parcels of an order arrived.",
                who=Who.MEMBER,
                staff_right=AssistantRight.ORDERS,
                handle=self.confirm_delivery,
                answer=Order,
                parameters=OneOrder,
                body=ConfirmDelivery,
                is_idempotent=True,
                problems={409: (OrderProblem,)},
            ),
        ]

    def _for_staff(self) -> list[AnyEndpoint]:
        order = "/api/v1/orders/{order_id}"
        return [
            Endpoint(
                method="POST",
                path=f"{order}/paid",
                summary="Confirm that the money of a transfer, or of the courier, was seen.",
                who=AssistantRight.ORDERS,
                handle=self.confirm_payment,
                answer=Order,
                parameters=OneOrder,
                body=MarkPaid,
                is_idempotent=True,
                problems={409: (OrderProblem,)},
            ),
            Endpoint(
                method="POST",
                path=f"{order}/parcels",
                summary="Send a parcel of an order.",
                who=AssistantRight.ORDERS,
                handle=self.ship,
                answer=Order,
                parameters=OneOrder,
                body=ShipOrder,
                status=201,
                is_idempotent=True,
                problems={409: (OrderProblem, ParcelProblem)},
            ),
        ]

    async def place(self, call: Call[Nothing, PlaceOrder]) -> Order:
        """Place an order; whatever prices a client sends are not read."""
        result = await self._shop.place(
            person_of(call), call.body, request_of(call, ROUTE), call.received_at_ms
        )
        if isinstance(result, Placed):
            return result.order
        raise refuse(result)

    async def page(self, call: Call[ListOrders, Nothing]) -> OrdersPage:
        """List orders."""
        wanted, person = call.parameters, person_of(call)
        page = await self._shop.orders(
            person,
            state=wanted.state,
            payment_state=wanted.payment_state,
            cursor=wanted.cursor,
            limit=wanted.limit,
        )
        marked = await self._desk.marked(person, page.orders)
        return OrdersPage(await self._messages.counted(person, marked), page.next)

    async def show(self, call: Call[OneOrder, Nothing]) -> Order:
        """Show an order to its buyer, or to the staff of its room."""
        person = person_of(call)
        order = await self._shop.order(person, call.parameters.order_id)
        if order is None:
            raise no_order()
        [shown] = await self._messages.counted(person, await self._desk.marked(person, [order]))
        return shown

    async def cancel(self, call: Call[OneOrder, CancelOrder]) -> Order:
        """Cancel an order, once no provider takes money for it any more."""
        order_id, person = call.parameters.order_id, person_of(call)
        self._cancels.take(f"{person.user_id} {order_id}")
        request = request_of(call, f"cancel {order_id}")
        return _order_or_refusal(await self._cancelling.cancel(person, order_id, call.body.reason, request))

    async def confirm_payment(self, call: Call[OneOrder, MarkPaid]) -> Order:
        """Take in that staff saw the money."""
        order_id = call.parameters.order_id
        request = request_of(call, f"paid {order_id}")
        return _order_or_refusal(
            await self._shop.confirm_payment(person_of(call), order_id, call.body.reason, request)
        )

    async def confirm_delivery(self, call: Call[OneOrder, ConfirmDelivery]) -> Order:
        """Take in that parcels arrived."""
        order_id = call.parameters.order_id
        request = request_of(call, f"delivered {order_id}")
        return _order_or_refusal(
            await self._shop.confirm_delivery(person_of(call), order_id, call.body.parcel_id, request)
        )

    async def ship(self, call: Call[OneOrder, ShipOrder]) -> Order:
        """Send a parcel."""
        order_id = call.parameters.order_id
        return _order_or_refusal(
            await self._shop.ship(
                person_of(call), order_id, call.body, request_of(call, f"parcels {order_id}")
            )
        )


def _order_or_refusal(
    result: Order | NotAllowedNow | PaymentUnderWay | NotInOrder | KeyReused | None,
) -> Order:
    if isinstance(result, Order):
        return result
    raise no_order() if result is None else refuse(result)
