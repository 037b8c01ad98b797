"""Asks before the broadcast ends, and says what ends with it."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from widgets.common.confirm import ConfirmDialog
from widgets.common.text import clock
from widgets.common.theme import icon


class EndDialog(ConfirmDialog):
    """Its button that ends the broadcast is red; open it with `open()` and connect `accepted`."""

    def __init__(self, parent: QWidget, title: str, text: str, accept: str, reject: str) -> None:
        super().__init__(parent, title, text, accept, reject)
        self.accept_button.setIcon(icon("fa5s.stop"))
        self.accept_button.setProperty("primary", None)
        self.accept_button.setProperty("ends", "true")


def at_stake(viewers: int | None, sale_left_ms: float | None) -> str:
    """What ends with the broadcast, as a sentence; empty where nobody watches and no flash sale runs.

    Args:
        viewers: how many watch; None where that is not known.
        sale_left_ms: how long the flash sale goes on; None where there is none.
    """
    translate = QCoreApplication.translate
    left = "" if sale_left_ms is None else clock(sale_left_ms / 1000).removeprefix("00:")
    if not viewers:
        return translate("EndDialog", "The flash sale has {time} left.").format(time=left) if left else ""
    one, many = translate("EndDialog", "1 is watching."), translate("EndDialog", "{n} are watching.")
    if left:
        one = translate("EndDialog", "1 is watching, the flash sale has {time} left.")
        many = translate("EndDialog", "{n} are watching, the flash sale has {time} left.")
    return (one if viewers == 1 else many).format(n=f"{viewers:,}", time=left)
