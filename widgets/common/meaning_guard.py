"""Keeps a click from a button that means something else by now: it was meant for what stood there before."""

import time
from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

PAUSE_S: Final = 0.6
_MOUSE: Final = frozenset(
    {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick}
)
_KEYS: Final = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select})


class MeaningGuard(QObject):
    """Ignores mouse and keys on buttons for 600 ms after what they offer changed.

    Args:
        owner: the panel of the buttons; the guard lives as long as it.
        buttons: that stand in each other's places.
        now_s: the time in seconds.
    """

    def __init__(
        self, owner: QWidget, buttons: Iterable[QAbstractButton], now_s: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(owner)
        self._now_s = now_s
        self._changed_at_s = -PAUSE_S
        self._meaning: tuple[str, ...] | None = None
        for button in buttons:
            button.installEventFilter(self)

    def show_meaning(self, *meaning: str) -> None:
        """Note what the buttons offer now, in their order; the pause begins where it is not what it was."""
        if self._meaning is not None and meaning != self._meaning:
            self._changed_at_s = self._now_s()
        self._meaning = meaning

    @property
    def is_settling(self) -> bool:
        """Whether what the buttons offer changed just now; what hotkeys do waits, too."""
        return self._now_s() - self._changed_at_s < PAUSE_S

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return _is_press(event) and self.is_settling


def _is_press(event: QEvent) -> bool:
    if isinstance(event, QKeyEvent):
        return event.type() == QEvent.Type.KeyPress and event.key() in _KEYS
    return event.type() in _MOUSE
