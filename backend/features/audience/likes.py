"""Likes: counted exactly, capped for each viewer, with milestones."""

from bisect import bisect_right
from typing import Final

import msgspec

from backend.contract.audience import LikeMilestoneReached, LikesChanged
from backend.contract.base import RejectReason
from backend.features.deliveries import Delivery, Rejection, ToAll, ToCrowd
from backend.limits import KeyedBuckets
from backend.log.entries import Liked

TAPS_PER_SECOND: Final = 15
MOST_AT_ONCE: Final = 60
MILESTONES: Final = (100, 500, *(step * 10**power for power in range(3, 10) for step in (1, 2, 5)))


class LikesState(msgspec.Struct):
    """What is folded: the likes of this session."""

    total: int = 0


class Likes:
    """Counts likes. A viewer who was silent for 4 s may bring up to 60 taps in one message."""

    def __init__(self, state: LikesState | None = None) -> None:
        self.state = state or LikesState()
        self._messages = KeyedBuckets(per_second=1.0, burst=2)
        self._taps = KeyedBuckets(per_second=TAPS_PER_SECOND, burst=MOST_AT_ONCE)

    def give(self, user_id: str, count: int, now_ms: int) -> Liked | Rejection:
        """Return how many of the taps count: those a finger can make."""
        if count < 1:
            return Rejection(RejectReason.MALFORMED)
        now_s = now_ms / 1000
        retry_ms = self._messages.take(user_id, now_s)
        if retry_ms:
            return Rejection(RejectReason.TOO_FAST, retry_ms)
        counted = sum(self._taps.take(user_id, now_s) == 0 for _ in range(min(count, MOST_AT_ONCE)))
        return Liked(user_id, counted) if counted else Rejection(RejectReason.TOO_FAST, 1000)

    def take(self, liked: Liked) -> list[Delivery]:
        """Count them."""
        before, self.state.total = self.state.total, self.state.total + liked.count
        told: list[Delivery] = [ToCrowd(LikesChanged(self.state.total, liked.count))]
        passed = bisect_right(MILESTONES, self.state.total)
        if passed > bisect_right(MILESTONES, before):
            told.append(ToAll(LikeMilestoneReached(MILESTONES[passed - 1])))
        return told

    def begin_session(self) -> None:
        """Count from zero."""
        self.state.total = 0
