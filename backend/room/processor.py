"""The one queue of a room: commands are decided in turn, saved in one transaction, delivered and answered."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from itertools import takewhile
from typing import Final, Protocol

from backend.contract.base import HOST_USER, RejectReason, Role
from backend.contract.protocol import Command, Reliable, Snapshot
from backend.features.actor import Actor, SignOut
from backend.features.deliveries import Decision, Delegated, Rejection, ToAll
from backend.features.feature_set import FeatureSet, InnerCommand, QueuedCommand
from backend.log.entries import Entry, Erased, Record, SessionBegan, SessionEnded
from backend.log.staff_entries import HostTokenRenewed
from backend.room.delegation import Delegations
from backend.room.deliveries import Deliveries
from backend.room.feed import SampledFeed
from backend.room.line import Line
from backend.room.reliable_lane import ReliableLane
from backend.room.waiting import Barrier, Batch, Mail, PendingCommand, Repeat, Waiting, is_fact, resolve
from backend.storage.database import StorageError

log = logging.getLogger("livestall.room")

BATCH: Final = 500
MAX_WAITING: Final = 5000
CHECKPOINT_EVERY: Final = 5000
RETRY_MS: Final = 2000
# Whoever waited longer for a room on another node has been answered that it is not there.
LONGEST_WAY_MS: Final = 6000

_UNAVAILABLE: Final = Rejection(RejectReason.UNAVAILABLE)
_ROOM: Final = Actor(HOST_USER, Role.HOST)


class Store(Protocol):
    """Where a room's log is saved; see `LogStore`.

    Attributes:
        is_fenced: whether another node can own the room meanwhile: what cannot be saved then has not
            happened.
    """

    is_fenced: bool

    def load(self) -> FeatureSet:
        """Make the features from what was saved; blocks."""

    async def save(self, features: FeatureSet, records: Sequence[Record], events: Sequence[Reliable]) -> None:
        """Return when records, events and the rows of the features are safely on disk, in one transaction.

        Raises `StorageError` when none of it is.
        """

    def save_checkpoint(self, features: FeatureSet) -> None:
        """Save a checkpoint; blocks."""


async def _hear_nothing() -> None:
    """Take in nothing, where no service writes to the room."""


class CommandProcessor:
    """The features of a room at work.

    What waits is decided in its order, saved in one transaction, then delivered and answered; what comes
    meanwhile makes the next batch, so under load batches grow by themselves. A newcomer sees the last saved
    state.

    Args:
        store: saves what happens before anybody hears of it.
        lane: delivers to everybody what nobody may miss.
        feed: the sampled lane.
        clock_ms: the server's time, in milliseconds since 1970.
        on_session: is called when a live session begins.
        hear: see `Delegations`.
    """

    def __init__(
        self,
        store: Store,
        *,
        lane: ReliableLane,
        feed: SampledFeed,
        clock_ms: Callable[[], int],
        on_session: Callable[[], None] = lambda: None,
        hear: Callable[[], Awaitable[None]] = _hear_nothing,
    ) -> None:
        self._store = store
        self._lane = lane
        self._clock_ms = clock_ms
        self._on_session = on_session
        self._features = store.load()
        self._deliveries = Deliveries(self._features, lane=lane, feed=feed, clock_ms=clock_ms)
        self._delegations = Delegations(hear)
        self._waiting: list[Waiting] = []
        self._has_work = asyncio.Event()
        self._view: Snapshot | None = None
        # Facts that everybody heard of and the disk did not take yet.
        self._unsaved: list[Record] = []
        self._is_stale = False
        self._failed_at_ms: int | None = None
        self._checkpoint_at = self._features.number

    @property
    def features(self) -> FeatureSet:
        """The features at work; read only."""
        return self._features

    def show(self) -> Snapshot:
        """Return what a newcomer sees, as it was last saved; the room fills in what is its own."""
        return self._view or self._features.show()

    def enter(self, line: Line, actor: Actor) -> None:
        """Let a connection hear what is private to it, beginning with what it must know."""
        self._deliveries.enter(line, actor)

    def leave(self, line: Line, actor: Actor) -> None:
        """Undo `enter`."""
        self._deliveries.leave(line, actor)

    def admits(self, actor: Actor) -> bool:
        """Whether the actor may come in with the role of their token: a grant can have ended since."""
        return self._features.admits(actor, self._clock_ms())

    def may_buy(self, actor: Actor) -> bool:
        """Whether the actor may place orders here."""
        return self._features.may_buy(actor, self._clock_ms())

    async def execute(
        self, command: Command | InnerCommand, actor: Actor, received_at_ms: int | None = None
    ) -> Rejection | None:
        """Carry a command out: None when it is done and saved, else why not.

        What another node says of when it received it counts within `LONGEST_WAY_MS`.
        """
        if isinstance(command, SignOut):
            if self._deliveries.sign_out(actor, command.version) and actor.role is Role.HOST:
                self.record(HostTokenRenewed(command.version))
            return None
        at_ms = self._received(received_at_ms)
        if len(self._waiting) >= MAX_WAITING:
            self._features.count_refusal(command, RejectReason.TOO_FAST, at_ms)
            return Rejection(RejectReason.TOO_FAST, 1000)
        answer: asyncio.Future[Rejection | None] = asyncio.get_running_loop().create_future()
        self._wait(PendingCommand(command, actor, at_ms, answer))
        return await answer

    def _received(self, at_ms: int | None) -> int:
        now_ms = self._clock_ms()
        return now_ms if at_ms is None else max(now_ms - LONGEST_WAY_MS, min(at_ms, now_ms))

    def record(self, entry: Entry) -> None:
        """Write down, soon and in order, what happened already."""
        self._wait(entry)

    def report(self, fact: QueuedCommand) -> None:
        """Decide, soon and in order, what a fact makes of the room; said again, it counts once."""
        alike = [item.command for item in self._waiting if is_fact(item) and type(item.command) is type(fact)]
        if alike[-1:] != [fact]:
            self._wait(PendingCommand(fact, _ROOM, self._clock_ms()))

    def repeat(self) -> None:
        """Deliver again, soon, what may have been lost when the room changed hands."""
        self._wait(Repeat())

    async def accept(self, entries: Sequence[Entry | QueuedCommand]) -> bool:
        """Write down entries in their turn, and return whether they are saved; else they are forgotten."""
        mail = Mail(entries, asyncio.get_running_loop().create_future())
        self._wait(mail)
        return await mail.is_saved

    async def accept_first(self, entries: Sequence[Entry | QueuedCommand]) -> bool:
        """Do as `accept`, but before all commands that wait; only while `run` does not run."""
        mail = Mail(entries, asyncio.get_running_loop().create_future())
        facts = list(takewhile(lambda item: not isinstance(item, PendingCommand), self._waiting))
        self._waiting = self._waiting[len(facts) :]
        return await self._settle([*facts, mail])

    def _wait(self, item: Waiting) -> None:
        self._waiting.append(item)
        self._has_work.set()

    async def settled(self) -> None:
        """Return when all that waits now was tried; at once while the disk takes nothing."""
        if not self._is_resting(self._clock_ms()):
            barrier = Barrier(asyncio.get_running_loop().create_future())
            self._wait(barrier)
            await barrier.passed

    def tick(self, now_ms: int) -> None:
        """Do what is due; call it a few times a second."""
        if self._view is None:
            self._deliveries.deliver_what_is_due(now_ms)
        is_idle = self._view is None or self._is_stale
        if is_idle and not self._is_resting(now_ms) and self._has_something_to_do(now_ms):
            self._has_work.set()

    def _is_resting(self, now_ms: int) -> bool:
        # What could not be saved is tried again, but not all the time.
        return self._failed_at_ms is not None and now_ms - self._failed_at_ms < RETRY_MS

    def _has_something_to_do(self, now_ms: int) -> bool:
        return bool(self._waiting or self._unsaved or self._features.due(now_ms))

    async def run(self) -> None:
        """Serve until cancelled; nothing else here gets an answer before."""
        async with self._delegations.open():
            while True:
                await self._has_work.wait()
                self._has_work.clear()
                while await self._settle(self._next()) and self._waiting:
                    pass

    async def refresh_often(self, sleep_s: float = 2.0) -> None:
        """Read again what features keep outside of the log, until cancelled."""
        is_failing = False
        while True:
            await asyncio.sleep(sleep_s)
            try:
                await self.refresh_once()
            except StorageError as error:
                if not is_failing:  # said once, not at every try
                    log.warning("what the room keeps outside of its log cannot be read: %s", error)
                is_failing = True
            else:
                is_failing = False

    async def refresh_once(self) -> None:
        """Read again what features keep outside of the log, and deliver what changed."""
        self._deliveries.deliver(await asyncio.to_thread(self._features.refresh), iter(()))

    def _next(self) -> list[Waiting]:
        now, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
        return now

    async def _settle(self, now: Sequence[Waiting]) -> bool:
        # Decides, saves, delivers and answers; says whether the disk took it.
        if self._is_stale and not await self._reload():
            self._give_up(now)
            return False
        self._view = self._features.show()
        batch = self._decide(now)
        events = self._lane.number(item.event for item in batch.deliveries if isinstance(item, ToAll))
        is_saved = await self._save(batch, events)
        if is_saved:
            self._view = None
            self._finish(batch, events)
            await self._save_checkpoint_sometimes(batch)
        else:
            await self._go_on_without_disk(batch)
            for answer in batch.accepted:
                resolve(answer, _UNAVAILABLE)
        for barrier in batch.barriers:
            resolve(barrier.passed, None)
        for mail in batch.mail:
            resolve(mail.is_saved, is_saved)
        return is_saved

    def _decide(self, waiting: Sequence[Waiting]) -> Batch:
        batch = Batch()
        for item in waiting:
            match item:
                case PendingCommand():
                    self._decide_command(item, batch)
                case Barrier():
                    batch.barriers.append(item)
                case Mail(entries=entries):
                    batch.mail.append(item)
                    for one in entries:
                        self._take_in(one, batch)
                case Repeat():
                    batch.facts.append(item)
                    batch.deliveries += self._features.repeat()
                case entry:
                    batch.facts.append(entry)
                    self._apply(entry, self._clock_ms(), batch)
        # Last: what is due of a show is known only after the backend's own beginning was applied.
        for due in self._features.due(self._clock_ms()):
            self._apply(due, self._clock_ms(), batch)
        batch.deliveries = self._features.gather(batch.deliveries)
        return batch

    def _take_in(self, one: Entry | QueuedCommand, batch: Batch) -> None:
        now_ms = self._clock_ms()
        made: Decision = (
            (one,) if not isinstance(one, QueuedCommand) else self._features.decide(one, _ROOM, now_ms)
        )
        for entry in made if isinstance(made, tuple) else ():
            self._apply(entry, now_ms, batch)

    def _decide_command(self, pending: PendingCommand, batch: Batch) -> None:
        now_ms = self._clock_ms()
        actor = self._features.known(pending.actor, now_ms)
        decision = self._features.decide(
            pending.command, actor, now_ms, received_at_ms=pending.received_at_ms
        )
        if isinstance(decision, Rejection):
            resolve(pending.answer, decision)
            return
        if isinstance(decision, Delegated):
            if self._delegations.is_full:
                self._features.count_refusal(pending.command, RejectReason.TOO_FAST, pending.received_at_ms)
            self._delegations.ask(decision, lambda rejection: resolve(pending.answer, rejection))
            return
        for entry in decision:
            self._features.witness(entry, actor)
            self._apply(entry, now_ms, batch)
        if pending.answer is None:
            batch.facts.append(pending)
        else:
            batch.accepted.append(pending.answer)

    def _apply(self, entry: Entry, now_ms: int, batch: Batch) -> None:
        record = self._features.record(entry, now_ms)
        batch.deliveries += self._features.apply(record)
        batch.records.append(record)
        for derived in self._features.derive(entry):
            self._apply(derived, now_ms, batch)

    async def _save(self, batch: Batch, events: Sequence[Reliable]) -> bool:
        records = [*self._unsaved, *batch.records]
        if not records and not events:
            return True
        try:
            await self._store.save(self._features, records, events)
        except StorageError as error:
            self._fail("what happens in the room cannot be saved: %s", error)
            self._is_stale = True
            return False
        self._failed_at_ms = None
        self._unsaved = []
        return True

    def _finish(self, batch: Batch, events: Sequence[Reliable]) -> None:
        self._features.saved(batch.records)
        if any(isinstance(record.entry, SessionBegan) for record in batch.records):
            self._on_session()
        self._deliveries.deliver(batch.deliveries, iter(events))
        self._deliveries.deliver_what_is_due(self._clock_ms())
        for answer in batch.accepted:
            resolve(answer, None)

    async def _go_on_without_disk(self, batch: Batch) -> None:
        # The features ran ahead of the disk: what was not saved must be forgotten, except what happened.
        is_forgotten = await self._reload()
        if self._store.is_fenced or not is_forgotten or len(self._unsaved) >= MAX_WAITING:
            self._waiting = [*batch.facts, *self._waiting][:MAX_WAITING]
            return
        facts = self._decide(batch.facts)
        self._unsaved += facts.records
        self._finish(
            facts, self._lane.number(one.event for one in facts.deliveries if isinstance(one, ToAll))
        )

    async def _reload(self) -> bool:
        try:
            features = await asyncio.to_thread(self._store.load)
        except StorageError as error:
            self._fail("the room's log cannot be read: %s", error)
            return False
        for record in self._unsaved:
            features.apply(record)
        self._is_stale = False
        self._view = None
        self._features = self._deliveries.features = features
        self._deliveries.greet_again()  # who came meanwhile may have read what was not saved
        return True

    def _give_up(self, waiting: Sequence[Waiting]) -> None:
        facts: list[Waiting] = []
        for item in waiting:
            if isinstance(item, PendingCommand) and item.answer is not None:
                resolve(item.answer, _UNAVAILABLE)
            elif isinstance(item, Barrier):
                resolve(item.passed, None)
            elif isinstance(item, Mail):
                resolve(item.is_saved, result=False)
            else:
                facts.append(item)
        self._waiting = [*facts, *self._waiting][:MAX_WAITING]

    def _fail(self, message: str, error: StorageError) -> None:
        if self._failed_at_ms is None:  # said once, not at every try
            log.error(message, error)
        self._failed_at_ms = self._clock_ms()

    async def _save_checkpoint_sometimes(self, batch: Batch) -> None:
        # The last checkpoint knows who was erased since.
        is_time = any(isinstance(record.entry, SessionEnded | Erased) for record in batch.records)
        if not is_time and self._features.number - self._checkpoint_at < CHECKPOINT_EVERY:
            return
        self._checkpoint_at = self._features.number
        try:
            await asyncio.to_thread(self._store.save_checkpoint, self._features)
        except StorageError as error:
            log.warning("no checkpoint of the room (%s); the next start reads more", error)
