"""Takes the people's commands in, keeps what they make of the room, and only then tells."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Final, Protocol

import msgspec

from backend.contract.chat import LiveStats, Question
from backend.contract.chat_commands import ChatCommand
from backend.contract.chat_events import (
    ChatReliableEvent,
    DanmuDeleted,
    LiveStatsChanged,
    PrivateEvent,
    QuestionsFolded,
    YouChanged,
    YouWereBlocked,
)
from backend.contract.gifts import RankingChanged
from backend.contract.shop import ProductChanged
from backend.contract.staff import AssistantsChanged, YouWereDismissed
from backend.insights.entries import Entry, Record, SessionEnded
from backend.messages import AssistantRight, Live, LivePhase, Presence, Rejection, Reliable, Role, Snapshot
from backend.room.assistants import RedeemInvitation
from backend.room.audience import Audience, SignOut
from backend.room.chat import Chat, InnerCommand
from backend.room.feed import SampledFeed
from backend.room.gifts import gathered
from backend.room.line import Line
from backend.room.reliable_lane import ReliableLane
from backend.room.sampling import Sampler
from backend.room.state import Actor
from backend.room.told import (
    AboutAssistants,
    Dismiss,
    NewRights,
    PutOut,
    Refusal,
    ToAll,
    ToCrowd,
    Told,
    ToStaff,
    ToUser,
    You,
)
from backend.storage.database import StorageError

log = logging.getLogger("livestall.room")

STAFF_INTERVAL_MS: Final = 1000
RANKING_INTERVAL_MS: Final = 1000
BATCH: Final = 500
MAX_WAITING: Final = 5000
CHECKPOINT_EVERY: Final = 5000
PUT_OUT: Final = 4403
DISMISSED: Final = 4410
RETRY_MS: Final = 2000

_UNAVAILABLE: Final = Refusal(Rejection.UNAVAILABLE)
# What of a snapshot is not the people's side, and so always as it is now.
_ROOM_FIELDS: Final = ("epoch", "seq", "title", "live", "card", "presence")
_NO_ROOM: Final = Snapshot("", 0, "", Live(LivePhase.PREVIEW), None, Presence(0, 0))


class ChatKeeper(Protocol):
    """Where a room's chat is kept; see `ChatStore`."""

    def load(self) -> Chat:
        """Make the chat from what was kept; blocks."""

    async def keep(self, records: Sequence[Record], told: Sequence[Reliable]) -> None:
        """Return when records and events are safely on disk; raise `StorageError` when none is."""

    def save(self, chat: Chat) -> None:
        """Keep a checkpoint; blocks."""

    def refresh_words(self) -> bool:
        """Read the blocked words if they changed; blocks."""


class _Wish(msgspec.Struct, frozen=True):
    """A command that waits for its turn."""

    command: ChatCommand | RedeemInvitation
    actor: Actor
    answer: asyncio.Future[Refusal | None]


