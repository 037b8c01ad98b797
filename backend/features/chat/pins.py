"""Danmu chosen one by one: deleted, brought back, or pinned above the chat for a time."""

from typing import Final

import msgspec

from backend.contract.base import Author, RejectReason
from backend.contract.chat import (
    Danmu,
    DanmuPinned,
    DanmuUnpinned,
    DeleteDanmu,
    ModerationAction,
    ModerationCommand,
    PinDanmu,
    Pinned,
    RestoreDanmu,
    UnpinDanmu,
)
from backend.features.chat.danmu import DanmuBook, Hidden
from backend.features.chat.moderation_action import Planned, PlannedAction
from backend.features.deliveries import Delivery, ToAll
from backend.log.entries import PinExpired

PIN_SECONDS: Final = range(5, 3600 + 1)


class ChosenState(msgspec.Struct):
    """What is folded: the danmu that is pinned."""

    pinned: Pinned | None = None


class Chosen:
    """Deletes and pins."""

    def __init__(self, book: DanmuBook, state: ChosenState | None = None) -> None:
        self.state = state or ChosenState()
        self._book = book

    def plan(self, command: ModerationCommand, _by: Author, now_ms: int) -> Planned:
        """See `ModerationPart.plan`."""
        match command:
            case UnpinDanmu():
                pinned = self.state.pinned
                return PlannedAction(_quoted(pinned.danmu), self._pin_again(now_ms)) if pinned else None
            case DeleteDanmu() | RestoreDanmu() | PinDanmu():
                danmu = self._book.get(command.danmu_id)
                return RejectReason.UNKNOWN_DANMU if danmu is None else self._plan(command, danmu, now_ms)
        return None

    def _plan(self, command: DeleteDanmu | RestoreDanmu | PinDanmu, danmu: Danmu, now_ms: int) -> Planned:
        danmu_id, is_hidden = danmu.danmu_id, self._book.is_hidden(danmu.danmu_id)
        match command:
            case DeleteDanmu():
                return None if is_hidden else PlannedAction(_quoted(danmu), RestoreDanmu(danmu_id))
            case RestoreDanmu():
                return PlannedAction(_quoted(danmu), DeleteDanmu(danmu_id)) if is_hidden else None
            case PinDanmu(seconds=seconds):
                if is_hidden:
                    return RejectReason.UNKNOWN_DANMU
                plan = PlannedAction(_quoted(danmu), self._pin_again(now_ms))
                return plan if seconds in PIN_SECONDS else RejectReason.MALFORMED

    def take(self, action: ModerationAction) -> list[Delivery]:
        """See `ModerationPart.take`."""
        match action.command:
            case DeleteDanmu(danmu_id=danmu_id):
                return self._book.hide([danmu_id], Hidden.DELETED)
            case RestoreDanmu(danmu_id=danmu_id):
                return self._book.show([danmu_id], Hidden.DELETED | Hidden.MUTED | Hidden.BLOCKED)
            case PinDanmu(danmu_id=danmu_id, seconds=seconds):
                danmu = self._book.get(danmu_id)
                return self._pin(danmu, action.at_ms + seconds * 1000) if danmu else []
            case UnpinDanmu():
                return self.unpin()
        return []

    def due(self, now_ms: int) -> list[PinExpired]:
        """Return the end of the pin when its time is over."""
        pinned = self.state.pinned
        return [PinExpired()] if pinned and pinned.until_ms <= now_ms else []

    def unpin(self) -> list[Delivery]:
        """Take the pinned danmu down."""
        if self.state.pinned is None:
            return []
        self.state.pinned = None
        return [ToAll(DanmuUnpinned())]

    def unpin_hidden(self) -> list[Delivery]:
        """Take the pinned danmu down if viewers may not see it any more."""
        pinned = self.state.pinned
        return self.unpin() if pinned and self._book.is_hidden(pinned.danmu.danmu_id) else []

    def _pin(self, danmu: Danmu, until_ms: int) -> list[Delivery]:
        self.state.pinned = Pinned(danmu, until_ms)
        return [ToAll(DanmuPinned(self.state.pinned))]

    def _pin_again(self, now_ms: int) -> PinDanmu | UnpinDanmu:
        pinned = self.state.pinned
        if pinned is None:
            return UnpinDanmu()
        return PinDanmu(pinned.danmu.danmu_id, max(PIN_SECONDS.start, (pinned.until_ms - now_ms) // 1000))


def _quoted(danmu: Danmu) -> str:
    return f"{danmu.author.name}: {danmu.text}"
