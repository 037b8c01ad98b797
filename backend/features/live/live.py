"""The live session: on air, paused, ended, who publishes, and when it ends by itself."""

import logging
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Final

import msgspec
from sqlalchemy import Connection
from typing_extensions import override

from backend.contract.base import Message, RejectReason
from backend.contract.live import EndLive, GoLive, Live, LiveChanged, LivePhase, PauseLive, ResumeLive
from backend.contract.stream import StreamCondition
from backend.features.actor import Actor
from backend.features.deliveries import Decision, Delivery, Rejection, ToAll
from backend.features.feature import Anyone, Feature
from backend.features.live.store import Remembered, RoomRow
from backend.log import entries as logged
from backend.log.entries import Entry, Record

log = logging.getLogger("livestall.room")

PUBLISHER_LOST_TIMEOUT_MS: Final = 10 * 60 * 1000
SHOW_LIFE_MS: Final = 30_000
ON_AIR: Final = frozenset({LivePhase.LIVE, LivePhase.PAUSED})
PUBLISHER: Final = "publisher"


class RecordPublisher(Message, frozen=True, tag="record_publisher"):
    """Write down that the relay gets a stream now, or none any more. It comes from within the backend alone.

    A stream that comes while nothing is on air begins a session by itself, so that any WHIP sender can go
    live; one that goes leaves the session as it is, and viewers see the slate.
    """

    is_publishing: bool


class RecordConditions(Message, frozen=True, tag="record_conditions"):
    """Write down what viewers cannot see or hear of the stream. It comes from within the backend alone."""

    conditions: list[StreamCondition]


StreamFact = RecordPublisher | RecordConditions


class LiveState(msgspec.Struct):
    """What is folded.

    Attributes:
        unpublished_since_ms: since when a session on air has had no publisher; None while it has one, or
            nothing is on air.
        alive_at_ms: when the room last showed life.
    """

    live: Live = Live(LivePhase.PREVIEW)
    unpublished_since_ms: int | None = None
    alive_at_ms: int = 0


