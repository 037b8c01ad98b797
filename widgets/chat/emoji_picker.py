"""A handful of emoji to choose from, for keyboards that have none."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QToolButton, QWidget
from typing_extensions import override

from widgets.common import plain

# The same as in the player (`chat/chat-composer.js`).
EMOJI: Final = (
    "😀",
    "😂",
    "😍",
    "🥰",
    "😮",
    "😭",
    "👍",
    "👏",
    "🙏",
    "🔥",
    "🎉",
    "❤️",
)
COLUMNS: Final = 6
GAP: Final = 4
LETTER_PX: Final = 18


class EmojiPicker(QFrame):
    """A small popup; arrows move, Enter or a click chooses, Escape closes.

    Attributes:
        chosen: emitted with the emoji.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("card")
        grid = QGridLayout(self)
        grid.setContentsMargins(6, 6, 6, 6)
        grid.setSpacing(2)
        self.buttons = [self._button(emoji) for emoji in EMOJI]
        for place, button in enumerate(self.buttons):
            grid.addWidget(button, place // COLUMNS, place % COLUMNS)

    def _button(self, emoji: str) -> QToolButton:
        made = QToolButton()
        plain.set_text(made, emoji)
        plain.set_name(made, emoji)
        font = made.font()
        font.setPixelSize(LETTER_PX)
        made.setFont(font)
        made.clicked.connect(lambda: self._choose(emoji))
        return made

    def open_above(self, anchor: QWidget) -> None:
        """Show it above this widget, ending where it ends."""
        self.adjustSize()
        corner = anchor.mapToGlobal(anchor.rect().topRight())
        self.move(corner.x() - self.width(), corner.y() - self.height() - GAP)
        self.show()
        self.buttons[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def _choose(self, emoji: str) -> None:
        self.chosen.emit(emoji)
        self.close()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -COLUMNS,
            Qt.Key.Key_Down: COLUMNS,
        }
        focused = self.focusWidget()
        if isinstance(focused, QToolButton) and focused in self.buttons:
            place = self.buttons.index(focused)
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._choose(EMOJI[place])
                return
            if step := steps.get(Qt.Key(event.key())):
                self.buttons[(place + step) % len(EMOJI)].setFocus(Qt.FocusReason.TabFocusReason)
                return
        super().keyPressEvent(event)
