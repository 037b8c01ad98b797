"""All that people do in a room, put together: a command makes entries, an entry changes what holds.

Whatever is known here is folded from the entries alone, so the same log always makes the same room.
"""

import msgspec

from backend.contract.audience import (
    CheckIn,
    CheckInsChanged,
    Follow,
    LikesChanged,
    RequestProduct,
    RequestsChanged,
    SendLikes,
    SetNickname,
    Unfollow,
    You,
)
from backend.contract.base import AssistantRight, RejectReason, Role
from backend.contract.chat import AnswerQuestion, DanmuSent, SendDanmu
from backend.contract.gifts import ClaimDemoCoins, SendGift
from backend.contract.insights import LiveStats
from backend.contract.polls import ClosePoll, OpenPoll, Vote
from backend.contract.protocol import ChatCommand, Snapshot, StaffSnapshot
from backend.contract.shop import EditProduct
from backend.contract.staff import InviteAssistant, RevokeAssistant, SetAssistantRights
from backend.features.actor import Actor, SignOut
from backend.features.audience.default_names import CHINESE, DefaultNames
from backend.features.audience.likes import Likes
from backend.features.audience.names import Names
from backend.features.audience.people import AskName, People, TakeName
from backend.features.audience.polls import Polls
from backend.features.audience.product_requests import Requests
from backend.features.cards.product_edits import ProductEdits, Shop
from backend.features.chat.blocked_words import WordFile
from backend.features.chat.chat_rules import ChatRules
from backend.features.chat.danmu import DanmuBook
from backend.features.chat.moderation import Moderation
from backend.features.chat.pins import Chosen
from backend.features.chat.questions import Questions
from backend.features.chat.sanctions import Sanctions
from backend.features.chat_state import ChatState
from backend.features.deliveries import Decision, Delivery, Rejection, ToCrowd
from backend.features.gifts.catalog import GiftShelf
from backend.features.gifts.gifts import Gifts
from backend.features.insights.counters import Counters
from backend.features.live.stream_key_log import StreamKeyCommand, StreamKeyLog
from backend.features.staff.assistants import Assistants, RedeemInvitation
from backend.features.staff.rights import StaffCommand, is_allowed
from backend.log import entries
from backend.log.entries import AssistantEntry, Entry, Record, StreamKeyEntry
from backend.plain_text import clean

# What comes over HTTP alone and waits for its turn like all that is said on a socket.
QueuedCommand = RedeemInvitation | StreamKeyCommand | AskName | TakeName
InnerCommand = QueuedCommand | SignOut


