"""Limits a busy stream for a panel: the first value at once, then at most one an interval, the newest."""

from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

T = TypeVar("T")


class Throttle(QObject, Generic[T]):
    """Passes values on: at once after a quiet time, else the newest at the end of the interval.

    Attributes:
        passed: emitted with the value.
        quiet: an interval went by without a value; the next one goes at once.
    """

    passed = Signal(object)
    quiet = Signal()

    def __init__(self, interval_ms: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(interval_ms)
        self._timer.timeout.connect(self._on_interval_over)
        self._waiting: list[T] = []

    def put(self, value: T) -> None:
        """Take a value; it replaces one that still waits."""
        if self._timer.isActive():
            self._waiting[:] = [value]
            return
        self._timer.start()
        self.passed.emit(value)

    def flush(self) -> None:
        """Pass on at once what still waits."""
        if self._waiting:
            self._timer.start()
            self.passed.emit(self._waiting.pop())

    def _on_interval_over(self) -> None:
        if not self._waiting:
            self.quiet.emit()
            return
        value = self._waiting.pop()
        self._timer.start()
        self.passed.emit(value)
