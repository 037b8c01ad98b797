"""What each way to pay brought on each day; it can be saved as a table."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QDate, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog
from typing_extensions import override

from backend.contract.bookkeeping import DaySum
from widgets.common.forms import combo, fill_combo, push_button, say
from widgets.common.money import amount_text
from widgets.shop.books.books_page import BooksPage
from widgets.shop.books.books_texts import way_text
from widgets.shop.books.settlements_table import nets_text

WIDTHS: Final = (110, 170, 120, 130, 120, 130)
DAYS: Final = (7, 31, 92, 366)
AMOUNTS: Final = (2, 3, 4, 5, 6)


class SettlementsPage(BooksPage):
    """See the module.

    Attributes:
        days_wanted: emitted with how many days up to today.
        csv_wanted: emitted with the lines and the path that they are to be saved under.
    """

    days_wanted = Signal(int)
    csv_wanted = Signal(object, object)

    def __init__(self) -> None:
        translate = QCoreApplication.translate
        columns = (
            translate("SettlementsPage", "Day"),
            translate("SettlementsPage", "Way to pay"),
            translate("SettlementsPage", "Paid"),
            translate("SettlementsPage", "Matched nothing"),
            translate("SettlementsPage", "Refunded"),
            translate("SettlementsPage", "Net"),
            translate("SettlementsPage", "Movements"),
        )
        super().__init__(columns, WIDTHS, right=AMOUNTS)
        self.days: Sequence[DaySum] = ()
        self.since = combo()
        fill_combo(
            self.since, [(str(n), self.tr("The last {n} days").format(n=n)) for n in DAYS], str(DAYS[0])
        )
        self.since.setAccessibleName(self.tr("Days"))
        self.since.setMinimumWidth(180)
        self.since.currentIndexChanged.connect(self.ask)
        self.save_button = push_button("fa5s.download")
        say(self.save_button, self.tr("Save as CSV…"), self.tr("Keep these lines as a table in a file"))
        self.save_button.clicked.connect(self.ask_for_file)
        self.table.setAccessibleName(self.tr("Sums a day"))
        self.lay_out((self.since,), (self.save_button,))

    def show_days(self, days: Sequence[DaySum]) -> None:
        """Show these sums, the newest day first."""
        self.days = days
        self.table.setRowCount(0)
        for day in days:
            self.add_row(_texts(day))
        self.end()

    def show_saved(self, text: str, tone: str) -> None:
        """Say how the saving went."""
        self.say_note(text, tone)

    @property
    def wanted_days(self) -> int:
        """How many days up to today."""
        return int(self.since.currentData())

    @override
    def ask(self) -> None:
        self.begin()
        self.days_wanted.emit(self.wanted_days)

    @override
    def why_empty(self) -> str:
        return self.tr("No money came or went in this time.")

    @override
    def refresh(self) -> None:
        super().refresh()
        self.save_button.setEnabled(bool(self.days) and not self._is_busy)
        if self.days and not (self._is_busy or self._problem):
            self.say_note(self.tr("Net of these days: {nets}").format(nets=nets_text(self.days)))

    def ask_for_file(self) -> None:
        """Let the user choose under which name the table is kept."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, self.tr("Save the sums a day"), folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Tables (*.csv)"))
        dialog.setDefaultSuffix("csv")
        today = QDate.currentDate().toString(Qt.DateFormat.ISODate)
        dialog.selectFile(self.tr("settlement-{date}.csv").format(date=today))
        dialog.fileSelected.connect(lambda path: self.csv_wanted.emit(self.days, Path(path)))
        dialog.open()


def _texts(day: DaySum) -> list[str]:
    amounts = (day.paid_minor, day.aside_minor, day.refunded_minor, day.net_minor)
    return [
        day.day,
        way_text(day.way),
        *(amount_text(amount, day.currency) for amount in amounts),
        f"{day.movements:,}",
    ]
