"""A line of the campaigns panel: an icon, a name with a hint under it, and buttons."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from widgets.common.elided_label import ElidedLabel
from widgets.common.forms import column, label, push_button, row, say, tool_button
from widgets.common.theme import ICON_SIZE, icon


class EntryRow(QWidget):
    """Something to start, or to look back at.

    Attributes:
        chosen: emitted by its button.
        dropped: emitted by the button that takes it away, where it has one.
    """

    chosen = Signal()
    dropped = Signal()

    def __init__(self, icon_name: str, name: str, hint: str, button: str, *, drop: str = "") -> None:
        super().__init__()
        picture = QLabel()
        picture.setPixmap(icon(icon_name, "accent").pixmap(ICON_SIZE))
        self.name = ElidedLabel()
        self.name.show_text(name)
        # Under the button, over the whole width: beside it nothing of a sentence was left.
        self.hint = label(hint, "dim")
        self.hint.setWordWrap(True)
        self.hint.setVisible(bool(hint))
        self.button = push_button()
        say(self.button, button, f"{button}: {name}")
        self.button.clicked.connect(self.chosen)
        self.drop_button: QToolButton | None = None
        line = row(picture, self.name)
        line.setStretch(1, 1)
        if not drop:
            line.addWidget(self.button)
            self.setLayout(column(line, self.hint, spacing=2))
            return
        # What staff called it has the whole width: beside two buttons nothing of it was left.
        self.drop_button = tool_button("fa5s.trash-alt")
        say(self.drop_button, f"{drop}: {name}", drop)
        self.drop_button.clicked.connect(self.dropped)
        buttons = row(self.button, self.drop_button)
        buttons.insertStretch(0, 1)
        self.setLayout(column(line, self.hint, buttons, spacing=4))


def section(text: str) -> QLabel:
    """Return the heading over some lines."""
    made = label(text)
    made.setObjectName("sectionTitle")
    return made
