"""Money that came and matches nothing: a list, and a button to note what became of it."""

from enum import Enum
from typing import Final

from PySide6.QtCore import QCoreApplication, Signal
from typing_extensions import override

from backend.contract.payments import Suspense, SuspenseItem
from widgets.common.forms import combo, fill_combo, push_button, say
from widgets.common.moment import moment_text
from widgets.common.money import amount_text
from widgets.shop.books.books_page import BooksPage
from widgets.shop.books.books_texts import reason_text, settled_text, way_text

PAGE: Final = 100
WIDTHS: Final = (140, 150, 110, 260)


class WhichMoney(Enum):
    """Which money is listed; its value says whether only open money is, None for all."""

    OPEN = True
    SETTLED = False
    ALL = None


class SuspensePage(BooksPage):
    """See the module.

    Attributes:
        page_wanted: emitted with which money is wanted, and the id of the last line that is there, None for
            none.
        settle_wanted: emitted with the `SuspenseItem` that is to be settled.
    """

    page_wanted = Signal(object, object)
    settle_wanted = Signal(object)

    def __init__(self) -> None:
        translate = QCoreApplication.translate
        columns = (
            translate("SuspensePage", "Came"),
            translate("SuspensePage", "From"),
            translate("SuspensePage", "Amount"),
            translate("SuspensePage", "Why it matches nothing"),
            translate("SuspensePage", "What became of it"),
        )
        super().__init__(columns, WIDTHS, right=(2,))
        self.items: list[SuspenseItem] = []
        self._has_more = False
        self.which = combo()
        texts = {
            WhichMoney.OPEN: self.tr("To settle"),
            WhichMoney.SETTLED: self.tr("Settled"),
            WhichMoney.ALL: self.tr("All"),
        }
        entries = [(which.name, text) for which, text in texts.items()]
        fill_combo(self.which, entries, WhichMoney.OPEN.name)
        self.which.setAccessibleName(self.tr("Which money"))
        self.which.setMinimumWidth(150)
        self.which.currentIndexChanged.connect(self.reload)
        self.more_button, self.settle_button = push_button("fa5s.arrow-down"), push_button("fa5s.check")
        say(self.more_button, self.tr("Load more"), self.tr("Read what is older"))
        say(self.settle_button, self.tr("Settle…"), self.tr("Note that it was returned, or is kept"))
        self.more_button.clicked.connect(self.ask)
        self.settle_button.clicked.connect(self.settle)
        self.table.setAccessibleName(self.tr("Money that matches nothing"))
        self.table.itemSelectionChanged.connect(self._show_buttons)
        self.table.itemActivated.connect(self.settle)
        self.lay_out((self.which,), (self.more_button, self.settle_button))

    def show_page(self, found: Suspense) -> None:
        """Show these lines below those that are there."""
        for item in found.items:
            self.items.append(item)
            self.add_row(_texts(item))
        self._has_more = len(found.items) == PAGE
        self.end()
        if self.items and self.chosen is None:
            self.table.selectRow(0)

    @property
    def wanted(self) -> WhichMoney:
        """Which money is wanted."""
        return WhichMoney[self.which.currentData()]

    @property
    def chosen(self) -> SuspenseItem | None:
        """The line that is chosen."""
        number = self.table.currentRow()
        return self.items[number] if 0 <= number < len(self.items) else None

    def reload(self) -> None:
        """Ask for the newest lines, instead of those that are there."""
        self.table.setRowCount(0)
        self.items = []
        self._has_more = False
        self.ask()

    @override
    def ask(self) -> None:
        self.begin()
        last = self.items[-1].suspense_id if self.items else None
        self.page_wanted.emit(self.wanted, last)

    def settle(self) -> None:
        """Ask what became of the chosen money."""
        chosen = self.chosen
        if chosen is not None and chosen.outcome is None:
            self.settle_wanted.emit(chosen)

    @override
    def why_empty(self) -> str:
        if self.wanted is WhichMoney.OPEN:
            return self.tr(
                "Nothing to settle. Money that comes twice or in another amount, or names no order, stands "
                "here until somebody notes what became of it."
            )
        return self.tr("Nothing here.")

    @override
    def refresh(self) -> None:
        super().refresh()
        self.more_button.setVisible(self._has_more)
        self._show_buttons()

    def _show_buttons(self) -> None:
        chosen = self.chosen
        self.settle_button.setEnabled(chosen is not None and chosen.outcome is None)


def _texts(item: SuspenseItem) -> list[str]:
    return [
        moment_text(item.at_ms),
        way_text(item.provider),
        amount_text(item.amount_minor, item.currency),
        f"{reason_text(item)}\n{item.ref}",
        settled_text(item),
    ]
