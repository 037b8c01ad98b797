"""The ground of a row in a painted list: chosen, under the mouse, with the keyboard's focus."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle

from widgets.common.theme import color


def paint_ground(painter: QPainter, ground: QRectF, state: QStyle.StateFlag, radius: float) -> None:
    """Paint the ground of a row; nothing where it is neither chosen nor under the mouse."""
    painter.setPen(Qt.PenStyle.NoPen)
    if state & QStyle.StateFlag.State_Selected:
        painter.setBrush(color("selection"))
        painter.drawRoundedRect(ground, radius, radius)
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(color("raised"))
        painter.drawRoundedRect(ground, radius, radius)


def paint_focus(painter: QPainter, ground: QRectF, state: QStyle.StateFlag, radius: float) -> None:
    """Paint the line around a row that is chosen while its list has the keyboard."""
    if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_Selected:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(color("accent"))
        painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
