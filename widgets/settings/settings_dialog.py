"""The settings dialog: a list of pages that shows values and returns the changed ones."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from studio.engine.messages.values import Devices
from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say
from widgets.common.theme import icon
from widgets.settings.coins_page import CoinsPage
from widgets.settings.legal_page import LegalPage
from widgets.settings.mail_page import MailPage
from widgets.settings.payments_page import PaymentsPage
from widgets.settings.privacy_page import PrivacyPage
from widgets.settings.recording_page import RecordingPage
from widgets.settings.selling_page import SellingPage
from widgets.settings.settings_pages import (
    BitratePage,
    DevicesPage,
    LanguagePage,
    NetworkPage,
    Page,
    PicturePage,
)
from widgets.settings.settings_values import SettingsValues
from widgets.settings.shipping_page import ShippingPage
from widgets.settings.shop_page import ShopPage

PAGE_ROW_HEIGHT: Final = 36
SIZE: Final = QSize(840, 640)
KEPT_BY_SHOP: Final = (ShopPage, LegalPage, PaymentsPage)
"""Pages that are saved by their own buttons, at once."""
SCROLL_BAR: Final = 12
FRAME: Final = QSize(8, 40)  # what a window manager draws around it


class SettingsDialog(QDialog):
    """Opened with `open()`, never `exec()`.

    Attributes:
        values_chosen: emitted with the new `SettingsValues` when the host saves.
    """

    values_chosen = Signal(object)

    def __init__(self, values: SettingsValues, offer: Devices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Settings"))
        self.resize(SIZE.boundedTo(self.screen().availableSize() - FRAME))
        self._values = values
        self.picture = PicturePage(values)
        self.bitrate = BitratePage(values)
        self.devices = DevicesPage(values, offer)
        self.recording = RecordingPage(values)
        self.network = NetworkPage(values)
        self.payments = PaymentsPage()
        self.selling = SellingPage()
        self.shipping = ShippingPage()
        self.coins = CoinsPage()
        self.mail = MailPage()
        self.legal = LegalPage()
        self.privacy = PrivacyPage()
        self.language = LanguagePage(values)
        self.list = self._make_list()
        self._stack = QStackedWidget()
        self.list.currentRowChanged.connect(self._stack.setCurrentIndex)
        self.pages: list[Page] = []
        self._add_page("fa5s.video", self.tr("Picture"), self.picture)
        self._add_page("fa5s.tachometer-alt", self.tr("Bitrate"), self.bitrate)
        self._add_page("fa5s.microphone", self.tr("Devices"), self.devices)
        self._add_page("fa5s.dot-circle", self.tr("Recording"), self.recording)
        self._add_page("fa5s.network-wired", self.tr("Network"), self.network)
        self._add_page("fa5s.credit-card", self.tr("Payments"), self.payments)
        self._add_page("fa5s.store", self.tr("Selling"), self.selling)
        self._add_page("fa5s.truck", self.tr("Shipping"), self.shipping)
        self._add_page("fa5s.coins", self.tr("Coins"), self.coins)
        self._add_page("fa5s.envelope", self.tr("E-mails"), self.mail)
        self._add_page("fa5s.balance-scale", self.tr("Legal pages"), self.legal)
        self._add_page("fa5s.user-shield", self.tr("Privacy"), self.privacy)
        self._add_page("fa5s.language", self.tr("Language"), self.language)
        self._lay_out()
        self.list.currentRowChanged.connect(self._show_buttons)
        self.list.setCurrentRow(0)

    def _make_list(self) -> QListWidget:
        made = QListWidget()
        made.setObjectName("pages")
        made.setIconSize(QSize(16, 16))
        made.setFixedWidth(160)
        made.setAccessibleName(self.tr("Pages of the settings"))
        return made

    def _add_page(self, icon_name: str, name: str, page: Page) -> None:
        item = QListWidgetItem(self.list)
        plain.set_text(item, name)
        item.setIcon(icon(icon_name, "dim"))
        item.setSizeHint(QSize(0, PAGE_ROW_HEIGHT))
        holder = QWidget()
        layout = column(label(name, "title"), page, spacing=14)
        holder.setLayout(layout)
        self.pages.append(page)
        if isinstance(page, ShopPage):
            layout.setStretch(1, 1)
            self._stack.addWidget(holder)  # its fields scroll above its buttons
            return
        layout.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(holder)
        area.setMinimumWidth(holder.minimumSizeHint().width() + SCROLL_BAR)
        self._stack.addWidget(area)

    def _lay_out(self) -> None:
        self.cancel_button = push_button()
        self.save_button = push_button()
        self.save_button.setProperty("primary", "true")
        self.save_button.setDefault(True)
        say(self.save_button, self.tr("Save"), self.tr("Keep these settings and use them from now on"))
        self.cancel_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._on_saved)
        self.error = label()
        self.error.setProperty("tone", "bad")
        self.error.setWordWrap(True)
        body = row(self.list, self._stack, spacing=18)
        body.setStretch(1, 1)
        foot = row(self.error, self.cancel_button, self.save_button)
        foot.setStretch(0, 1)
        layout = column(body, foot, margin=16, spacing=14)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def _show_buttons(self, number: int) -> None:
        """A page that the shop keeps saves itself: a second *Save* beside its own would be a riddle."""
        has_own = isinstance(self.pages[number], KEPT_BY_SHOP)
        is_needed = not has_own or self.values() != self._values
        self.save_button.setVisible(is_needed)
        if is_needed:
            say(self.cancel_button, self.tr("Cancel"), self.tr("Close without changing anything"))
        else:
            say(self.cancel_button, self.tr("Close"), self.tr("Close the settings"))

    def _on_saved(self) -> None:
        for number, page in enumerate(self.pages):
            if fault := page.fault():
                self.list.setCurrentRow(number)
                plain.set_text(self.error, fault)
                return
        self.values_chosen.emit(self.values())
        self.accept()

    def values(self) -> SettingsValues:
        """What the fields hold now."""
        values = self._values
        for page in self.pages:
            values = page.applied_to(values)
        return values
