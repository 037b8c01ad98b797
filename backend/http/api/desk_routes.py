"""The desk of a room's staff: what is to be sent, and what they note on orders."""

from typing import Annotated

import msgspec

from backend.contract.base import AssistantRight
from backend.contract.bounds import Id
from backend.contract.orders import MarkOrder, OrderMark, OrdersPage
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Nothing
from backend.http.api.order_routes import OneOrder
from backend.http.api.shop_call import person_of, request_of
from backend.http.api.shop_refusals import no_order, refuse
from backend.shop.messages.messages import Messages
from backend.shop.orders.desk import OrderDesk


class ListToShip(msgspec.Struct, frozen=True):
    """Which page; the cursor is the `next` of the one before."""

    cursor: Id | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 100


class DeskRoutes:
    """The endpoints of the desk."""

    def __init__(self, desk: OrderDesk, messages: Messages) -> None:
        self._desk = desk
        self._messages = messages

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        return [
            Endpoint(
                method="GET",
                path="/api/v1/shipping-list",
                summary="List the room's orders that wait to be sent, the oldest first.",
                who=AssistantRight.ORDERS,
                handle=self.shipping_list,
                answer=OrdersPage,
                parameters=ListToShip,
                body=Nothing,
            ),
            Endpoint(
                method="POST",
                path="/api/v1/orders/{order_id}/mark",
                summary="Note a remark and a flag on an order, which staff alone see.",
                who=AssistantRight.ORDERS,
                handle=self.mark,
                answer=OrderMark,
                parameters=OneOrder,
                body=MarkOrder,
                is_idempotent=True,
            ),
        ]

    async def shipping_list(self, call: Call[ListToShip, Nothing]) -> OrdersPage:
        """List what is to be sent."""
        wanted, person = call.parameters, person_of(call)
        page = await self._desk.shipping_list(person, cursor=wanted.cursor, limit=wanted.limit)
        return OrdersPage(await self._messages.counted(person, page.orders), page.next)

    async def mark(self, call: Call[OneOrder, MarkOrder]) -> OrderMark:
        """Note something on an order."""
        order_id = call.parameters.order_id
        request = request_of(call, f"mark {order_id}")
        result = await self._desk.mark(person_of(call), order_id, call.body, request)
        if isinstance(result, OrderMark):
            return result
        raise no_order() if result is None else refuse(result)
