"""The messages of orders, between buyers and the shop's people."""

from typing import Annotated

import msgspec

from backend.contract.base import AssistantRight, RejectReason
from backend.contract.bounds import UpTo
from backend.contract.order_messages import (
    MAX_MESSAGE,
    MessagesPage,
    MessagesRead,
    OrderMessage,
    Unread,
    WriteMessage,
)
from backend.contract.problems import ProblemDetails
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Nothing, Who
from backend.http.api.order_routes import OneOrder
from backend.http.api.problems import ApiError, refusal
from backend.http.api.shop_call import person_of, request_of
from backend.http.api.shop_refusals import no_order, refuse
from backend.http.request_limits import retry_after
from backend.shop.idempotency import KeyReused
from backend.shop.messages.messages import BadText, MessageRefusal, Messages, TooFast


class ListMessages(msgspec.Struct, frozen=True):
    """Which messages of which order; `before` is the `next` of the page before."""

    order_id: Annotated[str, UpTo(32)]
    before: Annotated[int, msgspec.Meta(ge=1)] | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=200)] = 50


class MessageRoutes:
    """The endpoints of messages."""

    def __init__(self, messages: Messages) -> None:
        self._messages = messages

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        return [*self._endpoints_of_thread(), self._endpoint_of_unread()]

    def _endpoints_of_thread(self) -> list[AnyEndpoint]:
        thread = "/api/v1/orders/{order_id}/messages"
        return [
            Endpoint(
                method="GET",
                path=thread,
                summary="List the messages of an order, the newest first.",
                who=Who.MEMBER,
                staff_right=AssistantRight.ORDERS,
                handle=self.page,
                answer=MessagesPage,
                parameters=ListMessages,
                body=Nothing,
            ),
            Endpoint(
                method="POST",
                path=thread,
                summary="Write to the shop about one's own order, or as its staff to the buyer.",
                who=Who.MEMBER,
                staff_right=AssistantRight.ORDERS,
                handle=self.write,
                answer=OrderMessage,
                parameters=OneOrder,
                body=WriteMessage,
                status=201,
                is_idempotent=True,
                problems={409: (ProblemDetails,)},
            ),
            Endpoint(
                method="POST",
                path=f"{thread}/read",
                summary="Note up to which message of an order one's side has read.",
                who=Who.MEMBER,
                staff_right=AssistantRight.ORDERS,
                handle=self.mark_read,
                answer=Unread,
                parameters=OneOrder,
                body=MessagesRead,
            ),
        ]

    def _endpoint_of_unread(self) -> AnyEndpoint:
        return Endpoint(
            method="GET",
            path="/api/v1/unread-messages",
            summary="Count what one has not read of one's own orders; to its staff of the room's.",
            who=Who.MEMBER,
            staff_right=AssistantRight.ORDERS,
            handle=self.unread,
            answer=Unread,
            parameters=Nothing,
            body=Nothing,
        )

    async def page(self, call: Call[ListMessages, Nothing]) -> MessagesPage:
        """List the messages of an order that one may see."""
        wanted = call.parameters
        page = await self._messages.page(
            person_of(call), wanted.order_id, before=wanted.before, limit=wanted.limit
        )
        if page is None:
            raise no_order()
        return page

    async def write(self, call: Call[OneOrder, WriteMessage]) -> OrderMessage:
        """Write a message."""
        order_id = call.parameters.order_id
        request = request_of(call, f"messages {order_id}")
        result = await self._messages.write(person_of(call), order_id, call.body, request)
        if isinstance(result, OrderMessage):
            return result
        raise no_order() if result is None else _refused(result)

    async def mark_read(self, call: Call[OneOrder, MessagesRead]) -> Unread:
        """Note what was read."""
        result = await self._messages.mark_read(person_of(call), call.parameters.order_id, call.body.number)
        if result is None:
            raise no_order()
        return result

    async def unread(self, call: Call[Nothing, Nothing]) -> Unread:
        """Count what was not read."""
        return await self._messages.unread(person_of(call))


def _refused(result: MessageRefusal) -> ApiError:
    match result:
        case BadText(reason=reason):
            what = "write less" if reason is RejectReason.TOO_LONG else "write something that can be read"
            return refusal(422, f"text: {what}; a message holds 1 to {MAX_MESSAGE} characters.")
        case TooFast(retry_ms=retry_ms):
            seconds = max(1, -(-retry_ms // 1_000))
            return refusal(429, f"You wrote many messages. Go on in {seconds} seconds.", retry_after(seconds))
        case KeyReused():
            return refuse(result)
        case _:
            return ApiError(
                ProblemDetails(
                    type="thread_full",
                    title="The order takes no more messages",
                    status=409,
                    detail="Write about another order, or to the shop's contact.",
                )
            )
