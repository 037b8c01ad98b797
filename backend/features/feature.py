"""The face of a feature: a fold of the room's log, with the commands it decides and what it shows."""

from abc import ABC
from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from typing import Any, ClassVar, Generic, TypeVar

import msgspec

from backend.contract.base import AssistantRight, Author, Message, RejectReason, Role
from backend.contract.protocol import ChatSampledEvent
from backend.features.actor import Actor
from backend.features.deliveries import Barred, Decision, Delivery, Rejection, ToCrowd, ToStaff
from backend.features.merging import Merge
from backend.log.entries import Entry, Record
from backend.log.event_log import Companion

State = TypeVar("State", bound=msgspec.Struct)

AuthorOf = Callable[[Actor], Author]
"""How others see an actor."""


class Anyone(Enum):
    """Who may give a command that needs no assistant's right."""

    ANYONE = auto()
    STAFF = auto()  # any of the staff: which right it needs, its fields say
    HOST = auto()


Needed = AssistantRight | Anyone


def is_allowed(needed: Needed, actor: Actor) -> bool:
    """Whether the actor has the right that a command needs; time and state are checked later."""
    match needed:
        case Anyone.ANYONE:
            return True
        case Anyone.STAFF:
            return actor.role is not Role.VIEWER
        case Anyone.HOST:
            return actor.role is Role.HOST
        case AssistantRight():
            return actor.may(needed)


class Feature(ABC, Generic[State]):
    """One feature of a room.

    `decide` changes nothing but paces; `apply` alone changes `state`, so the same log always makes the same
    state. Every other method has a default for a feature that has no use for it.

    Attributes:
        name: its key in the checkpoint.
        formerly: the key in older checkpoints; empty where it had no other.
        state_type: of `state`; all fields have defaults.
        commands: what it decides, and who may give each.
        entries: what `apply` is given.
        merges: how its sampled events of one tick become one, where the latest is not enough.
        state: what is folded.
        companions: write rows in the transaction of the log.
    """

    name: ClassVar[str]
    formerly: ClassVar[str] = ""
    state_type: ClassVar[type[msgspec.Struct]]
    commands: ClassVar[Mapping[type[Message], Needed]] = {}
    entries: ClassVar[tuple[type[Message], ...]] = ()
    merges: ClassVar[Mapping[type[ChatSampledEvent], Merge[Any]]] = {}

    state: State
    companions: tuple[Companion, ...] = ()

    # --- What happens ---

    def decide(self, command: Message, actor: Actor, now_ms: int) -> Decision:
        """Return the entries that a command makes, why it is refused, or who decides it instead."""
        return Rejection(RejectReason.FORBIDDEN)

    def count_refusal(self, command: Message, reason: RejectReason, at_ms: int) -> None:
        """Count a command that the room refused before it came here."""

    def apply(self, record: Record) -> list[Delivery]:
        """Fold a record of `entries`; return what is to be delivered once it is saved."""
        return []

    def witness(self, entry: Entry, actor: Actor) -> None:
        """Note beside the log who made an entry of `entries`, before it is applied."""

    def derive(self, entry: Entry) -> Sequence[Entry]:
        """Return what goes into the log because an entry of `entries` was applied."""
        return ()

    def due(self, now_ms: int) -> Sequence[Entry]:
        """Return what time makes of the state; applying it makes it due no more."""
        return ()

    def begin_session(self, session_id: str) -> list[Delivery]:
        """Fold the beginning of a live session."""
        return []

    def end_session(self) -> list[Delivery]:
        """Fold the end of the live session."""
        return []

    def erase(self, user_id: str) -> list[Delivery]:
        """Fold that a person is gone: nothing of their name and their words stays in `state`."""
        return []

    # --- What is shown ---

    def show(self) -> Mapping[str, Any]:
        """Return its fields of `Snapshot`."""
        return {}

    def show_to(self, actor: Actor, now_ms: int) -> Mapping[str, Any]:
        """Return its fields of `You`."""
        return {}

    def show_staff(self, actor: Actor, now_ms: int) -> Mapping[str, Any]:
        """Return its fields of `StaffSnapshot`: empty ones where the actor has no right to see them."""
        return {}

    # --- Coming and going, and what may be done at all ---

    def forbids(self, command: Message, actor: Actor) -> Rejection | None:
        """Return why the actor may not give a command, of whichever feature; None where they may."""
        return None

    def bars(self, actor: Actor, now_ms: int) -> Barred | None:
        """Return why the actor may not come in; None where they may."""
        return None

    def greet(self, actor: Actor) -> list[Delivery]:
        """Return what is delivered besides snapshots when a connection comes in."""
        return []

    def part(self, actor: Actor) -> list[Delivery]:
        """Return what is delivered when a connection ends."""
        return []

    # --- Beside the log ---

    def gather(self, deliveries: list[Delivery]) -> list[Delivery]:
        """Return the deliveries of one transaction with those of its own put together."""
        return deliveries

    def saved(self, record: Record) -> None:
        """Do what waits until a record of `entries` is saved."""

    def digest(self, now_ms: int) -> Sequence[ToStaff | ToCrowd]:
        """Return what is delivered once a second, where it differs from the last time."""
        return ()

    def repeat(self) -> list[Delivery]:
        """Return what is delivered again after the room changed hands: clients may have missed it."""
        return []

    def refresh(self) -> list[Delivery]:
        """Read again what is kept outside of the log, and return what is delivered of a change; blocks."""
        return []
