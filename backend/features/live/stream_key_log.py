"""What the event log says of stream keys and of who publishes, for the host and the audit log.

The keys themselves are kept elsewhere, where the command line too makes and revokes them: what it did stands
in the log as soon as the backend sees it, without a name of who did it.
"""

from typing import Annotated, ClassVar, Literal

import msgspec
from typing_extensions import override

from backend.contract.base import HOST_USER, Author, Message
from backend.contract.bounds import Name, UpTo
from backend.contract.stream import StreamTakenOver
from backend.contract.stream_keys import MOST_KEYS
from backend.features.actor import Actor
from backend.features.deliveries import Decision, Delivery, ToUser
from backend.features.feature import Anyone, AuthorOf, Feature
from backend.log import staff_entries as logged
from backend.log.entries import Entry, Record

# Twice as many as there can be: those that were made or revoked just now are among them.
Names = Annotated[list[Name], UpTo(40, items=2 * MOST_KEYS)]


class RecordStreamKey(Message, frozen=True, tag="record_stream_key"):
    """Write down what the host did to a stream key. It comes from within the backend alone.

    Attributes:
        what: `made`, `revoked`, or `let_in` again after it was displaced.
        name: the key's.
    """

    what: Literal["made", "revoked", "let_in"]
    name: Name


class RecordStreamKeys(Message, frozen=True, tag="record_stream_keys"):
    """Write down what was done to stream keys elsewhere. It comes from within the backend alone.

    Attributes:
        made: names of the keys that are there for some time.
        known: names of these, and of keys that were there just now or are there just now.
    """

    made: Names
    known: Names


class RecordTakeOver(Message, frozen=True, tag="record_take_over"):
    """Write down that a publisher displaced another. It comes from within the backend alone.

    Attributes:
        by, before: the names of their keys; empty for a studio.
    """

    by: Name
    before: Name


StreamKeyCommand = RecordStreamKey | RecordStreamKeys | RecordTakeOver


class StreamKeyLogState(msgspec.Struct):
    """The names of the keys that are made and not revoked, as the log says."""

    names: list[str] = msgspec.field(default_factory=list)


class StreamKeyLog(Feature[StreamKeyLogState]):
    """See the module.

    Args:
        author: how others see the host.
    """

    name = "stream_keys"
    state_type = StreamKeyLogState
    commands: ClassVar = {
        RecordStreamKey: Anyone.HOST,
        RecordStreamKeys: Anyone.HOST,
        RecordTakeOver: Anyone.HOST,
    }
    entries = (
        logged.StreamKeyMade,
        logged.StreamKeyRevoked,
        logged.StreamKeyLetIn,
        logged.StreamTakenOver,
    )

    def __init__(self, state: StreamKeyLogState | None = None, *, author: AuthorOf) -> None:
        self.state = state or StreamKeyLogState()
        self._author = author

    @override
    def decide(self, command: Message, actor: Actor, now_ms: int) -> Decision:
        match command:
            case RecordStreamKey():
                return self._done(command, self._author(actor))
            case RecordStreamKeys(made=made, known=known):
                return self._done_elsewhere(made, known)
            case RecordTakeOver(by=by, before=before):
                return (logged.StreamTakenOver(by, before),)
        return super().decide(command, actor, now_ms)

    def _done(self, command: RecordStreamKey, by: Author) -> tuple[Entry, ...]:
        match command:
            case RecordStreamKey(what="made", name=name):
                return () if name in self.state.names else (logged.StreamKeyMade(by, name),)
            case RecordStreamKey(what="revoked", name=name):
                return (logged.StreamKeyRevoked(by, name),)
            case _:
                return (logged.StreamKeyLetIn(by, command.name),)

    def _done_elsewhere(self, made: list[str], known: list[str]) -> tuple[Entry, ...]:
        return (
            *(logged.StreamKeyRevoked(None, name) for name in self.state.names if name not in known),
            *(logged.StreamKeyMade(None, name) for name in made if name not in self.state.names),
        )

    @override
    def apply(self, record: Record) -> list[Delivery]:
        match record.entry:
            case logged.StreamKeyMade(name=name):
                self.state.names.append(name)
            case logged.StreamKeyRevoked(name=name):
                self.state.names = [one for one in self.state.names if one != name]
            case logged.StreamTakenOver(by=by, before=before):
                return [ToUser(HOST_USER, StreamTakenOver(by, before))]
        return []
