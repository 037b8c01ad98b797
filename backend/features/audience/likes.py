"""Likes: counted exactly, capped for each viewer, with milestones."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, ClassVar, Final

import msgspec
from typing_extensions import override

from backend.contract.audience import (
    MOST_TAPS,
    TAPS_PER_SECOND,
    LikeMilestoneReached,
    LikesChanged,
    SendLikes,
)
from backend.contract.base import Message, RejectReason
from backend.features.actor import Actor
from backend.features.deliveries import Decision, Delivery, Rejection, ToAll, ToCrowd
from backend.features.feature import Anyone, Feature
from backend.features.merging import Merge
from backend.limits import KeyedBuckets
from backend.log.entries import Liked, Record

MILESTONES: Final = (100, 500, *(step * 10**power for power in range(3, 10) for step in (1, 2, 5)))


class LikesState(msgspec.Struct):
    """What is folded: the likes of this session."""

    total: int = 0


class _AddLikes(Merge[LikesChanged]):
    @override
    def merge(self, events: Sequence[LikesChanged]) -> LikesChanged:
        return LikesChanged(events[-1].total, sum(event.recent for event in events))


class Likes(Feature[LikesState]):
    """Counts likes. A viewer who was silent for 4 s may bring up to 60 taps in one message."""

    name = "likes"
    state_type = LikesState
    commands: ClassVar = {SendLikes: Anyone.ANYONE}
    entries = (Liked,)
    merges: ClassVar = {LikesChanged: _AddLikes()}

    def __init__(self, state: LikesState | None = None) -> None:
        self.state = state or LikesState()
        self._messages = KeyedBuckets(per_second=1.0, burst=2)
        self._taps = KeyedBuckets(per_second=TAPS_PER_SECOND, burst=MOST_TAPS)

    @override
    def decide(self, command: Message, actor: Actor, now_ms: int) -> Decision:
        match command:
            case SendLikes(count=count):
                return self._give(actor.user_id, count, now_ms)
        return super().decide(command, actor, now_ms)

    def _give(self, user_id: str, count: int, now_ms: int) -> Decision:
        # Those taps count that a finger can make.
        if count < 1:
            return Rejection(RejectReason.MALFORMED)
        now_s = now_ms / 1000
        retry_ms = self._messages.take(user_id, now_s)
        if retry_ms:
            return Rejection(RejectReason.TOO_FAST, retry_ms)
        counted = sum(self._taps.take(user_id, now_s) == 0 for _ in range(min(count, MOST_TAPS)))
        return (Liked(user_id, counted),) if counted else Rejection(RejectReason.TOO_FAST, 1000)

    @override
    def apply(self, record: Record) -> list[Delivery]:
        if not isinstance(record.entry, Liked):
            return []
        count = record.entry.count
        before, self.state.total = self.state.total, self.state.total + count
        deliveries: list[Delivery] = [ToCrowd(LikesChanged(self.state.total, count))]
        passed = bisect_right(MILESTONES, self.state.total)
        if passed > bisect_right(MILESTONES, before):
            deliveries.append(ToAll(LikeMilestoneReached(MILESTONES[passed - 1])))
        return deliveries

    @override
    def begin_session(self, session_id: str) -> list[Delivery]:
        self.state.total = 0
        return [ToCrowd(LikesChanged(0, 0))]

    @override
    def show(self) -> dict[str, Any]:
        return {"likes": self.state.total}
