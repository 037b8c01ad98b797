"""What the room's rules say: who is told what, and why something is refused."""

import msgspec

from backend.contract.base import AssistantRight, RejectReason
from backend.contract.protocol import ChatReliableEvent, ChatSampledEvent, PrivateEvent
from backend.contract.shop import Conflict
from backend.log.entries import Entry


class ToAll(msgspec.Struct, frozen=True):
    """Tell everybody; nobody may miss it."""

    event: ChatReliableEvent


class ToCrowd(msgspec.Struct, frozen=True):
    """Tell everybody at the next tick, together with its like; under a flood a sample."""

    event: ChatSampledEvent


class ToUser(msgspec.Struct, frozen=True):
    """Tell one user, on all their connections."""

    user_id: str
    event: PrivateEvent


class ToStaff(msgspec.Struct, frozen=True):
    """Tell the host, and the assistants who have this right."""

    event: PrivateEvent
    right: AssistantRight = AssistantRight.CHAT


class AboutAssistants(msgspec.Struct, frozen=True):
    """Tell the host who may help, and who of them is there."""


class NewRights(msgspec.Struct, frozen=True):
    """Tell an assistant what they may do now, and show them what goes with it."""

    user_id: str


class You(msgspec.Struct, frozen=True):
    """Tell a user what is now known of them."""

    user_id: str


class Namesakes(msgspec.Struct, frozen=True):
    """Tell who is here and chose a name like this what is now known of them: it is the owner's alone."""

    owner: str
    name: str


class PutOut(msgspec.Struct, frozen=True):
    """Close all connections of a user."""

    user_id: str
    reason: str


class Dismiss(msgspec.Struct, frozen=True):
    """Close all connections of an assistant who is none any more."""

    user_id: str
    cause: str


Delivery = (
    ToAll | ToCrowd | ToUser | ToStaff | You | Namesakes | PutOut | AboutAssistants | NewRights | Dismiss
)


class Rejection(msgspec.Struct, frozen=True):
    """Why not, and when it may work; `retry_ms` 0 where waiting does not help."""

    reason: RejectReason
    retry_ms: int = 0
    conflict: Conflict | None = None


Decision = tuple[Entry, ...] | Rejection
