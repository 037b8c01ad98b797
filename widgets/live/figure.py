"""One number of the live bar: its sign, the number, and a word that goes first where room is short."""

from typing import Final

from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.common import plain
from widgets.common.forms import label, row, set_tone
from widgets.common.theme import icon, tabular

SIGN_SIDE: Final = 16


class Figure(QWidget):
    """A number with its sign; empty it takes no room."""

    def __init__(self, icon_name: str) -> None:
        super().__init__()
        self.sign = label()
        self.sign.setPixmap(icon(icon_name, "faint").pixmap(SIGN_SIDE, SIGN_SIDE))
        self.value = label("", "number")
        self.value.setFont(tabular(self.value.font()))
        self.word = label("", "faint")
        self.setLayout(row(self.sign, self.value, self.word, spacing=6))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.hide()

    @property
    def text(self) -> str:
        """The number as it is shown; empty while there is none."""
        return self.value.text()

    def explain(self, word: str, tooltip: str) -> None:
        """Set the word behind the number, and what it counts."""
        plain.set_text(self.word, word)
        plain.set_tooltip(self, tooltip)
        plain.set_name(self.value, tooltip)

    def show_number(self, text: str, tone: str = "") -> None:
        """Show this number; nothing where it is empty."""
        plain.set_text(self.value, text)
        set_tone(self.value, tone)
        self.setVisible(bool(text))
