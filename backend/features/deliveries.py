"""The answers of features: deliveries to who must hear of an event, and rejections with their reason."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from backend.contract.base import AssistantRight, RejectReason, Role
from backend.contract.protocol import ChatSampledEvent, PrivateEvent, ReliableEvent
from backend.contract.shop import Conflict
from backend.log.entries import Entry


class ToAll(msgspec.Struct, frozen=True):
    """Everybody hears it; nobody may miss it."""

    event: ReliableEvent


class ToCrowd(msgspec.Struct, frozen=True):
    """Everybody hears it at the next tick, together with its like; under a flood a sample."""

    event: ChatSampledEvent


class ToUser(msgspec.Struct, frozen=True):
    """One user hears it, on all their connections."""

    user_id: str
    event: PrivateEvent


class ToStaff(msgspec.Struct, frozen=True):
    """The host hears it, and the assistants who have this right."""

    event: PrivateEvent
    right: AssistantRight = AssistantRight.CHAT


class ToHost(msgspec.Struct, frozen=True):
    """The host hears what depends on who is connected; `make` is given a test of that, by user id."""

    make: Callable[[Callable[[str], bool]], PrivateEvent]


class You(msgspec.Struct, frozen=True):
    """A user hears what is now known of them."""

    user_id: str


class YouWhere(msgspec.Struct, frozen=True):
    """Each connected user whom it concerns hears what is now known of them."""

    concerns: Callable[[str], bool]


class ShowStaff(msgspec.Struct, frozen=True):
    """One of the staff hears all that staff see, as far as their rights go now."""

    user_id: str


class PutOut(msgspec.Struct, frozen=True):
    """All connections that a user has in a role close with this code."""

    user_id: str
    reason: str
    code: int
    role: Role = Role.VIEWER


Delivery = ToAll | ToCrowd | ToUser | ToStaff | ToHost | You | YouWhere | ShowStaff | PutOut


class Barred(msgspec.Struct, frozen=True):
    """Why an actor may not come in: what they hear, and how their connection closes."""

    event: PrivateEvent
    put_out: PutOut


class Rejection(msgspec.Struct, frozen=True):
    """Why not, and when it may work; `retry_ms` 0 where waiting does not help."""

    reason: RejectReason
    retry_ms: int = 0
    conflict: Conflict | None = None


class Delegated(msgspec.Struct, frozen=True):
    """A service outside of the room decides, and writes to the room what became of it.

    Attributes:
        ask: asks it.
        answer: says what its result means for who gave the command, once the room has heard of it; None when
            it is done, else why not.
    """

    ask: Callable[[], Awaitable[Any]]
    answer: Callable[[Any], Rejection | None]


Entries = tuple[Entry, ...]

Decision = Entries | Rejection | Delegated
