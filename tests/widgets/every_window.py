"""The windows and dialogs that walks over all widgets open."""

from collections.abc import Callable

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from backend.contract.base import AssistantRight
from backend.contract.profile import RoomProfile
from studio.engine.messages import Devices
from studio.window.assistant_window import AssistantWindow
from studio.window.main_window import MainWindow
from tests.widgets.entries import entry
from tests.widgets.orders import paid
from tests.widgets.products import SHELF
from widgets.audience.poll_dialog import PollDialog
from widgets.countdown.countdown_dialog import CountdownDialog
from widgets.live.stream_keys_dialog import StreamKeysDialog
from widgets.profile.profile_dialog import ProfileDialog
from widgets.runofshow.step_dialog import StepDialog
from widgets.settings.settings_dialog import SettingsDialog
from widgets.settings.settings_values import SettingsValues
from widgets.shop.books.books_dialog import BooksDialog
from widgets.shop.orders_window import OrdersWindow
from widgets.shop.prices_dialog import PricesDialog
from widgets.shop.product_dialog import ProductDialog
from widgets.shop.products_window import ProductsWindow
from widgets.shop.refund_dialog import RefundDialog
from widgets.shop.ship_dialog import ShipDialog
from widgets.shop.stock_dialog import StockDialog
from widgets.staff.assistants_dialog import AssistantsDialog
from widgets.staff.audit_dialog import AuditDialog

WINDOWS: dict[str, Callable[[QWidget], QWidget]] = {
    "main": lambda _parent: MainWindow(QIcon()),
    "assistant": lambda _parent: AssistantWindow(QIcon()),
    "orders": lambda _parent: OrdersWindow(QIcon()),
    "products": lambda _parent: ProductsWindow(QIcon()),
    "settings": lambda parent: SettingsDialog(SettingsValues(), Devices(), parent),
    "books": BooksDialog,
    "poll": PollDialog,
    "countdown": CountdownDialog,
    "step": lambda parent: StepDialog(parent, SHELF, None, 0),
    "product": lambda parent: ProductDialog(parent, SHELF[0], list(AssistantRight)),
    "stock": lambda parent: StockDialog(parent, entry(1), 0),
    "prices": lambda parent: PricesDialog(parent, [entry(1)]),
}

# Qt deletes them with their parents; they are walked over in a process of their own.
DIALOGS: dict[str, Callable[[QWidget], QWidget]] = {
    "room": lambda parent: ProfileDialog(parent, RoomProfile()),
    "stream keys": StreamKeysDialog,
    "assistants": AssistantsDialog,
    "audit": AuditDialog,
    "ship": lambda parent: ShipDialog(parent, paid(1)),
    "refund": lambda parent: RefundDialog(parent, paid(1)),
}
