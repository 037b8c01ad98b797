"""A dialog around a list: a heading, a note on how something went, buttons to add and to close."""

from collections.abc import Sequence
from typing import Final, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QWidget

from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say, set_tone
from widgets.common.ranked_rows import RankedRows

SIZE: Final = QSize(620, 500)
RowT = TypeVar("RowT", bound=QWidget)


class ListDialog(QDialog):
    """The base of such dialogs; open them with `open()`. A subclass makes its parts and calls `lay_out`.

    Attributes:
        add_button: makes one more; a subclass sets its text and connects it.
        note: how something went; hidden while there is nothing to say.
    """

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent)
        self._title = title
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        plain.set_title(self, title)
        self.note = label()
        self.note.setWordWrap(True)
        self.add_button, self.close_button = push_button("fa5s.plus"), push_button()
        self.add_button.setProperty("primary", "true")
        say(self.close_button, self.tr("Close"))
        self.close_button.clicked.connect(self.accept)
        self.resize(SIZE)
        self.show_note("", "")

    def lay_out(
        self, rows: RankedRows[RowT], above: Sequence[QWidget] = (), below: Sequence[QWidget] = ()
    ) -> None:
        """Put the parts into the dialog; the list takes the room that is left.

        Args:
            rows: the list.
            above: what else stands before it.
            below: what else stands after it.
        """
        plain.set_name(rows, self._title)
        buttons = row(self.add_button, self.close_button)
        buttons.insertStretch(1, 1)
        heading = label(self._title, "title")
        layout = column(heading, *above, rows, *below, self.note, buttons, margin=22, spacing=14)
        layout.setStretch(len(above) + 1, 1)
        self.setLayout(layout)

    def show_note(self, text: str, tone: str) -> None:
        """Show how something went, below the list; empty for nothing."""
        plain.set_text(self.note, text)
        self.note.setVisible(bool(text))
        set_tone(self.note, tone)
