"""Gifts: who has how many coins, who sent what, which sends make a combo, and who gave most."""

from typing import Any, ClassVar, Final, Protocol

import msgspec
from typing_extensions import override

from backend.contract.base import Author, Message, RejectReason, Role
from backend.contract.gifts import (
    COMBO_MS,
    COUNTS,
    KEY,
    RANKED,
    ClaimDemoCoins,
    Contributor,
    GiftsSent,
    Ranking,
    RankingChanged,
    SendGift,
    SentGift,
    WalletChanged,
)
from backend.features.actor import Actor
from backend.features.deliveries import Decision, Delivery, Entries, Rejection, ToAll, ToCrowd, ToUser
from backend.features.feature import Anyone, AuthorOf, Feature
from backend.features.gifts.catalog import GiftShelf
from backend.limits import KeyedBuckets
from backend.log.entries import CoinsGranted, GiftSent, Record
from backend.money.wallet import WalletJournal

PER_SECOND: Final = 4.0
AT_ONCE: Final = 12
DEMO: Final = "demo"


class Say(Protocol):
    """Decides what is said with a gift of so many coins."""

    def __call__(self, text: str, actor: Actor, now_ms: int, coins: int) -> Entries | Rejection:
        """Return the entries that the words make, or why they are refused."""


class GiftsState(msgspec.Struct):
    """What is folded.

    Attributes:
        session_id: the live session that takes gifts; empty where none does.
        last_sent_id: of the last send.
        coins: what each user has, for good.
        keys: the sends of this session and the one before, by session, user and key.
        claimed: who got this session's demo coins.
        given: what each user gave in this session.
        top: users of `given`, the most generous first, at most 20.
        combos: the last send of each user whose combo may go on.
    """

    session_id: str = ""
    last_sent_id: int = 0
    coins: dict[str, int] = msgspec.field(default_factory=dict)
    keys: dict[str, dict[str, dict[str, int]]] = msgspec.field(default_factory=dict)
    claimed: dict[str, int] = msgspec.field(default_factory=dict)
    given: dict[str, Contributor] = msgspec.field(default_factory=dict)
    top: list[str] = msgspec.field(default_factory=list)
    total_coins: int = 0
    total_gifts: int = 0
    combos: dict[str, SentGift] = msgspec.field(default_factory=dict)


