"""The shop's books: what matches nothing, what differs from the providers, sums a day."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTabWidget, QWidget

from widgets.common import plain
from widgets.common.forms import column, push_button, row, say
from widgets.shop.books.reconciliation_page import ReconciliationPage
from widgets.shop.books.settlements_page import SettlementsPage
from widgets.shop.books.suspense_page import SuspensePage

SIZE: Final = (1000, 580)


class BooksDialog(QDialog):
    """Each page asks when it is looked at first; open it with `open()`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        plain.set_title(self, self.tr("Books"))
        self.suspense, self.reconciliation = SuspensePage(), ReconciliationPage()
        self.settlements = SettlementsPage()
        self.tabs = QTabWidget()
        self.tabs.addTab(self.suspense, self.tr("Matches nothing"))
        self.tabs.addTab(self.reconciliation, self.tr("Compared with providers"))
        self.tabs.addTab(self.settlements, self.tr("Sums a day"))
        self.tabs.currentChanged.connect(self._on_page)
        self.close_button = push_button()
        say(self.close_button, self.tr("Close"))
        self.close_button.clicked.connect(self.accept)
        foot = row(self.close_button)
        foot.insertStretch(0, 1)
        layout = column(self.tabs, foot, margin=16, spacing=12)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.resize(*SIZE)
        self._has_asked_days = False

    def _on_page(self) -> None:
        if self.tabs.currentWidget() is self.settlements and not self._has_asked_days:
            self._has_asked_days = True
            self.settlements.ask()