class LiveSession(Feature[LiveState]):
    """Decides when a session begins, pauses and ends.

    Args:
        new_session_id: makes a name for each session.
        room_id: of the rows that it writes; empty for none.
    """

    name = "live"
    state_type = LiveState
    commands: ClassVar = {
        GoLive: Anyone.HOST,
        PauseLive: Anyone.HOST,
        ResumeLive: Anyone.HOST,
        EndLive: Anyone.HOST,
        RecordPublisher: Anyone.HOST,
        RecordConditions: Anyone.HOST,
    }
    entries = (
        logged.BackendStarted,
        logged.SessionBegan,
        logged.SessionEnded,
        logged.LivePaused,
        logged.LiveResumed,
        logged.StreamBegan,
        logged.StreamEnded,
        logged.StreamConditionsChanged,
        logged.ShowAlive,
    )

    def __init__(
        self, state: LiveState | None = None, *, new_session_id: Callable[[], str], room_id: str = ""
    ) -> None:
        self.state = state or LiveState()
        self._new_session_id = new_session_id
        self._room_id = room_id
        self.companions = (_LiveRows(room_id, self),) if room_id else ()

    @property
    def is_on_air(self) -> bool:
        """Whether a session is live or paused."""
        return self.state.live.phase in ON_AIR

    def recover(self, remembered: Remembered) -> None:
        """Take up what was saved before the log held all of it; who publishes, only the log knows."""
        folded, facts = self.state.live, remembered.facts
        live = msgspec.structs.replace(
            facts.live, is_publishing=folded.is_publishing, conditions=folded.conditions
        )
        self.state = LiveState(live, facts.unpublished_since_ms, remembered.alive_at_ms)

    def missing(self, logged_session: str) -> list[Entry]:
        """Return what the log lacks: a backend killed between two transactions left one without the other.

        Args:
            logged_session: the session that is open in the log; empty for none.
        """
        live = self.state.live
        if self.is_on_air and live.session_id != logged_session:
            return [logged.SessionBegan(live.session_id, live.reason)]
        return [logged.SessionEnded(live.reason)] if logged_session and not self.is_on_air else []

    # --- Commands ---

    @override
    def decide(self, command: Message, actor: Actor, now_ms: int) -> Decision:
        decision: Decision = ()
        match command:
            case GoLive():
                decision = self._go_live()
            case PauseLive():
                decision = self._move(LivePhase.LIVE, LivePhase.PAUSED, logged.LivePaused())
            case ResumeLive():
                decision = self._move(LivePhase.PAUSED, LivePhase.LIVE, logged.LiveResumed())
            case EndLive():
                decision = self._end()
            case RecordPublisher(is_publishing=is_publishing):
                decision = self._publisher_changed(is_publishing)
            case RecordConditions(conditions=conditions):
                decision = self._noticed(conditions)
        return decision

    def _go_live(self) -> Decision:
        match self.state.live.phase:
            case LivePhase.LIVE:
                return ()
            case LivePhase.PAUSED:
                return (logged.LiveResumed(),)
            case LivePhase.PREVIEW | LivePhase.ENDED:
                return (logged.SessionBegan(self._new_session_id(), "host"),)

    def _move(self, source: LivePhase, target: LivePhase, entry: Entry) -> Decision:
        phase = self.state.live.phase
        if phase is target:
            return ()
        return (entry,) if phase is source else Rejection(RejectReason.NOT_LIVE)

    def _end(self) -> Decision:
        if self.state.live.phase is LivePhase.PREVIEW:
            return Rejection(RejectReason.NOT_LIVE)
        return (logged.SessionEnded("host"),) if self.is_on_air else ()

    def _publisher_changed(self, is_publishing: bool) -> Decision:  # noqa: FBT001 - the command's field
        if self.state.live.is_publishing == is_publishing:
            return ()
        if not is_publishing:
            return (logged.StreamEnded(),)
        if self.is_on_air:
            return (logged.StreamBegan(),)
        return (logged.SessionBegan(self._new_session_id(), PUBLISHER), logged.StreamBegan())

    def _noticed(self, conditions: list[StreamCondition]) -> Decision:
        live = self.state.live
        if not live.is_publishing or live.conditions == conditions:
            return ()
        return (logged.StreamConditionsChanged(conditions),)

    @override
    def due(self, now_ms: int) -> Sequence[Entry]:
        state = self.state
        since_ms = state.unpublished_since_ms
        if since_ms is not None and now_ms - since_ms >= PUBLISHER_LOST_TIMEOUT_MS:
            return (logged.SessionEnded("publisher_lost_timeout"),)
        is_silent = self.is_on_air and now_ms - state.alive_at_ms >= SHOW_LIFE_MS
        return (logged.ShowAlive(),) if is_silent else ()

    # --- What has happened ---

    @override
    def apply(self, record: Record) -> list[Delivery]:
        before = self.state.live
        if isinstance(record.entry, logged.BackendStarted):
            self._wait_for_the_publisher(record.at_ms)
            return []
        self.state.alive_at_ms = record.at_ms
        self._fold(record)
        # A session that a stream begins is delivered with that stream, which follows.
        is_half = isinstance(record.entry, logged.SessionBegan) and record.entry.reason == PUBLISHER
        if is_half or self.state.live == before:
            return []
        return [ToAll(LiveChanged(self.state.live))]

    def _wait_for_the_publisher(self, now_ms: int) -> None:
        # The relay, too, restarted; the publisher was last seen when the room last showed life.
        state = self.state
        state.live = msgspec.structs.replace(state.live, is_publishing=False, conditions=[])
        if self.is_on_air and state.unpublished_since_ms is None:
            state.unpublished_since_ms = state.alive_at_ms or now_ms

    def _fold(self, record: Record) -> None:
        match record.entry:
            case logged.SessionBegan(session_id=session_id, reason=reason):
                live = self.state.live
                self.state.live = Live(
                    LivePhase.LIVE, session_id, record.at_ms, live.is_publishing, reason, live.conditions
                )
                self.state.unpublished_since_ms = None if live.is_publishing else record.at_ms
            case logged.SessionEnded(reason=reason):
                self._change(phase=LivePhase.ENDED, reason=reason)
                self.state.unpublished_since_ms = None
            case logged.LivePaused():
                self._change(phase=LivePhase.PAUSED, reason="host")
            case logged.LiveResumed():
                self._change(phase=LivePhase.LIVE, reason="host")
            case logged.StreamBegan():
                self._change(is_publishing=True, reason=PUBLISHER, conditions=[])
                self.state.unpublished_since_ms = None
            case logged.StreamEnded():
                self._change(is_publishing=False, reason=PUBLISHER, conditions=[])
                self.state.unpublished_since_ms = record.at_ms if self.is_on_air else None
            case logged.StreamConditionsChanged(conditions=conditions):
                self._change(conditions=conditions)

    def _change(self, **changes: object) -> None:
        self.state.live = msgspec.structs.replace(self.state.live, **changes)

    @override
    def saved(self, record: Record) -> None:
        if isinstance(record.entry, logged.BackendStarted | logged.ShowAlive):
            return
        live = self.state.live
        picture = "with a stream" if live.is_publishing else "without a stream"
        log.info("room %s is %s %s (%s)", self._room_id, live.phase.value, picture, live.reason)

    @override
    def repeat(self) -> list[Delivery]:
        return [ToAll(LiveChanged(self.state.live))] if self.is_on_air else []

    @override
    def show(self) -> dict[str, Any]:
        return {"live": self.state.live}


class _LiveRows:
    """Writes the session's facts, its beginning and its end beside the log; see `Companion`."""

    def __init__(self, room_id: str, session: LiveSession) -> None:
        self._row = RoomRow(room_id)
        self._session = session

    def write(self, connection: Connection, records: Sequence[Record]) -> None:
        """See `Companion.write`."""
        ours = [record for record in records if isinstance(record.entry, LiveSession.entries)]
        if not ours:
            return
        state = self._session.state
        self._row.write_live(connection, state.live, state.unpublished_since_ms, ours[-1].at_ms)
        for record in ours:
            match record.entry:
                case logged.SessionBegan(session_id=session_id):
                    self._row.begin_session(connection, session_id, record.at_ms)
                case logged.SessionEnded(reason=reason):
                    self._row.end_session(connection, record.session_id, record.at_ms, reason)
