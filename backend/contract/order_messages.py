"""The messages between the buyer of an order and the shop's people: plain texts, one thread an order."""

from enum import StrEnum
from typing import Annotated, Final

import msgspec

from backend.contract.bounds import UpTo

MAX_MESSAGE: Final = 500
MOST_MESSAGES: Final = 500
"""Of each side, of one order."""


class MessageSide(StrEnum):
    """Who speaks."""

    BUYER = "buyer"
    SHOP = "shop"


class OrderMessage(msgspec.Struct, frozen=True):
    """A message.

    Attributes:
        number: 1..n in its order.
        by: the user id of who of the shop's people wrote it, which only they see; else empty.
    """

    order_id: str
    number: int
    side: MessageSide
    text: str
    at_ms: int
    by: str = ""


class WriteMessage(msgspec.Struct, frozen=True):
    """What `POST /api/v1/orders/<order>/messages` takes."""

    text: Annotated[str, UpTo(2 * MAX_MESSAGE)]


class MessagesPage(msgspec.Struct, frozen=True):
    """What `GET /api/v1/orders/<order>/messages` gives, the newest first.

    Attributes:
        unread: how many of the whole thread the caller's side has not read.
        next: what `before` takes for the page after this one; None on the last.
    """

    messages: list[OrderMessage]
    unread: int
    next: int | None


class MessagesRead(msgspec.Struct, frozen=True):
    """What `POST /api/v1/orders/<order>/messages/read` takes: the caller's side has read up to this one."""

    number: Annotated[int, msgspec.Meta(ge=1)]


class Unread(msgspec.Struct, frozen=True):
    """How many messages the caller's side has not read: of an order, or of all their orders."""

    unread: int
