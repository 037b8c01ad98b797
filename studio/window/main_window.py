"""The host's window: it places the panels and connects menus and hotkeys to them, nothing else."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from typing_extensions import override

from studio.parts import NAME
from studio.window.hotkeys import Hotkey
from studio.window.menus import Entry, Menus
from studio.window.room_window import RoomWindow
from widgets.common import plain
from widgets.live.controls_panel import ControlsPanel
from widgets.live.stats_panel import StatsPanel
from widgets.live.status_bar import StudioStatusBar
from widgets.stage.effects_panel import EffectsPanel
from widgets.stage.mixer_panel import MixerPanel
from widgets.stage.preview import Preview
from widgets.stage.sources_panel import SourcesPanel

SIZE: Final = QSize(1440, 860)


class MainWindow(RoomWindow):
    """Central preview under the alarms, docks around it, status bar below.

    Attributes:
        settings_wanted: the host wants the settings.
        room_wanted: the host wants to set how the room presents itself.
        host_token_wanted: the host wants a new token, and every older one to end.
        assistants_wanted, stream_keys_wanted, audit_wanted: the host wants to see who helps, what else
            broadcasts, or who changed what.
        api_tokens_wanted, webhooks_wanted: the host wants to see what the shop's programs may do and hear.
    """

    settings_wanted = Signal()
    room_wanted = Signal()
    assistants_wanted = Signal()
    stream_keys_wanted = Signal()
    api_tokens_wanted = Signal()
    webhooks_wanted = Signal()
    host_token_wanted = Signal()
    audit_wanted = Signal()

    def __init__(self, app_icon: QIcon) -> None:
        super().__init__(app_icon)
        self.preview = Preview()
        self.sources = SourcesPanel()
        self.effects = EffectsPanel()
        self.mixer = MixerPanel()
        self.controls = ControlsPanel()
        self.stats = StatsPanel()
        self.status = StudioStatusBar()
        self._center.addWidget(self.preview, 1)
        self.setStatusBar(self.status)
        self._make_docks(
            {
                "sources": self.sources,
                "effects": self.effects,
                "mixer": self.mixer,
                "stats": self.stats,
                "numbers": self.numbers,
                "chat": self.chat,
                "audience": self.audience,
                "products": self.products,
                "run": self.run,
                "campaigns": self.campaigns,
                "controls": self.controls,
            }
        )
        self.menus = self._make_menus()
        self._connect_menus()
        self.controls.settings_wanted.connect(self.settings_wanted)
        self.retranslate()
        self._resize_to_screen(SIZE)
        self.reset_layout()

    @override
    def reset_layout(self) -> None:
        areas = Qt.DockWidgetArea
        self.setCorner(Qt.Corner.BottomLeftCorner, areas.LeftDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, areas.RightDockWidgetArea)
        docks = self.docks
        self._take_docks_out()
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
        self.tabifyDockWidget(docks["products"], docks["run"])
        self.tabifyDockWidget(docks["run"], docks["campaigns"])
        for dock in docks.values():
            dock.show()
        for name in ("sources", "stats", "chat", "products"):
            docks[name].raise_()
        columns = [docks["sources"], docks["chat"], docks["products"]]
        self.resizeDocks(columns, [320, 340, 390], Qt.Orientation.Horizontal)
        self.resizeDocks([docks["sources"], docks["mixer"]], [600, 150], Qt.Orientation.Vertical)
        self.resizeDocks([docks["products"], docks["controls"]], [600, 280], Qt.Orientation.Vertical)
        self.resizeDocks([docks["stats"]], [150], Qt.Orientation.Vertical)

    def _make_menus(self) -> Menus:
        slots: dict[Hotkey, Callable[[], object]] = {
            Hotkey.TOGGLE_LIVE: self.controls.toggle_live,
            Hotkey.TOGGLE_PAUSE: self.controls.toggle_pause,
            Hotkey.TOGGLE_MUTE: self.mixer.toggle_mute,
            Hotkey.HIDE_CARD: self.products.take_off,
            Hotkey.WRITE: self._write,
            Hotkey.TOGGLE_CHAT: self.chat.rules.toggle_pause,
            Hotkey.SEARCH: self._search,
            Hotkey.EFFECTS: self._show_effects,
            Hotkey.COMPARE: self.effects.toggle_split,
            Hotkey.PRODUCTS: self.products_wanted.emit,
            Hotkey.ORDERS: self.orders_wanted.emit,
            Hotkey.CAMPAIGNS: self._show_campaigns,
            Hotkey.COUPONS: self.coupons_wanted.emit,
            Hotkey.COPY_LINK: self.controls.copy_link,
            Hotkey.OPEN_FILE: self.sources.choose_file,
            Hotkey.SETTINGS: self.settings_wanted.emit,
            Hotkey.FULL_SCREEN: self._toggle_full_screen,
            Hotkey.HELP: self._show_hotkeys,
            Hotkey.QUIT: self.close,
        }
        entries: dict[Entry, Callable[[], object]] = {
            Entry.BOOKS: self.books_wanted.emit,
            Entry.ROOM: self.room_wanted.emit,
            Entry.ASSISTANTS: self.assistants_wanted.emit,
            Entry.STREAM_KEYS: self.stream_keys_wanted.emit,
            Entry.API_TOKENS: self.api_tokens_wanted.emit,
            Entry.WEBHOOKS: self.webhooks_wanted.emit,
            Entry.AUDIT: self.audit_wanted.emit,
            Entry.HOST_TOKEN: self.host_token_wanted.emit,
        }
        return Menus(self, slots, [dock.toggleViewAction() for dock in self.docks.values()], entries)

    @override
    def retranslate(self) -> None:
        super().retranslate()
        plain.set_title(self, self.tr("{name} — live-selling studio").format(name=NAME))
        docks = self.docks
        docks["sources"].setWindowTitle(self.tr("Sources"))
        docks["effects"].setWindowTitle(self.tr("Effects"))
        docks["mixer"].setWindowTitle(self.tr("Mixer"))
        docks["stats"].setWindowTitle(self.tr("Statistics"))
        docks["numbers"].setWindowTitle(self.tr("Live numbers a minute"))
        docks["chat"].setWindowTitle(self.tr("Chat"))
        docks["audience"].setWindowTitle(self.tr("Audience"))
        docks["products"].setWindowTitle(self.tr("Products"))
        docks["run"].setWindowTitle(self.tr("Run of show"))
        docks["campaigns"].setWindowTitle(self.tr("Campaigns"))
        docks["controls"].setWindowTitle(self.tr("Broadcast"))

    def _show_effects(self) -> None:
        self._bring_up("effects")
        self.effects.focus_first()
