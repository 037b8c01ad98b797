"""One room at work: its rules, its memory on disk, its history and its audience, put together."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Final, Protocol

from backend.contract.base import RejectReason, Role
from backend.contract.live import LiveChanged, LivePhase, PresenceChanged
from backend.contract.protocol import Command, LiveCommand, Reliable, Snapshot
from backend.contract.stream import StreamCondition
from backend.features.actor import Actor
from backend.features.chat_room import InnerCommand
from backend.features.deliveries import Rejection
from backend.features.live.happened import entries_of
from backend.features.live.show import ON_AIR, Facts, Outcome, RoomState
from backend.log.entries import BackendStarted, Entered, Entry, Left, SessionBegan, SessionEnded
from backend.room.chat_desk import RETRY_MS, ChatDesk, ChatKeeper, ShowChange
from backend.room.feed import SampledFeed
from backend.room.frames import Prepared
from backend.room.history import History
from backend.room.hub import Hub
from backend.room.line import Line
from backend.room.presence import PresenceCounter
from backend.room.reliable_lane import ReliableLane
from backend.room.totals import totals_of
from backend.storage.database import StorageError

log = logging.getLogger("livestall.room")

TICK_S: Final = 0.25
SHOW_LIFE_MS: Final = 30_000

Question = Callable[[int], Outcome]
Answer = asyncio.Future[RejectReason | None]


class Weight(Enum):
    """Whether a change can still be refused when it cannot be kept, or has already happened."""

    WISH = "wish"
    FACT = "fact"


class Keeper(Protocol):
    """Where a room's facts are kept."""

    @property
    def is_fenced(self) -> bool:
        """Whether another node can own the room meanwhile: then what cannot be kept has not happened."""

    async def keep(self, facts: Facts, now_ms: int, told: Sequence[Reliable]) -> None:
        """Return when facts and events are safely on disk; raise `StorageError` when they are not."""


