"""The title bar of a dock: its name, and buttons to float and to close it while the layout is edited."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QHBoxLayout
from typing_extensions import override

from widgets.common import plain
from widgets.common.forms import label, say, tool_button
from widgets.common.retranslate import Retranslated

HEIGHT: Final = 36


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
        dock.windowTitleChanged.connect(self.show_name)
        dock.featuresChanged.connect(self._show_buttons)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 5, 6, 5)
        layout.setSpacing(2)
        layout.addWidget(self._name, 1)
        layout.addWidget(self._float)
        layout.addWidget(self._close)
        self.setFixedHeight(HEIGHT)
        self.retranslate()
        self._show_buttons(dock.features())

    def show_name(self, name: str) -> None:
        """Say this name."""
        plain.set_text(self._name, name)

    def _show_buttons(self, features: QDockWidget.DockWidgetFeature) -> None:
        """Only what can be moved can be floated or closed."""
        is_free = bool(features & QDockWidget.DockWidgetFeature.DockWidgetMovable)
        self._float.setVisible(is_free)
        self._close.setVisible(is_free)

    @override
    def retranslate(self) -> None:
        say(self._float, self.tr("Detach or attach this panel"))
        say(self._close, self.tr("Close this panel"))
