"""Numbers of a live session, for the host."""

import msgspec

from backend.contract.base import Message


class Activity(msgspec.Struct, frozen=True):
    """What happened in a span of time, counted from the session's event log.

    Attributes:
        joins: how often a viewer joined; coming back within 30 s of leaving does not count again.
        coins: the gifts' price.
        orders: placed in this session.
        gmv_minor: what was paid for orders of this session, in the currency's minor unit.
    """

    joins: int
    danmu: int
    likes: int
    follows: int
    gifts: int
    coins: int = 0
    orders: int = 0
    gmv_minor: int = 0


class MinuteStats(msgspec.Struct, frozen=True):
    """One minute of a session; `viewers` is the most that were in the room at once."""

    started_at_ms: int
    viewers: int
    activity: Activity


class SourceCount(msgspec.Struct, frozen=True):
    """How many joined by links with this tag; an empty one means by a link without."""

    source: str
    joins: int


class LiveStats(msgspec.Struct, frozen=True):
    """How the live session is doing, for staff.

    Attributes:
        total: since the session began.
        last_minute: in the last 60 s.
        sources: by which links they joined, most first; the first six.
        currency: of the orders (ISO 4217); empty before the first.
    """

    at_ms: int
    viewers: int
    peak: int
    followers: int
    total: Activity
    last_minute: Activity
    sources: list[SourceCount] = []
    currency: str = ""


class LiveStatsChanged(Message, frozen=True, tag="live_stats_changed"):
    """To staff who may see the numbers, once a second: how the live session is doing."""

    stats: LiveStats
