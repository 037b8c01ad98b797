"""A picture of the room in its form: a well with its name, and a button that takes the picture away."""

from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from backend.contract.pictures import Picture
from widgets.common import plain
from widgets.common.foreign_picture import foreign_picture
from widgets.common.forms import column, label, row, say, tool_button
from widgets.common.picture_well import PictureWell

AVATAR: Final = QSize(76, 76)
COVER: Final = QSize(76, 126)


class ProfilePicture(QWidget):
    """One picture: the room's, by name, or a new one as bytes.

    Attributes:
        changed: emitted when another one, or none, is there.
        failed: emitted with why what came was not taken.
        picture: a name, bytes, or empty for none.
        shown: what is to be seen of it; None for nothing.
    """

    changed = Signal()
    failed = Signal(str)

    def __init__(self, name: str, hint: str, size: QSize) -> None:
        super().__init__()
        self.picture: str | bytes = ""
        self.shown: QPixmap | None = None
        self.well = PictureWell(size)
        plain.set_name(self.well, name)
        self.clear_button = tool_button("fa5s.times", "faint")
        say(self.clear_button, self.tr("Take the picture away: {name}").format(name=name))
        # Nothing moves when it comes and goes.
        policy = self.clear_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.clear_button.setSizePolicy(policy)
        self.clear_button.clicked.connect(self.take_away)
        self.well.picked.connect(self._on_picked)
        self.well.failed.connect(self.failed)
        words = label(hint, "faint")
        words.setWordWrap(True)
        head = row(label(name), self.clear_button, spacing=4)
        head.addStretch(1)
        layout = column(head, self.well, words, spacing=6)
        layout.addStretch(1)
        self.setLayout(layout)
        self._show()

    def show_picture(self, picture: Picture | None) -> None:
        """Show the room's picture; how it looks comes by `show_look`."""
        self.picture = picture.name if picture else ""
        self.shown = None
        self.well.clear()
        self._show()

    def show_look(self, name: str, look: QPixmap) -> None:
        """Show how the picture of a name looks, as long as it is the one that is here."""
        if self.picture == name:
            self.shown = look
            self.well.show_look(look)
            self.changed.emit()

    def take_away(self) -> None:
        """Show no picture."""
        self.show_picture(None)
        self.changed.emit()

    def _on_picked(self, content: bytes) -> None:
        self.picture, self.shown = content, foreign_picture(content)
        self._show()
        self.failed.emit("")
        self.changed.emit()

    def _show(self) -> None:
        self.clear_button.setVisible(bool(self.picture))
