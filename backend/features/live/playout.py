"""How far viewers are behind the host, in the middle: with it, the host's "go" meets the button.

Nothing of it is logged: whoever takes the room over hears it again within a minute.
"""

from collections.abc import Sequence
from statistics import median
from typing import Any, ClassVar, Final

import msgspec
from typing_extensions import override

from backend.contract.base import AssistantRight, Message, RejectReason, Role
from backend.contract.playout import PlayoutChanged, ReportPlayout
from backend.features.actor import Actor
from backend.features.deliveries import Decision, Delivery, Rejection, ToStaff
from backend.features.feature import Anyone, Feature

LASTS_MS: Final = 150_000
MOST: Final = 2000
STEP_MS: Final = 10


class PlayoutState(msgspec.Struct):
    """Nothing is folded."""


class Playout(Feature[PlayoutState]):
    """Remembers what players report, the newest of each viewer and of so many viewers."""

    name = "playout"
    state_type = PlayoutState
    commands: ClassVar = {ReportPlayout: Anyone.ANYONE}

    def __init__(self) -> None:
        self.state = PlayoutState()
        self._reports: dict[str, tuple[int, int]] = {}

    @override
    def decide(self, command: Message, actor: Actor, now_ms: int) -> Decision:
        if not isinstance(command, ReportPlayout) or actor.role is not Role.VIEWER:
            return Rejection(RejectReason.FORBIDDEN)
        self._reports.pop(actor.user_id, None)
        self._reports[actor.user_id] = (now_ms, command.delay_ms)
        if len(self._reports) > MOST:
            del self._reports[next(iter(self._reports))]
        return ()

    @override
    def digest(self, now_ms: int) -> Sequence[ToStaff]:
        median_ms = self._median_ms(now_ms)
        return () if median_ms is None else [ToStaff(PlayoutChanged(median_ms), AssistantRight.CAMPAIGNS)]

    @override
    def show_staff(self, actor: Actor, now_ms: int) -> dict[str, Any]:
        may_see = actor.may(AssistantRight.CAMPAIGNS)
        return {"playout_ms": self._median_ms(now_ms) if may_see else None}

    def _median_ms(self, now_ms: int) -> int | None:
        while self._reports and now_ms - self._reports[oldest := next(iter(self._reports))][0] > LASTS_MS:
            del self._reports[oldest]
        if not self._reports:
            return None
        middle = median(delay_ms for _, delay_ms in self._reports.values())
        return round(middle / STEP_MS) * STEP_MS

    @override
    def erase(self, user_id: str) -> list[Delivery]:
        self._reports.pop(user_id, None)
        return []
