"""The side panel of a window: one page at a time, beside the middle, or over it where there is no room."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from widgets.common import plain
from widgets.common.dock_title import DockTitle
from widgets.common.forms import label, row, tool_button
from widgets.common.retranslate import Retranslated

SHEET_WIDTH: Final = 300


class SidePages(QStackedWidget):
    """Pages of which only the one that shows asks for room."""

    @override
    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return QSize() if page is None else page.minimumSizeHint()

    @override
    def sizeHint(self) -> QSize:
        page = self.currentWidget()
        return QSize() if page is None else page.sizeHint()


class SidePanel(QObject):
    """Opens and closes pages in a dock, or in a sheet over the middle of the window.

    Args:
        dock: its place beside the middle.
        title: of the dock; it says the name of the page.
        middle: what the sheet lies over.
        pages: by name.

    Attributes:
        page_shown: emitted with the name of the page that is open, or empty.
    """

    page_shown = Signal(str)

    def __init__(
        self, dock: QDockWidget, title: DockTitle, middle: QWidget, pages: Mapping[str, QWidget]
    ) -> None:
        super().__init__(dock)
        self.dock, self._title = dock, title
        self.sheet = _Sheet(middle)
        self.pages = SidePages()
        self._panels = dict(pages)
        self._names: dict[str, str] = {}
        for panel in pages.values():
            panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            self.pages.addWidget(panel)
        self._page = next(iter(pages))
        self._is_over = False
        dock.setWidget(self.pages)
        middle.installEventFilter(self)
        self.sheet.close_button.clicked.connect(self.close)
        dock.visibilityChanged.connect(lambda _is_visible: self._tell())

    @property
    def open_page(self) -> str:
        """The name of the page that is open; empty for none."""
        is_open = not (self.sheet.isHidden() if self._is_over else self.dock.isHidden())
        return self._page if is_open else ""

    def name_pages(self, names: Mapping[str, str]) -> None:
        """Set the title of each page."""
        self._names = dict(names)
        self._show_name()

    def show_page(self, name: str) -> None:
        """Open this page."""
        self._page = name
        self.pages.setCurrentWidget(self._panels[name])
        self.pages.updateGeometry()
        self._show_name()
        self._holder.show()
        self._holder.raise_()
        self._tell()

    def close(self) -> None:
        """Close what is open."""
        self._holder.hide()
        self._tell()

    def lie_over(self) -> None:
        """Lie over the middle from now on, closed at first."""
        if not self._is_over:
            self._is_over = True
            self.dock.hide()
            self.sheet.put(self.pages)
            self.sheet.hide()
            self._tell()

    def stand_beside(self) -> None:
        """Stand beside the middle from now on, open."""
        if self._is_over:
            self._is_over = False
            self.sheet.hide()
            self.dock.setWidget(self.pages)
            self.show_page(self._page)

    @property
    def _holder(self) -> QWidget:
        return self.sheet if self._is_over else self.dock

    def _show_name(self) -> None:
        name = self._names.get(self._page, "")
        plain.set_text(self.sheet.name, name)
        self._title.show_name(name)

    def _tell(self) -> None:
        self.page_shown.emit(self.open_page)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.sheet.setGeometry(0, 0, min(SHEET_WIDTH, watched.width()), watched.height())
        return False


class _Sheet(Retranslated):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sideSheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.name = label()
        self.close_button = tool_button("fa5s.times", "faint")
        head = row(self.name, self.close_button)
        head.setStretch(0, 1)
        head.setContentsMargins(12, 5, 6, 5)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addLayout(head)
        self.hide()
        self.retranslate()

    def put(self, pages: QWidget) -> None:
        self._rows.addWidget(pages, 1)
        pages.show()

    @override
    def retranslate(self) -> None:
        plain.set_tooltip(self.close_button, self.tr("Close this panel"))
        plain.set_name(self.close_button, self.tr("Close this panel"))
