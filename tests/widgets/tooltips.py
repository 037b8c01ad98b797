"""Hovering over widgets, and what is read there."""

from pathlib import Path

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QColor, QHelpEvent, QImage, Qt, QTextDocumentFragment
from PySide6.QtWidgets import QApplication, QLabel, QWidget

GAUDY = QColor("#ff00ff")


def hover(widget: QWidget, at: QPoint | None = None) -> QLabel:
    """Rest the mouse on the middle of a widget, or elsewhere on it, and return the tooltip."""
    place = at or widget.rect().center()
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, place, widget.mapToGlobal(place)))
    (tip,) = (
        each for each in QApplication.topLevelWidgets() if each.inherits("QTipLabel") and each.isVisible()
    )
    assert isinstance(tip, QLabel)
    return tip


def read(text: str) -> str:
    """What one reads where Qt shows this text and may take it for HTML."""
    return QTextDocumentFragment.fromHtml(text).toPlainText() if Qt.mightBeRichText(text) else text


def gaudy_picture(folder: Path) -> Path:
    """A picture in a colour that the studio does not use."""
    picture = QImage(60, 60, QImage.Format.Format_RGB32)
    picture.fill(GAUDY)
    path = folder / "gaudy.png"
    assert picture.save(str(path))
    return path


def is_gaudy(widget: QWidget) -> bool:
    """Whether the colour of `gaudy_picture` is seen in the widget."""
    shown = widget.grab().toImage()
    return any(
        shown.pixelColor(x, y) == GAUDY
        for x in range(0, shown.width(), 8)
        for y in range(0, shown.height(), 8)
    )
