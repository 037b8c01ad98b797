"""What a file with tracking numbers would write, and which of its lines are refused, before it is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

from widgets.common import plain
from widgets.common.forms import caption, column, combo, label, say
from widgets.shop.carrier_fields import MAX_CODE, carriers
from widgets.shop.shop_dialog import ShopDialog

LIST_HEIGHT: Final = 180


@dataclass(frozen=True)
class TrackingReport:
    """What a file amounts to.

    Attributes:
        parcels: how many would be written.
        without_carrier: for how many of them the file names no carrier.
        refused: a line of text for each line that is refused, with its reason.
    """

    name: str
    parcels: int
    without_carrier: int
    refused: Sequence[str]


@dataclass(frozen=True)
class WriteParcels:
    """The parcels are to be written; those without a carrier go by this one."""

    carrier: str


class TrackingDialog(ShopDialog):
    """Nothing is written before its button is pressed; then it counts, and says what failed."""

    def __init__(self, parent: QWidget, report: TrackingReport) -> None:
        accept = self.tr("Write {n} parcels").format(n=report.parcels)
        super().__init__(parent, self.tr("Import tracking"), accept, "primary")
        self._report = report
        self.summary = label(self._summary())
        self.summary.setWordWrap(True)
        self.carrier = combo()
        edit = QLineEdit()
        edit.setMaxLength(MAX_CODE)
        self.carrier.setEditable(True)
        self.carrier.setLineEdit(edit)
        for name in carriers():
            plain.add_entry(self.carrier, name, name)
        self.list = QListWidget()
        self.list.setFixedHeight(LIST_HEIGHT)
        self.list.setWordWrap(True)
        self.list_caption = label("", "warn")
        self._lay_out()
        self._show_lines(report.refused, self.tr("{n} lines are refused:"))
        self.accept_button.setEnabled(report.parcels > 0)
        self.setMinimumWidth(560)

    def _lay_out(self) -> None:
        name = self.tr("Carrier of the {n} lines that name none").format(n=self._report.without_carrier)
        plain.set_name(self.carrier, name)
        carrier = QWidget()
        carrier.setLayout(column(caption(name, self.carrier), self.carrier, spacing=4))
        carrier.setVisible(self._report.without_carrier > 0)
        heading = label(self.tr("Import tracking · {file}").format(file=self._report.name), "title")
        heading.setWordWrap(True)
        refused = column(self.list_caption, self.list, spacing=4)
        parts = (heading, self.summary, carrier, refused, self.problem, self.buttons)
        self.setLayout(column(*parts, margin=20, spacing=14))

    def _summary(self) -> str:
        if not self._report.parcels:
            return self.tr("No parcel can be written from this file.")
        return self.tr("{n} parcels can be written. Nothing is written yet.").format(n=self._report.parcels)

    @override
    def wanted(self) -> WriteParcels | None:
        carrier = " ".join(self.carrier.currentText().split())
        if self._report.without_carrier and not carrier:
            self.show_problem(self.tr("Name the carrier of the lines that name none."))
            return None
        return WriteParcels(carrier)

    def show_progress(self, done: int) -> None:
        """Say how many parcels were written so far."""
        text = self.tr("Writing: {done} of {n}").format(done=done, n=self._report.parcels)
        plain.set_text(self.summary, text)

    def show_result(self, written: int, failed: Sequence[str]) -> None:
        """Say how many parcels were written, and for each of the others why not."""
        plain.set_text(self.summary, self.tr("{n} parcels were written.").format(n=written))
        self._show_lines(failed, self.tr("{n} parcels were not written:"))
        self.accept_button.hide()
        say(self.close_button, self.tr("Close"))

    def _show_lines(self, lines: Sequence[str], title: str) -> None:
        self.list.clear()
        for text in lines:
            plain.set_text(QListWidgetItem(self.list), text)
        for widget in (self.list, self.list_caption):
            widget.setVisible(bool(lines))
        plain.set_text(self.list_caption, title.format(n=len(lines)))
        plain.set_name(self.list, self.list_caption.text())

    @override
    def _show_waiting(self) -> None:
        super()._show_waiting()
        self.carrier.setEnabled(self.waiting_for is None)
