"""The danmu of a room that are kept: which newcomers see, and which are hidden."""

from collections.abc import Iterable
from enum import IntFlag
from itertools import islice
from typing import Final

import msgspec

from backend.contract.chat import Danmu, DanmuDeleted, DanmuRestored
from backend.contract.words_of import erase_words
from backend.features.deliveries import Delivery, ToAll

KEPT: Final = 500
SHOWN: Final = 50


class Hidden(IntFlag):
    """Why a danmu is not shown; it is back when no cause is left."""

    DELETED = 1
    MUTED = 2
    BLOCKED = 4
    ERASED = 8


class DanmuState(msgspec.Struct):
    """What is folded: the last 500 danmu by id, which of them are hidden, and the session's count."""

    last_id: int = 0
    total: int = 0
    kept: dict[int, Danmu] = msgspec.field(default_factory=dict)
    hidden: dict[int, int] = msgspec.field(default_factory=dict)


class DanmuBook:
    """Knows what was said lately."""

    def __init__(self, state: DanmuState | None = None) -> None:
        self.state = state or DanmuState()
        self._recent: list[Danmu] | None = None  # asked for with each transaction, danmu or not

    def get(self, danmu_id: int) -> Danmu | None:
        """Return a danmu that is still kept, hidden or not."""
        return self.state.kept.get(danmu_id)

    def is_hidden(self, danmu_id: int) -> bool:
        """Whether viewers do not see it."""
        return danmu_id in self.state.hidden

    def recent(self) -> list[Danmu]:
        """Return what a newcomer sees, oldest first."""
        if self._recent is None:
            kept, hidden = self.state.kept, self.state.hidden
            newest = (one for one in reversed(kept.values()) if one.text and one.danmu_id not in hidden)
            self._recent = list(islice(newest, SHOWN))[::-1]
        return self._recent

    def add(self, danmu: Danmu) -> None:
        """Keep a danmu, and forget the oldest."""
        state = self.state
        self._recent = None
        state.last_id = danmu.danmu_id
        state.total += 1
        state.kept[danmu.danmu_id] = danmu
        if len(state.kept) > KEPT:
            oldest = next(iter(state.kept))
            del state.kept[oldest]
            state.hidden.pop(oldest, None)

    def written_by(self, user_id: str) -> list[int]:
        """Return the ids of what a user wrote and is still kept."""
        return [danmu.danmu_id for danmu in self.state.kept.values() if danmu.author.user_id == user_id]

    def hide(self, danmu_ids: Iterable[int], cause: Hidden) -> list[Delivery]:
        """Hide these danmu for one more cause."""
        self._recent = None
        gone: list[int] = []
        for danmu_id in danmu_ids:
            if danmu_id not in self.state.kept:
                continue
            if danmu_id not in self.state.hidden:
                gone.append(danmu_id)
            self.state.hidden[danmu_id] = int(self.state.hidden.get(danmu_id, 0) | cause)
        return [ToAll(DanmuDeleted(gone))] if gone else []

    def show(self, danmu_ids: Iterable[int], cause: Hidden) -> list[Delivery]:
        """Take one cause for hiding away; what has none left is shown again."""
        self._recent = None
        back: list[Danmu] = []
        for danmu_id in danmu_ids:
            causes = self.state.hidden.get(danmu_id, 0)
            left = causes & ~cause
            if left:
                self.state.hidden[danmu_id] = int(left)
            elif causes:
                del self.state.hidden[danmu_id]
                back.append(self.state.kept[danmu_id])
        return [ToAll(DanmuRestored(back))] if back else []

    def erase(self, user_id: str) -> list[Delivery]:
        """Forget what a user wrote, and their name where they were answered."""
        kept = self.state.kept
        for danmu_id, danmu in kept.items():
            kept[danmu_id] = erase_words(danmu, user_id)
        return self.hide(self.written_by(user_id), Hidden.ERASED)
