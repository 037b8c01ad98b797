"""Menus that open at a place of the screen."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu


def popup(menu: QMenu, place: QPoint) -> None:
    """Open a menu at a place of the screen; it goes once it is closed."""
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(place)
