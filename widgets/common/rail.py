"""The rail at the left edge of a window: a button a page of the side panel."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolBar, QToolButton, QWidget

from widgets.common import plain
from widgets.common.theme import icon

WIDTH: Final = 46
BUTTON: Final = QSize(38, 38)
SIGN: Final = QSize(20, 20)


class RailButton(QToolButton):
    """A button as the rail has them; its name comes from whoever makes it."""

    def __init__(self, icon_name: str) -> None:
        super().__init__()
        self.setObjectName("railButton")
        self.setIcon(icon(icon_name, "dim"))
        self.setIconSize(SIGN)
        self.setFixedSize(BUTTON)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)


class Rail(QToolBar):
    """One page at most is chosen; choosing it again closes it.

    Args:
        pages: the icon of each page, by its name, from top to bottom.

    Attributes:
        page_chosen: emitted with the name of the page that was chosen, or empty when it is to be closed.
        buttons: by name.
    """

    page_chosen = Signal(str)

    def __init__(self, pages: Mapping[str, str]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setMovable(False)
        self.setOrientation(Qt.Orientation.Vertical)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setFixedWidth(WIDTH)
        self._icons = dict(pages)
        self.buttons = {name: RailButton(sign) for name, sign in pages.items()}
        for name, button in self.buttons.items():
            button.setCheckable(True)
            button.clicked.connect(lambda is_on, name=name: self.page_chosen.emit(name if is_on else ""))
            self.addWidget(button)
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.addWidget(space)

    def add_below(self, button: RailButton) -> None:
        """Add a button at the lower end."""
        self.addWidget(button)

    def name_pages(self, names: Mapping[str, str]) -> None:
        """Set the names of pages, for tooltips and screen readers."""
        for name, text in names.items():
            plain.set_tooltip(self.buttons[name], text)
            plain.set_name(self.buttons[name], text)

    def show_page(self, chosen: str) -> None:
        """Mark the page that is open; empty for none."""
        for name, button in self.buttons.items():
            button.setChecked(name == chosen)
            button.setIcon(icon(self._icons[name], "accent" if name == chosen else "dim"))
