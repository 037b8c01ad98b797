"""The studio's side of the room protocol as a pure object: messages in, updates out."""

from dataclasses import dataclass

from backend.contract.protocol import (
    PROTOCOL_VERSION,
    Accepted,
    Act,
    Command,
    Event,
    Hello,
    Join,
    Ping,
    Pong,
    Private,
    Rejected,
    Reliable,
    Resumed,
    Sampled,
    ServerMessage,
    Snapshot,
)


class ProtocolError(Exception):
    """The server broke the protocol; the connection must start again."""


class VersionError(ProtocolError):
    """The server speaks another version of the protocol.

    Attributes:
        is_ours_older: whether this program is the one to update; otherwise it is the backend.
    """

    def __init__(self, theirs: int) -> None:
        super().__init__(f"expected protocol {PROTOCOL_VERSION}, the backend speaks {theirs}")
        self.is_ours_older = theirs > PROTOCOL_VERSION


@dataclass(frozen=True)
class Synced:
    """All that was missed has come: what follows happens now."""


@dataclass(frozen=True)
class Done:
    """The server carried a command out."""

    command: Command


@dataclass(frozen=True)
class CommandRejected:
    """The server refused a command."""

    command: Command
    answer: Rejected


@dataclass(frozen=True)
class ClockRead:
    """The server's clock against ours, and the round trip, in milliseconds."""

    offset_ms: float
    rtt_ms: float


RoomUpdate = Synced | Done | CommandRejected | ClockRead | Snapshot | Event


class RoomProtocol:
    """Remembers what was seen, so that a new connection goes on where the last one broke off."""

    def __init__(self) -> None:
        self._epoch = ""
        self._seq = 0
        self._synced_at: int | None = None
        self._next_request = 1
        self._unanswered: dict[int, Command] = {}

    def join(self) -> Join:
        """The first message of a connection."""
        self._synced_at = None
        return Join(self._epoch, self._seq)

    def forget(self) -> None:
        """Begin from nothing, as for another room."""
        self._epoch, self._seq = "", 0

    def act(self, command: Command) -> Act:
        """Number a command."""
        request_id = self._next_request
        self._next_request += 1
        self._unanswered[request_id] = command
        return Act(request_id, command)

    def take_unanswered(self) -> list[Command]:
        """The commands that the lost connection took with it: they may or may not have been carried out."""
        lost = list(self._unanswered.values())
        self._unanswered.clear()
        return lost

    def ping(self, now_ms: float) -> Ping:
        """Ask for the server's time."""
        return Ping(now_ms)

    def receive(self, message: ServerMessage, now_ms: float) -> list[RoomUpdate]:
        """Return what a message means, in order; an event that was seen before means nothing.

        Raises:
            ProtocolError: the server speaks another version, or left an event out.
        """
        updates: list[RoomUpdate] = []
        match message:
            case Hello() | Pong():
                updates = [_read_clock(message, now_ms)]
            case Snapshot(epoch=epoch, seq=seq):
                self._epoch, self._seq = epoch, seq
                self._synced_at = seq
                updates = [message, Synced()]
            case Resumed(seq=seq):
                self._synced_at = seq
                updates = [Synced()] if self._seq >= seq else []
            case Reliable():
                updates = self._apply(message)
            case Sampled(events=events):
                updates = list(events)
            case Private(event=event):
                updates = [event]
            case Accepted() | Rejected():
                updates = self._answered(message)
        return updates

    def _answered(self, answer: Accepted | Rejected) -> list[RoomUpdate]:
        command = self._unanswered.pop(answer.request_id, None)
        if command is None:
            return []
        return [Done(command) if isinstance(answer, Accepted) else CommandRejected(command, answer)]

    def _apply(self, message: Reliable) -> list[RoomUpdate]:
        if message.seq <= self._seq:
            return []
        if message.seq != self._seq + 1:
            expected = self._seq + 1
            self.forget()
            raise ProtocolError(f"expected event {expected}, got {message.seq}")
        self._seq = message.seq
        updates: list[RoomUpdate] = [message.event]
        if self._synced_at == message.seq:
            updates.append(Synced())
        return updates


def _read_clock(message: Hello | Pong, now_ms: float) -> ClockRead:
    if isinstance(message, Pong):
        rtt_ms = max(0.0, now_ms - message.sent_at_ms)
        return ClockRead(message.server_time_ms + rtt_ms / 2 - now_ms, rtt_ms)
    if message.protocol != PROTOCOL_VERSION:
        raise VersionError(message.protocol)
    return ClockRead(message.server_time_ms - now_ms, 0.0)