class Room:
    """What connections, relay and timers talk to.

    Args:
        room_id: the room's name in its address.
        title: what viewers read, plain text.
        state: the rules, with what was kept of the last run.
        keeper: keeps each change before anybody is told of it.
        history: what was told so far; the room goes on from there.
        clock_ms: the server's time, in milliseconds since 1970.
        chat_keeper: keeps what the people do; None for a room in which only the host does anything.
    """

    def __init__(
        self,
        room_id: str,
        title: str,
        *,
        state: RoomState,
        keeper: Keeper,
        history: History,
        clock_ms: Callable[[], int],
        chat_keeper: ChatKeeper | None = None,
    ) -> None:
        self.room_id = room_id
        self.title = title
        self._state = state
        self._keeper = keeper
        self._clock_ms = clock_ms
        self._history = history
        self._hub = Hub(time.monotonic)
        self._lane = ReliableLane(self._history, self._hub)
        self._feed = SampledFeed(self._hub)
        self._presence = PresenceCounter()
        self._inbox: asyncio.Queue[tuple[Question, Weight, Answer]] = asyncio.Queue()
        self._kept_at_ms = clock_ms()
        # What happened in the show and could not be kept yet; it is kept before anything else of the show.
        self._unkept: tuple[Entry, ...] = ()
        self._retry_at_ms = 0
        self._desk = self._open_desk(chat_keeper) if chat_keeper else None

    def _open_desk(self, keeper: ChatKeeper) -> ChatDesk:
        desk = ChatDesk(keeper, lane=self._lane, feed=self._feed, clock_ms=self._clock_ms)
        desk.note(BackendStarted())
        # Before both were kept in one transaction, a killed backend could leave one without the other.
        live, logged = self._state.facts.live, desk.chat.gifts.state.session_id
        if live.phase in ON_AIR and live.session_id != logged:
            desk.note(SessionBegan(live.session_id))
        elif live.phase not in ON_AIR and logged:
            desk.note(SessionEnded(live.reason))
        return desk

    def snapshot(self) -> Snapshot:
        """Return all that a newcomer needs."""
        snapshot = Snapshot(
            epoch=self._history.epoch,
            seq=self._history.seq,
            title=self.title,
            live=self._state.facts.live,
            card=self._state.card,
            presence=self._presence.presence,
        )
        return self._desk.fill(snapshot) if self._desk else snapshot

    def missed(self, epoch: str, seq: int) -> list[Prepared] | None:
        """Return the reliable events after `seq`, or None when only a snapshot helps."""
        return self._history.missed(epoch, seq)

    def last(self) -> list[Prepared]:
        """Return the reliable events that are still known, oldest first."""
        return self._history.last()

    def since_snapshot(self) -> Sequence[Prepared]:
        """Return what was told since the snapshot was taken: nothing, it is taken when it is asked for."""
        return ()

    def enter(self, line: Line, actor: Actor) -> None:
        """Let somebody in: their line gets every event from now on."""
        self._hub.subscribe(line)
        self.admit(line, actor)

    def leave(self, line: Line, actor: Actor) -> None:
        """Undo `enter`."""
        self.dismiss(line, actor)
        self._hub.unsubscribe(line)

    def refresh(self, line: Line) -> None:
        """Tell somebody who resumed the totals, soon: of the sampled lane nothing is sent again."""
        self._hub.mark_stale(line)

    def subscribe(self, line: Line) -> None:
        """Give a line what all are told, whoever is behind it."""
        self._hub.subscribe(line)

    def unsubscribe(self, line: Line) -> None:
        """Undo `subscribe`."""
        self._hub.unsubscribe(line)

    def admit(self, line: Line, actor: Actor) -> None:
        """Count somebody in; their line gets what is private to them. Staff are not counted as viewers."""
        if actor.role is Role.VIEWER:
            if self._presence.enter(actor.user_id):
                self._note(Entered(actor.user_id, actor.source))
            self._tell_presence()
        if self._desk:
            self._desk.enter(line, actor)

    def dismiss(self, line: Line, actor: Actor) -> None:
        """Undo `admit`."""
        if self._desk:
            self._desk.leave(line, actor)
        if actor.role is Role.VIEWER:
            if self._presence.leave(actor.user_id):
                self._note(Left(actor.user_id))
            self._tell_presence()

    async def admits(self, actor: Actor) -> bool:
        """Whether somebody may come in as what their token says: an assistant's rights can have ended."""
        return self._desk.admits(actor) if self._desk else actor.role is not Role.ASSISTANT

    async def execute(self, command: Command | InnerCommand, actor: Actor) -> Rejection | None:
        """Carry a command out: None when it is done, kept and told to all, else why not."""
        if isinstance(command, LiveCommand):
            reason = await self._obey(command, actor)
            return Rejection(reason) if reason else None
        return await self._desk.execute(command, actor) if self._desk else Rejection(RejectReason.FORBIDDEN)

    def _obey(self, command: LiveCommand, actor: Actor) -> Answer:
        return self._submit(
            lambda now_ms: self._state.handle(command, self._known(actor), now_ms), Weight.WISH
        )

    def _known(self, actor: Actor) -> Actor:
        return self._desk.known(actor) if self._desk else actor

    def publisher_changed(self, *, is_publishing: bool) -> None:
        """Take in, soon and in order, that the relay gets a stream now, or none any more."""
        self._submit(
            lambda now_ms: self._state.publisher_changed(is_publishing=is_publishing, now_ms=now_ms),
            Weight.FACT,
        )

    def stream_noticed(self, conditions: Sequence[StreamCondition]) -> None:
        """Take in, soon and in order, what viewers cannot see or hear of the stream."""
        self._submit(lambda _now_ms: self._state.stream_noticed(conditions), Weight.FACT)

    def tell_live(self) -> None:
        """Tell all how the live session stands: who heard it of the owner before may know it otherwise."""
        self._submit(self._state.again, Weight.FACT)

    async def tick(self) -> None:
        """Do what is due; `run` calls it four times a second."""
        self._tell_presence()
        self._hub.tick()
        if self._desk:
            self._desk.tick(self._clock_ms())
        if self._hub.has_stale:
            self._hub.refresh(totals_of(self.snapshot()))
        await self._submit(self._state.tick, Weight.FACT)

    async def run(self) -> None:
        """Serve the room until cancelled; nothing else here gets an answer before."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._hub.run(), name=f"fan-out of room {self.room_id}")
            tasks.create_task(self._feed.run(), name=f"sampled lane of room {self.room_id}")
            tasks.create_task(self._decide(), name=f"decisions of room {self.room_id}")
            if self._desk:
                tasks.create_task(self._desk.run(), name=f"chat of room {self.room_id}")
                tasks.create_task(self._desk.watch_words(), name=f"blocked words of room {self.room_id}")
            tasks.create_task(self._watch_the_time(), name=f"timers of room {self.room_id}")

    async def _watch_the_time(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            await self.tick()

    def _submit(self, question: Question, weight: Weight) -> Answer:
        # Decided by the room's own task, one after the other: who asked may vanish while it is being kept.
        answer: Answer = asyncio.get_running_loop().create_future()
        self._inbox.put_nowait((question, weight, answer))
        return answer

    async def _decide(self) -> None:
        while True:
            question, weight, answer = await self._inbox.get()
            rejection = await self._take_in(question(self._clock_ms()), weight)
            if not answer.done():
                answer.set_result(rejection)

    async def _take_in(self, outcome: Outcome, weight: Weight) -> RejectReason | None:
        if outcome.rejection is not None:
            return outcome.rejection
        if not (outcome.events or self._must_show_life(outcome) or self._must_try_again()):
            return None
        change = ShowChange(
            (*self._unkept, *self._entries(outcome)),
            outcome.events,
            outcome.facts,
            lambda told: self._adopt(outcome, told),
        )
        async with self._lane.turn:
            self._kept_at_ms = self._clock_ms()
            if await self._keep(change):
                self._unkept = ()
            elif weight is Weight.WISH or self._keeper.is_fenced:
                return RejectReason.UNAVAILABLE
            else:
                # What happened, happened: it is kept as soon as the disk takes it.
                self._unkept, self._retry_at_ms = change.entries, self._kept_at_ms + RETRY_MS
                change.tell(self._lane.number(change.events))
        return None

    async def _keep(self, change: ShowChange) -> bool:
        # One transaction for facts and log: killed in between, a room would be ended and take gifts.
        if self._desk and change.entries:
            return await self._desk.settle(change)
        told = self._lane.number(change.events)
        try:
            await self._keeper.keep(change.facts, self._kept_at_ms, told)
        except StorageError as error:
            log.error("room %s could not keep a change: %s", self.room_id, error)  # noqa: TRY400 - told in words
            return False
        change.tell(told)
        return True

    def _must_show_life(self, outcome: Outcome) -> bool:
        is_on_air = outcome.facts.live.phase in ON_AIR
        return is_on_air and self._clock_ms() - self._kept_at_ms >= SHOW_LIFE_MS

    def _must_try_again(self) -> bool:
        return bool(self._unkept) and self._clock_ms() >= self._retry_at_ms

    def _entries(self, outcome: Outcome) -> list[Entry]:
        before = self._state.facts.live
        return [entry for event in outcome.events for entry in entries_of(event, before)]

    def _adopt(self, outcome: Outcome, told: Sequence[Reliable]) -> None:
        before = self._state.facts.live
        self._state.adopt(outcome)
        for reliable in told:
            event = reliable.event
            if isinstance(event, LiveChanged):
                self._log_live(event)
                if event.live.session_id != before.session_id:
                    self._presence.begin_anew()
            self._lane.tell(reliable)

    def _note(self, entry: Entry) -> None:
        if self._desk:
            self._desk.note(entry)

    def _log_live(self, event: LiveChanged) -> None:
        live = event.live
        picture = "with a stream" if live.is_publishing else "without a stream"
        log.info("room %s is %s %s (%s)", self.room_id, LivePhase(live.phase).value, picture, live.reason)

    def _tell_presence(self) -> None:
        presence = self._presence.take_change(self._clock_ms())
        if presence is not None:
            self._feed.tell(PresenceChanged(presence))
