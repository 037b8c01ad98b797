"""Danmu: who may say what and how often, and who hears it."""

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from typing_extensions import override

from backend.contract.base import AssistantRight, Message, RejectReason, Role
from backend.contract.chat import (
    Danmu,
    DanmuDeleted,
    DanmuEchoed,
    DanmuSent,
    PaidDanmuSent,
    Reply,
    SendDanmu,
    StaffDanmuSent,
)
from backend.contract.protocol import ReliableEvent
from backend.features.actor import Actor
from backend.features.chat.chat_rules import ChatRules
from backend.features.chat.danmu_book import DanmuBook, DanmuState
from backend.features.chat.sanctions import Sanctions
from backend.features.deliveries import Decision, Delivery, Entries, Rejection, ToAll, ToCrowd, ToUser
from backend.features.feature import Anyone, AuthorOf, Feature
from backend.features.merging import Merge
from backend.limits import KeyedBuckets
from backend.log.entries import Record, Said
from backend.plain_text import clean

AT_ONCE: Final = 5
PER_SECOND: Final = 0.5
DANMU_A_TICK: Final = 5


class _ReadableDanmu(Merge[DanmuSent]):
    """Keeps what can be read: 5 danmu a tick, spread evenly, the newest among them, and the true total."""

    @override
    def merge(self, events: Sequence[DanmuSent]) -> DanmuSent:
        danmu = [one for event in events for one in event.danmu]
        if len(danmu) > DANMU_A_TICK:
            places = range(1, DANMU_A_TICK + 1)
            danmu = [danmu[len(danmu) * place // DANMU_A_TICK - 1] for place in places]
        return DanmuSent(danmu, events[-1].total)

    @override
    def retract(self, events: list[DanmuSent], by: ReliableEvent) -> list[DanmuSent]:
        if not isinstance(by, DanmuDeleted):
            return events
        gone = set(by.danmu_ids)
        return [
            DanmuSent([one for one in event.danmu if one.danmu_id not in gone], event.total)
            for event in events
        ]


class DanmuFeature(Feature[DanmuState]):
    """Danmu in, danmu out.

    Args:
        book: what was said lately.
        author: how others see who writes.
        sanctions, rules: tell who may write, and what.
    """

    name = "danmu"
    state_type = DanmuState
    commands: ClassVar = {SendDanmu: Anyone.ANYONE}
    entries = (Said,)
    merges: ClassVar = {DanmuSent: _ReadableDanmu()}

    def __init__(self, book: DanmuBook, *, author: AuthorOf, sanctions: Sanctions, rules: ChatRules) -> None:
        self.state = book.state
        self._book = book
        self._author = author
        self._sanctions = sanctions
        self._rules = rules
        self._pace = KeyedBuckets(per_second=PER_SECOND, burst=AT_ONCE)

    def recent(self) -> list[Danmu]:
        """Return what a newcomer sees, oldest first."""
        return self._book.recent()

    # --- Commands ---

    @override
    def decide(self, command: Message, actor: Actor, now_ms: int) -> Decision:
        match command:
            case SendDanmu(text=text, reply_to=reply_to):
                if actor.role is not Role.VIEWER and not actor.may(AssistantRight.CHAT):
                    return Rejection(RejectReason.FORBIDDEN)
                return self._say(text, actor, now_ms, reply_to=reply_to)
        return super().decide(command, actor, now_ms)

    def say(self, text: str, actor: Actor, now_ms: int, coins: int) -> Entries | Rejection:
        """Return the danmu of words for which coins were paid; it keeps to the rules of all others."""
        return self._say(text, actor, now_ms, coins=coins)

    def say_paid(self, text: str, actor: Actor, now_ms: int, coins: int) -> Entries | Rejection:
        """Return the danmu of words that are paid; their pace was looked at before."""
        return self._say(text, actor, now_ms, coins=coins, is_paced=False)

    def _say(
        self,
        raw: str,
        actor: Actor,
        now_ms: int,
        *,
        reply_to: int | None = None,
        coins: int = 0,
        is_paced: bool = True,
    ) -> Entries | Rejection:
        # Every try takes a turn, and before any work: what is refused for its text costs the most.
        rejection = (
            self._may_not_write(actor, now_ms, is_paced=is_paced) if actor.role is Role.VIEWER else None
        )
        if rejection:
            return rejection
        text = clean(raw)
        if isinstance(text, RejectReason):
            return Rejection(text)
        author = self._author(actor)
        if actor.role is Role.VIEWER:
            rejection = self._rules.refuses(text, follows=author.is_follower)
            if is_paced:
                rejection = rejection or self._rules.slow_down(actor.user_id, now_ms)
        reply = None if reply_to is None else self._reply(reply_to)
        if rejection or isinstance(reply, Rejection):
            return rejection or Rejection(RejectReason.UNKNOWN_DANMU)
        return (Said(Danmu(self.state.last_id + 1, author, text, now_ms, reply, coins)),)

    def _may_not_write(self, actor: Actor, now_ms: int, *, is_paced: bool) -> Rejection | None:
        retry_ms = self._pace.take(actor.user_id, now_ms / 1000) if is_paced else 0
        mute = self._sanctions.mute_of(actor.user_id, now_ms)
        if mute is not None:
            return Rejection(RejectReason.MUTED, 0 if mute.until_ms is None else mute.until_ms - now_ms)
        return Rejection(RejectReason.TOO_FAST, retry_ms) if retry_ms else None

    def _reply(self, reply_to: int) -> Reply | Rejection:
        answered = self._book.get(reply_to)
        if answered is None or self._book.is_hidden(reply_to):
            return Rejection(RejectReason.UNKNOWN_DANMU)
        return Reply(reply_to, answered.author.user_id, answered.author.name)

    # --- What has happened ---

    @override
    def apply(self, record: Record) -> list[Delivery]:
        if not isinstance(record.entry, Said):
            return []
        danmu = record.entry.danmu
        self._book.add(danmu)
        total = self.state.total
        # Staff's and paid ones reach everybody, the writer's own reaches the writer.
        if danmu.author.role is not Role.VIEWER:
            return [ToAll(StaffDanmuSent(danmu)), ToCrowd(DanmuSent([], total))]
        if danmu.coins:
            return [ToAll(PaidDanmuSent([danmu])), ToCrowd(DanmuSent([], total))]
        return [ToUser(danmu.author.user_id, DanmuEchoed(danmu)), ToCrowd(DanmuSent([danmu], total))]

    @override
    def gather(self, deliveries: list[Delivery]) -> list[Delivery]:
        words: list[Danmu] = []
        rest: list[Delivery] = []
        for delivery in deliveries:
            match delivery:
                case ToAll(event=PaidDanmuSent(danmu=danmu)):
                    words += danmu
                case _:
                    rest.append(delivery)
        return [ToAll(PaidDanmuSent(words)), *rest] if words else deliveries

    @override
    def begin_session(self, session_id: str) -> list[Delivery]:
        # What was said before the show stays readable.
        self.state.total = 0
        return [ToCrowd(DanmuSent([], 0))]

    @override
    def erase(self, user_id: str) -> list[Delivery]:
        return self._book.erase(user_id)

    @override
    def show(self) -> dict[str, Any]:
        return {"danmu": self.recent(), "danmu_total": self.state.total}
