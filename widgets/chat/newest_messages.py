"""The newest two messages in two lines, for where the chat itself is out of sight."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from typing_extensions import override

from widgets.chat.chat_model import ChatModel
from widgets.common import plain
from widgets.common.elided_label import ElidedLabel
from widgets.common.forms import column, row
from widgets.common.person_name import person_name
from widgets.common.retranslate import Retranslated

LINES: Final = 2
NAME_WIDTH: Final = 96


class NewestMessages(Retranslated):
    """Follows a model of the chat; takes the same room whether anybody wrote or not.

    Attributes:
        chosen: somebody wants to see the chat.
    """

    chosen = Signal()

    def __init__(self, chat: ChatModel) -> None:
        super().__init__()
        self.setObjectName("newestMessages")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._chat = chat
        self.names = [ElidedLabel() for _ in range(LINES)]
        self.texts = [ElidedLabel() for _ in range(LINES)]
        lines = []
        for name, text in zip(self.names, self.texts, strict=True):
            name.setFixedWidth(NAME_WIDTH)
            name.setProperty("role", "accent")
            line = row(name, text)
            line.setStretch(1, 1)
            lines.append(line)
        self.setLayout(column(*lines, margin=8, spacing=2))
        for changed in (chat.rowsInserted, chat.rowsRemoved, chat.modelReset):
            changed.connect(self._show)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        plain.set_tooltip(self, self.tr("Open the chat"))
        plain.set_name(self, self.tr("Newest messages"))
        self._show()

    def _show(self) -> None:
        newest = self._chat.danmu[-LINES:]
        said = [(person_name(one.author.name), one.text) for one in newest]
        if not said:
            said = [("", self.tr("Nobody has written yet."))]
        said += [("", "")] * (LINES - len(said))
        for (name, text), whose, what in zip(said, self.names, self.texts, strict=True):
            whose.show_text(name)
            whose.setVisible(bool(name))
            what.show_text(text)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit()
