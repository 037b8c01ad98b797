"""Gifts: who has how many coins, who sent what, which sends make a combo, and who gave most."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from backend.contract.base import Author, RejectReason, Role
from backend.contract.chat import Danmu, PaidDanmuSent
from backend.contract.gifts import (
    ClaimDemoCoins,
    Contributor,
    GiftsSent,
    Ranking,
    SendGift,
    SentGift,
    WalletChanged,
)
from backend.features.deliveries import Delivery, Rejection, ToAll, ToUser
from backend.features.gifts.catalog import GiftShelf
from backend.limits import KeyedBuckets
from backend.log.entries import CoinsGranted, GiftSent, MoneyEntry

COMBO_MS: Final = 6_000
RANKED: Final = 20
COUNTS: Final = range(1, 1000)
PER_SECOND: Final = 4.0
AT_ONCE: Final = 12
DEMO: Final = "demo"
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{8,36}")


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


class Gifts:
    """Takes gifts and keeps the wallets."""

    def __init__(self, shelf: GiftShelf, state: GiftsState | None = None) -> None:
        self.state = state or GiftsState()
        self._shelf = shelf
        self._pace = KeyedBuckets(per_second=PER_SECOND, burst=AT_ONCE)

    # --- Commands ---

    def decide(
        self, command: SendGift | ClaimDemoCoins, author: Author, now_ms: int
    ) -> GiftSent | CoinsGranted | Rejection | None:
        """Return what a command makes; None where it was carried out before."""
        if author.role is not Role.VIEWER:
            return Rejection(RejectReason.FORBIDDEN)  # who sells here does not give to themselves
        if isinstance(command, SendGift):
            return self._send(command, author, now_ms)
        return self._claim(author)

    def _send(self, command: SendGift, author: Author, now_ms: int) -> GiftSent | Rejection | None:
        if not _KEY.fullmatch(command.key) or command.count not in COUNTS:
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

    def _claim(self, author: Author) -> CoinsGranted | Rejection:
        if not self._shelf.demo_coins:
            return Rejection(RejectReason.FORBIDDEN)
        if not self.state.session_id:
            return Rejection(RejectReason.NOT_LIVE)
        if author.user_id in self.state.claimed:
            return Rejection(RejectReason.ALREADY)
        return CoinsGranted(author, self._shelf.demo_coins, DEMO)

    # --- What has happened ---

    def take(self, entry: MoneyEntry) -> list[Delivery]:
        """Move the coins; a gift reaches everybody."""
        match entry:
            case CoinsGranted(author=author, coins=coins):
                self._add(author.user_id, coins)
                self.state.claimed[author.user_id] = coins
                return [self._told_of(author.user_id)]
            case GiftSent(gift=gift, key=key):
                self._take_gift(gift, key)
                return [ToAll(GiftsSent([gift])), self._told_of(gift.author.user_id)]

    def _take_gift(self, gift: SentGift, key: str) -> None:
        state, user_id = self.state, gift.author.user_id
        state.last_sent_id = gift.sent_id
        self._add(user_id, -gift.coins)
        state.keys.setdefault(state.session_id, {}).setdefault(user_id, {})[key] = gift.sent_id
        self._note_combo(gift)
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

    def _note_combo(self, gift: SentGift) -> None:
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

    def begin_session(self, session_id: str) -> None:
        """Take gifts, and count from zero; coins stay, and the last session's keys too."""
        state = self.state
        last = next(reversed(state.keys), "")
        state.keys = {last: state.keys[last]} if last else {}
        state.session_id = session_id
        state.claimed, state.given, state.top, state.combos = {}, {}, [], {}
        state.total_coins = state.total_gifts = 0

    def end_session(self) -> None:
        """Take no more gifts; who gave most stays to be seen."""
        self.state.session_id = ""

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

    def _told_of(self, user_id: str) -> ToUser:
        return ToUser(user_id, self.wallet(user_id))


def gathered(told: Sequence[Delivery]) -> list[Delivery]:
    """Put all gifts of one transaction into one event, and all that was said with them into another.

    Of each combo the last send stands for it; the words are all there.
    """
    latest: dict[int, SentGift] = {}
    words: list[Danmu] = []
    rest: list[Delivery] = []
    for item in told:
        match item:
            case ToAll(event=GiftsSent(gifts=gifts)):
                for gift in gifts:
                    latest.pop(gift.combo_id, None)
                    latest[gift.combo_id] = gift
            case ToAll(event=PaidDanmuSent(danmu=danmu)):
                words += danmu
            case _:
                rest.append(item)
    first: list[Delivery] = [ToAll(GiftsSent(list(latest.values())))] if latest else []
    return [*first, *([ToAll(PaidDanmuSent(words))] if words else []), *rest]
