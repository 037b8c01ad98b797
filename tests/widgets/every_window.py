"""The windows and dialogs that walks over all widgets open."""

from collections.abc import Callable

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from backend.contract.base import AssistantRight
from studio.engine.messages import Devices
from studio.window.assistant_window import AssistantWindow
from studio.window.main_window import MainWindow
from tests.widgets.entries import entry
from tests.widgets.products import SHELF
from widgets.audience.poll_dialog import PollDialog
from widgets.countdown.countdown_dialog import CountdownDialog
from widgets.runofshow.step_dialog import StepDialog
from widgets.settings.settings_dialog import SettingsDialog
from widgets.settings.settings_values import SettingsValues
from widgets.shop.books.books_dialog import BooksDialog
from widgets.shop.orders_window import OrdersWindow
from widgets.shop.prices_dialog import PricesDialog
from widgets.shop.product_dialog import ProductDialog
from widgets.shop.products_window import ProductsWindow
from widgets.shop.stock_dialog import StockDialog

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
