"""Danmu chosen one by one: deleted, brought back, or pinned above the chat for a time."""

from typing import Any

import msgspec
from typing_extensions import override

from backend.contract.base import Author, RejectReason
from backend.contract.chat import (
    PIN_SECONDS,
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
from backend.contract.words_of import erase_words
from backend.features.chat.danmu_book import DanmuBook, Hidden
from backend.features.chat.moderation_action import Planned, PlannedAction
from backend.features.deliveries import Delivery, ToAll
from backend.features.feature import Feature
from backend.log.entries import PinExpired, Record


class PinsState(msgspec.Struct):
    """What is folded: the danmu that is pinned."""

    pinned: Pinned | None = None


class Pins(Feature[PinsState]):
    """Deletes and pins."""

    name = "pins"
    formerly = "chosen"
    state_type = PinsState
    entries = (PinExpired,)

    def __init__(self, book: DanmuBook, state: PinsState | None = None) -> None:
        self.state = state or PinsState()
        self._book = book

    def plan(self, command: ModerationCommand, _by: Author, now_ms: int) -> Planned:
        """See `ModerationPart.plan`."""
        match command:
            case UnpinDanmu():
                pinned = self.state.pinned
                return _planned(pinned.danmu, self._pin_again(now_ms)) if pinned else None
            case DeleteDanmu() | RestoreDanmu() | PinDanmu():
                danmu = self._book.get(command.danmu_id)
                return RejectReason.UNKNOWN_DANMU if danmu is None else self._plan(command, danmu, now_ms)
        return None

    def _plan(self, command: DeleteDanmu | RestoreDanmu | PinDanmu, danmu: Danmu, now_ms: int) -> Planned:
        danmu_id, is_hidden = danmu.danmu_id, self._book.is_hidden(danmu.danmu_id)
        match command:
            case DeleteDanmu():
                return None if is_hidden else _planned(danmu, RestoreDanmu(danmu_id))
            case RestoreDanmu():
                return _planned(danmu, DeleteDanmu(danmu_id)) if is_hidden else None
            case PinDanmu(seconds=seconds):
                if is_hidden:
                    return RejectReason.UNKNOWN_DANMU
                plan = _planned(danmu, self._pin_again(now_ms))
                return plan if seconds in PIN_SECONDS else RejectReason.MALFORMED

    def carry_out(self, action: ModerationAction) -> list[Delivery]:
        """See `ModerationPart.carry_out`."""
        match action.command:
            case DeleteDanmu(danmu_id=danmu_id):
                return self._book.hide([danmu_id], Hidden.DELETED)
            case RestoreDanmu(danmu_id=danmu_id):
                return self._book.show([danmu_id], Hidden.DELETED | Hidden.MUTED | Hidden.BLOCKED)
            case PinDanmu(danmu_id=danmu_id, seconds=seconds):
                danmu = self._book.get(danmu_id)
                return self._pin(danmu, action.at_ms + seconds * 1000) if danmu else []
            case UnpinDanmu():
                return self._unpin()
        return []

    @override
    def due(self, now_ms: int) -> list[PinExpired]:
        pinned = self.state.pinned
        return [PinExpired()] if pinned and pinned.until_ms <= now_ms else []

    @override
    def apply(self, record: Record) -> list[Delivery]:
        return self._unpin()

    @override
    def begin_session(self, session_id: str) -> list[Delivery]:
        return self._unpin()

    @override
    def erase(self, user_id: str) -> list[Delivery]:
        pinned = self.state.pinned
        if pinned is None:
            return []
        if pinned.danmu.author.user_id == user_id:
            return self._unpin()
        self.state.pinned = erase_words(pinned, user_id)
        return []

    @override
    def show(self) -> dict[str, Any]:
        return {"pinned": self.state.pinned}

    def _unpin(self) -> list[Delivery]:
        if self.state.pinned is None:
            return []
        self.state.pinned = None
        return [ToAll(DanmuUnpinned())]

    def unpin_hidden(self) -> list[Delivery]:
        """Take the pinned danmu down if viewers may not see it any more."""
        pinned = self.state.pinned
        return self._unpin() if pinned and self._book.is_hidden(pinned.danmu.danmu_id) else []

    def _pin(self, danmu: Danmu, until_ms: int) -> list[Delivery]:
        self.state.pinned = Pinned(danmu, until_ms)
        return [ToAll(DanmuPinned(self.state.pinned))]

    def _pin_again(self, now_ms: int) -> PinDanmu | UnpinDanmu:
        pinned = self.state.pinned
        if pinned is None:
            return UnpinDanmu()
        return PinDanmu(pinned.danmu.danmu_id, max(PIN_SECONDS.start, (pinned.until_ms - now_ms) // 1000))


def _planned(danmu: Danmu, undo: ModerationCommand) -> PlannedAction:
    return PlannedAction(f"{danmu.author.name}: {danmu.text}", undo, danmu.author.user_id)
