"""Gifts: who sent what, which sends make a combo, and who gave most; the shop decides who can pay."""

from collections.abc import Awaitable
from typing import Any, ClassVar, Final, Protocol

from typing_extensions import override

from backend.contract.base import Message, RejectReason, Role
from backend.contract.gifts import (
    COUNTS,
    KEY,
    ClaimDemoCoins,
    GiftsSent,
    Ranking,
    RankingChanged,
    SendGift,
    SentGift,
    WalletChanged,
)
from backend.features.actor import Actor
from backend.features.deliveries import (
    Decision,
    Delegated,
    Delivery,
    Entries,
    Rejection,
    ToAll,
    ToCrowd,
    ToUser,
)
from backend.features.feature import Anyone, AuthorOf, Feature
from backend.features.gifts.catalog import GiftShelf
from backend.features.gifts.gifts_state import GiftsState
from backend.features.gifts.returned_gifts import ReturnedGifts
from backend.limits import KeyedBuckets
from backend.log.entries import CoinsGranted, GiftReturned, GiftSent, Record
from backend.money.wallet import NotMoved, Purse
from backend.shop.coins.buying import GiftWish, Grant
from backend.shop.coins.messages import CoinsCame, GiftPaid
from backend.shop.coins.purses import Purses

PER_SECOND: Final = 4.0
AT_ONCE: Final = 12
DEMO: Final = "demo"


class Say(Protocol):
    """Decides what is said with a gift of so many coins."""

    def __call__(self, text: str, actor: Actor, now_ms: int, coins: int) -> Entries | Rejection:
        """Return the entries that the words make, or why they are refused."""


class GiftShop(Protocol):
    """The shop's wallets, for one room; what became of it comes back as `GiftPaid` or `CoinsCame`."""

    def give(self, wish: GiftWish) -> Awaitable[Purse | NotMoved]:
        """Let a viewer pay for gifts."""

    def grant(self, grant: Grant) -> Awaitable[Purse | NotMoved]:
        """Give a viewer coins."""


