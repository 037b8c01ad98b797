"""Scrolls up and down what may be higher than its place, and a dialog as high as its screen allows."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QWidget
from typing_extensions import override

MOST_OF_SCREEN: Final = 0.9
LEAST_HEIGHT: Final = 120


class Scrolled(QScrollArea):
    """As high as what is in it where there is room, and scrolled where there is none; never narrower."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the fields in it come into sight by themselves
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inner = inner
        self.setWidget(inner)

    @override
    def sizeHint(self) -> QSize:
        least = self.minimumSizeHint().width()
        width = max(least, self.width()) - self._bar_width
        if self._inner.hasHeightForWidth():
            return QSize(least, self._inner.heightForWidth(width))
        return QSize(least, self._inner.sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._inner.minimumSizeHint().width() + self._bar_width, LEAST_HEIGHT)

    @property
    def _bar_width(self) -> int:
        return self.verticalScrollBar().sizeHint().width()


class ScrolledDialog(QDialog):
    """Shows all that is in it, as far as the screen has room; its layout holds a `Scrolled`."""

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()

    def fit(self) -> None:
        """Be large enough for all that is in it, as far as the screen allows."""
        layout = self.layout()
        if layout is None or not self.isVisible():
            return
        for area in self.findChildren(Scrolled):
            area.updateGeometry()
        most = self.screen().availableGeometry().size() * MOST_OF_SCREEN
        wanted = layout.totalSizeHint().expandedTo(self.size())
        if layout.hasHeightForWidth():
            wanted.setHeight(max(self.height(), layout.totalHeightForWidth(wanted.width())))
        self.resize(wanted.boundedTo(most).expandedTo(self.size()))
