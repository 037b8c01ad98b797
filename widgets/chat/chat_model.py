"""The danmu of a room as a Qt model: in order, each once, and never more than the newest 500."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from enum import IntEnum
from itertools import pairwise
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from backend.contract.chat import Danmu
from backend.contract.words_of import erase_words
from widgets.common.person_name import person_name

Index = QModelIndex | QPersistentModelIndex
CAPACITY: Final = 500
_NO_INDEX: Final = QModelIndex()


class ChatRole(IntEnum):
    """The roles of the model beyond the text."""

    DANMU = Qt.ItemDataRole.UserRole + 1


class ChatModel(QAbstractListModel):
    """One row a danmu, by `danmu_id`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._danmu: list[Danmu] = []

    @property
    def danmu(self) -> tuple[Danmu, ...]:
        """All danmu, oldest first."""
        return tuple(self._danmu)

    def set_danmu(self, danmu: Iterable[Danmu]) -> None:
        """Replace all."""
        self.beginResetModel()
        by_id = {one.danmu_id: one for one in danmu}
        self._danmu = [by_id[danmu_id] for danmu_id in sorted(by_id)][-CAPACITY:]
        self.endResetModel()

    def add(self, danmu: Sequence[Danmu]) -> None:
        """Put each at its place; those that are there already change nothing, the oldest beyond 500 go."""
        last_id = self._danmu[-1].danmu_id if self._danmu else -1
        is_plain = all(one.danmu_id < other.danmu_id for one, other in pairwise(danmu))
        if danmu and is_plain and danmu[0].danmu_id > last_id:
            self._insert(len(self._danmu), danmu)
        else:
            for one in danmu:
                place = self._place(one.danmu_id)
                if place == len(self._danmu) or self._danmu[place].danmu_id != one.danmu_id:
                    self._insert(place, [one])
        self._trim()

    def remove(self, danmu_ids: Iterable[int]) -> None:
        """Take these out; unknown ones are passed over."""
        for danmu_id in danmu_ids:
            place = self._place(danmu_id)
            if place < len(self._danmu) and self._danmu[place].danmu_id == danmu_id:
                self.beginRemoveRows(_NO_INDEX, place, place)
                del self._danmu[place]
                self.endRemoveRows()

    def erase(self, user_id: str) -> None:
        """Take out what a person wrote, and their name where they were answered."""
        left = [erase_words(one, user_id) for one in self._danmu if one.author.user_id != user_id]
        if left != self._danmu:  # else the list would lose its place for nothing
            self.set_danmu(left)

    def _place(self, danmu_id: int) -> int:
        return bisect_left(self._danmu, danmu_id, key=lambda one: one.danmu_id)

    def _insert(self, place: int, danmu: Sequence[Danmu]) -> None:
        self.beginInsertRows(_NO_INDEX, place, place + len(danmu) - 1)
        self._danmu[place:place] = danmu
        self.endInsertRows()

    def _trim(self) -> None:
        surplus = len(self._danmu) - CAPACITY
        if surplus > 0:
            self.beginRemoveRows(_NO_INDEX, 0, surplus - 1)
            del self._danmu[:surplus]
            self.endRemoveRows()

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._danmu)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._danmu):
            return None
        danmu = self._danmu[index.row()]
        if role == ChatRole.DANMU:
            return danmu
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{person_name(danmu.author.name)}: {danmu.text}"
        return None
