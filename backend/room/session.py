"""The socket protocol of one client as a pure object: bytes in, actions out; no socket, no clock."""

from collections.abc import Sequence
from typing import Final, Protocol

import msgspec

from backend.contract.base import RejectReason
from backend.contract.bounds import MAX_INTEGER, Excess, excess_of
from backend.contract.decoding import guarded
from backend.contract.protocol import (
    MAX_CLIENT_MESSAGE_BYTES,
    PROTOCOL_VERSION,
    Accepted,
    Act,
    ClientMessage,
    Command,
    Hello,
    Join,
    Ping,
    Pong,
    Rejected,
    Resumed,
    Snapshot,
    decode_client_message,
)
from backend.features.actor import Actor
from backend.features.deliveries import Rejection
from backend.limits import TokenBucket
from backend.room.frames import Prepared, prepare

COMMANDS_PER_SECOND: Final = 20
PINGS_PER_SECOND: Final = 5
MAX_STRIKES: Final = 5
# Of a limit that is broken: an impatient person gets there seldom, a program within seconds.
BREACHES_PER_SECOND: Final = 1
BREACHES_AT_ONCE: Final = 60
POLICY_VIOLATION: Final = 1008
TOO_BIG: Final = 1009


class RoomView(Protocol):
    """What a session reads of its room."""

    def snapshot(self) -> Snapshot:
        """Return all that a newcomer needs."""

    def missed(self, epoch: str, seq: int) -> Sequence[Prepared] | None:
        """Return the reliable events after `seq`, or None when only a snapshot helps."""

    def since_snapshot(self) -> Sequence[Prepared]:
        """Return the events for all since the snapshot was taken, in their order."""


class Send(msgspec.Struct, frozen=True):
    """Send this to the client."""

    prepared: Prepared


class Subscribe(msgspec.Struct, frozen=True):
    """Give the client every event from now on; do it before anything else can happen in the room."""


class Refresh(msgspec.Struct, frozen=True):
    """Tell the client the totals of the sampled lane, soon: it missed some while it was away."""


class Heard(msgspec.Struct, frozen=True):
    """The client is there: it pinged."""


class Execute(msgspec.Struct, frozen=True):
    """Carry the command out, and give the outcome to `Session.executed`."""

    request_id: int
    command: Command


class Close(msgspec.Struct, frozen=True):
    """Close the connection with this code (RFC 6455 §7.4)."""

    code: int
    reason: str


Action = Send | Subscribe | Refresh | Heard | Execute | Close


class _Attempt(msgspec.Struct):
    """What can still be read of an `Act` whose command cannot."""

    type: str
    request_id: int


_decode_attempt = guarded(msgspec.json.Decoder(_Attempt).decode)
_BREACHES: Final = frozenset({RejectReason.TOO_FAST, RejectReason.TOO_LONG})


class Session:
    """One client's conversation with a room, from `Hello` on."""

    def __init__(self, actor: Actor, room: RoomView) -> None:
        self.actor = actor
        self._room = room
        self._has_joined = False
        self._strikes = 0
        self._commands = TokenBucket(per_second=COMMANDS_PER_SECOND, burst=COMMANDS_PER_SECOND)
        self._pings = TokenBucket(per_second=PINGS_PER_SECOND, burst=2 * PINGS_PER_SECOND)
        self._breaches = TokenBucket(per_second=BREACHES_PER_SECOND, burst=BREACHES_AT_ONCE)

    @property
    def has_joined(self) -> bool:
        """Whether the client has said `Join`."""
        return self._has_joined

    def open(self, now_ms: int) -> list[Action]:
        """Return the server's first words."""
        return [Send(prepare(Hello(PROTOCOL_VERSION, now_ms, self.actor.role, self.actor.user_id)))]

    def receive(self, data: bytes, now_ms: int) -> list[Action]:
        """Return what to do about a message of the client."""
        if len(data) > MAX_CLIENT_MESSAGE_BYTES:
            return [Close(TOO_BIG, f"a message may have {MAX_CLIENT_MESSAGE_BYTES} bytes, got {len(data)}")]
        try:
            return self._converse(decode_client_message(data), now_ms)
        except msgspec.DecodeError:
            return self._strike(_request_id(data))

    def _converse(self, message: ClientMessage, now_ms: int) -> list[Action]:
        match message:
            case Ping(sent_at_ms=sent_at_ms):
                return self._pong(sent_at_ms, now_ms)
            case Join(epoch=epoch, seq=seq) if not self._has_joined and excess_of(message) is None:
                self._has_joined = True
                return self._join(epoch, seq)
            case Act(request_id=request_id, command=command) if self._has_joined:
                return self._act(request_id, command, now_ms)
            case Act(request_id=request_id) if abs(request_id) <= MAX_INTEGER:
                return self._strike(request_id)
            case _:
                return self._strike(None)

    def executed(self, request_id: int, rejection: Rejection | None, now_ms: int) -> list[Action]:
        """Return the answer to a command that was carried out or refused."""
        if rejection is None:
            return [Send(prepare(Accepted(request_id)))]
        answer = Send(prepare(Rejected(request_id, rejection.reason, rejection.retry_ms, rejection.conflict)))
        if rejection.reason in _BREACHES and self._breaches.take(now_ms / 1000):
            return [answer, Close(POLICY_VIOLATION, "limits were broken again and again; wait a moment")]
        return [answer]

    def _join(self, epoch: str, seq: int) -> list[Action]:
        missed = self._room.missed(epoch, seq)
        if missed is None:
            return [
                Send(prepare(self._room.snapshot())),
                *map(Send, self._room.since_snapshot()),
                Subscribe(),
            ]
        resumed = Send(prepare(Resumed(epoch, seq + len(missed))))
        return [resumed, *map(Send, missed), Subscribe(), Refresh()]

    def _act(self, request_id: int, command: Command, now_ms: int) -> list[Action]:
        if abs(request_id) > MAX_INTEGER:
            return self._strike(None)
        retry_ms = self._commands.take(now_ms / 1000)
        if retry_ms:
            return self.executed(request_id, Rejection(RejectReason.TOO_FAST, retry_ms), now_ms)
        match excess_of(command):
            case None:
                return [Execute(request_id, command)]
            case Excess.TEXT:
                return self.executed(request_id, Rejection(RejectReason.TOO_LONG), now_ms)
            case Excess.OTHER:
                return self._strike(request_id)

    def _pong(self, sent_at_ms: float, now_ms: int) -> list[Action]:
        # A flood of pings is left unanswered: it is no reason to part, and answers would only feed it.
        heard: list[Action] = [Heard()] if self._has_joined else []
        if self._pings.take(now_ms / 1000):
            return heard
        return [Send(prepare(Pong(sent_at_ms, now_ms))), *heard]

    def _strike(self, request_id: int | None) -> list[Action]:
        self._strikes += 1
        if self._strikes >= MAX_STRIKES:
            return [Close(POLICY_VIOLATION, "too many messages that do not follow the protocol")]
        if request_id is None:
            return []
        return [Send(prepare(Rejected(request_id, RejectReason.MALFORMED)))]


def _request_id(data: bytes) -> int | None:
    try:
        attempt = _decode_attempt(data)
    except msgspec.DecodeError:
        return None
    return attempt.request_id if attempt.type == "act" and abs(attempt.request_id) <= MAX_INTEGER else None