class Chat:
    """The people's side of a room.

    `decide` changes nothing but the pace-keeping; `apply` takes in what was decided.

    Args:
        products: what can be requested and changed.
        word_file: blocked words of the whole server.
        state: a checkpoint to go on from.
        shelf: what can be given.
        names: what people are called who chose no name.
        owned: names that are somebody's alone.
    """

    def __init__(
        self,
        products: Shop,
        word_file: WordFile,
        state: ChatState | None = None,
        *,
        shelf: GiftShelf | None = None,
        names: DefaultNames = CHINESE,
        owned: Names | None = None,
    ) -> None:
        state = state or ChatState()
        self.number = state.number
        self.session_id = state.session_id
        self.stream_began_at_ms = state.stream_began_at_ms
        self.danmu = DanmuBook(state.danmu)
        self.likes = Likes(state.likes)
        self.gifts = Gifts(shelf or GiftShelf(), state.gifts)
        self.people = People(state.people, names, owned, lambda: self.assistants.user_ids)
        self.requests = Requests(products, state.requests)
        self.polls = Polls(state.polls)
        self.questions = Questions(state.questions)
        self.sanctions = Sanctions(self.danmu, state.sanctions, names)
        self.rules = ChatRules(word_file, state.rules)
        self.chosen = Chosen(self.danmu, state.chosen)
        self.moderation = Moderation(self.sanctions, self.rules, self.chosen, state.moderation)
        self.counters = Counters(state.counters)
        self.assistants = Assistants(state.assistants)
        self.products = ProductEdits(products, state.products)
        self.stream_keys = StreamKeyLog(state.stream_keys)

    @property
    def state(self) -> ChatState:
        """All folds as they are now."""
        return ChatState(
            number=self.number,
            session_id=self.session_id,
            stream_began_at_ms=self.stream_began_at_ms,
            danmu=self.danmu.state,
            likes=self.likes.state,
            gifts=self.gifts.state,
            people=self.people.state,
            requests=self.requests.state,
            polls=self.polls.state,
            questions=self.questions.state,
            sanctions=self.sanctions.state,
            rules=self.rules.state,
            chosen=self.chosen.state,
            moderation=self.moderation.state,
            counters=self.counters.state,
            assistants=self.assistants.state,
            products=self.products.state,
            stream_keys=self.stream_keys.state,
        )

    # --- Commands ---

    def decide(self, command: ChatCommand | QueuedCommand, actor: Actor, now_ms: int) -> Decision:
        """Return the entries that the command makes, none where all is so already, or why it is refused.

        Of an assistant only the rights in `actor` count: give it through `Assistants.known`.
        """
        if actor.role is Role.VIEWER and self.sanctions.block_of(actor.user_id):
            return Rejection(RejectReason.BLOCKED)
        if isinstance(command, QueuedCommand):
            return self._decide_queued(command, actor, now_ms)
        if not is_allowed(command, actor):
            return Rejection(RejectReason.FORBIDDEN)
        if isinstance(command, StaffCommand):
            return self._decide_staff(command, actor, now_ms)
        return self._decide_any(command, actor, now_ms)

    def _decide_queued(self, command: QueuedCommand, actor: Actor, now_ms: int) -> Decision:
        if isinstance(command, AskName) and self.rules.has_blocked_word(command.name):
            return Rejection(RejectReason.NAME_UNAVAILABLE)
        if isinstance(command, AskName | TakeName):
            return self.people.decide(command, actor)
        if isinstance(command, StreamKeyCommand):
            return self.stream_keys.decide(command, actor, self.people.author(actor))
        made = self.assistants.redeem(command, actor, now_ms)
        if isinstance(made, Rejection):
            return made
        names = [entry.name for entry in made if isinstance(entry, entries.Named)]
        is_free = all(self.people.may_be_called(name, actor) for name in names)
        return made if is_free else Rejection(RejectReason.NAME_UNAVAILABLE)

    def _decide_any(self, command: ChatCommand, actor: Actor, now_ms: int) -> Decision:
        if isinstance(command, SendGift) and command.text:
            return self._give_with_words(command, actor, now_ms)
        if actor.role is Role.VIEWER and not actor.version and self.rules.needs_account(command):
            return Rejection(RejectReason.ACCOUNTS_ONLY)
        made = self._decide(command, actor, now_ms)
        if made is None:
            return ()
        return made if isinstance(made, Rejection) else (made,)

    def _decide(self, command: ChatCommand, actor: Actor, now_ms: int) -> Entry | Rejection | None:
        user_id = actor.user_id
        made: Entry | Rejection | None = None
        match command:
            case SendDanmu():
                made = self._say(command, actor, now_ms)
            case SendLikes(count=count):
                made = self.likes.give(user_id, count, now_ms)
            case SendGift() | ClaimDemoCoins() as command:
                made = self.gifts.decide(command, self.people.author(actor), now_ms)
            case Follow():
                made = self.people.follow(actor, now_ms)
            case Unfollow():
                made = self.people.unfollow(actor)
            case SetNickname(name=name):
                made = self._rename(name, actor, now_ms)
            case CheckIn():
                made = self.people.check_in(actor)
            case RequestProduct(product_id=product_id):
                made = self.requests.ask(user_id, product_id)
            case Vote(poll_id=poll_id, option=option):
                made = self.polls.vote(user_id, poll_id, option)
        return made

    def _decide_staff(self, command: StaffCommand, actor: Actor, now_ms: int) -> Decision:
        match command:
            case OpenPoll(question=question, options=options, seconds=seconds):
                return self.polls.open(question, options, seconds, now_ms)
            case ClosePoll(poll_id=poll_id):
                ended = self.polls.close(poll_id)
                return ended if isinstance(ended, Rejection) else (ended,)
            case AnswerQuestion(question_id=question_id, text=text):
                answered = self.questions.answer(question_id, text)
                return answered if isinstance(answered, Rejection) else (answered,)
            case EditProduct():
                return self.products.decide(command, actor, self.people.author(actor))
            case InviteAssistant() | SetAssistantRights() | RevokeAssistant():
                return self.assistants.decide(command, self.people.author(actor), now_ms)
            case _:
                return self.moderation.decide(command, self.people.author(actor), now_ms)

    def _give_with_words(self, command: SendGift, actor: Actor, now_ms: int) -> Decision:
        sent = self.gifts.decide(command, self.people.author(actor), now_ms)
        if not isinstance(sent, entries.GiftSent):
            return sent if isinstance(sent, Rejection) else ()
        said = self._say(SendDanmu(command.text), actor, now_ms, sent.gift.coins)
        return said if isinstance(said, Rejection) else (sent, said)

    def _say(self, command: SendDanmu, actor: Actor, now_ms: int, coins: int = 0) -> entries.Said | Rejection:
        # Every try takes a turn, and before any work: what is refused for its text costs the most.
        rejection = self._may_not_write(actor, now_ms) if actor.role is Role.VIEWER else None
        if rejection:
            return rejection
        text = clean(command.text)
        if isinstance(text, RejectReason):
            return Rejection(text)
        author = self.people.author(actor)
        if actor.role is Role.VIEWER:
            rejection = self.rules.refuses(text, follows=author.is_follower)
            rejection = rejection or self.rules.slow_down(actor.user_id, now_ms)
        return rejection or self.danmu.write(author, text, command.reply_to, now_ms, coins)

    def _may_not_write(self, actor: Actor, now_ms: int) -> Rejection | None:
        retry_ms = self.danmu.pace(actor.user_id, now_ms)
        mute = self.sanctions.mute_of(actor.user_id, now_ms)
        if mute is not None:
            return Rejection(RejectReason.MUTED, 0 if mute.until_ms is None else mute.until_ms - now_ms)
        return Rejection(RejectReason.TOO_FAST, retry_ms) if retry_ms else None

    def _rename(self, name: str, actor: Actor, now_ms: int) -> entries.Named | Rejection | None:
        named = self.people.rename(actor, name, now_ms)
        if isinstance(named, entries.Named) and actor.role is Role.VIEWER:
            return Rejection(RejectReason.BLOCKED_WORD) if self.rules.has_blocked_word(named.name) else named
        return named

    def due(self, now_ms: int) -> list[Entry]:
        """Return what time makes of the room."""
        chat = [*self.sanctions.due(now_ms), *self.chosen.due(now_ms), *self.polls.due(now_ms)]
        return [*chat, *self.assistants.due(now_ms)]

    def record(self, entry: Entry, now_ms: int) -> Record:
        """Make the next record of the log; it changes nothing before `apply`."""
        session_id = entry.session_id if isinstance(entry, entries.SessionBegan) else self.session_id
        return Record(self.number + 1, now_ms, session_id, entry, self._media_ms(entry, now_ms))

    def _media_ms(self, entry: Entry, now_ms: int) -> int | None:
        if isinstance(entry, entries.StreamBegan):
            return 0
        if isinstance(entry, entries.BackendStarted) or self.stream_began_at_ms is None:
            return None  # the relay, too, began anew
        return max(0, now_ms - self.stream_began_at_ms)

    def apply(self, record: Record) -> list[Delivery]:
        """Take in the next record of the log; return what is to be told once it is safely kept."""
        self.number = record.number
        is_return = self.counters.is_return(record)
        self.counters.take(record)
        self._follow_stream(record)
        if is_return:
            return []  # a line was lost, nobody came
        if isinstance(record.entry, AssistantEntry):
            return self.assistants.take(record.entry, record.at_ms)
        if isinstance(record.entry, StreamKeyEntry):
            return self.stream_keys.take(record.entry)
        told = self._apply_staff(record)
        return self._apply(record) if told is None else told

    def _follow_stream(self, record: Record) -> None:
        match record.entry:
            case entries.StreamBegan():
                self.stream_began_at_ms = record.at_ms
            case entries.StreamEnded() | entries.BackendStarted():
                self.stream_began_at_ms = None

    def _apply(self, record: Record) -> list[Delivery]:
        told: list[Delivery] = []
        match record.entry:
            case entries.Said(danmu=danmu):
                self.questions.hear(danmu)
                told = self.danmu.take(danmu)
            case entries.Liked() as liked:
                told = self.likes.take(liked)
            case entries.CoinsGranted() | entries.GiftSent() as moved:
                told = self.gifts.take(moved)
            case entries.Entered(user_id=user_id) if self.sanctions.block_of(user_id):
                pass  # put out again at once; the others need not hear of it
            case (
                entries.Named()
                | entries.AccountNamed()
                | entries.Followed()
                | entries.Unfollowed()
                | entries.CheckedIn()
                | entries.Entered()
            ) as entry:
                told = self.people.take(entry, record.at_ms)
            case entries.Requested() as requested:
                told = self.requests.take(requested, record.at_ms)
            case entries.PollBegan() | entries.Voted() | entries.PollEnded() as entry:
                told = self.polls.take(entry)
        return told

    def _apply_staff(self, record: Record) -> list[Delivery] | None:
        told: list[Delivery] | None = None
        match record.entry:
            case entries.SessionBegan(session_id=session_id):
                told = self._begin_session(session_id)
            case entries.SessionEnded():
                self.gifts.end_session()
                told = []
            case entries.CardPutUp(product_id=product_id):
                told = self.requests.fulfil(product_id)
            case entries.DidModerate(action=action):
                told = self.moderation.take(action)
            case entries.MuteExpired(user_id=user_id):
                told = self.sanctions.expire(user_id)
            case entries.PinExpired():
                told = self.chosen.unpin()
            case entries.ProductEdited() as edited:
                told = self.products.take(edited, record.at_ms)
            case entries.Answered() as answered:
                told = self.questions.take(answered)
        return told

    def _begin_session(self, session_id: str) -> list[Delivery]:
        self.session_id = session_id
        self.danmu.begin_session()
        self.likes.begin_session()
        self.gifts.begin_session(session_id)
        self.people.begin_session()
        self.requests.begin_session()
        self.questions.begin_session()
        told = [*self.polls.begin_session(), *self.sanctions.begin_session(), *self.chosen.unpin()]
        return [*told, *self._counts_at_zero()]

    def _counts_at_zero(self) -> list[Delivery]:
        # Who came just now was told its predecessor's, and some of those may still wait for their tick.
        nothing = (DanmuSent([], 0), LikesChanged(0, 0), CheckInsChanged(0), RequestsChanged([]))
        return [ToCrowd(event) for event in nothing]

    def fill(self, snapshot: Snapshot) -> Snapshot:
        """Return the snapshot with the people's side in it."""
        return msgspec.structs.replace(
            snapshot,
            danmu=self.danmu.recent(),
            danmu_total=self.danmu.state.total,
            likes=self.likes.state.total,
            ranking=self.gifts.ranking(),
            pinned=self.chosen.state.pinned,
            rules=self.rules.state.rules,
            poll=self.polls.state.poll,
            followers=len(self.people.state.followers),
            check_ins=len(self.people.state.checked_in),
            requests=self.requests.ranking(),
        )

    def you(self, actor: Actor, now_ms: int) -> You:
        """Return what somebody is told about themselves."""
        known = self.assistants.known(actor, now_ms)
        return You(
            user_id=actor.user_id,
            name=self.people.name(actor),
            role=actor.role,
            is_follower=actor.user_id in self.people.state.followers,
            has_checked_in=actor.user_id in self.people.state.checked_in,
            mute=self.sanctions.mute_of(actor.user_id, now_ms),
            requested=self.requests.asked_by(actor.user_id),
            vote=self.polls.vote_of(actor.user_id),
            rights=[right for right in AssistantRight if known.may(right)],
            rights_until_ms=self.assistants.until_ms(actor.user_id, now_ms),
        )

    def stats(self, now_ms: int) -> LiveStats:
        """Return the live numbers."""
        return self.counters.stats(now_ms, len(self.people.state.followers))

    def staff_snapshot(self, actor: Actor, now_ms: int) -> StaffSnapshot:
        """Return all that only staff see, as far as the rights of this one go."""
        in_force = self.sanctions.in_force()
        may_count, may_moderate = actor.may(AssistantRight.NUMBERS), actor.may(AssistantRight.CHAT)
        return StaffSnapshot(
            stats=self.stats(now_ms) if may_count else None,
            minutes=self.counters.minutes() if may_count else [],
            questions=self.questions.ranking() if may_moderate else [],
            actions=self.moderation.state.actions if may_moderate else [],
            muted=in_force.muted if may_moderate else [],
            blocked=in_force.blocked if may_moderate else [],
            blocked_words=self.rules.state.words if may_moderate else [],
            file_words=self.rules.file_words if may_moderate else 0,
            words_version=self.rules.state.words_version if may_moderate else 0,
        )
