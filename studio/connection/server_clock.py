"""The backend's time: the studio shows live times and countdowns by it, not by this machine's clock."""

import time
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from studio.connection.room_client import RoomClient
from studio.connection.room_protocol import ClockRead, RoomUpdate

TICK_MS: Final = 1000


class ServerClock(QObject):
    """The server's time, read from the room's answers. Make it before the views that show times by it.

    Attributes:
        ticked: emitted with the server's time in milliseconds, each second and whenever the clock was read.
    """

    ticked = Signal(float)

    def __init__(self, client: RoomClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._offset_ms = 0.0
        client.updated.connect(self._on_update)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    @property
    def now_ms(self) -> float:
        """The server's time, in milliseconds since 1970; this machine's until the first answer."""
        return time.time() * 1000 + self._offset_ms

    def _on_update(self, update: RoomUpdate) -> None:
        if isinstance(update, ClockRead):
            self._offset_ms = update.offset_ms
            self._tick()

    def _tick(self) -> None:
        self.ticked.emit(self.now_ms)
