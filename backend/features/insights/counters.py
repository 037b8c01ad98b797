"""The live numbers of a session, as a fold of the event log: totals, the last minute, minute by minute.

A user who is back within 30 s of leaving was never away: a lost line, a reload or a restarted backend makes
no further entry, and no further notice of one.
"""

from collections.abc import Callable
from typing import Any, Final, get_args

import msgspec
from typing_extensions import override

from backend.contract.base import AssistantRight
from backend.contract.insights import Activity, LiveStats, LiveStatsChanged, MinuteStats, SourceCount
from backend.contract.link_source import OTHER_SOURCES
from backend.contract.orders import PaymentState
from backend.features.actor import Actor
from backend.features.deliveries import Delivery, ToStaff
from backend.features.feature import Feature
from backend.log.entries import (
    BackendStarted,
    Entry,
    Followed,
    GiftSent,
    Joined,
    Left,
    Liked,
    Record,
    Said,
    SessionBegan,
    ShowAlive,
)
from backend.log.shop_entries import ShopOrderChanged, ShopOrderPlaced

MINUTE_MS: Final = 60_000
MINUTES: Final = 180
SECONDS: Final = 60
MAX_SOURCES: Final = 100
SOURCES_SHOWN: Final = 6
RETURN_MS: Final = 30_000


class Tally(msgspec.Struct):
    """An `Activity` that still grows."""

    joins: int = msgspec.field(default=0, name="entries")  # as older checkpoints call it
    danmu: int = 0
    likes: int = 0
    follows: int = 0
    gifts: int = 0
    coins: int = 0
    orders: int = 0
    gmv_minor: int = 0

    def add(self, other: "Tally") -> None:
        """Add what another one counted."""
        self.joins += other.joins
        self.danmu += other.danmu
        self.likes += other.likes
        self.follows += other.follows
        self.gifts += other.gifts
        self.coins += other.coins
        self.orders += other.orders
        self.gmv_minor += other.gmv_minor

    def activity(self) -> Activity:
        """Return it as it is now."""
        return Activity(**msgspec.structs.asdict(self))


class Minute(msgspec.Struct):
    """One minute; `viewers` is the most at once."""

    viewers: int
    tally: Tally


class CountersState(msgspec.Struct):
    """What is folded; minutes and seconds by their number since 1970, users by id, entries by source.

    Attributes:
        present: since when each is there.
        gone: when those left who may still come back without entering, oldest first.
    """

    present: dict[str, int] = msgspec.field(default_factory=dict)
    gone: dict[str, int] = msgspec.field(default_factory=dict)
    peak: int = 0
    total: Tally = msgspec.field(default_factory=Tally)
    minutes: dict[int, Minute] = msgspec.field(default_factory=dict)
    seconds: dict[int, Tally] = msgspec.field(default_factory=dict)
    sources: dict[str, int] = msgspec.field(default_factory=dict)
    currency: str = ""


