"""Webhooks that the shop sends to programs of its own, after the Standard Webhooks specification.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from enum import StrEnum
from typing import Annotated, Final

import msgspec

from backend.contract.bounds import MAX_INTEGER, Id, UpTo

MAX_URL: Final = 500
MOST_TARGETS: Final = 10


class OrderEvent(StrEnum):
    """What a program can hear of."""

    PAID = "order.paid"
    SHIPPED = "order.shipped"
    REFUNDED = "order.refunded"


class WebhookTarget(msgspec.Struct, frozen=True, kw_only=True):
    """An address that webhooks go to.

    Attributes:
        events: it hears of.
        waiting: messages that are still to be taken.
        last_status: what it answered last; None where it did not answer, or nothing was sent yet.
        last_error: what was in the way the last time; empty for nothing.
        last_sent_at_ms: None for never.
    """

    target_id: str
    url: str
    events: list[OrderEvent]
    created_at_ms: int
    waiting: int = 0
    last_status: int | None = None
    last_error: str = ""
    last_sent_at_ms: int | None = None


class WebhookTargets(msgspec.Struct, frozen=True):
    """What `GET /api/v1/webhook-targets` gives, the oldest first."""

    targets: list[WebhookTarget]


class NewWebhookTarget(msgspec.Struct, frozen=True):
    """What `POST /api/v1/webhook-targets` takes.

    Attributes:
        url: https; http only for this machine and its network, where the backend's operator allows these.
    """

    url: Annotated[str, UpTo(MAX_URL), msgspec.Meta(min_length=1)]
    events: Annotated[list[OrderEvent], UpTo(32, items=3), msgspec.Meta(min_length=1)]


class MadeWebhookTarget(msgspec.Struct, frozen=True):
    """What a new target is answered with.

    Attributes:
        secret: `whsec_…`, of which its receiver checks signatures; it is shown here, once.
    """

    secret: str
    made: WebhookTarget


class OneTarget(msgspec.Struct, frozen=True):
    """Which target, by the address."""

    target_id: Id


class MessageState(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


class WebhookMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message to a target.

    Attributes:
        message_id: the header `webhook-id`, the same each time it is sent.
        tries: how often it was sent.
        due_at_ms: when it is sent next; None where it is not.
        last_status, last_error, last_sent_at_ms: as of a target.
    """

    message_id: str
    event: OrderEvent
    order_id: str
    state: MessageState
    tries: int
    created_at_ms: int
    due_at_ms: int | None
    last_status: int | None
    last_error: str
    last_sent_at_ms: int | None


class WebhookMessages(msgspec.Struct, frozen=True):
    """What `GET /api/v1/webhook-targets/<target>/messages` gives, the newest first.

    Attributes:
        next: what `cursor` takes for the page after this one; None for the last.
    """

    messages: list[WebhookMessage]
    next: str | None


class ReadMessages(msgspec.Struct, frozen=True):
    """Which messages of a target."""

    target_id: Id
    state: MessageState | None = None
    cursor: Id | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 20


class OneMessage(msgspec.Struct, frozen=True):
    """Which message, by the address."""

    target_id: Id
    message_id: Id


class SentLine(msgspec.Struct, frozen=True):
    """A line of the order."""

    sku_id: str
    quantity: int
    net_minor: int


class SentParcel(msgspec.Struct, frozen=True):
    """The parcel that went off."""

    parcel_id: str
    carrier: str
    tracking: str


class SentOrder(msgspec.Struct, frozen=True, kw_only=True):
    """What a webhook says of an order: nothing of its buyer, whom a token with `customers` may ask for.

    Attributes:
        version: of two messages about an order, the one with the higher version is the later one.
        refunded_minor: what went back of it in all; in `order.refunded`.
        parcel: in `order.shipped`.
    """

    order_id: str
    number: str
    room_id: str
    state: str
    payment_state: str
    version: int
    currency: str
    total_minor: Annotated[int, msgspec.Meta(ge=0, le=MAX_INTEGER)]
    lines: list[SentLine]
    refunded_minor: int | None = None
    parcel: SentParcel | None = None


class WebhookBody(msgspec.Struct, frozen=True):
    """The body of a webhook.

    Attributes:
        timestamp: when it happened, as in ISO 8601.
    """

    type: OrderEvent
    timestamp: str
    data: SentOrder
