"""Payments compared with their providers: what does not match, and what to do."""

from typing import Final

from PySide6.QtCore import QCoreApplication, Signal
from typing_extensions import override

from backend.contract.bookkeeping import Mismatch, Reconciliation
from widgets.common.forms import combo, fill_combo, push_button, say
from widgets.common.money import amount_text
from widgets.shop.books.books_page import BooksPage
from widgets.shop.books.books_texts import kind_text, remedy_text, way_text

WIDTHS: Final = (190, 120, 110, 150)
DAYS: Final = (1, 3, 7, 30)


class ReconciliationPage(BooksPage):
    """Nothing is compared until somebody says so: each payment asks its provider.

    Attributes:
        compare_wanted: emitted with for how many days back.
    """

    compare_wanted = Signal(int)

    def __init__(self) -> None:
        translate = QCoreApplication.translate
        columns = (
            translate("ReconciliationPage", "What differs"),
            translate("ReconciliationPage", "Provider"),
            translate("ReconciliationPage", "Amount"),
            translate("ReconciliationPage", "Order"),
            translate("ReconciliationPage", "What to do"),
        )
        super().__init__(columns, WIDTHS, right=(2,))
        self._found: Reconciliation | None = None
        self.since = combo()
        entries = [(str(days), self._days_text(days)) for days in DAYS]
        fill_combo(self.since, entries, str(DAYS[0]))
        self.since.setAccessibleName(self.tr("Payments of"))
        self.since.setMinimumWidth(180)
        self.compare_button = push_button("fa5s.exchange-alt")
        say(
            self.compare_button,
            self.tr("Compare now"),
            self.tr("Ask the providers for each of these payments"),
        )
        self.compare_button.clicked.connect(self.ask)
        self.table.setAccessibleName(self.tr("What does not match"))
        self.lay_out((self.since, self.compare_button), ())

    def _days_text(self, days: int) -> str:
        return self.tr("The last 24 hours") if days == 1 else self.tr("The last {n} days").format(n=days)

    def show_found(self, found: Reconciliation) -> None:
        """Show what does not match."""
        self._found = found
        self.table.setRowCount(0)
        for mismatch in found.mismatches:
            self.add_row(_texts(mismatch), mismatch.text)
        self.end()

    @override
    def ask(self) -> None:
        self.begin()
        self.compare_wanted.emit(int(self.since.currentData()))

    @override
    def why_empty(self) -> str:
        found = self._found
        if found is None:
            return self.tr(
                "Nothing was compared yet. “Compare now” asks the providers for each payment, and takes in "
                "money that only they know of."
            )
        if found.compared == 0:
            return self.tr("No online payment was begun in this time.")
        return self.tr("All {n} payments match. {rest}").format(n=found.compared, rest=self._rest()).strip()

    @override
    def refresh(self) -> None:
        super().refresh()
        self.compare_button.setEnabled(not self._is_busy)
        found = self._found
        if found is not None and found.mismatches and not (self._is_busy or self._problem):
            text = self.tr("{n} payments compared, {m} do not match. {rest}")
            values = {"n": found.compared, "m": len(found.mismatches), "rest": self._rest()}
            self.say_note(text.format(**values).strip(), "warn")

    def _rest(self) -> str:
        found = self._found
        if found is None or found.is_all:
            return ""
        return self.tr("Older ones of this time were not compared: choose a shorter time.")


def _texts(mismatch: Mismatch) -> list[str]:
    return [
        kind_text(mismatch.kind),
        way_text(mismatch.provider),
        amount_text(mismatch.amount_minor, mismatch.currency),
        mismatch.order_id,
        remedy_text(mismatch),
    ]
