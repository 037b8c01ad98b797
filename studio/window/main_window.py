"""The host's window: it places the panels and connects menus and hotkeys to them, nothing else."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeySequence
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from studio.parts import NAME
from studio.window.hotkeys import Hotkey, sequence
from studio.window.menus import Entry, Menus
from studio.window.room_window import RoomWindow
from widgets.chat.newest_messages import NewestMessages
from widgets.common import plain
from widgets.common.forms import column, say
from widgets.common.rail import RailButton
from widgets.live.live_bar import LiveBar
from widgets.stage.effects_panel import EffectsPanel
from widgets.stage.mixer_panel import MixerPanel
from widgets.stage.preview import Preview
from widgets.stage.scenes_panel import ScenesPanel
from widgets.stage.sources_panel import SourcesPanel

SIZE: Final = QSize(1440, 860)
PAGES: Final = {
    "sources": "fa5s.layer-group",
    "scenes": "fa5s.clone",
    "effects": "fa5s.magic",
    "campaigns": "fa5s.bolt",
    "audience": "fa5s.users",
    "run": "fa5s.list-ol",
    "numbers": "fa5s.chart-line",
}


class MainWindow(RoomWindow):
    """The live bar on top, the rail left, the stage over the mixer in the middle, products and chat right.

    Attributes:
        settings_wanted: the host wants the settings.
        room_wanted: the host wants to set how the room presents itself.
        host_token_wanted: the host wants a new token, and every older one to end.
        assistants_wanted, stream_keys_wanted, audit_wanted: the host wants to see who helps, what else
            broadcasts, or who changed what.
        recording_pause_wanted, chapter_wanted: the host wants to pause the recording or go on with it, or to
            mark a chapter in it.
        replay_wanted, recordings_wanted: the host wants to keep the last seconds, or to see the recordings.
        platforms_wanted: the host wants to see what other platforms get the broadcast.
        api_tokens_wanted, webhooks_wanted: the host wants to see what the shop's programs may do and hear.
    """

    settings_wanted = Signal()
    room_wanted = Signal()
    recording_pause_wanted = Signal()
    chapter_wanted = Signal()
    replay_wanted = Signal()
    recordings_wanted = Signal()
    platforms_wanted = Signal()
    assistants_wanted = Signal()
    stream_keys_wanted = Signal()
    api_tokens_wanted = Signal()
    webhooks_wanted = Signal()
    host_token_wanted = Signal()
    audit_wanted = Signal()

    def __init__(self, app_icon: QIcon) -> None:
        super().__init__(app_icon, PAGES)
        self.preview = Preview()
        self.scenes = ScenesPanel()
        self.sources = SourcesPanel()
        self.effects = EffectsPanel()
        self.mixer = MixerPanel()
        self.mixer.setObjectName("band")
        self.mixer.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.live_bar = LiveBar(self.orders_button, self.campaigns.sale_left_ms)
        self.controls = self.live_bar.controls
        self._center.addWidget(self.preview, 1)
        self._center.addWidget(self.mixer)
        self.toasts.keep_free(self.mixer)
        self._make_bar(self.live_bar)
        pages = {
            "sources": self.sources,
            "scenes": self.scenes,
            "effects": self.effects,
            "campaigns": self.campaigns,
            "audience": self.audience,
            "run": self.run,
            "numbers": self.numbers,
        }
        self._make_docks(pages, {"products": self._products_column(), "chat": self.chat})
        self.docks["chat"].visibilityChanged.connect(self.newest.setHidden)
        self._actions = self._page_actions([*pages, "products", "chat"])
        self.settings_button = RailButton("fa5s.cog")
        self.rail.add_below(self.settings_button)
        self.settings_button.clicked.connect(self.settings_wanted)
        self.menus = self._make_menus()
        self._connect_menus()
        self.live_bar.stage_changed.connect(self.show_on_air)
        self.numbers.counted.connect(self.live_bar.show_sales)
        self.retranslate()
        self._resize_to_screen(SIZE)
        self.reset_layout()

    def _products_column(self) -> QWidget:
        """The products, and what viewers say while the chat lies behind them or is closed."""
        self.newest = NewestMessages(self.chat.list.chat)
        self.newest.chosen.connect(lambda: self._bring_up("chat"))
        made = QWidget()
        made.setLayout(column(self.products, self.newest, spacing=0))
        return made

    def _make_menus(self) -> Menus:
        keys = sequence(Hotkey.TOGGLE_MUTE).toString(QKeySequence.SequenceFormat.NativeText)
        self.mixer.name_mute_keys(keys)
        slots: dict[Hotkey, Callable[[], object]] = {
            Hotkey.TOGGLE_LIVE: self.controls.toggle_live,
            Hotkey.TOGGLE_PAUSE: self.controls.toggle_pause,
            Hotkey.TOGGLE_MUTE: self.mixer.toggle_mute,
            Hotkey.TOGGLE_RECORDING: self.live_bar.record_button.toggle_recording,
            Hotkey.PAUSE_RECORDING: self.recording_pause_wanted.emit,
            Hotkey.ADD_CHAPTER: self.chapter_wanted.emit,
            Hotkey.SAVE_REPLAY: self.replay_wanted.emit,
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
            Hotkey.COPY_LINK: self.live_bar.share.copy_link,
            Hotkey.OPEN_FILE: self.sources.choose_file,
            Hotkey.SETTINGS: self.settings_wanted.emit,
            Hotkey.EDIT_LAYOUT: lambda: None,
            Hotkey.HIDE_BAND: lambda: self.mixer.setVisible(self.mixer.isHidden()),
            Hotkey.FULL_SCREEN: self._toggle_full_screen,
            Hotkey.HELP: self._show_hotkeys,
            Hotkey.QUIT: self.close,
        }
        entries: dict[Entry, Callable[[], object]] = {
            Entry.RECORDINGS: self.recordings_wanted.emit,
            Entry.PLATFORMS: self.platforms_wanted.emit,
            Entry.BOOKS: self.books_wanted.emit,
            Entry.ROOM: self.room_wanted.emit,
            Entry.ASSISTANTS: self.assistants_wanted.emit,
            Entry.STREAM_KEYS: self.stream_keys_wanted.emit,
            Entry.API_TOKENS: self.api_tokens_wanted.emit,
            Entry.WEBHOOKS: self.webhooks_wanted.emit,
            Entry.AUDIT: self.audit_wanted.emit,
            Entry.HOST_TOKEN: self.host_token_wanted.emit,
        }
        return Menus(self, slots, list(self._actions.values()), entries)

    @override
    def retranslate(self) -> None:
        super().retranslate()
        plain.set_title(self, self.tr("{name} — live-selling studio").format(name=NAME))
        names = {
            "sources": self.tr("Sources"),
            "scenes": self.tr("Scenes"),
            "effects": self.tr("Effects"),
            "campaigns": self.tr("Campaigns"),
            "audience": self.tr("Audience"),
            "run": self.tr("Run of show"),
            "numbers": self.tr("Live numbers a minute"),
            "products": self.tr("Products"),
            "chat": self.tr("Chat"),
        }
        self._name_panels(names, PAGES)
        self.docks["products"].setWindowTitle(self.tr("Products"))
        self.docks["chat"].setWindowTitle(self.tr("Chat"))
        say(self.settings_button, self.tr("Settings"))

    def _show_effects(self) -> None:
        self._bring_up("effects")
        self.effects.focus_first()
