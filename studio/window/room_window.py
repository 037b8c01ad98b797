"""The base of the host's and the assistant's window: bar, rail, the room's panels, docks, and closing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QIcon, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDockWidget, QFrame, QMainWindow, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from backend.contract.campaigns import CampaignKind
from studio.parts import NAME
from studio.window import hotkeys
from studio.window.arrangement import SMALLEST
from studio.window.docks import Docks
from studio.window.hotkeys import Hotkey
from studio.window.menus import Menus
from widgets.audience.audience_panel import AudiencePanel
from widgets.audience.live_numbers import LiveNumbers
from widgets.campaigns.campaigns_panel import CampaignsPanel
from widgets.chat.chat_panel import ChatPanel
from widgets.common import plain
from widgets.common.forms import row, say, set_tone, tool_button
from widgets.common.rail import Rail, RailButton
from widgets.common.retranslate import Retranslating
from widgets.common.stage import ON_AIR, Stage
from widgets.common.theme import icon
from widgets.live.alarm_bell import AlarmBell
from widgets.live.alarms import AlarmBanner
from widgets.live.orders_button import OrdersButton
from widgets.live.toasts import Toasts
from widgets.runofshow.run_panel import RunPanel
from widgets.settings.about_dialog import AboutDialog
from widgets.settings.hotkeys_dialog import HotkeysDialog
from widgets.shop.product_panel import ProductPanel

VERSION: Final = "0.1.0"
FRAME: Final = QSize(8, 40)  # what a window manager draws around it
BAR_HEIGHT: Final = 48
MENU_SIDE: Final = 36
_BAR_TONES: Final = {Stage.LIVE: "live", Stage.PAUSED: "warn", Stage.RECONNECTING: "bad"}


@dataclass(frozen=True)
class Layout:
    """Where a window and its docks stand, as Qt packs it, in base64; empty for the default."""

    geometry: str = ""
    docks: str = ""


class RoomWindow(Retranslating, QMainWindow):
    """A window on a room: something in the middle under the alarms, docks around it.

    A subclass makes `menus` and `docks`, and says its own texts in `retranslate`.

    Attributes:
        close_wanted: the user wants to close; the window stays until `close_for_good`.
        language_chosen: emitted with `zh_CN`, `en`, or empty for the system's.
        log_folder_wanted: the user wants to see the logs.
        products_wanted, orders_wanted, coupons_wanted, books_wanted: the user wants to see the products, the
            orders, the coupons, or the shop's books.
        orders_button: says how many orders are new.
        bell: keeps what was wrong.
        docks: by name.
    """

    close_wanted = Signal()
    language_chosen = Signal(str)
    log_folder_wanted = Signal()
    products_wanted = Signal()
    orders_wanted = Signal()
    coupons_wanted = Signal()
    books_wanted = Signal()

    menus: Menus
    _actions: dict[str, QAction]
    docks: dict[str, QDockWidget]

    def __init__(self, app_icon: QIcon, pages: Mapping[str, str]) -> None:
        """Make the room's panels; `pages` are the icons of the side panel's pages, by their names."""
        super().__init__()
        self._may_close = False
        self._docks: Docks | None = None
        self.setWindowIcon(app_icon)
        self.setMinimumSize(*SMALLEST)
        self.setDockNestingEnabled(True)
        self.alarms = AlarmBanner()
        self.products = ProductPanel()
        self.run = RunPanel()
        self.campaigns = CampaignsPanel()
        self.chat = ChatPanel()
        self.audience = AudiencePanel()
        self.numbers = LiveNumbers()
        center = QWidget()
        self._middle, self._center = center, QVBoxLayout(center)
        self._center.setContentsMargins(0, 0, 0, 0)
        self._center.setSpacing(0)
        self._center.addWidget(self.alarms)
        self.setCentralWidget(center)
        self.toasts = Toasts(center)
        self.orders_button = OrdersButton()
        self.orders_button.clicked.connect(self.orders_wanted)
        self.menu_button = tool_button("fa5s.bars", "text")
        self.menu_button.setObjectName("menuButton")
        self.menu_button.setFixedSize(MENU_SIDE, MENU_SIDE)
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.rail = Rail(pages)
        self.bell = AlarmBell()
        self.alarms.changed.connect(lambda: self.bell.record(self.alarms.alarms, self.alarms.keys))
        self.edit_button = RailButton("fa5s.lock")
        self.edit_button.setCheckable(True)
        self.rail.add_below(self.bell)
        self.rail.add_below(self.edit_button)
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, self.rail)

    @override
    def retranslate(self) -> None:
        self.menus.retranslate(NAME)
        say(self.menu_button, self.tr("Menu"))
        say(self.edit_button, self.tr("Edit the layout (F9)"))
        self._show_orders_entry()

    def show_new_orders(self, count: int) -> None:
        """Say how many orders came since the orders were looked at; 0 says nothing."""
        self.orders_button.show_new(count)
        self._show_orders_entry()

    def show_waiting_cases(self, count: int) -> None:
        """Say how many cases wait for an answer; 0 says nothing."""
        self.orders_button.show_waiting(count)
        self._show_orders_entry()

    def show_unread_messages(self, count: int) -> None:
        """Say how many messages of buyers nobody has read; 0 says nothing."""
        self.orders_button.show_unread(count)
        self._show_orders_entry()

    def _show_orders_entry(self) -> None:
        plain.set_text(self.menus.actions[Hotkey.ORDERS], self.orders_button.words)

    # --- Making ---

    def _make_bar(self, content: QWidget) -> None:
        """Put the bar on top: the menu, then this."""
        self._bar = QFrame()
        self._bar.setObjectName("liveBar")
        self._bar.setFixedHeight(BAR_HEIGHT)
        layout = row(self.menu_button, content)
        layout.setStretch(1, 1)
        layout.setContentsMargins(6, 0, 10, 0)
        self._bar.setLayout(layout)
        self.setMenuWidget(self._bar)

    def _make_docks(self, pages: Mapping[str, QWidget], columns: Mapping[str, QWidget]) -> None:
        self._docks = Docks(self, self._middle, self.rail, pages, columns)
        self.docks = self._docks.docks

    def _page_actions(self, names: Iterable[str]) -> dict[str, QAction]:
        """One action a panel, for the menu: it opens the panel."""
        actions = {name: QAction(self) for name in names}
        for name, action in actions.items():
            action.triggered.connect(lambda _checked=False, name=name: self._bring_up(name))
        return actions

    def _connect_menus(self) -> None:
        menus = self.menus
        self.menu_button.setMenu(menus.all)
        menus.card_toggled.connect(self.products.toggle_number)
        self.products.flash_sale_wanted.connect(self._ask_for_flash_sale)
        menus.language_chosen.connect(self.language_chosen)
        menus.reset_wanted.connect(self.reset_layout)
        menus.logs_wanted.connect(self.log_folder_wanted)
        menus.about_wanted.connect(self._show_about)
        edit = menus.actions[Hotkey.EDIT_LAYOUT]
        edit.setCheckable(True)
        edit.toggled.connect(self._on_editing)
        edit.enabledChanged.connect(self.edit_button.setEnabled)
        self.edit_button.toggled.connect(edit.setChecked)

    def _resize_to_screen(self, size: QSize) -> None:
        room = self.screen().availableSize() - FRAME
        self.resize(size.boundedTo(room))
        if room.width() < size.width() or room.height() < size.height():
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _name_panels(self, names: Mapping[str, str], pages: Collection[str]) -> None:
        mine = {name: text for name, text in names.items() if name in pages}
        self.rail.name_pages(mine)
        if self._docks is not None:
            self._docks.side.name_pages(mine)
        for name, action in self._actions.items():
            plain.set_text(action, names[name])

    # --- Layout ---

    def layout_state(self) -> Layout:
        """Where everything stands now, to be kept."""
        docks = self._docks.state() if self._docks is not None else ""
        return Layout(bytes(self.saveGeometry().toBase64().data()).decode(), docks)

    def restore_layout(self, layout: Layout) -> bool:
        """Put everything where it was; returns whether it fits: what does not leaves the default."""
        if layout.geometry:
            self.restoreGeometry(QByteArray.fromBase64(layout.geometry.encode()))
        if not layout.docks or self._docks is None:
            return True
        return self._docks.restore(layout.docks)

    def reset_layout(self) -> None:
        """Put every dock where the width of the window asks for."""
        self.menus.actions[Hotkey.EDIT_LAYOUT].setChecked(False)
        if self._docks is not None:
            self._docks.reset()

    def show_on_air(self, stage: Stage) -> None:
        """Colour the bar, and hold the layout while viewers watch."""
        is_on_air = stage in ON_AIR
        set_tone(self._bar, _BAR_TONES.get(stage, ""))
        edit = self.menus.actions[Hotkey.EDIT_LAYOUT]
        if is_on_air:
            edit.setChecked(False)
        edit.setEnabled(not is_on_air)

    def _on_editing(self, is_on: bool) -> None:  # noqa: FBT001  Qt's signal
        self.edit_button.setChecked(is_on)
        self.edit_button.setIcon(
            icon("fa5s.lock-open" if is_on else "fa5s.lock", "accent" if is_on else "dim")
        )
        if self._docks is None:
            return
        if is_on:
            self._docks.edit()
        else:
            self._docks.lock()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._docks is not None:
            self._docks.arrange()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._docks is not None:
            self._docks.arrange()

    # --- What menus and hotkeys do ---

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _bring_up(self, name: str) -> None:
        if self._docks is not None:
            self._docks.bring_up(name)

    def _ask_for_flash_sale(self, product_id: str) -> None:
        if (dialog := self.campaigns.ask(CampaignKind.FLASH_SALE.value)) is not None:
            dialog.form.choose_product(product_id)

    def _show_campaigns(self) -> None:
        self._bring_up("campaigns")
        self.campaigns.focus_first()

    def _search(self) -> None:
        self._bring_up("products")
        self.products.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _write(self) -> None:
        self._bring_up("chat")
        self.chat.focus_composer()

    def _show_hotkeys(self) -> None:
        HotkeysDialog(hotkeys.listing(self.menus.actions), self).open()

    def _show_about(self) -> None:
        AboutDialog(NAME, VERSION, self.windowIcon(), self).open()

    def come_forward(self) -> None:
        """Show the window in front of all others; what a second start asks for."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    # --- Closing ---

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