class Gifts(Feature[GiftsState]):
    """Takes gifts and keeps the wallets.

    Args:
        shelf: what can be given.
        author: how others see who gives.
        say: decides about the words that go with a gift.
        room_id: of the wallet's rows; empty for none.
    """

    name = "gifts"
    state_type = GiftsState
    commands: ClassVar = {SendGift: Anyone.ANYONE, ClaimDemoCoins: Anyone.ANYONE}
    entries = (CoinsGranted, GiftSent)

    def __init__(
        self,
        shelf: GiftShelf,
        state: GiftsState | None = None,
        *,
        author: AuthorOf,
        say: Say,
        room_id: str = "",
    ) -> None:
        self.state = state or GiftsState()
        self._shelf = shelf
        self._author = author
        self._say = say
        self._pace = KeyedBuckets(per_second=PER_SECOND, burst=AT_ONCE)
        self.companions = (WalletJournal(room_id),) if room_id else ()

    # --- Commands ---

    @override
    def decide(self, command: Message, actor: Actor, now_ms: int) -> Decision:
        if actor.role is not Role.VIEWER:
            return Rejection(RejectReason.FORBIDDEN)  # who sells here does not give to themselves
        match command:
            case SendGift():
                return self._give(command, actor, now_ms)
            case ClaimDemoCoins():
                return self._claim(self._author(actor))
        return super().decide(command, actor, now_ms)

    def _give(self, command: SendGift, actor: Actor, now_ms: int) -> Decision:
        sent = self._send(command, self._author(actor), now_ms)
        if not isinstance(sent, GiftSent):
            return sent or ()
        if not command.text:
            return (sent,)
        said = self._say(command.text, actor, now_ms, sent.gift.coins)
        return said if isinstance(said, Rejection) else (sent, *said)

    def _send(self, command: SendGift, author: Author, now_ms: int) -> GiftSent | Rejection | None:
        if not KEY.fullmatch(command.key) or command.count not in COUNTS:
            return Rejection(RejectReason.MALFORMED)
        if command.key in self.state.keys.get(command.session_id, {}).get(author.user_id, {}):
            return None
        if not self.state.session_id or command.session_id != self.state.session_id:
            return Rejection(RejectReason.NOT_LIVE)
        gift = self._shelf.get(command.gift_id)
        if gift is None:
            return Rejection(RejectReason.UNKNOWN_GIFT)
        coins = gift.coins * command.count
        sent = self._sent(gift.gift_id, command.count, coins, author, now_ms)
        return self._hinders(author.user_id, coins, now_ms) or GiftSent(sent, command.key)

    def _hinders(self, user_id: str, coins: int, now_ms: int) -> Rejection | None:
        if coins > self.state.coins.get(user_id, 0):
            return Rejection(RejectReason.NOT_ENOUGH_COINS)
        retry_ms = self._pace.take(user_id, now_ms / 1000)
        return Rejection(RejectReason.TOO_FAST, retry_ms) if retry_ms else None

    def _sent(self, gift_id: str, count: int, coins: int, author: Author, now_ms: int) -> SentGift:
        sent_id = self.state.last_sent_id + 1
        combo_id, before = sent_id, 0
        last = self.state.combos.get(author.user_id)
        if last and last.gift_id == gift_id and now_ms - last.sent_at_ms <= COMBO_MS:
            combo_id, before = last.combo_id, last.combo
        return SentGift(sent_id, author, gift_id, count, coins, combo_id, before + count, now_ms)

    def _claim(self, author: Author) -> Decision:
        if not self._shelf.demo_coins:
            return Rejection(RejectReason.FORBIDDEN)
        if not self.state.session_id:
            return Rejection(RejectReason.NOT_LIVE)
        if author.user_id in self.state.claimed:
            return Rejection(RejectReason.ALREADY)
        return (CoinsGranted(author, self._shelf.demo_coins, DEMO),)

    # --- What has happened ---

    @override
    def apply(self, record: Record) -> list[Delivery]:
        match record.entry:
            case CoinsGranted(author=author, coins=coins):
                self._add(author.user_id, coins)
                self.state.claimed[author.user_id] = coins
                return [self._wallet_to(author.user_id)]
            case GiftSent(gift=gift, key=key):
                self._apply_gift(gift, key)
                return [ToAll(GiftsSent([gift])), self._wallet_to(gift.author.user_id)]
        return []

    def _apply_gift(self, gift: SentGift, key: str) -> None:
        state, user_id = self.state, gift.author.user_id
        state.last_sent_id = gift.sent_id
        self._add(user_id, -gift.coins)
        state.keys.setdefault(state.session_id, {}).setdefault(user_id, {})[key] = gift.sent_id
        self._fold_combo(gift)
        before = state.given.get(user_id)
        given = Contributor(gift.author, gift.coins + (before.coins if before else 0))
        state.given[user_id] = given
        state.total_coins += gift.coins
        state.total_gifts += gift.count
        self._rank(user_id, given.coins)

    def _add(self, user_id: str, coins: int) -> None:
        left = self.state.coins.pop(user_id, 0) + coins
        if left:
            self.state.coins[user_id] = left

    def _fold_combo(self, gift: SentGift) -> None:
        combos = self.state.combos
        combos.pop(gift.author.user_id, None)
        combos[gift.author.user_id] = gift
        # The oldest stand first: what cannot go on is forgotten.
        while (oldest := next(iter(combos.values()))).sent_at_ms < gift.sent_at_ms - COMBO_MS:
            del combos[oldest.author.user_id]

    def _rank(self, user_id: str, coins: int) -> None:
        # What one gave only grows in a session, so who is not among the first now was passed by 20 others.
        top, given = self.state.top, self.state.given
        if user_id in top:
            top.remove(user_id)
        place = len(top)
        while place and given[top[place - 1]].coins < coins:
            place -= 1
        top.insert(place, user_id)
        del top[RANKED:]

    @override
    def begin_session(self, session_id: str) -> list[Delivery]:
        # Coins stay, and the last session's keys too.
        state = self.state
        last = next(reversed(state.keys), "")
        state.keys = {last: state.keys[last]} if last else {}
        state.session_id = session_id
        state.claimed, state.given, state.top, state.combos = {}, {}, [], {}
        state.total_coins = state.total_gifts = 0
        return []

    @override
    def end_session(self) -> list[Delivery]:
        # Who gave most stays to be seen.
        self.state.session_id = ""
        return []

    # --- What is shown ---

    def ranking(self) -> Ranking:
        """Return who gave most."""
        state = self.state
        return Ranking([state.given[user_id] for user_id in state.top], state.total_coins, state.total_gifts)

    def wallet(self, user_id: str) -> WalletChanged:
        """Return what a user has and may claim."""
        given = self.state.given.get(user_id)
        return WalletChanged(
            coins=self.state.coins.get(user_id, 0),
            given=given.coins if given else 0,
            demo_coins=self._shelf.demo_coins,
            has_claimed=user_id in self.state.claimed,
        )

    @override
    def show(self) -> dict[str, Any]:
        return {"ranking": self.ranking()}

    @override
    def greet(self, actor: Actor) -> list[Delivery]:
        return [self._wallet_to(actor.user_id)]

    @override
    def digest(self, now_ms: int) -> list[ToCrowd]:
        return [ToCrowd(RankingChanged(self.ranking()))]

    @override
    def gather(self, deliveries: list[Delivery]) -> list[Delivery]:
        # Of each combo the last send stands for it.
        latest: dict[int, SentGift] = {}
        rest: list[Delivery] = []
        for delivery in deliveries:
            match delivery:
                case ToAll(event=GiftsSent(gifts=gifts)):
                    for gift in gifts:
                        latest.pop(gift.combo_id, None)
                        latest[gift.combo_id] = gift
                case _:
                    rest.append(delivery)
        return [ToAll(GiftsSent(list(latest.values()))), *rest] if latest else deliveries

    def _wallet_to(self, user_id: str) -> ToUser:
        return ToUser(user_id, self.wallet(user_id))
