"""The base of the host's and the assistant's window: the room's panels, docks, and closing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QIcon
from PySide6.QtWidgets import QDockWidget, QMainWindow, QVBoxLayout, QWidget
from typing_extensions import override

from backend.contract.campaigns import CampaignKind
from studio.parts import NAME
from studio.window import hotkeys
from studio.window.hotkeys import Hotkey
from studio.window.menus import Menus
from widgets.audience.audience_panel import AudiencePanel
from widgets.audience.live_numbers import LiveNumbers
from widgets.campaigns.campaigns_panel import CampaignsPanel
from widgets.chat.chat_panel import ChatPanel
from widgets.common import plain
from widgets.common.dock_title import DockTitle
from widgets.common.forms import push_button, say, set_tone
from widgets.live.alarms import AlarmBanner
from widgets.live.toasts import Toasts
from widgets.runofshow.run_panel import RunPanel
from widgets.settings.about_dialog import AboutDialog
from widgets.settings.hotkeys_dialog import HotkeysDialog
from widgets.shop.product_panel import ProductPanel

VERSION: Final = "0.1.0"
LAYOUT_VERSION: Final = 5
FRAME: Final = QSize(8, 40)  # what a window manager draws around it


@dataclass(frozen=True)
class Layout:
    """Where a window and its docks stand, as Qt packs it, in base64; empty for the default."""

    geometry: str = ""
    docks: str = ""


class RoomWindow(QMainWindow):
    """A window on a room: something in the middle under the alarms, docks around it.

    A subclass makes `menus` and `docks`, and says its own texts in `retranslate`.

    Attributes:
        close_wanted: the user wants to close; the window stays until `close_for_good`.
        language_chosen: emitted with `zh_CN`, `en`, or empty for the system's.
        log_folder_wanted: the user wants to see the logs.
        products_wanted, orders_wanted, coupons_wanted, books_wanted: the user wants to see the products, the
            orders, the coupons, or the shop's books.
        orders_button: says how many orders are new.
    """

    close_wanted = Signal()
    language_chosen = Signal(str)
    log_folder_wanted = Signal()
    products_wanted = Signal()
    orders_wanted = Signal()
    coupons_wanted = Signal()
    books_wanted = Signal()

    menus: Menus
    docks: dict[str, QDockWidget]

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
        self.alarms = AlarmBanner()
        self.products = ProductPanel()
        self.run = RunPanel()
        self.campaigns = CampaignsPanel()
        self.chat = ChatPanel()
        self.audience = AudiencePanel()
        self.numbers = LiveNumbers()
        center = QWidget()
        self._center = QVBoxLayout(center)
        self._center.setContentsMargins(0, 0, 0, 0)
        self._center.setSpacing(0)
        self._center.addWidget(self.alarms)
        self.setCentralWidget(center)
        self.toasts = Toasts(center)
        self._new_orders = self._waiting_cases = self._unread_messages = 0
        self.orders_button = push_button("fa5s.receipt")
        self.orders_button.setObjectName("ordersButton")
        self.orders_button.clicked.connect(self.orders_wanted)

    def retranslate(self) -> None:
        """Set every text again, in the language that counts now."""
        self.menus.retranslate(NAME)
        self.show_new_orders(self._new_orders)

    def show_new_orders(self, count: int) -> None:
        """Say how many orders came since the orders were looked at; 0 says nothing."""
        self._new_orders = count
        self._show_orders_button()

    def show_waiting_cases(self, count: int) -> None:
        """Say how many cases wait for an answer; 0 says nothing."""
        self._waiting_cases = count
        self._show_orders_button()

    def show_unread_messages(self, count: int) -> None:
        """Say how many messages of buyers nobody has read; 0 says nothing."""
        self._unread_messages = count
        self._show_orders_button()

    def _show_orders_button(self) -> None:
        new, waiting, unread = self._new_orders, self._waiting_cases, self._unread_messages
        text = self.tr("Orders · {n} new").format(n=new) if new else self.tr("Orders")
        cases = self.tr("1 case") if waiting == 1 else self.tr("{n} cases").format(n=waiting)
        messages = self.tr("1 message") if unread == 1 else self.tr("{n} messages").format(n=unread)
        text = " · ".join([text] + [cases] * bool(waiting) + [messages] * bool(unread))
        say(self.orders_button, text, self.tr("Show the orders (Ctrl+R)"))
        set_tone(self.orders_button, "new" if new or waiting or unread else "")
        # A menu bar gives its corner room for the longer text only when it is told of a corner.
        self.menuBar().setCornerWidget(self.orders_button)
        plain.set_text(self.menus.actions[Hotkey.ORDERS], text)

    def reset_layout(self) -> None:
        """Put every dock where it was at the first start."""
        raise NotImplementedError

    # --- Making ---

    def _make_docks(self, panels: Mapping[str, QWidget]) -> None:
        self.docks = {}
        for name, panel in panels.items():
            dock = QDockWidget(self)
            dock.setObjectName(name)
            panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            dock.setWidget(panel)
            dock.setTitleBarWidget(DockTitle(dock))
            self.docks[name] = dock

    def _connect_menus(self) -> None:
        menus = self.menus
        menus.card_toggled.connect(self.products.toggle_number)
        self.products.flash_sale_wanted.connect(self._ask_for_flash_sale)
        menus.language_chosen.connect(self.language_chosen)
        menus.reset_wanted.connect(self.reset_layout)
        menus.logs_wanted.connect(self.log_folder_wanted)
        menus.about_wanted.connect(self._show_about)
        menus.lock_action.toggled.connect(self._on_lock_toggled)

    def _take_docks_out(self) -> None:
        for dock in self.docks.values():
            dock.setFloating(False)
            self.removeDockWidget(dock)

    def _resize_to_screen(self, size: QSize) -> None:
        room = self.screen().availableSize() - FRAME
        self.resize(size.boundedTo(room))
        if room.width() < size.width() or room.height() < size.height():
            self.setWindowState(Qt.WindowState.WindowMaximized)

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

    # --- What menus and hotkeys do ---

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _bring_up(self, name: str) -> None:
        self.docks[name].show()
        self.docks[name].raise_()

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

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _packed(data: QByteArray) -> str:
    return bytes(data.toBase64().data()).decode()
