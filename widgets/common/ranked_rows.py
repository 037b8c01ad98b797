"""A short ranked list of rows that are widgets; it does not jump while the mouse is over it."""

from collections.abc import Callable, Sequence
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from widgets.common.forms import label

SPACING: Final = 4
RowT = TypeVar("RowT", bound=QWidget)


class RankedRows(QScrollArea, Generic[RowT]):
    """Keeps one row a key, in the order last given.

    While the mouse is over the list known rows stay where they are and new ones come at the end, so that
    nobody presses the button of another row than the one they saw.

    Args:
        make: makes the row for a key.

    Attributes:
        rows: by their keys.
        empty: the text that stands there while there is no row.
    """

    def __init__(self, make: Callable[[str], RowT]) -> None:
        super().__init__()
        self._make = make
        self._wanted: list[str] = []
        self._is_held = False
        self.rows: dict[str, RowT] = {}
        self.empty = label("", "dim")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        holder, listed = QWidget(), QWidget()
        self._pages = QStackedLayout(holder)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(listed)
        self._layout = QVBoxLayout(listed)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACING)
        self._layout.addStretch(1)
        self.setWidget(holder)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def keys(self) -> list[str]:
        """The keys in the order in which their rows stand."""
        order = {self._layout.indexOf(widget): key for key, widget in self.rows.items()}
        return [order[place] for place in sorted(order)]

    def show_keys(self, keys: Sequence[str]) -> None:
        """Show a row for each of these, the first on top; rows of others go."""
        self._wanted = list(keys)
        for key in self.rows.keys() - set(keys):
            gone = self.rows.pop(key)
            self._layout.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for key in keys:
            if key not in self.rows:
                self.rows[key] = self._make(key)
                self._layout.insertWidget(self._layout.count() - 1, self.rows[key])
        self._pages.setCurrentIndex(1 if keys else 0)
        if not self._is_held:
            self._put_in_order()

    def _put_in_order(self) -> None:
        if self.keys == self._wanted:
            return
        for place, key in enumerate(self._wanted):
            self._layout.removeWidget(self.rows[key])
            self._layout.insertWidget(place, self.rows[key])

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._is_held = True
        super().enterEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._is_held = False
        self._put_in_order()
        super().leaveEvent(event)
