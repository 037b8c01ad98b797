"""Shows why the room refused a command; after an edit conflict, offers both versions to choose from."""

from PySide6.QtCore import QObject

from backend.contract.chat import SetBlockedWords, SetRoomRules
from backend.contract.profile import SetRoomProfile
from backend.contract.shop import Conflict, EditProduct
from studio import texts
from studio.connection.room_client import RoomClient
from studio.connection.room_protocol import CommandRejected, RoomUpdate
from studio.window.room_window import RoomWindow
from widgets.live.toasts import Tone
from widgets.shop.conflict_dialog import ConflictDialog
from widgets.shop.conflicts import differences, overwriting


class RejectionView(QObject):
    """Between the room's rejections and the window; others answer for products and for the profile."""

    def __init__(self, client: RoomClient, window: RoomWindow) -> None:
        super().__init__(window)
        self._window = window
        self._asked: ConflictDialog | None = None
        client.updated.connect(self.on_update)

    def on_update(self, update: RoomUpdate) -> None:
        """Show why a command was refused."""
        match update:
            case CommandRejected(command=EditProduct() | SetRoomProfile()):
                pass
            case CommandRejected(command=SetRoomRules() | SetBlockedWords() as command, answer=answer) if (
                answer.conflict
            ):
                self._ask(command, answer.conflict)
            case CommandRejected(answer=answer):
                self._window.toasts.show_toast(texts.reject_reason(answer.reason), Tone.WARN)

    def _ask(self, command: SetRoomRules | SetBlockedWords, conflict: Conflict) -> None:
        rows = differences(command, conflict)
        if not rows:
            return  # both want the same
        if self._asked is not None:
            self._asked.accept()  # what was wanted last counts
        asked = ConflictDialog(self._window, command, conflict, rows)
        asked.command.connect(self._window.chat.command)
        asked.rejected.connect(lambda: self._window.chat.give_back(overwriting(command, conflict), ""))
        asked.finished.connect(self._on_decided)
        self._asked = asked
        asked.open()

    def _on_decided(self) -> None:
        self._asked = None
