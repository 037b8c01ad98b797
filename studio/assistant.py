"""The assistant's studio as one object: the host's panels on another computer, without engine or backend."""

import asyncio
import logging

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from backend.contract.invitation import read_link
from studio.background_tasks import BackgroundTasks
from studio.campaigns.campaigns_view import CampaignsView
from studio.campaigns.coupons_view import CouponsView
from studio.chat.chat_view import ChatView
from studio.chat.rejection_view import RejectionView
from studio.chime import ORDER_SOUND, Chime
from studio.connection.room_client import RoomClient
from studio.connection.room_http import Place
from studio.connection.server_clock import ServerClock
from studio.parts import AssistantOptions, AssistantParts
from studio.runofshow.run_view import RunView
from studio.settings import SavedSettings, SettingsStore
from studio.shop.books_view import BooksView
from studio.shop.orders_view import OrdersView
from studio.shop.product_view import ProductView
from studio.shop.products_view import ProductsView
from studio.staff.assistant_view import AssistantView
from studio.staff.join_view import JoinView
from studio.staff.membership import Membership, Memberships
from studio.window.assistant_window import AssistantWindow
from studio.window.shell import Shell
from widgets.live.toasts import Tone

log = logging.getLogger("livestall.assistant")


class AssistantStudio(QObject):
    """One assistant's studio in one data folder."""

    def __init__(self, options: AssistantOptions, parts: AssistantParts) -> None:
        super().__init__()
        self._options = options
        self._parts = parts
        self._settings = SavedSettings(SettingsStore(parts.folder))
        self._memberships = Memberships(parts.folder / "rooms")
        self._membership: Membership | None = None
        parts.language.choose(self._settings.now.language)
        self.window = AssistantWindow(parts.icon)
        self._shell = Shell(self.window, self._settings, parts.language, parts.folder)
        self.client = RoomClient(parent=self)
        clock = ServerClock(self.client, self)
        self._background = BackgroundTasks()
        self.join_view = JoinView(self._background, self.window)
        self._view = AssistantView(self.client, clock, self.window)
        self._views = (
            ProductView(self.client, clock, self.window),
            RunView(self.client, clock, self.window),
            ChatView(self.client, clock, self.window),
            RejectionView(self.client, self.window),
        )
        self._orders_view = OrdersView(self.client, clock, self._background, self._settings, self.window)
        self._products_view = ProductsView(self.client, clock, self._background, self._settings, self.window)
        self._books_view = BooksView(self._background, self.window)
        self._campaigns_view = CampaignsView(self.client, clock, self._background, self.window)
        self._coupons_view = CouponsView(self.client, self._background, self.window)
        self._orders_view.chime_wanted.connect(Chime(self, ORDER_SOUND).play)
        self._connect()
        self._shell.restore()

    def _connect(self) -> None:
        window, view = self.window, self._view
        window.close_wanted.connect(self.close)
        window.join_wanted.connect(self._ask)
        window.link_wanted.connect(self._copy_link)
        window.language_chosen.connect(self._on_language_chosen)
        view.join_wanted.connect(self._ask)
        view.again_wanted.connect(self._go_again)
        view.dismissed.connect(self._on_dismissed)
        self.join_view.joined.connect(self._on_joined)
        self.join_view.cancelled.connect(self._on_cancelled)
        self._parts.reporter.reported.connect(self._shell.report_error)

    # --- Run ---

    async def run(self) -> None:
        """Show the window and help until it is closed."""
        self.window.show()
        self._begin()
        async with asyncio.TaskGroup() as tasks:
            running = [tasks.create_task(part.run()) for part in (self.client, self._background)]
            try:
                await self._shell.until_closed(self._options.exit_after_seconds)
            finally:
                self._shell.save_layout()
                self._orders_view.close()
                self._products_view.close()
                self.window.close_for_good()
                for task in running:
                    task.cancel()

    def close(self) -> None:
        """End in good order; nothing in the room depends on this window."""
        self._shell.close()

    def _begin(self) -> None:
        """Go where the command line says or where one was last, or ask."""
        link = read_link(self._options.link) if self._options.link else None
        known = self._memberships.of(link.url, link.room) if link else self._memberships.newest()
        if known is None:
            self.join_view.ask(self._options.link)
        else:
            self._go_to(known)

    # --- What happens ---

    def _go_to(self, membership: Membership) -> None:
        self._membership = membership
        self._view.begin()
        place = Place(membership.url, membership.room, membership.token)
        self._orders_view.go_to(place)
        self._products_view.go_to(place)
        self._books_view.go_to(place)
        self._campaigns_view.go_to(place)
        self._coupons_view.go_to(place)
        self.client.go_to(place)

    def _go_again(self) -> None:
        if self._membership is not None:
            self.client.go_to(None)
            self._go_to(self._membership)

    def _ask(self) -> None:
        known = self._membership
        link = f"{known.url}/r/{known.room}" if known else self._options.link
        self.join_view.ask(link, known.name if known else "")

    def _on_joined(self, membership: Membership) -> None:
        try:
            self._memberships.save(membership)
        except OSError as error:
            log.warning("the place in the room cannot be kept: %s", error)
            words = self.tr("You are in, but this cannot be kept for the next time: {reason}.")
            self.window.toasts.show_toast(words.format(reason=error.strerror or error), Tone.WARN)
        self._go_to(membership)

    def _on_cancelled(self) -> None:
        if self._membership is None:
            self._view.show_no_room()

    def _on_dismissed(self) -> None:
        if self._membership is not None:
            self._memberships.forget(self._membership)
        self._orders_view.go_to(None)
        self._products_view.go_to(None)
        self._books_view.go_to(None)
        self._coupons_view.go_to(None)
        self.client.go_to(None)

    def _copy_link(self) -> None:
        if self._membership is None:
            return
        QGuiApplication.clipboard().setText(f"{self._membership.url}/r/{self._membership.room}")
        self.window.toasts.show_toast(self.tr("The viewers' link is on the clipboard."))

    # --- Settings ---

    def _on_language_chosen(self, language: str) -> None:
        self._settings.change(language=language)
        self._shell.choose_language(language)
        self._view.retranslate()
