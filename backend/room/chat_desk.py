"""Takes the people's commands in, keeps what they make of the room, and only then tells."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Final, Protocol

import msgspec

from backend.contract.base import RejectReason, Role
from backend.contract.live import Live, LivePhase, Presence
from backend.contract.protocol import ChatCommand, Reliable, ReliableEvent, Snapshot
from backend.features.actor import Actor, SignOut
from backend.features.chat_room import Chat, InnerCommand, QueuedCommand
from backend.features.deliveries import Delivery, Rejection, ToAll
from backend.features.gifts.gifts import gathered
from backend.features.insights.shares import Shares
from backend.features.live.show import Facts
from backend.log.entries import Entry, HostTokenRenewed, Record, SessionEnded
from backend.room.deliveries import Deliveries
from backend.room.feed import SampledFeed
from backend.room.line import Line
from backend.room.reliable_lane import ReliableLane
from backend.storage.database import StorageError

log = logging.getLogger("livestall.room")

BATCH: Final = 500
MAX_WAITING: Final = 5000
CHECKPOINT_EVERY: Final = 5000
RETRY_MS: Final = 2000

_UNAVAILABLE: Final = Rejection(RejectReason.UNAVAILABLE)
# What of a snapshot is not the people's side, and so always as it is now.
_ROOM_FIELDS: Final = ("epoch", "seq", "title", "live", "card", "presence")
_NO_ROOM: Final = Snapshot("", 0, "", Live(LivePhase.PREVIEW), None, Presence(0, 0))


class ChatKeeper(Protocol):
    """Where a room's chat is kept; see `ChatStore`."""

    def load(self) -> Chat:
        """Make the chat from what was kept; blocks."""

    async def keep(
        self, records: Sequence[Record], told: Sequence[Reliable], facts: Facts | None = None
    ) -> None:
        """Return when records, events and the show's facts are safely on disk, in one transaction.

        Raises `StorageError` when none of it is.
        """

    def save(self, chat: Chat) -> None:
        """Keep a checkpoint; blocks."""

    def refresh_words(self) -> bool:
        """Read the blocked words if they changed; blocks."""


class _Wish(msgspec.Struct, frozen=True):
    """A command that waits for its turn."""

    command: ChatCommand | QueuedCommand
    actor: Actor
    answer: asyncio.Future[Rejection | None]


class ShowChange(msgspec.Struct, frozen=True):
    """A change of the show: what it is in the log, and what becomes of the show.

    Attributes:
        events: what all are told of it.
        facts: the show's facts after it.
        tell: makes the facts those of the room and tells the events, under the numbers it is given.
    """

    entries: tuple[Entry, ...]
    events: tuple[ReliableEvent, ...]
    facts: Facts
    tell: Callable[[Sequence[Reliable]], None]


