"""The window: it places the panels and connects menus and hotkeys to them; the rest is not its business."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QIcon
from PySide6.QtWidgets import QDockWidget, QMainWindow, QVBoxLayout, QWidget
from typing_extensions import override

from backend.messages import HideCard
from studio import hotkeys
from studio.hotkeys import Hotkey
from studio.menus import Menus
from widgets.about_dialog import AboutDialog
from widgets.alarms import AlarmBanner
from widgets.audience_panel import AudiencePanel
from widgets.chat_panel import ChatPanel
from widgets.common.dock_title import DockTitle
from widgets.controls_panel import ControlsPanel
from widgets.effects_panel import EffectsPanel
from widgets.hotkeys_dialog import HotkeysDialog
from widgets.live_numbers import LiveNumbers
from widgets.mixer_panel import MixerPanel
from widgets.preview import Preview
from widgets.product_panel import ProductPanel
from widgets.sources_panel import SourcesPanel
from widgets.stats_panel import StatsPanel
from widgets.status_bar import StudioStatusBar
from widgets.toasts import Toasts

NAME: Final = "Livestall"
VERSION: Final = "0.1.0"
LAYOUT_VERSION: Final = 3
SIZE: Final = QSize(1440, 860)
FRAME: Final = QSize(8, 40)  # what a window manager draws around it


@dataclass(frozen=True)
class Layout:
    """Where the window and its docks stand, as Qt packs it, in base64; empty for the default."""

    geometry: str = ""
    docks: str = ""


class MainWindow(QMainWindow):
    """Central preview under the alarms, docks around it, status bar below.

    Attributes:
        close_wanted: the host wants to close; the window itself stays until it is told.
        settings_wanted: the host wants the settings.
        language_chosen: emitted with `zh_CN`, `en`, or empty for the system's.
        log_folder_wanted: the host wants to see the logs.
    """

    close_wanted = Signal()
    settings_wanted = Signal()
    language_chosen = Signal(str)
    log_folder_wanted = Signal()

    def __init__(self, app_icon: QIcon) -> None:
        super().__init__()
        self._may_close = False
        self.setWindowIcon(app_icon)
        self.setDockNestingEnabled(True)
        self.setDockOptions(
            QMainWindow.DockOption.AllowNestedDocks
            | QMainWindow.DockOption.AllowTabbedDocks
            | QMainWindow.DockOption.AnimatedDocks
        )
        self.preview = Preview()
        self.alarms = AlarmBanner()
        self.sources = SourcesPanel()
        self.effects = EffectsPanel()
        self.mixer = MixerPanel()
        self.products = ProductPanel()
        self.controls = ControlsPanel()
        self.stats = StatsPanel()
        self.chat = ChatPanel()
        self.audience = AudiencePanel()
        self.numbers = LiveNumbers()
        self.status = StudioStatusBar()
        self.setStatusBar(self.status)
        self.toasts = Toasts(self._place_center())
        self._make_docks()
        self.menus = self._make_menus()
        self.controls.settings_wanted.connect(self.settings_wanted)
        self.retranslate()
        self._resize_to_screen()
        self.reset_layout()

    def _place_center(self) -> QWidget:
        center = QWidget()
        layout = QVBoxLayout(center)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.alarms)
        layout.addWidget(self.preview, 1)
        self.setCentralWidget(center)
        return center

    def _make_docks(self) -> None:
        panels: dict[str, QWidget] = {
            "sources": self.sources,
            "effects": self.effects,
            "mixer": self.mixer,
            "stats": self.stats,
            "numbers": self.numbers,
            "chat": self.chat,
            "audience": self.audience,
            "products": self.products,
            "controls": self.controls,
        }
        self.docks: dict[str, QDockWidget] = {}
        for name, panel in panels.items():
            dock = QDockWidget(self)
            dock.setObjectName(name)
            panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            dock.setWidget(panel)
            dock.setTitleBarWidget(DockTitle(dock))
            self.docks[name] = dock

    def reset_layout(self) -> None:
        """Put every dock where it was at the first start."""
        areas = Qt.DockWidgetArea
        self.setCorner(Qt.Corner.BottomLeftCorner, areas.LeftDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, areas.RightDockWidgetArea)
        docks = self.docks
        for dock in docks.values():
            dock.setFloating(False)
            self.removeDockWidget(dock)
        # Each goes to its place at once: stacked for a moment, they would be higher than the screen, and the
        # window would grow with them. A dock with tabs cannot be split, it gets one more tab.
        self.addDockWidget(areas.LeftDockWidgetArea, docks["sources"])
        self.splitDockWidget(docks["sources"], docks["mixer"], Qt.Orientation.Vertical)
        self.tabifyDockWidget(docks["sources"], docks["effects"])
        self.addDockWidget(areas.BottomDockWidgetArea, docks["stats"])
        self.tabifyDockWidget(docks["stats"], docks["numbers"])
        self.addDockWidget(areas.RightDockWidgetArea, docks["chat"])
        self.splitDockWidget(docks["chat"], docks["products"], Qt.Orientation.Horizontal)
        self.splitDockWidget(docks["products"], docks["controls"], Qt.Orientation.Vertical)
        self.tabifyDockWidget(docks["chat"], docks["audience"])
        for dock in docks.values():
            dock.show()
        for name in ("sources", "stats", "chat"):
            docks[name].raise_()
        columns = [docks["sources"], docks["chat"], docks["products"]]
        self.resizeDocks(columns, [320, 340, 390], Qt.Orientation.Horizontal)
        self.resizeDocks([docks["sources"], docks["mixer"]], [600, 150], Qt.Orientation.Vertical)
        self.resizeDocks([docks["products"], docks["controls"]], [600, 280], Qt.Orientation.Vertical)
        self.resizeDocks([docks["stats"]], [150], Qt.Orientation.Vertical)

    def _resize_to_screen(self) -> None:
        room = self.screen().availableSize() - FRAME
        self.resize(SIZE.boundedTo(room))
        if room.width() < SIZE.width() or room.height() < SIZE.height():
            self.setWindowState(Qt.WindowState.WindowMaximized)

    # --- Menus ---

    def _make_menus(self) -> Menus:
        slots: dict[Hotkey, Callable[[], object]] = {
            Hotkey.TOGGLE_LIVE: self.controls.toggle_live,
            Hotkey.TOGGLE_PAUSE: self.controls.toggle_pause,
            Hotkey.TOGGLE_MUTE: self.mixer.toggle_mute,
            Hotkey.HIDE_CARD: lambda: self.products.command.emit(HideCard()),
            Hotkey.WRITE: self._write,
            Hotkey.TOGGLE_CHAT: self.chat.rules.toggle_pause,
            Hotkey.SEARCH: self._search,
            Hotkey.EFFECTS: self._show_effects,
            Hotkey.COMPARE: self.effects.toggle_split,
            Hotkey.COPY_LINK: self.controls.copy_link,
            Hotkey.OPEN_FILE: self.sources.choose_file,
            Hotkey.SETTINGS: self.settings_wanted.emit,
            Hotkey.FULL_SCREEN: self._toggle_full_screen,
            Hotkey.HELP: self._show_hotkeys,
            Hotkey.QUIT: self.close,
        }
        menus = Menus(self, slots, [dock.toggleViewAction() for dock in self.docks.values()])
        menus.card_toggled.connect(self.products.toggle_number)
        menus.language_chosen.connect(self.language_chosen)
        menus.reset_wanted.connect(self.reset_layout)
        menus.logs_wanted.connect(self.log_folder_wanted)
        menus.about_wanted.connect(self._show_about)
        menus.lock_action.toggled.connect(self._on_lock_toggled)
        return menus

    def retranslate(self) -> None:
        """Set every text anew."""
        self.setWindowTitle(self.tr("{name} — live-selling studio").format(name=NAME))
        names = {
            "sources": self.tr("Sources"),
            "effects": self.tr("Effects"),
            "mixer": self.tr("Mixer"),
            "stats": self.tr("Statistics"),
            "numbers": self.tr("Live numbers a minute"),
            "chat": self.tr("Chat"),
            "audience": self.tr("Audience"),
            "products": self.tr("Products"),
            "controls": self.tr("Broadcast"),
        }
        for name, text in names.items():
            self.docks[name].setWindowTitle(text)
        self.menus.retranslate(NAME)

    # --- Layout ---

    def layout_state(self) -> Layout:
        """Where everything stands now, to be kept."""
        return Layout(_packed(self.saveGeometry()), _packed(self.saveState(LAYOUT_VERSION)))

    def restore_layout(self, layout: Layout) -> None:
        """Put everything where it was; what cannot be read leaves the default."""
        if layout.geometry:
            self.restoreGeometry(QByteArray.fromBase64(layout.geometry.encode()))
        if layout.docks:
            self.restoreState(QByteArray.fromBase64(layout.docks.encode()), LAYOUT_VERSION)

    def _on_lock_toggled(self) -> None:
        features = QDockWidget.DockWidgetFeature
        is_locked = self.menus.lock_action.isChecked()
        free = features.DockWidgetClosable | features.DockWidgetMovable | features.DockWidgetFloatable
        for dock in self.docks.values():
            dock.setFeatures(features.NoDockWidgetFeatures if is_locked else free)

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _search(self) -> None:
        self.docks["products"].show()
        self.docks["products"].raise_()
        self.products.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _write(self) -> None:
        self.docks["chat"].show()
        self.docks["chat"].raise_()
        self.chat.focus_composer()

    def _show_effects(self) -> None:
        self.docks["effects"].show()
        self.docks["effects"].raise_()
        self.effects.focus_first()

    def _show_hotkeys(self) -> None:
        HotkeysDialog(hotkeys.listing(), self).open()

    def _show_about(self) -> None:
        AboutDialog(NAME, VERSION, self.windowIcon(), self).open()

    def come_forward(self) -> None:
        """Show the window in front of all others; what a second start asks for."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def close_for_good(self) -> None:
        """Close without asking."""
        self._may_close = True
        self.close()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
        else:
            event.ignore()
            self.close_wanted.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _packed(data: QByteArray) -> str:
    return bytes(data.toBase64().data()).decode()
