"""The docks of a window: placed by its width, locked, and moved by hand only while the layout is edited."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QByteArray, QObject, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget, QWidget

from studio.window.arrangement import RIGHT, SEPARATOR, Places, Right, places
from widgets.common.dock_title import DockTitle
from widgets.common.rail import Rail
from widgets.common.side_panel import SidePanel

LAYOUT_VERSION: Final = 6
UPPER_SHARE: Final = 0.46
LEFT_SHARE: Final = 0.52
"""Of products where they stand over the chat, or beside it."""
_FIXED: Final = QDockWidget.DockWidgetFeature.NoDockWidgetFeatures
_FREE: Final = (
    QDockWidget.DockWidgetFeature.DockWidgetClosable
    | QDockWidget.DockWidgetFeature.DockWidgetMovable
    | QDockWidget.DockWidgetFeature.DockWidgetFloatable
)


class Docks(QObject):
    """Follows the width of the window, until somebody moves the docks by hand.

    Args:
        window: whose docks they are.
        middle: its central widget, which the side panel lies over where the window is narrow.
        rail: opens and closes the pages of the side panel.
        pages: of the side panel, by name.
        columns: what stands on the right, by name.

    Attributes:
        side: the panel on the left.
        docks: by name; the side panel's is `side`.
    """

    def __init__(
        self,
        window: QMainWindow,
        middle: QWidget,
        rail: Rail,
        pages: Mapping[str, QWidget],
        columns: Mapping[str, QWidget],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._is_custom = self._is_editing = False
        self._before = QByteArray()
        self._arranged: tuple[Right, bool] | None = None
        self.docks = {name: self._make(name) for name in ("side", *columns)}
        self._titles = {name: DockTitle(dock) for name, dock in self.docks.items()}
        self._show_titles()
        for name, panel in columns.items():
            panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            self.docks[name].setWidget(panel)
        self._columns = [self.docks[name] for name in columns]
        self._middle = middle
        self.side = SidePanel(self.docks["side"], self._titles["side"], middle, pages)
        self.side.page_shown.connect(rail.show_page)
        rail.page_chosen.connect(self._on_page_chosen)
        areas = Qt.DockWidgetArea
        window.setCorner(Qt.Corner.BottomLeftCorner, areas.LeftDockWidgetArea)
        window.setCorner(Qt.Corner.BottomRightCorner, areas.RightDockWidgetArea)
        window.setTabPosition(areas.AllDockWidgetAreas, QTabWidget.TabPosition.North)

    def _make(self, name: str) -> QDockWidget:
        dock = QDockWidget(parent=self._window)
        dock.setObjectName(name)
        dock.setFeatures(_FIXED)
        return dock

    # --- Places ---

    def arrange(self) -> None:
        """Place the docks for the width of the window, unless somebody placed them by hand."""
        if self._is_custom or self._is_editing:
            return
        side = self.side.pages.minimumSizeHint().width()
        widths = [dock.widget().minimumSizeHint().width() for dock in self._columns]
        wanted = places(self._window.width(), self._window.height(), side, max(widths))
        form = (wanted.right, wanted.side_width == 0)
        if form != self._arranged:
            self._arranged = form
            self._place(wanted)
        self._set_sizes(wanted)

    def reset(self) -> None:
        """Forget what was placed by hand."""
        self._is_custom, self._arranged = False, None
        self.side.stand_beside()
        self.arrange()

    def bring_up(self, name: str) -> None:
        """Show a dock, or a page of the side panel."""
        if name in self.docks:
            self.docks[name].show()
            self.docks[name].raise_()
        else:
            self._open(name)

    def _place(self, wanted: Places) -> None:
        areas, orientation = Qt.DockWidgetArea, Qt.Orientation
        for dock in self.docks.values():
            dock.setFloating(False)
            self._window.removeDockWidget(dock)
        self._window.addDockWidget(areas.LeftDockWidgetArea, self.docks["side"])
        first, *others = self._columns
        self._window.addDockWidget(areas.RightDockWidgetArea, first)
        for dock in others:
            if wanted.right is Right.TABS:
                self._window.tabifyDockWidget(first, dock)
            else:
                is_abreast = wanted.right is Right.ABREAST
                turn = orientation.Horizontal if is_abreast else orientation.Vertical
                self._window.splitDockWidget(first, dock, turn)
        for dock in self._columns:
            dock.show()
        first.raise_()
        if wanted.side_width:
            self.side.stand_beside()
            self.docks["side"].show()
        else:
            self.side.lie_over()
        self._show_titles()

    def _set_sizes(self, wanted: Places) -> None:
        window, orientation = self._window, Qt.Orientation
        docks = [self.docks["side"]] if wanted.side_width else []
        widths = [wanted.side_width] if wanted.side_width else []
        first, *others = self._columns
        if not others:
            docks, widths = [*docks, first], [*widths, min(wanted.right_width, RIGHT[1])]
        elif wanted.right is Right.ABREAST:
            left = round(wanted.right_width * LEFT_SHARE)
            docks += [first, *others]
            widths += [left, wanted.right_width - left - SEPARATOR]
        else:
            docks, widths = [*docks, first], [*widths, wanted.right_width]
        window.resizeDocks(docks, widths, orientation.Horizontal)
        if others and wanted.right is Right.STACKED:
            height = self._middle.height()
            upper = round(height * UPPER_SHARE)
            window.resizeDocks([first, *others], [upper, height - upper], orientation.Vertical)

    def _show_titles(self) -> None:
        """Tabs say the names of what they hold; a title below them would say them twice."""
        is_tabbed = self._arranged is not None and self._arranged[0] is Right.TABS and not self._is_editing
        for name, dock in self.docks.items():
            has_tab = is_tabbed and name != "side" and len(self.docks) > 2
            before = dock.titleBarWidget()
            dock.setTitleBarWidget(QWidget() if has_tab else self._titles[name])
            if before is not None and before is not self._titles[name]:
                before.deleteLater()

    def _on_page_chosen(self, name: str) -> None:
        if name:
            self._open(name)
        else:
            self.side.close()

    def _open(self, page: str) -> None:
        self.side.show_page(page)
        self.arrange()

    # --- By hand ---

    def edit(self) -> None:
        """Let docks be moved, floated and closed."""
        if not self._is_editing:
            self._is_editing = True
            self.side.stand_beside()
            self._show_titles()
            self._set_features(_FREE)
            self._before = self._state()

    def lock(self) -> None:
        """Hold the docks where they are."""
        if self._is_editing:
            self._is_editing = False
            self._is_custom |= self._state() != self._before
            self._set_features(_FIXED)
            self._show_titles()
            if not self._is_custom:
                self._arranged = None
                self.arrange()

    def _set_features(self, features: QDockWidget.DockWidgetFeature) -> None:
        for dock in self.docks.values():
            dock.setFeatures(features)

    def _state(self) -> QByteArray:
        if (layout := self._window.layout()) is not None:
            layout.activate()
        return self._window.saveState(LAYOUT_VERSION)

    # --- Kept ---

    def state(self) -> str:
        """Where docks were placed by hand, to be kept; empty while they follow the width."""
        if not self._is_custom:
            return ""
        return bytes(self._state().toBase64().data()).decode()

    def restore(self, packed: str) -> bool:
        """Put docks where they were placed by hand; returns whether they fit this window."""
        self.side.stand_beside()
        state = QByteArray.fromBase64(packed.encode())
        self._is_custom = self._window.restoreState(state, LAYOUT_VERSION)
        if not self._is_custom:
            self.reset()
        return self._is_custom
