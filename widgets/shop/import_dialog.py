"""What an import of products would do, line by line, before it does it; and afterwards what it did."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFrame, QWidget

from backend.contract.exchange import ImportReport, PicturesOf, StockOf
from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say, set_tone
from widgets.shop.import_file import ImportFile, ListingOf
from widgets.shop.import_lines import ImportLines

SIZE: Final = QSize(860, 600)


class _Tile(QFrame):
    """A count with its word below."""

    def __init__(self, tone: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self._tone = tone
        self.count, self.word = label("–", "window"), label("", "dim")
        self.setLayout(column(self.count, self.word, margin=10, spacing=2))

    def show_count(self, count: int, word: str) -> None:
        """Show how many there are of what."""
        plain.set_text(self.count, f"{count:,}")
        plain.set_text(self.word, word)
        set_tone(self.count, self._tone if count else "")


class ImportDialog(QDialog):
    """Shows the report of a dry run, and imports when asked to; open it with `open()`.

    Attributes:
        check_wanted: emitted with an `ImportFile` whose dry run should be shown.
        import_wanted: emitted with an `ImportFile` that should be imported.
        undo_wanted: emitted once the import that was carried out should be taken back.
    """

    check_wanted = Signal(object)
    import_wanted = Signal(object)
    undo_wanted = Signal()

    def __init__(self, parent: QWidget, file: ImportFile) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        plain.set_title(self, self.tr("Import products"))
        self.file = file
        self.about = label("", "dim")
        self.new, self.changed, self.same, self.refused = _Tile("ok"), _Tile(""), _Tile(""), _Tile("bad")
        self.table = ImportLines()
        self.count_stock = QCheckBox(self.tr("Take the stock in the file for a count"))
        self.fetch_pictures = QCheckBox(self.tr("Fetch pictures from their links"))
        self.list_new = QCheckBox(self.tr("List new products in the room"))
        self.list_new.setChecked(file.listing is ListingOf.ROOM)
        self._switches = (self.list_new, self.count_stock, self.fetch_pictures)
        for switch in self._switches:
            switch.toggled.connect(self._on_option)
        self.problem = label()
        self.problem.setWordWrap(True)
        self.close_button, self.import_button, self.undo_button = push_button(), push_button(), push_button()
        self.close_button.setProperty("kind", "outline")
        self.import_button.setProperty("kind", "primary")
        self.close_button.clicked.connect(self.reject)
        self.import_button.clicked.connect(self._import)
        self.undo_button.setProperty("kind", "outline")
        self.undo_button.clicked.connect(self._undo)
        self.undo_button.hide()
        say(
            self.undo_button, self.tr("Undo the import"), self.tr("What others changed or bought since stays")
        )
        say(self.close_button, self.tr("Close"))
        self._lay_out()
        self._wait(self.tr("Reading the file…"))

    def _lay_out(self) -> None:
        heading = label(self.tr("Import: {name}").format(name=self.file.name), "title")
        heading.setWordWrap(True)
        tiles = row(self.new, self.changed, self.same, self.refused, spacing=8)
        options = row(*self._switches, spacing=16)
        options.addStretch(1)
        buttons = row(self.undo_button, self.close_button, self.import_button)
        buttons.insertStretch(1, 1)
        parts = (heading, self.about, tiles, self.table, options, self.problem, buttons)
        layout = column(*parts, margin=20, spacing=12)
        layout.setStretch(3, 1)
        self.setLayout(layout)
        self.resize(SIZE.boundedTo(self.screen().availableSize() * 0.92))

    # --- In ---

    def show_report(self, report: ImportReport) -> None:
        """Show what an import would do, or did."""
        self._show_counts(report)
        self.table.show_report(report)
        lines = self.tr("{n} lines").format(n=f"{report.lines:,}")
        if report.is_dry_run:
            text = self.tr("Nothing is written yet. {lines}").format(lines=lines)
        else:
            text = self.tr("Imported. {lines}").format(lines=lines)
            if report.pictures or report.pictures_refused:
                counts = self.tr("{n} pictures fetched, {bad} not").format(
                    n=f"{report.pictures:,}", bad=f"{len(report.pictures_refused):,}"
                )
                text = f"{text} · {counts}"
        plain.set_text(self.about, text)
        self.show_problem("")
        count = report.created + report.changed
        self._set_free(may_import=report.is_dry_run and count > 0, is_done=not report.is_dry_run)
        self.undo_button.setVisible(not report.is_dry_run and count > 0)
        say(self.import_button, self.tr("Import {n} products").format(n=f"{count:,}"))

    def show_problem(self, why: str) -> None:
        """Say why the file was not read or imported; empty for no reason."""
        plain.set_text(self.problem, why)
        self.problem.setVisible(bool(why))
        set_tone(self.problem, "bad" if why else "")
        if why:
            plain.set_text(self.about, self.tr("Nothing was imported."))
            self._set_free(may_import=False, is_done=False)

    # --- Out ---

    def _on_option(self) -> None:
        stock = StockOf.COUNT if self.count_stock.isChecked() else StockOf.LEAVE
        pictures = PicturesOf.FETCH if self.fetch_pictures.isChecked() else PicturesOf.LEAVE
        listing = ListingOf.ROOM if self.list_new.isChecked() else ListingOf.NONE
        self.file = replace(self.file, stock=stock, pictures=pictures, listing=listing)
        self._wait(self.tr("Reading the file…"))
        self.check_wanted.emit(self.file)

    def _import(self) -> None:
        self._wait(self.tr("Importing…"))
        self.import_wanted.emit(self.file)

    def _undo(self) -> None:
        self.accept()
        self.undo_wanted.emit()

    # --- Showing ---

    def _wait(self, text: str) -> None:
        plain.set_text(self.about, text)
        self.problem.hide()
        self.import_button.setEnabled(False)
        say(self.import_button, self.tr("Import"))
        for switch in self._switches:
            switch.setEnabled(False)

    def _set_free(self, *, may_import: bool, is_done: bool) -> None:
        self.import_button.setEnabled(may_import)
        self.import_button.setVisible(not is_done)
        for switch in self._switches:
            switch.setEnabled(not is_done)

    def _show_counts(self, report: ImportReport) -> None:
        self.new.show_count(report.created, self.tr("new"))
        self.changed.show_count(report.changed, self.tr("changed"))
        self.same.show_count(report.unchanged, self.tr("as they are"))
        self.refused.show_count(report.refused_count, self.tr("lines left out"))