class Gifts(Feature[GiftsState]):
    """Asks the shop to take the coins of gifts, and shows what was paid.

    A gift is decided twice: before it is paid, so that nothing is paid in vain, and when the shop says that
    it was. What cannot be shown then any more is given back in the transaction that says so.

    Args:
        shelf: what can be given.
        author: how others see who gives.
        say: decides about the words that go with a gift.
        say_paid: does so again when they are paid, whatever their pace.
        purses: what viewers have, as far as it is known here.
        shop: moves the coins; without one nothing can be given.
        room_id: of the rows of what is given back; empty for none.
    """

    name = "gifts"
    state_type = GiftsState
    commands: ClassVar = {
        SendGift: Anyone.ANYONE,
        ClaimDemoCoins: Anyone.ANYONE,
        GiftPaid: Anyone.HOST,
        CoinsCame: Anyone.HOST,
    }
    entries = (CoinsGranted, GiftSent, GiftReturned)

    def __init__(
        self,
        shelf: GiftShelf,
        state: GiftsState | None = None,
        *,
        author: AuthorOf,
        say: Say,
        say_paid: Say,
        purses: Purses | None = None,
        shop: GiftShop | None = None,
        room_id: str = "",
    ) -> None:
        self.state = state or GiftsState()
        self._shelf = shelf
        self._author = author
        self._say = say
        self._say_paid = say_paid
        self._purses = purses or Purses()
        self._shop = shop
        self._pace = KeyedBuckets(per_second=PER_SECOND, burst=AT_ONCE)
        self.companions = (ReturnedGifts(room_id),) if room_id else ()

    # --- Commands ---

    @override
    def decide(self, command: Message, actor: Actor, now_ms: int) -> Decision:
        match command:
            case GiftPaid():
                return self._show(command, now_ms)
            case CoinsCame(user_id=user_id, coins=coins, reason=reason, outbox_id=outbox_id):
                author = self._author(Actor(user_id, Role.VIEWER))
                purse = (command.left, command.wallet_version)
                return (CoinsGranted(author, coins, reason, outbox_id, *purse, command.session_id),)
        if actor.role is not Role.VIEWER:
            return Rejection(RejectReason.FORBIDDEN)  # who sells here does not give to themselves
        match command:
            case SendGift():
                return self._give(command, actor, now_ms)
            case ClaimDemoCoins():
                return self._claim(actor.user_id)
        return super().decide(command, actor, now_ms)

    def _give(self, command: SendGift, actor: Actor, now_ms: int) -> Decision:
        wish = self._wish(command, actor.user_id)
        if not isinstance(wish, GiftWish):
            return wish
        if hindered := self._hinders(wish, now_ms):
            return hindered
        said = self._say(wish.text, actor, now_ms, wish.coins) if wish.text else ()
        if isinstance(said, Rejection):
            return said
        shop = self._shop
        if shop is None:
            return Rejection(RejectReason.UNAVAILABLE)
        return Delegated(lambda: shop.give(wish), lambda result: self._answer(result, wish))

    def _wish(self, command: SendGift, user_id: str) -> GiftWish | Decision:
        if not KEY.fullmatch(command.key) or command.count not in COUNTS:
            return Rejection(RejectReason.MALFORMED)
        session_id, key = command.session_id, command.key
        if self.state.was_sent(session_id, user_id, key):
            return ()
        if not self.state.session_id or session_id != self.state.session_id:
            return Rejection(RejectReason.NOT_LIVE)
        gift = self._shelf.get(command.gift_id)
        if gift is None:
            return Rejection(RejectReason.UNKNOWN_GIFT)
        coins = gift.coins * command.count
        return GiftWish(session_id, user_id, key, gift.gift_id, command.count, coins, command.text)

    def _hinders(self, wish: GiftWish, now_ms: int) -> Rejection | None:
        # The shop counts; what it would refuse need not come to it.
        if wish.coins > self._purses.coins(wish.user_id):
            return Rejection(RejectReason.NOT_ENOUGH_COINS)
        retry_ms = self._pace.take(wish.user_id, now_ms / 1000)
        return Rejection(RejectReason.TOO_FAST, retry_ms) if retry_ms else None

    def _answer(self, result: Purse | NotMoved, wish: GiftWish) -> Rejection | None:
        if result is NotMoved.NOT_ENOUGH:
            return Rejection(RejectReason.NOT_ENOUGH_COINS)
        if result is NotMoved.AGE_UNCONFIRMED:
            return Rejection(RejectReason.AGE_UNCONFIRMED)
        # Paid, now or before: where the room could not hear of it yet, it will.
        is_returned = self.state.was_returned(wish.session_id, wish.user_id, wish.key)
        return Rejection(RejectReason.NOT_LIVE) if is_returned else None

    def _show(self, paid: GiftPaid, now_ms: int) -> Entries:
        actor = Actor(paid.user_id, Role.VIEWER)
        is_shown = paid.session_id == self.state.session_id and self._shelf.get(paid.gift_id) is not None
        said = self._say_paid(paid.text, actor, now_ms, paid.coins) if is_shown and paid.text else ()
        if not is_shown or isinstance(said, Rejection):
            returned = GiftReturned(
                paid.outbox_id,
                paid.session_id,
                paid.user_id,
                paid.key,
                paid.gift_id,
                paid.count,
                paid.coins,
            )
            return (returned,)
        gift = self.state.next_gift(paid.gift_id, paid.count, paid.coins, self._author(actor), now_ms)
        return (GiftSent(gift, paid.key, paid.outbox_id, paid.left, paid.wallet_version), *said)

    def _claim(self, user_id: str) -> Decision:
        shop = self._shop
        if shop is None or not self._shelf.demo_coins:
            return Rejection(RejectReason.FORBIDDEN)
        if not self.state.session_id:
            return Rejection(RejectReason.NOT_LIVE)
        if user_id in self.state.claimed:
            return Rejection(RejectReason.ALREADY)
        grant = Grant(self.state.session_id, user_id, self._shelf.demo_coins, DEMO)
        return Delegated(lambda: shop.grant(grant), _answer_grant)

    # --- What has happened ---

    @override
    def apply(self, record: Record) -> list[Delivery]:
        match record.entry:
            case CoinsGranted(author=author, coins=coins) as granted:
                self._hear(author.user_id, granted)
                # What a session before this one granted may come late; old entries do not say which it was.
                if granted.reason == DEMO and granted.session_id in {"", self.state.session_id}:
                    self.state.claimed[author.user_id] = coins
                return [self._wallet_to(author.user_id)]
            case GiftSent(gift=gift, key=key) as sent:
                self._hear(gift.author.user_id, sent)
                self.state.add_gift(gift, key)
                return [ToAll(GiftsSent([gift])), self._wallet_to(gift.author.user_id)]
            case GiftReturned(session_id=session_id, user_id=user_id, key=key):
                self.state.add_returned(session_id, user_id, key)
        return []

    def _hear(self, user_id: str, moved: CoinsGranted | GiftSent) -> None:
        if moved.wallet_version:
            self._purses.hear(Purse(user_id, moved.left, moved.wallet_version))

    @override
    def refresh(self) -> list[Delivery]:
        return [self._wallet_to(user_id) for user_id in self._purses.refresh()]

    @override
    def begin_session(self, session_id: str) -> list[Delivery]:
        self.state.begin_session(session_id)
        return []

    @override
    def end_session(self) -> list[Delivery]:
        # Who gave most stays to be seen.
        self.state.session_id = ""
        return []

    @override
    def erase(self, user_id: str) -> list[Delivery]:
        self.state.erase(user_id)
        return []

    # --- What is shown ---

    def ranking(self) -> Ranking:
        """Return who gave most."""
        return self.state.ranking()

    def wallet(self, user_id: str) -> WalletChanged:
        """Return what a user has and may claim."""
        given = self.state.given.get(user_id)
        return WalletChanged(
            coins=self._purses.coins(user_id),
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


def _answer_grant(result: Purse | NotMoved) -> Rejection | None:
    return Rejection(RejectReason.ALREADY) if isinstance(result, NotMoved) else None
