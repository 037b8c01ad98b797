"""What is folded of gifts: the sends by their keys, combos, and the ranking of a session."""

from typing import Final

import msgspec

from backend.contract.base import Author
from backend.contract.gifts import COMBO_MS, RANKED, Contributor, Ranking, SentGift
from backend.contract.words_of import erase_words

# More than a room takes at once: each is answered by what was folded.
RETURNED_KEPT: Final = 1024


class GiftsState(msgspec.Struct):
    """What was sent, by whom, and who gave most.

    Attributes:
        session_id: the live session that takes gifts; empty where none does.
        last_sent_id: of the last send.
        keys: the sends of this session and the one before, by session, user and key.
        returned: the last gifts that could not be shown any more, by session, user and key.
        claimed: who got this session's demo coins.
        given: what each user gave in this session.
        top: users of `given`, the most generous first, at most 20.
        combos: the last send of each user whose combo may go on.
    """

    session_id: str = ""
    last_sent_id: int = 0
    keys: dict[str, dict[str, dict[str, int]]] = msgspec.field(default_factory=dict)
    returned: list[tuple[str, str, str]] = msgspec.field(default_factory=list)
    claimed: dict[str, int] = msgspec.field(default_factory=dict)
    given: dict[str, Contributor] = msgspec.field(default_factory=dict)
    top: list[str] = msgspec.field(default_factory=list)
    total_coins: int = 0
    total_gifts: int = 0
    combos: dict[str, SentGift] = msgspec.field(default_factory=dict)

    def begin_session(self, session_id: str) -> None:
        """Begin with nothing; the last session's keys stay."""
        last = next(reversed(self.keys), "")
        self.keys = {last: self.keys[last]} if last else {}
        self.session_id = session_id
        self.claimed, self.given, self.top, self.combos = {}, {}, [], {}
        self.total_coins = self.total_gifts = 0

    def was_sent(self, session_id: str, user_id: str, key: str) -> bool:
        """Whether gifts were shown that were sent by this key."""
        return key in self.keys.get(session_id, {}).get(user_id, {})

    def was_returned(self, session_id: str, user_id: str, key: str) -> bool:
        """Whether gifts that were sent by this key were given back."""
        return (session_id, user_id, key) in self.returned

    def next_gift(self, gift_id: str, count: int, coins: int, author: Author, now_ms: int) -> SentGift:
        """Return the next send; it changes nothing before `add_gift`."""
        sent_id = self.last_sent_id + 1
        combo_id, before = sent_id, 0
        last = self.combos.get(author.user_id)
        if last and last.gift_id == gift_id and now_ms - last.sent_at_ms <= COMBO_MS:
            combo_id, before = last.combo_id, last.combo
        return SentGift(sent_id, author, gift_id, count, coins, combo_id, before + count, now_ms)

    def add_gift(self, gift: SentGift, key: str) -> None:
        """Fold a send."""
        user_id = gift.author.user_id
        self.last_sent_id = gift.sent_id
        self.keys.setdefault(self.session_id, {}).setdefault(user_id, {})[key] = gift.sent_id
        self._fold_combo(gift)
        before = self.given.get(user_id)
        given = Contributor(gift.author, gift.coins + (before.coins if before else 0))
        self.given[user_id] = given
        self.total_coins += gift.coins
        self.total_gifts += gift.count
        self._rank(user_id, given.coins)

    def add_returned(self, session_id: str, user_id: str, key: str) -> None:
        """Fold that gifts were given back."""
        self.returned = [*self.returned, (session_id, user_id, key)][-RETURNED_KEPT:]

    def ranking(self) -> Ranking:
        """Return who gave most."""
        return Ranking([self.given[user_id] for user_id in self.top], self.total_coins, self.total_gifts)

    def erase(self, user_id: str) -> None:
        """Fold that somebody is gone: what they gave stays, without their name."""
        if given := self.given.get(user_id):
            self.given[user_id] = erase_words(given, user_id)
        if combo := self.combos.get(user_id):
            self.combos[user_id] = erase_words(combo, user_id)

    def _fold_combo(self, gift: SentGift) -> None:
        self.combos.pop(gift.author.user_id, None)
        self.combos[gift.author.user_id] = gift
        # The oldest stand first: what cannot go on is forgotten.
        while (oldest := next(iter(self.combos.values()))).sent_at_ms < gift.sent_at_ms - COMBO_MS:
            del self.combos[oldest.author.user_id]

    def _rank(self, user_id: str, coins: int) -> None:
        # What one gave only grows in a session, so who is not among the first now was passed by 20 others.
        if user_id in self.top:
            self.top.remove(user_id)
        place = len(self.top)
        while place and self.given[self.top[place - 1]].coins < coins:
            place -= 1
        self.top.insert(place, user_id)
        del self.top[RANKED:]
