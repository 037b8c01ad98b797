"""The assistant's window: the host's panels for chat, audience, products and numbers, without a broadcast."""

from collections.abc import Callable, Collection
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from typing_extensions import override

from backend.contract.base import AssistantRight
from studio.parts import NAME
from studio.window.hotkeys import Hotkey
from studio.window.menus import Entry, Menus
from studio.window.room_window import RoomWindow
from widgets.common import plain
from widgets.staff.assistant_bar import AssistantBar

SIZE: Final = QSize(1280, 800)
PAGES: Final = {
    "audience": "fa5s.users",
    "run": "fa5s.list-ol",
    "campaigns": "fa5s.bolt",
    "numbers": "fa5s.chart-line",
}


class AssistantWindow(RoomWindow):
    """Chat in the middle, what else an assistant may need around it.

    Attributes:
        join_wanted: the user wants to help in another room.
        link_wanted: the user wants the viewers' link on the clipboard.
    """

    join_wanted = Signal()
    link_wanted = Signal()

    def __init__(self, app_icon: QIcon) -> None:
        super().__init__(app_icon, PAGES)
        self.bar = AssistantBar(self.orders_button)
        self._make_bar(self.bar)
        self.chat.setObjectName("centerPanel")
        self.chat.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._center.addWidget(self.chat, 1)
        self.toasts.keep_free(self.chat.composer)
        pages = {
            "audience": self.audience,
            "run": self.run,
            "campaigns": self.campaigns,
            "numbers": self.numbers,
        }
        self._make_docks(pages, {"products": self.products})
        self._actions = self._page_actions([*pages, "products"])
        self.menus = self._make_menus()
        self._connect_menus()
        self.numbers.counted.connect(self.bar.show_sales)
        self.retranslate()
        self._resize_to_screen(SIZE)
        self.reset_layout()

    def _make_menus(self) -> Menus:
        slots: dict[Hotkey, Callable[[], object]] = {
            Hotkey.HIDE_CARD: self.products.take_off,
            Hotkey.WRITE: self._write,
            Hotkey.TOGGLE_CHAT: self.chat.rules.toggle_pause,
            Hotkey.SEARCH: self._search,
            Hotkey.PRODUCTS: self.products_wanted.emit,
            Hotkey.ORDERS: self.orders_wanted.emit,
            Hotkey.CAMPAIGNS: self._show_campaigns,
            Hotkey.COUPONS: self.coupons_wanted.emit,
            Hotkey.COPY_LINK: self.link_wanted.emit,
            Hotkey.JOIN: self.join_wanted.emit,
            Hotkey.EDIT_LAYOUT: lambda: None,
            Hotkey.FULL_SCREEN: self._toggle_full_screen,
            Hotkey.HELP: self._show_hotkeys,
            Hotkey.QUIT: self.close,
        }
        entries: dict[Entry, Callable[[], object]] = {Entry.BOOKS: self.books_wanted.emit}
        return Menus(self, slots, list(self._actions.values()), entries)

    @override
    def retranslate(self) -> None:
        super().retranslate()
        plain.set_title(self, self.tr("{name} — assistant").format(name=NAME))
        names = {
            "audience": self.tr("Audience"),
            "run": self.tr("Run of show"),
            "campaigns": self.tr("Campaigns"),
            "numbers": self.tr("Live numbers a minute"),
            "products": self.tr("Products"),
        }
        self._name_panels(names, PAGES)
        self.docks["products"].setWindowTitle(self.tr("Products"))

    def show_rights(self, rights: Collection[AssistantRight]) -> None:
        """Offer only what one may do; what one may not do says so."""
        self.chat.show_rights(rights)
        self.audience.show_rights(rights)
        self.numbers.show_rights(rights)
        self.products.show_rights(rights)
        self.run.show_rights(rights)
        self.campaigns.show_rights(rights)
        may_card, may_chat = AssistantRight.PRODUCTS in rights, AssistantRight.CHAT in rights
        self.menus.actions[Hotkey.HIDE_CARD].setEnabled(may_card)
        self.menus.actions[Hotkey.TOGGLE_CHAT].setEnabled(may_chat)
        may_edit = AssistantRight.PRODUCTS in rights or AssistantRight.PRICES in rights
        self.menus.actions[Hotkey.PRODUCTS].setEnabled(may_edit)
        may_see_orders = AssistantRight.ORDERS in rights
        self.menus.actions[Hotkey.ORDERS].setEnabled(may_see_orders)
        self.orders_button.setEnabled(may_see_orders)
        self.menus.actions[Hotkey.COUPONS].setEnabled(AssistantRight.CAMPAIGNS in rights)
        self.menus.entries[Entry.BOOKS].setEnabled(AssistantRight.PAYMENTS in rights)

    def show_in_room(self, *, is_in: bool) -> None:
        """Let the panels be used, or not while there is no room to use them on."""
        for panel in (self.chat, self.audience, self.numbers, self.products, self.run, self.campaigns):
            panel.setEnabled(is_in)

    @override
    def _bring_up(self, name: str) -> None:
        if name != "chat":  # it is always there, in the middle
            super()._bring_up(name)
