"""How much of a counter came from one address: what stuffing can move is marked in the audit log.

Addresses come as keyed digests, stay in memory, and end with what is counted; the log gets shares alone.
After a restart, or under another owner, only what came since is known.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

import msgspec
from typing_extensions import override

from backend.features.actor import Actor
from backend.features.feature import Feature
from backend.log.entries import (
    CheckedIn,
    CounterMarked,
    Entry,
    Followed,
    Liked,
    PollEnded,
    PollReopened,
    Requested,
    SessionBegan,
    SessionEnded,
    Voted,
)

MOST_ORIGINS: Final = 20_000
VOTES: Final = "votes"
OF_SESSION: Final = ("likes", "follows", "check_ins", "requests")


class Shares:
    """Counts by counter and origin."""

    def __init__(self) -> None:
        self._counts: dict[str, Counter[str]] = {}
        self._last_votes: Counter[str] = Counter()

    def add(self, entry: Entry, actor: Actor) -> None:
        """Count what an actor did, where it moves a counter."""
        match entry:
            case Voted():
                self._count(VOTES, actor, 1)
            case Liked(count=count):
                self._count("likes", actor, count)
            case Followed():
                self._count("follows", actor, 1)
            case CheckedIn():
                self._count("check_ins", actor, 1)
            case Requested():
                self._count("requests", actor, 1)
            case _:
                pass

    def end(self, entry: Entry, question: str) -> list[CounterMarked]:
        """Return the marks of what an entry ends; `question` is that of the poll.

        A poll that takes votes again goes on from those that it had: it is marked at each of its ends.
        """
        match entry:
            case PollEnded() | SessionBegan():
                self._last_votes = self._counts.get(VOTES, Counter())
                return self._marks((VOTES,), question)
            case PollReopened():
                self._counts[VOTES] = self._last_votes
                return []
            case SessionEnded():
                return self._marks(OF_SESSION, "")
            case _:
                return []

    def _count(self, counter: str, actor: Actor, count: int) -> None:
        counts = self._counts.setdefault(counter, Counter())
        # Beyond this many addresses none has a large share, and they must not fill the memory.
        origin = actor.origin if actor.origin in counts or len(counts) < MOST_ORIGINS else ""
        counts[origin] += count

    def _marks(self, counters: tuple[str, ...], about: str) -> list[CounterMarked]:
        ended = [(counter, self._counts.pop(counter, Counter())) for counter in counters]
        return [_mark(counter, about, counts) for counter, counts in ended if counts]


class ShareMarksState(msgspec.Struct):
    """Nothing: the counts are no part of the log."""


class ShareMarks(Feature[ShareMarksState]):
    """Marks in the log how much of each counter one address made up.

    Args:
        shares: the counts; they outlive the feature.
        question: that of the poll.
    """

    name = "share_marks"
    state_type = ShareMarksState
    entries = (
        Voted, Liked, Followed, CheckedIn, Requested,
        PollEnded, PollReopened, SessionBegan, SessionEnded,
    )  # fmt: skip

    def __init__(self, shares: Shares, *, question: Callable[[], str]) -> None:
        self.state = ShareMarksState()
        self._shares = shares
        self._question = question

    @override
    def witness(self, entry: Entry, actor: Actor) -> None:
        self._shares.add(entry, actor)

    @override
    def derive(self, entry: Entry) -> Sequence[Entry]:
        return self._shares.end(entry, self._question())


def _mark(counter: str, about: str, counts: Counter[str]) -> CounterMarked:
    known = [count for origin, count in counts.items() if origin]
    return CounterMarked(counter, about, counts.total(), max(known, default=0), len(known))
