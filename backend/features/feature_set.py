"""All features of a room, put together: each command and entry goes to the feature that it belongs to."""

from collections.abc import Iterable
from typing import Any

import msgspec

from backend.contract.audience import You
from backend.contract.base import Message, RejectReason
from backend.contract.live import Presence
from backend.contract.protocol import Command, Snapshot, StaffSnapshot
from backend.features.actor import Actor, SignOut
from backend.features.audience.likes import Likes
from backend.features.audience.people import AskName, ErasePerson, People, TakeName
from backend.features.audience.polls import Polls
from backend.features.audience.product_requests import Requests
from backend.features.audience.watch_time import WatchTime
from backend.features.campaigns.acts import Onlooker
from backend.features.campaigns.campaigns import CampaignsFeature
from backend.features.campaigns.draw_words import DrawWords
from backend.features.chat.chat_rules import ChatRules
from backend.features.chat.danmu import DanmuFeature
from backend.features.chat.danmu_book import DanmuBook
from backend.features.chat.moderation import Moderation
from backend.features.chat.pins import Pins
from backend.features.chat.questions import Questions
from backend.features.chat.sanctions import Sanctions
from backend.features.countdown.countdown import CountdownFeature
from backend.features.coupons.coupon_cards import CouponCards
from backend.features.deliveries import Barred, Decision, Delivery, Rejection, ToCrowd, ToStaff
from backend.features.feature import Feature, Needed, is_allowed
from backend.features.gifts.gifts import Gifts
from backend.features.guests.guests import AskSeat, Guests, RecordGuestStream
from backend.features.insights.counters import Counters
from backend.features.insights.shares import ShareMarks
from backend.features.live.live import LiveSession, StreamFact
from backend.features.live.playout import Playout
from backend.features.live.store import Remembered
from backend.features.live.stream_key_log import StreamKeyCommand, StreamKeyLog
from backend.features.profile.profile import ProfileFeature
from backend.features.runofshow.runofshow import RunOfShowFeature
from backend.features.shop.cards import Cards
from backend.features.shop.explained import Explained
from backend.features.shop.orders import Orders
from backend.features.shop.product_edits import ProductEdits
from backend.features.shop.stock import Stock
from backend.features.staff.assistants import Assistants, RedeemInvitation
from backend.features.surroundings import Folds, Surroundings
from backend.log.entries import (
    BackendStarted,
    Entry,
    Erased,
    Joined,
    Record,
    SessionBegan,
    SessionEnded,
    StreamBegan,
    StreamEnded,
)
from backend.shop.coins.messages import CoinMessage

# What no socket can say and waits for its turn like all that is said on one.
QueuedCommand = (
    RedeemInvitation
    | StreamKeyCommand
    | AskName
    | TakeName
    | ErasePerson
    | StreamFact
    | RecordGuestStream
    | AskSeat
    | CoinMessage
)
InnerCommand = QueuedCommand | SignOut


