"""What a studio has of the shop: its windows, and its pages of the settings."""

from PySide6.QtCore import QObject

from studio.background_tasks import BackgroundTasks
from studio.campaigns.campaigns_view import CampaignsView
from studio.campaigns.coupons_view import CouponsView
from studio.chime import ORDER_SOUND, Chime
from studio.connection.host_requests import HostRequests
from studio.connection.room_client import RoomClient
from studio.connection.room_http import Place
from studio.connection.server_clock import ServerClock
from studio.settings import SavedSettings
from studio.shop.books_view import BooksView
from studio.shop.legal_view import LegalView
from studio.shop.mail_view import MailView
from studio.shop.orders_view import OrdersView
from studio.shop.payments_view import PaymentsView
from studio.shop.products_view import ProductsView
from studio.shop.shop_settings_view import ShopSettingsView
from studio.window.main_window import MainWindow
from widgets.settings.settings_dialog import SettingsDialog


class ShopViews(QObject):
    """The views of products, orders, books, coupons and the shop's settings.

    Args:
        client: the line to the room.
        clock: the server's clock.
        requests: the host's requests to the backend.
        window: the main window.
        background: runs what waits for the backend.
        settings: where the windows keep how they stand.
    """

    def __init__(
        self,
        client: RoomClient,
        clock: ServerClock,
        requests: HostRequests,
        window: MainWindow,
        *,
        background: BackgroundTasks,
        settings: SavedSettings,
    ) -> None:
        super().__init__(window)
        self._orders = OrdersView(client, clock, background, settings, window)
        self._products = ProductsView(client, clock, background, settings, window)
        self._books = BooksView(background, window)
        self._campaigns = CampaignsView(client, clock, background, window)
        self._coupons = CouponsView(client, background, window)
        self._payments = PaymentsView(background, self)
        self._mail = MailView(background, self)
        self._legal = LegalView(requests, background, self)
        self._settings = ShopSettingsView(requests, background, self)
        self._orders.chime_wanted.connect(Chime(self, ORDER_SOUND).play)

    def go_to(self, place: Place) -> None:
        """Speak with this backend from now on."""
        for view in (
            self._orders,
            self._products,
            self._books,
            self._coupons,
            self._payments,
            self._mail,
            self._campaigns,
        ):
            view.go_to(place)

    def serve(self, dialog: SettingsDialog) -> None:
        """Read and save the shop's pages of this dialog."""
        self._payments.attach(dialog.payments)
        self._mail.attach(dialog.mail)
        self._legal.serve(dialog.legal)
        self._settings.serve(dialog)

    def close(self) -> None:
        """Close the windows for good."""
        self._orders.close()
        self._products.close()
