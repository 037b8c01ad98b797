"""Delivers what a room's chat tells: to all, to the crowd, to one user, to the staff whom it concerns."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from backend.contract.audience import YouChanged
from backend.contract.base import AssistantRight, Role
from backend.contract.chat import DanmuDeleted, Question, QuestionsFolded, YouWereBlocked
from backend.contract.gifts import Ranking, RankingChanged
from backend.contract.insights import LiveStats, LiveStatsChanged
from backend.contract.protocol import ChatReliableEvent, PrivateEvent, Reliable
from backend.contract.shop import ProductChanged
from backend.contract.staff import AssistantsChanged, YouWereDismissed
from backend.features.actor import Actor
from backend.features.chat_room import Chat
from backend.features.deliveries import (
    AboutAssistants,
    Delivery,
    Dismiss,
    Namesakes,
    NewRights,
    PutOut,
    ToAll,
    ToCrowd,
    ToStaff,
    ToUser,
    You,
)
from backend.room.audience import Audience
from backend.room.feed import SampledFeed
from backend.room.line import Line
from backend.room.reliable_lane import ReliableLane
from backend.room.sampling import Sampler

STAFF_INTERVAL_MS: Final = 1000
RANKING_INTERVAL_MS: Final = 1000
PUT_OUT: Final = 4403
DISMISSED: Final = 4410


class Deliveries:
    """Who hears what of a chat.

    Args:
        chat: what is told of; replaced whole when it is read anew.
        lane: tells everybody what nobody may miss.
        feed: the sampled lane.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(
        self, chat: Chat, *, lane: ReliableLane, feed: SampledFeed, clock_ms: Callable[[], int]
    ) -> None:
        self.chat = chat
        self._lane = lane
        self._feed = feed
        self._clock_ms = clock_ms
        self._sampler = Sampler()
        feed.attach(self._sampler)
        self._audience = Audience()
        self._staff_told_at_ms = 0
        self._told_questions: list[Question] = []
        self._told_ranking = chat.gifts.ranking()
        self._ranking_told_at_ms = 0

    def enter(self, line: Line, actor: Actor) -> None:
        """Let a connection hear what is private to it, beginning with what it must know."""
        block = self.chat.sanctions.block_of(actor.user_id)
        if not self._audience.enter(line, actor):
            return
        if block is not None and actor.role is Role.VIEWER:
            self._audience.tell(actor.user_id, YouWereBlocked(block.reason))
            self._audience.put_out(actor.user_id, PUT_OUT, "blocked")
            return
        if not self.chat.assistants.admits(actor, self._clock_ms()):
            self._audience.tell(actor.user_id, YouWereDismissed("revoked", ""))
            self._audience.put_out(actor.user_id, DISMISSED, "revoked", Role.ASSISTANT)
            return
        now_ms = self._clock_ms()
        self._audience.tell(actor.user_id, YouChanged(self.chat.you(actor, now_ms)))
        self._audience.tell(actor.user_id, self.chat.gifts.wallet(actor.user_id))
        if actor.role is not Role.VIEWER:
            self._tell_staff_snapshot(actor, now_ms)
            self._tell_assistants()

    def leave(self, line: Line, actor: Actor) -> None:
        """Undo `enter`."""
        self._audience.leave(line, actor)
        if actor.role is Role.ASSISTANT:
            self._tell_assistants()

    def deliver(self, told: Sequence[Delivery], reliable: Iterator[Reliable]) -> None:
        """Tell all of it, in its order.

        Args:
            told: what the rules say of whom to tell.
            reliable: what of it is for all, under the numbers by which it was kept.
        """
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
                case Namesakes(owner=owner, name=name):
                    self._tell_namesakes(owner, name)
                case PutOut(user_id=user_id, reason=reason):
                    self._audience.put_out(user_id, PUT_OUT, reason)
                case AboutAssistants() | NewRights() | Dismiss():
                    self._tell_of_assistants(item)

    def _prepare_for(self, event: ChatReliableEvent) -> None:
        match event:
            case DanmuDeleted(danmu_ids=danmu_ids):
                self._sampler.forget(danmu_ids)
            case ProductChanged(product=product):
                self.chat.products.show(product)
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
        assistants = self.chat.assistants
        online = [user_id for user_id in assistants.user_ids if self._audience.actor(user_id)]
        shown = AssistantsChanged(assistants.shown(online))
        self._audience.tell_staff(shown, lambda actor: actor.role is Role.HOST)

    def _tell_staff_snapshot(self, actor: Actor, now_ms: int) -> None:
        self._audience.tell(actor.user_id, self.chat.staff_snapshot(self._known(actor), now_ms))

    def _tell_who_may(self, right: AssistantRight, event: PrivateEvent) -> None:
        self._audience.tell_staff(event, lambda actor: self._known(actor).may(right))

    def _tell_namesakes(self, owner: str, name: str) -> None:
        # They are shown by another name from now on. Of all who ever chose one, few are here.
        for user_id in self._audience.users:
            if user_id != owner and self.chat.people.is_namesake(user_id, name):
                self._tell_you(user_id)

    def _tell_you(self, user_id: str) -> None:
        actor = self._audience.actor(user_id)
        if actor is not None:
            self._audience.tell(user_id, YouChanged(self.chat.you(actor, self._clock_ms())))

    def deliver_what_is_due(self, now_ms: int, ranking: Ranking) -> None:
        """Tell the staff their numbers, and all the ranking where it changed, once a second each.

        Args:
            now_ms: the server's time, in milliseconds since 1970.
            ranking: as it is kept.
        """
        if now_ms - self._staff_told_at_ms >= STAFF_INTERVAL_MS:
            self._staff_told_at_ms = now_ms
            self._tell_staff(now_ms)
        if ranking != self._told_ranking and now_ms - self._ranking_told_at_ms >= RANKING_INTERVAL_MS:
            self._told_ranking, self._ranking_told_at_ms = ranking, now_ms
            self._feed.tell(RankingChanged(ranking))

    def deliver_blocked_words(self) -> None:
        """Tell the staff which words are blocked."""
        self._tell_who_may(AssistantRight.CHAT, self.chat.rules.blocked_words())

    def deliver_wallets(self) -> None:
        """Tell each who is here what they have to give with."""
        for user_id in self._audience.users:
            self._audience.tell(user_id, self.chat.gifts.wallet(user_id))

    def sign_out(self, who: Actor, version: int) -> bool:
        """See `Audience.sign_out`."""
        return self._audience.sign_out(who, version)

    def _known(self, actor: Actor) -> Actor:
        return self.chat.assistants.known(actor, self._clock_ms())

    def _tell_staff(self, now_ms: int) -> None:
        if not self._audience.has_staff:
            return
        stats: LiveStats = self.chat.stats(now_ms)
        self._tell_who_may(AssistantRight.NUMBERS, LiveStatsChanged(stats))
        questions = self.chat.questions.ranking()
        if questions != self._told_questions:
            self._told_questions = questions
            self._tell_who_may(AssistantRight.CHAT, QuestionsFolded(questions))
