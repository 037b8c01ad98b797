from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QLabel, QMainWindow, QToolButton
from pytestqt.qtbot import QtBot

from widgets.common.dock_title import DockTitle


@pytest.fixture
def dock(qtbot: QtBot) -> Iterator[QDockWidget]:
    window = QMainWindow()
    qtbot.addWidget(window)
    made = QDockWidget("Sources", window)
    made.setTitleBarWidget(DockTitle(made))
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, made)
    window.show()
    yield made
    window.close()


def test_a_dock_title_follows_its_docks_title(dock: QDockWidget) -> None:
    dock.setWindowTitle("来源")

    (name,) = dock.titleBarWidget().findChildren(QLabel)
    assert name.text() == "来源"


def test_its_buttons_detach_and_close(dock: QDockWidget) -> None:
    detach, close = dock.titleBarWidget().findChildren(QToolButton)
    detach.click()
    assert dock.isFloating()
    detach.click()
    assert not dock.isFloating()
    close.click()
    assert dock.isHidden()