class _Batch:
    """What one transaction keeps."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.told: list[Told] = []
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
        self._feed = feed
        self._clock_ms = clock_ms
        self._chat = keeper.load()
        self._sampler = Sampler()
        feed.attach(self._sampler)
        self._audience = Audience()
        self._waiting: list[_Wish | Entry] = []
        self._has_work = asyncio.Event()
        self._view: Snapshot | None = None
        self._is_stale = False
        self._failed_at_ms: int | None = None
        self._saved_at = self._chat.number
        self._staff_told_at_ms = 0
        self._told_questions: list[Question] = []
        self._told_ranking = self._chat.gifts.ranking()
        self._ranking_told_at_ms = 0

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
        block = self._chat.sanctions.block_of(actor.user_id)
        if not self._audience.enter(line, actor):
            return
        if block is not None and actor.role is Role.VIEWER:
            self._audience.tell(actor.user_id, YouWereBlocked(block.reason))
            self._audience.put_out(actor.user_id, PUT_OUT, "blocked")
            return
        if not self.admits(actor):
            self._audience.tell(actor.user_id, YouWereDismissed("revoked", ""))
            self._audience.put_out(actor.user_id, DISMISSED, "revoked", Role.ASSISTANT)
            return
        now_ms = self._clock_ms()
        self._audience.tell(actor.user_id, YouChanged(self._chat.you(actor, now_ms)))
        self._audience.tell(actor.user_id, self._chat.gifts.wallet(actor.user_id))
        if actor.role is not Role.VIEWER:
            self._tell_staff_snapshot(actor, now_ms)
            self._tell_assistants()

    def leave(self, line: Line, actor: Actor) -> None:
        """Undo `enter`."""
        self._audience.leave(line, actor)
        if actor.role is Role.ASSISTANT:
            self._tell_assistants()

    def admits(self, actor: Actor) -> bool:
        """Whether somebody may come in as what their token says: a grant can have ended since."""
        return self._chat.assistants.admits(actor, self._clock_ms())

    def known(self, actor: Actor) -> Actor:
        """Return the actor with the rights they have now."""
        return self._chat.assistants.known(actor, self._clock_ms())

    async def execute(self, command: ChatCommand | InnerCommand, actor: Actor) -> Refusal | None:
        """Carry a command out: None when it is done and kept, else why not."""
        if isinstance(command, SignOut):
            self._audience.sign_out(actor, command.version)
            return None
        if len(self._waiting) >= MAX_WAITING:
            return Refusal(Rejection.TOO_FAST, 1000)
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
        if now_ms - self._staff_told_at_ms >= STAFF_INTERVAL_MS:
            self._staff_told_at_ms = now_ms
            self._tell_staff(now_ms)
        if now_ms - self._ranking_told_at_ms >= RANKING_INTERVAL_MS:
            self._tell_ranking(now_ms)

    async def run(self) -> None:
        """Serve until cancelled; nothing else here gets an answer before."""
        while True:
            await self._has_work.wait()
            self._has_work.clear()
            while self._waiting:
                now, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
                async with self._lane.turn:
                    is_kept = await self.settle(now)
                if not is_kept:
                    break

    async def watch_words(self, sleep_s: float = 2.0) -> None:
        """Read the blocked words anew whenever their file changes, until cancelled."""
        while True:
            await asyncio.sleep(sleep_s)
            if await asyncio.to_thread(self._keeper.refresh_words):
                self._tell_who_may(AssistantRight.CHAT, self._chat.rules.blocked_words())

    async def settle(self, waiting: Sequence[_Wish | Entry]) -> bool:
        """Decide, keep, tell and answer, in the lane's turn; return whether the disk took it."""
        if self._is_stale and not await self._reload():
            self._give_up(waiting)
            return False
        self._view = self._chat.fill(_NO_ROOM)
        batch = self._decide(waiting)
        batch.told = gathered(batch.told)
        reliable = self._lane.number(item.event for item in batch.told if isinstance(item, ToAll))
        try:
            if batch.records:
                await self._keeper.keep(batch.records, reliable)
        except StorageError as error:
            self._fail("the chat cannot be kept: %s", error)
            self._is_stale = True
            self._give_up([*batch.notes, *batch.granted])
            return False
        finally:
            self._view = None
        self._failed_at_ms = None
        self._tell(batch.told, iter(reliable))
        for wish in batch.granted:
            _answer(wish, None)
        await self._save_sometimes(batch)
        return True

    def _decide(self, waiting: Sequence[_Wish | Entry]) -> _Batch:
        batch = _Batch()
        for item in waiting:
            now_ms = self._clock_ms()
            if not isinstance(item, _Wish):
                batch.notes.append(item)
                self._apply(item, now_ms, batch)
                continue
            actor = self._chat.assistants.known(item.actor, now_ms)
            decision = self._chat.decide(item.command, actor, now_ms)
            if isinstance(decision, Refusal):
                _answer(item, decision)
                continue
            for entry in decision:
                self._apply(entry, now_ms, batch)
            batch.granted.append(item)
        return batch

    def _apply(self, entry: Entry, now_ms: int, batch: _Batch) -> None:
        record = self._chat.record(entry, now_ms)
        batch.told += self._chat.apply(record)
        batch.records.append(record)

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
        for user_id in self._audience.users:  # who came meanwhile may have read what was not kept
            self._audience.tell(user_id, self._chat.gifts.wallet(user_id))
        return True

    async def _save_sometimes(self, batch: _Batch) -> None:
        has_ended = any(isinstance(entry, SessionEnded) for entry in batch.notes)
        if not has_ended and self._chat.number - self._saved_at < CHECKPOINT_EVERY:
            return
        self._saved_at = self._chat.number
        try:
            await asyncio.to_thread(self._keeper.save, self._chat)
        except StorageError as error:
            log.warning("no checkpoint of the chat (%s); the next start reads more", error)

    def _tell(self, told: Sequence[Told], reliable: Iterator[Reliable]) -> None:
        for item in told:
            match item:
                case ToAll(event=event):
                    self._prepare_for(event)
                    self._lane.tell(next(reliable))
                case ToCrowd(event=sampled):
                    self._sampler.offer(sampled)
                    self._feed.wake()
                case ToUser(user_id=user_id, event=private):
                    self._audience.tell(user_id, private)
                case ToStaff(event=private, right=right):
                    self._tell_who_may(right, private)
                case You(user_id=user_id):
                    self._tell_you(user_id)
                case PutOut(user_id=user_id, reason=reason):
                    self._audience.put_out(user_id, PUT_OUT, reason)
                case AboutAssistants() | NewRights() | Dismiss():
                    self._tell_of_assistants(item)

    def _prepare_for(self, event: ChatReliableEvent) -> None:
        match event:
            case DanmuDeleted(danmu_ids=danmu_ids):
                self._sampler.forget(danmu_ids)
            case ProductChanged(product=product):
                self._chat.products.show(product)
            case _:
                pass

    def _tell_of_assistants(self, item: AboutAssistants | NewRights | Dismiss) -> None:
        match item:
            case AboutAssistants():
                self._tell_assistants()
            case NewRights(user_id=user_id):
                self._tell_you(user_id)
                actor = self._audience.actor(user_id)
                if actor is not None:
                    self._tell_staff_snapshot(actor, self._clock_ms())
            case Dismiss(user_id=user_id, cause=cause):
                self._audience.put_out(user_id, DISMISSED, cause, Role.ASSISTANT)

    def _tell_assistants(self) -> None:
        assistants = self._chat.assistants
        online = [user_id for user_id in assistants.user_ids if self._audience.actor(user_id)]
        shown = AssistantsChanged(assistants.shown(online))
        self._audience.tell_staff(shown, lambda actor: actor.role is Role.HOST)

    def _tell_staff_snapshot(self, actor: Actor, now_ms: int) -> None:
        known = self._chat.assistants.known(actor, now_ms)
        self._audience.tell(actor.user_id, self._chat.staff_snapshot(known, now_ms))

    def _tell_who_may(self, right: AssistantRight, event: PrivateEvent) -> None:
        self._audience.tell_staff(event, lambda actor: self.known(actor).may(right))

    def _tell_you(self, user_id: str) -> None:
        actor = self._audience.actor(user_id)
        if actor is not None:
            self._audience.tell(user_id, YouChanged(self._chat.you(actor, self._clock_ms())))

    def _tell_ranking(self, now_ms: int) -> None:
        ranking = self._view.ranking if self._view else self._chat.gifts.ranking()
        if ranking != self._told_ranking:
            self._told_ranking, self._ranking_told_at_ms = ranking, now_ms
            self._feed.tell(RankingChanged(ranking))

    def _tell_staff(self, now_ms: int) -> None:
        if not self._audience.has_staff:
            return
        stats: LiveStats = self._chat.stats(now_ms)
        self._tell_who_may(AssistantRight.NUMBERS, LiveStatsChanged(stats))
        questions = self._chat.questions.ranking()
        if questions != self._told_questions:
            self._told_questions = questions
            self._tell_who_may(AssistantRight.CHAT, QuestionsFolded(questions))


def _answer(wish: _Wish, refusal: Refusal | None) -> None:
    if not wish.answer.done():
        wish.answer.set_result(refusal)