class _Batch:
    """What one transaction keeps."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.told: list[Delivery] = []
        self.granted: list[_Wish] = []
        self.notes: list[Entry] = []


class ChatDesk:
    """The chat of a room at work.

    What waits is decided in its order, kept in one transaction, then told and answered; what comes meanwhile
    makes the next batch, so under load batches grow by themselves. A newcomer sees the last kept state.

    Args:
        keeper: keeps what happens before anybody is told of it.
        lane: tells everybody what nobody may miss.
        feed: the sampled lane.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(
        self,
        keeper: ChatKeeper,
        *,
        lane: ReliableLane,
        feed: SampledFeed,
        clock_ms: Callable[[], int],
    ) -> None:
        self._keeper = keeper
        self._lane = lane
        self._clock_ms = clock_ms
        self._chat = keeper.load()
        self._shares = Shares()
        self._deliveries = Deliveries(self._chat, lane=lane, feed=feed, clock_ms=clock_ms)
        self._waiting: list[_Wish | Entry] = []
        self._has_work = asyncio.Event()
        self._view: Snapshot | None = None
        self._is_stale = False
        self._failed_at_ms: int | None = None
        self._saved_at = self._chat.number

    @property
    def chat(self) -> Chat:
        """The rules at work; read only."""
        return self._chat

    def fill(self, snapshot: Snapshot) -> Snapshot:
        """Return the snapshot with the people's side in it, as it was last kept."""
        if self._view is None:
            return self._chat.fill(snapshot)
        base = {name: getattr(snapshot, name) for name in _ROOM_FIELDS}
        return msgspec.structs.replace(self._view, **base)

    def enter(self, line: Line, actor: Actor) -> None:
        """Let a connection hear what is private to it, beginning with what it must know."""
        self._deliveries.enter(line, actor)

    def leave(self, line: Line, actor: Actor) -> None:
        """Undo `enter`."""
        self._deliveries.leave(line, actor)

    def admits(self, actor: Actor) -> bool:
        """Whether somebody may come in as what their token says: a grant can have ended since."""
        return self._chat.assistants.admits(actor, self._clock_ms())

    def known(self, actor: Actor) -> Actor:
        """Return the actor with the rights they have now."""
        return self._chat.assistants.known(actor, self._clock_ms())

    async def execute(self, command: ChatCommand | InnerCommand, actor: Actor) -> Rejection | None:
        """Carry a command out: None when it is done and kept, else why not."""
        if isinstance(command, SignOut):
            if self._deliveries.sign_out(actor, command.version) and actor.role is Role.HOST:
                self.note(HostTokenRenewed(command.version))
            return None
        if len(self._waiting) >= MAX_WAITING:
            return Rejection(RejectReason.TOO_FAST, 1000)
        wish = _Wish(command, actor, asyncio.get_running_loop().create_future())
        self._waiting.append(wish)
        self._has_work.set()
        return await wish.answer

    def note(self, entry: Entry) -> None:
        """Take in, soon and in order, what happened already."""
        self._waiting.append(entry)
        self._has_work.set()

    def tick(self, now_ms: int) -> None:
        """Do what is due; call it a few times a second."""
        if not self._waiting:
            for entry in self._chat.due(now_ms):
                self.note(entry)
        elif self._failed_at_ms is not None and now_ms - self._failed_at_ms >= RETRY_MS:
            self._has_work.set()  # what could not be kept is tried again
        ranking = self._view.ranking if self._view else self._chat.gifts.ranking()
        self._deliveries.deliver_what_is_due(now_ms, ranking)

    async def run(self) -> None:
        """Serve until cancelled; nothing else here gets an answer before."""
        while True:
            await self._has_work.wait()
            self._has_work.clear()
            while self._waiting:
                async with self._lane.turn:
                    is_kept = await self._settle_next()
                if not is_kept:
                    break

    async def watch_words(self, sleep_s: float = 2.0) -> None:
        """Read the blocked words anew whenever their file changes, until cancelled."""
        while True:
            await asyncio.sleep(sleep_s)
            if await asyncio.to_thread(self._keeper.refresh_words):
                self._deliveries.deliver_blocked_words()

    async def settle(self, show: ShowChange) -> bool:
        """Keep a change of the show with what it means to the chat in one transaction, then tell all of it.

        To be called in the lane's turn. What waits comes first, so the log has everything in its order.

        Returns:
            Whether the disk took it; otherwise nothing of it is kept or told.
        """
        while self._waiting:
            if not await self._settle_next():
                return False
        return await self._settle([], show)

    async def _settle_next(self) -> bool:
        now, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
        return await self._settle(now)

    async def _settle(self, waiting: Sequence[_Wish | Entry], show: ShowChange | None = None) -> bool:
        # Decide, keep, tell and answer, in the lane's turn.
        if self._is_stale and not await self._reload():
            self._give_up(waiting)
            return False
        self._view = self._chat.fill(_NO_ROOM)
        batch = self._decide(waiting, show)
        batch.told = gathered(batch.told)
        shown = show.events if show else ()
        for_all = [item.event for item in batch.told if isinstance(item, ToAll)]
        reliable = self._lane.number([*shown, *for_all])
        try:
            if batch.records:
                await self._keeper.keep(batch.records, reliable, show.facts if show else None)
        except StorageError as error:
            self._fail("the chat cannot be kept: %s", error)
            self._is_stale = True
            self._give_up([*batch.notes, *batch.granted])
            return False
        finally:
            self._view = None
        self._failed_at_ms = None
        if show is not None:
            show.tell(reliable[: len(shown)])
        self._deliveries.deliver(batch.told, iter(reliable[len(shown) :]))
        for wish in batch.granted:
            _answer(wish, None)
        await self._save_sometimes(batch)
        return True

    def _decide(self, waiting: Sequence[_Wish | Entry], show: ShowChange | None) -> _Batch:
        batch = _Batch()
        for entry in show.entries if show else ():
            self._apply(entry, self._clock_ms(), batch)
        for item in waiting:
            now_ms = self._clock_ms()
            if not isinstance(item, _Wish):
                batch.notes.append(item)
                self._apply(item, now_ms, batch)
                continue
            actor = self._chat.assistants.known(item.actor, now_ms)
            decision = self._chat.decide(item.command, actor, now_ms)
            if isinstance(decision, Rejection):
                _answer(item, decision)
                continue
            for entry in decision:
                self._shares.add(entry, actor)
                self._apply(entry, now_ms, batch)
            batch.granted.append(item)
        return batch

    def _apply(self, entry: Entry, now_ms: int, batch: _Batch) -> None:
        record = self._chat.record(entry, now_ms)
        batch.told += self._chat.apply(record)
        batch.records.append(record)
        poll = self._chat.polls.state.poll
        for mark in self._shares.end(entry, poll.question if poll else ""):
            self._apply(mark, now_ms, batch)

    def _give_up(self, waiting: Sequence[_Wish | Entry]) -> None:
        # What happened, happened: it is kept as soon as the disk takes it.
        notes: list[_Wish | Entry] = []
        for item in waiting:
            if isinstance(item, _Wish):
                _answer(item, _UNAVAILABLE)
            else:
                notes.append(item)
        self._waiting = [*notes, *self._waiting][:MAX_WAITING]

    def _fail(self, message: str, error: StorageError) -> None:
        if self._failed_at_ms is None:  # said once, not at every try
            log.error(message, error)
        self._failed_at_ms = self._clock_ms()

    async def _reload(self) -> bool:
        # The rules ran ahead of the disk: what was not kept must be forgotten.
        try:
            self._chat = await asyncio.to_thread(self._keeper.load)
        except StorageError as error:
            self._fail("the chat cannot be read: %s", error)
            return False
        self._is_stale = False
        self._deliveries.chat = self._chat
        self._deliveries.deliver_wallets()  # who came meanwhile may have read what was not kept
        return True

    async def _save_sometimes(self, batch: _Batch) -> None:
        has_ended = any(isinstance(record.entry, SessionEnded) for record in batch.records)
        if not has_ended and self._chat.number - self._saved_at < CHECKPOINT_EVERY:
            return
        self._saved_at = self._chat.number
        try:
            await asyncio.to_thread(self._keeper.save, self._chat)
        except StorageError as error:
            log.warning("no checkpoint of the chat (%s); the next start reads more", error)


def _answer(wish: _Wish, rejection: Rejection | None) -> None:
    if not wish.answer.done():
        wish.answer.set_result(rejection)