class Counters(Feature[CountersState]):
    """Counts what happens; whatever it is, the viewers of that minute are noted.

    Args:
        followers: counts who follows the host.
        session_id: the session whose numbers they are: other sessions' orders may still be paid.
    """

    name = "counters"
    state_type = CountersState
    entries = tuple(kind for kind in get_args(Entry) if kind is not ShowAlive)

    def __init__(
        self,
        state: CountersState | None = None,
        *,
        followers: Callable[[], int] = lambda: 0,
        session_id: Callable[[], str] = lambda: "",
    ) -> None:
        self.state = state or CountersState()
        self._followers = followers
        self._session_id = session_id

    def is_return(self, record: Record) -> bool:
        """Whether a record not applied yet is the return of a user who left less than half a minute ago."""
        if not isinstance(record.entry, Joined):
            return False
        left_ms = self.state.gone.get(record.entry.user_id)
        return left_ms is not None and record.at_ms - left_ms <= RETURN_MS

    @override
    def apply(self, record: Record) -> list[Delivery]:
        state, is_return = self.state, self.is_return(record)
        counted = Tally()
        match record.entry:
            case BackendStarted():
                self._let_go(list(state.present), record.at_ms)
            case SessionBegan():
                self.state = state = CountersState(present=state.present, gone=state.gone)
            case Joined(user_id=user_id, source=source):
                state.gone.pop(user_id, None)
                state.present[user_id] = record.at_ms
                if not is_return:
                    self._count_source(source)
                    counted = Tally(joins=1)
            case Left(user_id=user_id):
                self._let_go([user_id], record.at_ms)
            case ShopOrderPlaced() | ShopOrderChanged() as entry:
                counted = self._count_order(entry)
            case entry:
                counted = _counted(entry)
        self._add(counted, record.at_ms)
        return []

    def stats(self, now_ms: int) -> LiveStats:
        """Return the numbers now."""
        last = Tally()
        for second, tally in self.state.seconds.items():
            if second > now_ms // 1000 - SECONDS:
                last.add(tally)
        return LiveStats(
            at_ms=now_ms,
            viewers=len(self.state.present),
            peak=self.state.peak,
            followers=self._followers(),
            total=self.state.total.activity(),
            last_minute=last.activity(),
            sources=self._sources(),
            currency=self.state.currency,
        )

    def minutes(self) -> list[MinuteStats]:
        """Return the last 180 minutes in which anything happened, oldest first."""
        return [
            MinuteStats(number * MINUTE_MS, minute.viewers, minute.tally.activity())
            for number, minute in self.state.minutes.items()
        ]

    @override
    def digest(self, now_ms: int) -> list[ToStaff]:
        return [ToStaff(LiveStatsChanged(self.stats(now_ms)), AssistantRight.NUMBERS)]

    @override
    def show_staff(self, actor: Actor, now_ms: int) -> dict[str, Any]:
        may_see = actor.may(AssistantRight.NUMBERS)
        return {
            "stats": self.stats(now_ms) if may_see else None,
            "minutes": self.minutes() if may_see else [],
        }

    def _sources(self) -> list[SourceCount]:
        by_count = sorted(self.state.sources.items(), key=lambda item: (-item[1], item[0]))
        return [SourceCount(source, joins) for source, joins in by_count[:SOURCES_SHOWN]]

    def _count_order(self, entry: ShopOrderPlaced | ShopOrderChanged) -> Tally:
        is_of_coins = isinstance(entry, ShopOrderPlaced) and entry.coins > 0
        if is_of_coins or entry.session_id != self._session_id():
            return Tally()
        self.state.currency = entry.currency
        match entry:
            case ShopOrderPlaced():
                is_paid = entry.payment_state is PaymentState.PAID
                return Tally(orders=1, gmv_minor=entry.total_minor if is_paid else 0)
            case ShopOrderChanged():
                return Tally(gmv_minor=entry.total_minor if entry.was_paid_now else 0)

    def _let_go(self, user_ids: list[str], at_ms: int) -> None:
        present, gone = self.state.present, self.state.gone
        for user_id in user_ids:
            if present.pop(user_id, None) is not None:
                gone.pop(user_id, None)
                gone[user_id] = at_ms
        while gone and at_ms - gone[oldest := next(iter(gone))] > RETURN_MS:
            del gone[oldest]

    def _count_source(self, source: str) -> None:
        sources = self.state.sources
        # Anybody can make up tags: they must not fill the memory.
        known = source if source in sources or len(sources) < MAX_SOURCES else OTHER_SOURCES
        sources[known] = sources.get(known, 0) + 1

    def _add(self, counted: Tally, at_ms: int) -> None:
        state, viewers = self.state, len(self.state.present)
        state.peak = max(state.peak, viewers)
        state.total.add(counted)
        minute = state.minutes.setdefault(at_ms // MINUTE_MS, Minute(viewers, Tally()))
        minute.viewers = max(minute.viewers, viewers)
        minute.tally.add(counted)
        state.seconds.setdefault(at_ms // 1000, Tally()).add(counted)
        _drop_oldest(state.minutes, MINUTES)
        _drop_oldest(state.seconds, SECONDS)


def _counted(entry: Entry) -> Tally:
    match entry:
        case Said():
            return Tally(danmu=1)
        case Liked(count=count):
            return Tally(likes=count)
        case Followed():
            return Tally(follows=1)
        case GiftSent(gift=gift):
            return Tally(gifts=gift.count, coins=gift.coins)
    return Tally()


def _drop_oldest(by_time: dict[int, Minute] | dict[int, Tally], most: int) -> None:
    while len(by_time) > most:
        del by_time[next(iter(by_time))]