class FeatureSet:
    """The features of one room.

    `decide` changes nothing but paces; `apply` folds what was decided.

    Args:
        around: see `Surroundings`.
        encoded: a checkpoint to go on from.
    """

    def __init__(self, around: Surroundings, encoded: bytes | None = None) -> None:
        folds = Folds(encoded)
        self.number = folds.head.number
        self.session_id = folds.head.session_id
        self.stream_began_at_ms = folds.head.stream_began_at_ms
        self._make_staff_and_people(around, folds)
        self._make_chat(around, folds)
        self.products = ProductEdits(around.products, folds.of(ProductEdits), self.people.author, around.shop)
        self.cards = Cards(self.products, folds.of(Cards), around.room_id)
        self.explained = Explained(folds.of(Explained))
        self.run = RunOfShowFeature(self.products, self.cards, folds.of(RunOfShowFeature))
        self.requests = Requests(around.products, folds.of(Requests))
        self.polls = Polls(folds.of(Polls))
        self.countdown = CountdownFeature(folds.of(CountdownFeature))
        self.likes = Likes(folds.of(Likes))
        self.watch_time = WatchTime(folds.of(WatchTime))
        self.gifts = Gifts(
            around.shelf,
            folds.of(Gifts),
            author=self.people.author,
            say=self.danmu.say,
            say_paid=self.danmu.say_paid,
            purses=around.purses,
            shop=around.gift_shop,
            room_id=around.room_id,
        )
        self.share_marks = ShareMarks(around.shares, question=lambda: self.polls.question)
        self.orders = Orders(folds.of(Orders), around.room_id)
        self.stock = Stock(folds.of(Stock))
        self.playout = Playout()
        self._make_campaigns_and_guests(around, folds)
        # In this order they hear of an entry; who counts hears last, so that others can ask what came before.
        self.all: tuple[Feature[Any], ...] = (
            self.cards, self.live, self.products, self.requests, self.questions, self.danmu, self.likes,
            self.polls, self.sanctions, self.pins, self.rules, self.moderation, self.people, self.gifts,
            self.stream_keys, self.assistants, self.profile, self.countdown, self.orders, self.stock,
            self.draw_words, self.campaigns, self.run, self.explained, self.share_marks, self.watch_time,
            self.coupons, self.playout, self.guests, self.counters,
        )  # fmt: skip
        self.merges = {event: merge for one in self.all for event, merge in one.merges.items()}
        self.companions = tuple(companion for one in self.all for companion in one.companions)
        self._guards = tuple(one for one in self.all if type(one).forbids is not Feature.forbids)
        self._by_command: dict[type[Message], tuple[Feature[Any], Needed]] = {
            command: (one, needed) for one in self.all for command, needed in one.commands.items()
        }
        self._by_entry: dict[type[Message], list[Feature[Any]]] = {}
        for one in self.all:
            for entry in one.entries:
                self._by_entry.setdefault(entry, []).append(one)

    def _make_staff_and_people(self, around: Surroundings, folds: Folds) -> None:
        live = folds.of(LiveSession)
        self._is_live_known = live is not None
        self.live = LiveSession(live, new_session_id=around.new_session_id, room_id=around.room_id)
        self.rules = ChatRules(around.word_file, folds.of(ChatRules))
        self.people = People(
            folds.of(People),
            around.names,
            around.owned,
            assistants=lambda: self.assistants.user_ids,
            is_unseen=self._is_unseen,
            has_blocked_word=self.rules.has_blocked_word,
            room_title=lambda: self.profile.state.profile.title,
        )
        author = self.people.author
        self.assistants = Assistants(
            folds.of(Assistants), author=author, may_be_called=self.people.may_be_called
        )
        self.profile = ProfileFeature(
            folds.of(ProfileFeature),
            author=author,
            has_blocked_word=self.rules.has_blocked_word,
            is_namesake=self.people.is_namesake,
            room_id=around.room_id,
        )
        self.stream_keys = StreamKeyLog(folds.of(StreamKeyLog), author=author)
        self.counters = Counters(
            folds.of(Counters),
            followers=lambda: len(self.people.state.followers),
            session_id=lambda: self.session_id,
        )

    def _make_campaigns_and_guests(self, around: Surroundings, folds: Folds) -> None:
        self.coupons = CouponCards(
            folds.of(CouponCards),
            is_follower=self.people.is_follower,
            watched_s=self.watch_time.watched_s,
            shop=around.coupon_shop,
        )
        self.draw_words = DrawWords(folds.of(DrawWords))
        self.campaigns = CampaignsFeature(
            folds.of(CampaignsFeature),
            onlooker=Onlooker(
                is_follower=self.people.is_follower,
                is_muted=lambda user_id, now_ms: self.sanctions.mute_of(user_id, now_ms) is not None,
                watched_s=self.watch_time.watched_s,
                is_present=self.watch_time.is_present,
                has_said=self.draw_words.has_said,
            ),
            author=self.people.author,
            shop=around.campaign_shop,
            room_id=around.room_id,
        )

        self.guests = Guests(
            folds.of(Guests),
            author=self.people.author,
            is_on_air=lambda: self.live.is_on_air,
            is_present=self.watch_time.is_present,
        )

    def _make_chat(self, around: Surroundings, folds: Folds) -> None:
        author, book = self.people.author, DanmuBook(folds.of(DanmuFeature))
        self.questions = Questions(folds.of(Questions))
        self.sanctions = Sanctions(book, folds.of(Sanctions), around.names.of_guest)
        self.pins = Pins(book, folds.of(Pins))
        self.moderation = Moderation(
            self.sanctions, self.rules, self.pins, folds.of(Moderation), author=author
        )
        self.danmu = DanmuFeature(book, author=author, sanctions=self.sanctions, rules=self.rules)

    def _is_unseen(self, record: Record) -> bool:
        """Whether the others need not hear of a join: after a lost line, or of a blocked user."""
        entry = record.entry
        is_blocked = isinstance(entry, Joined) and self.sanctions.block_of(entry.user_id) is not None
        return is_blocked or self.counters.is_return(record)

    # --- From and to disk ---

    def encode(self) -> bytes:
        """Return all that was folded, byte for byte the same for the same records."""
        head = {
            "number": self.number,
            "session_id": self.session_id,
            "stream_began_at_ms": self.stream_began_at_ms,
        }
        return msgspec.json.encode(head | {one.name: one.state for one in self.all})

    def recover(self, remembered: Remembered | None) -> None:
        """Take up a show's rows that an earlier version saved beside the log, after the replay."""
        if remembered is not None and not self._is_live_known:
            self.live.recover(remembered)
            self.cards.recover(remembered)

    def beginning(self) -> list[Entry]:
        """Return the entries with which the log goes on when the backend starts."""
        return [BackendStarted(), *self.live.missing(self.gifts.state.session_id)]

    def refresh(self) -> list[Delivery]:
        """See `Feature.refresh`; blocks."""
        return [delivery for one in self.all for delivery in one.refresh()]

    # --- Commands ---

    def decide(
        self,
        command: Command | QueuedCommand,
        actor: Actor,
        now_ms: int,
        *,
        received_at_ms: int | None = None,
    ) -> Decision:
        """Return the entries that the command makes, why it is refused, or who decides it instead.

        Of an assistant only the rights in `actor` count: give it through `known`. In campaigns the time of
        receipt decides, however long the command waited for its turn.
        """
        feature, needed = self._by_command[type(command)]
        at_ms = now_ms
        if feature is self.campaigns and received_at_ms is not None:
            at_ms = received_at_ms
        forbidden = next(filter(None, (one.forbids(command, actor) for one in self._guards)), None)
        if forbidden is not None:
            feature.count_refusal(command, forbidden.reason, at_ms)
            return forbidden
        if not is_allowed(needed, actor):
            return Rejection(RejectReason.FORBIDDEN)
        return feature.decide(command, actor, at_ms)

    def count_refusal(self, command: Command | QueuedCommand, reason: RejectReason, at_ms: int) -> None:
        """Count a command that is not decided: the room has too much to do."""
        self._by_command[type(command)][0].count_refusal(command, reason, at_ms)

    def known(self, actor: Actor, now_ms: int) -> Actor:
        """Return the actor with the rights they have now; what a connection once brought counts nothing."""
        return self.assistants.known(actor, now_ms)

    def admits(self, actor: Actor, now_ms: int) -> bool:
        """Whether the actor may come in with the role of their token: an assistant's rights can have ended.

        Rights that the actor brings are those that are asked for: an assistant must have them all.
        """
        is_in = self.assistants.admits(actor, now_ms)
        return is_in and actor.rights <= self.known(actor, now_ms).rights

    def may_buy(self, actor: Actor, now_ms: int) -> bool:
        """Whether the actor may place orders: who may not come in may not."""
        return self.admits(actor, now_ms) and self.bars(actor, now_ms) is None

    def witness(self, entry: Entry, actor: Actor) -> None:
        """See `Feature.witness`."""
        for one in self._by_entry.get(type(entry), ()):
            one.witness(entry, actor)

    def derive(self, entry: Entry) -> list[Entry]:
        """See `Feature.derive`."""
        return [derived for one in self._by_entry.get(type(entry), ()) for derived in one.derive(entry)]

    def due(self, now_ms: int) -> list[Entry]:
        """Return what time makes of the room."""
        return [entry for one in self.all for entry in one.due(now_ms)]

    # --- What has happened ---

    def record(self, entry: Entry, now_ms: int) -> Record:
        """Make the next record of the log; it changes nothing before `apply`."""
        session_id = entry.session_id if isinstance(entry, SessionBegan) else self.session_id
        return Record(self.number + 1, now_ms, session_id, entry, self._media_ms(entry, now_ms))

    def _media_ms(self, entry: Entry, now_ms: int) -> int | None:
        if isinstance(entry, StreamBegan):
            return 0
        if isinstance(entry, BackendStarted) or self.stream_began_at_ms is None:
            return None  # the relay, too, restarted
        return max(0, now_ms - self.stream_began_at_ms)

    def apply(self, record: Record) -> list[Delivery]:
        """Fold the next record of the log; return what is to be delivered once it is safely saved."""
        self.number = record.number
        deliveries: list[Delivery] = []
        match record.entry:
            case SessionEnded():
                deliveries += [delivery for one in self.all for delivery in one.end_session()]
            case SessionBegan(session_id=session_id):
                # What was of the last session ends before anybody hears of this one.
                self.session_id = session_id
                deliveries += [delivery for one in self.all for delivery in one.begin_session(session_id)]
            case Erased(user_id=user_id):
                deliveries += [delivery for one in self.all for delivery in one.erase(user_id)]
            case StreamBegan():
                self.stream_began_at_ms = record.at_ms
            case StreamEnded() | BackendStarted():
                self.stream_began_at_ms = None
        for one in self._by_entry.get(type(record.entry), ()):
            deliveries += one.apply(record)
        return deliveries

    def gather(self, deliveries: list[Delivery]) -> list[Delivery]:
        """Put together what one transaction delivers; see `Feature.gather`."""
        for one in self.all:
            deliveries = one.gather(deliveries)
        return deliveries

    def saved(self, records: Iterable[Record]) -> None:
        """Do what waited until these records were saved."""
        for record in records:
            for one in self._by_entry.get(type(record.entry), ()):
                one.saved(record)

    # --- What is shown ---

    def show(self) -> Snapshot:
        """Return what a newcomer sees of the features; the room fills in what is its own."""
        fields = {name: value for one in self.all for name, value in one.show().items()}
        return Snapshot("", 0, "", presence=Presence(0, 0), **fields)

    def you(self, actor: Actor, now_ms: int) -> You:
        """Return what a user hears about themselves."""
        known = self.known(actor, now_ms)
        fields = {name: value for one in self.all for name, value in one.show_to(known, now_ms).items()}
        return You(user_id=actor.user_id, role=actor.role, **fields)

    def staff_snapshot(self, actor: Actor, now_ms: int) -> StaffSnapshot:
        """Return all that only staff see, as far as the actor's rights go: give it through `known`."""
        fields = {name: value for one in self.all for name, value in one.show_staff(actor, now_ms).items()}
        return StaffSnapshot(**fields)

    def bars(self, actor: Actor, now_ms: int) -> Barred | None:
        """Return why the actor may not come in; None where they may."""
        return next(filter(None, (one.bars(actor, now_ms) for one in self.all)), None)

    def greet(self, actor: Actor) -> list[Delivery]:
        """See `Feature.greet`."""
        return [delivery for one in self.all for delivery in one.greet(actor)]

    def part(self, actor: Actor) -> list[Delivery]:
        """See `Feature.part`."""
        return [delivery for one in self.all for delivery in one.part(actor)]

    def digest(self, now_ms: int) -> list[ToStaff | ToCrowd]:
        """See `Feature.digest`."""
        return [delivery for one in self.all for delivery in one.digest(now_ms)]

    def repeat(self) -> list[Delivery]:
        """See `Feature.repeat`."""
        return [delivery for one in self.all for delivery in one.repeat()]
