"""A row of filters in the head of a shop's window, each with its count."""

from collections.abc import Iterable
from typing import Final, Generic, TypeVar

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from widgets.common import plain
from widgets.common.forms import row, set_tone
from widgets.common.tokens import bold

PADDING: Final = 28
"""What stands around a text: the pressed one is bold, and must not be cut."""

T = TypeVar("T")


class Chips(QWidget, Generic[T]):
    """Buttons of which one is pressed."""

    def __init__(self, values: Iterable[T]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.buttons: dict[T, QPushButton] = {}
        for value in values:
            chip = QPushButton()
            chip.setObjectName("chip")
            chip.setCheckable(True)
            self._group.addButton(chip)
            self.buttons[value] = chip
        layout = row(*self.buttons.values(), spacing=6)
        layout.addStretch(1)
        self.setLayout(layout)

    def show_count(self, value: T, text: str, count: str = "", tone: str = "") -> None:
        """Show a filter's text and count, in a tone of the style sheet."""
        chip = self.buttons[value]
        plain.set_text(chip, f"{text} {count}".strip())
        chip.setMinimumWidth(QFontMetrics(bold(chip.font())).horizontalAdvance(chip.text()) + PADDING)
        set_tone(chip, tone)
