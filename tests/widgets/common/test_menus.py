"""Tests for menus that open at a place of the screen."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from widgets.common.menus import popup


def test_a_menu_goes_once_it_is_closed(qtbot: QtBot) -> None:
    menu = QMenu()
    menu.addAction("Copy")
    popup(menu, QPoint(10, 10))
    assert menu.isVisible()
    with qtbot.wait_signal(menu.destroyed):
        menu.close()
