"""Tells whoever gave a command why the room refused it."""

from PySide6.QtCore import QObject

from studio import texts
from studio.client import RoomClient
from studio.room_protocol import Refused, Told
from studio.room_window import RoomWindow
from widgets.toasts import Tone


class RefusalView(QObject):
    """Between the room's refusals and the window."""

    def __init__(self, client: RoomClient, window: RoomWindow) -> None:
        super().__init__(window)
        self._toasts = window.toasts
        client.told.connect(self.on_told)

    def on_told(self, told: Told) -> None:
        """Show why a command was refused."""
        if isinstance(told, Refused):
            self._toasts.show_toast(texts.rejection(told.answer.reason), Tone.WARN)
