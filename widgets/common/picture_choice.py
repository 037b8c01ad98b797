"""A choice shown as small pictures, one of which is chosen."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from widgets.common import plain
from widgets.common.flow import FlowLayout
from widgets.common.theme import color, icon

PICTURE: Final = QSize(56, 70)
_CELL: Final = QSize(64, 98)
_SIGN: Final = 20


class PictureChoice(QWidget):
    """Buttons with a picture over their text; the arrow keys go from one to the next.

    Attributes:
        chosen: emitted with the value that the host chose.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._layout = FlowLayout(spacing=4)
        self.setLayout(self._layout)

    @property
    def buttons(self) -> dict[str, QToolButton]:
        """The button of each value."""
        return dict(self._buttons)

    def show_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer these (value, text); texts of values that are there already change."""
        for value, text in options:
            button = self._buttons.get(value) or self._add(value)
            plain.set_text(
                button, button.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, PICTURE.width())
            )
            plain.set_tooltip(button, text)
            plain.set_name(button, text)

    def _add(self, value: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName("picture")
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(PICTURE)
        button.setFixedSize(_CELL)
        button.setIcon(_empty())
        button.clicked.connect(lambda: self.chosen.emit(value))
        self._group.addButton(button)
        self._layout.addWidget(button)
        self._buttons[value] = button
        return button

    def show_chosen(self, value: str) -> None:
        """Mark this value."""
        button = self._buttons.get(value)
        if button is not None:
            button.setChecked(True)

    def show_picture(self, value: str, picture: QPixmap) -> None:
        """Show this picture of a value; of a value that is not offered, nothing happens."""
        button = self._buttons.get(value)
        if button is not None:
            ratio = self.devicePixelRatioF()
            scaled = picture.scaled(
                PICTURE * ratio,
                Qt.AspectRatioMode.KeepAspectRatioByExpanding,
                Qt.TransformationMode.SmoothTransformation,
            )
            scaled.setDevicePixelRatio(ratio)
            button.setIcon(QIcon(scaled))


def _empty() -> QIcon:
    """What stands where a picture may come."""
    pixmap = QPixmap(PICTURE)
    pixmap.fill(color("raised"))
    painter = QPainter(pixmap)
    left, top = (PICTURE.width() - _SIGN) // 2, (PICTURE.height() - _SIGN) // 2
    icon("fa5s.image", "faint").paint(painter, left, top, _SIGN, _SIGN)
    painter.end()
    return QIcon(pixmap)
