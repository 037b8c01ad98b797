"""The dialogs of a window of the shop that are open, and how they end."""

from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from widgets.shop.shop_dialog import ShopDialog

DialogT = TypeVar("DialogT", bound=ShopDialog)


class OpenDialogs(QObject, Generic[DialogT]):
    """Opens dialogs and brings them the answers they wait for.

    Attributes:
        action: emitted with what a dialog wants done; the answer comes by `close_for` or `give_back`.
        open_dialogs: what is open now.
    """

    action = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.open_dialogs: list[DialogT] = []

    def close_for(self, action: object) -> None:
        """Close the dialog whose action was carried out."""
        for dialog in list(self.open_dialogs):
            dialog.close_for(action)

    def give_back(self, action: object, why: str) -> bool:
        """Let the refused action be corrected or tried again; return whether a dialog waits for it."""
        waiting = [dialog for dialog in self.open_dialogs if dialog.waiting_for == action]
        for dialog in waiting:
            dialog.give_back(action, why)
        return bool(waiting)

    def close_all(self) -> None:
        """Close all: what they are about is gone."""
        for dialog in list(self.open_dialogs):
            dialog.reject()

    def _open(self, dialog: DialogT) -> None:
        dialog.action.connect(self.action)
        self.open_dialogs.append(dialog)
        dialog.finished.connect(lambda: self.open_dialogs.remove(dialog))
        dialog.open()
