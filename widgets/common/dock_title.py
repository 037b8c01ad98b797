"""The title bar of a dock: its name, and buttons to float and to close it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QHBoxLayout
from typing_extensions import override

from widgets.common import plain
from widgets.common.forms import label, say, tool_button
from widgets.common.retranslate import Retranslated


class DockTitle(Retranslated):
    """Follows the dock's window title; being a plain widget, it leaves dragging to the dock."""

    def __init__(self, dock: QDockWidget) -> None:
        super().__init__(dock)
        self.setObjectName("dockTitle")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._name = label(dock.windowTitle())
        self._float = tool_button("fa5s.external-link-alt", "faint")
        self._close = tool_button("fa5s.times", "faint")
        for button in (self._float, self._close):
            button.setAutoRaise(True)
        self._float.clicked.connect(lambda: dock.setFloating(not dock.isFloating()))
        self._close.clicked.connect(dock.close)
        dock.windowTitleChanged.connect(lambda title: plain.set_text(self._name, title))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 5, 6, 5)
        layout.setSpacing(2)
        layout.addWidget(self._name, 1)
        layout.addWidget(self._float)
        layout.addWidget(self._close)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        say(self._float, self.tr("Detach or attach this panel"))
        say(self._close, self.tr("Close this panel"))
