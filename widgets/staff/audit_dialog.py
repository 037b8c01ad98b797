"""The audit log: every important change with author, time and previous value; it can be saved as a table."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDate, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QProgressBar,
    QStackedLayout,
    QTableWidget,
    QWidget,
)

from backend.contract.audit import AuditKind, AuditLine, AuditPage
from widgets.common import plain
from widgets.common.file_dialogs import Place, ask_to_save
from widgets.common.forms import column, combo, label, push_button, row, say, set_tone
from widgets.staff import audit_texts

SIZE: Final = (1080, 640)
WIDTHS: Final = (150, 150, 100, 230, 230)
CELLS: Final[tuple[Callable[[AuditLine], str], ...]] = (
    audit_texts.when_text,
    audit_texts.who_text,
    lambda line: audit_texts.kind_text(line.kind),
    audit_texts.what_text,
    audit_texts.change_text,
    audit_texts.reason_text,
)


class AuditDialog(QDialog):
    """Asks for pages, shows them as they come, the newest first; open it with `open()`.

    Attributes:
        page_wanted: emitted with the kinds that are wanted (a list; all where none is chosen), and the number
            below which the lines are wanted, None for the newest.
        csv_wanted: emitted with the kinds and the path under which the table is to be kept.
    """

    page_wanted = Signal(object, object)
    csv_wanted = Signal(object, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Audit log"))
        self._before: int | None = None
        self._is_busy = self._has_failed = False
        self.kind_box = combo()
        self.kind_box.addItem(self.tr("Everything"), None)
        for kind in AuditKind:
            plain.add_entry(self.kind_box, audit_texts.kind_text(kind), kind)
        self.kind_box.setAccessibleName(self.tr("Kind"))
        self.kind_box.currentIndexChanged.connect(self.reload)
        self.table = self._make_table()
        self.empty, self.note = label("", "dim"), label()
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for part in (self.empty, self.note):
            part.setWordWrap(True)
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.more_button, self.again_button = push_button("fa5s.arrow-down"), push_button("fa5s.redo")
        self.save_button, self.close_button = push_button("fa5s.download"), push_button()
        say(self.more_button, self.tr("Load more"), self.tr("Read what is older"))
        say(self.again_button, self.tr("Try again"))
        say(self.save_button, self.tr("Save as CSV…"), self.tr("Keep all of this kind as a table in a file"))
        say(self.close_button, self.tr("Close"))
        self.more_button.clicked.connect(self._ask)
        self.again_button.clicked.connect(self._ask)
        self.save_button.clicked.connect(self.ask_for_file)
        self.close_button.clicked.connect(self.accept)
        self._lay_out()
        self.resize(*SIZE)
        self.show_note("", "")
        self._show()

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, len(CELLS))
        table.setHorizontalHeaderLabels(
            [
                self.tr("When"),
                self.tr("Who"),
                self.tr("Kind"),
                self.tr("What"),
                self.tr("Before → after"),
                self.tr("Reason"),
            ]
        )
        table.setAccessibleName(self.tr("Audit log"))
        table.setObjectName("log")
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)  # Tab leads out of the table, to the buttons
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        for number, width in enumerate(WIDTHS):
            header.setSectionResizeMode(number, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(number, width)
        # A row is as high as its text at these widths; all of them at each step of a drag would stutter.
        self._fit = QTimer(table, interval=200, singleShot=True)
        self._fit.timeout.connect(table.resizeRowsToContents)
        header.sectionResized.connect(self._fit.start)
        return table

    def _lay_out(self) -> None:
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.empty)
        head = row(label(self.tr("Audit log"), "title"), self.kind_box)
        head.insertStretch(1, 1)
        self.kind_box.setMinimumWidth(180)
        foot = row(self.more_button, self.again_button, self.save_button, self.close_button)
        foot.insertStretch(2, 1)
        layout = column(head, pages, self.busy, self.note, foot, margin=22, spacing=12)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    # --- In ---

    def show_page(self, page: AuditPage) -> None:
        """Show these lines below those that are there."""
        first = self.table.rowCount()
        self.table.setRowCount(first + len(page.lines))
        for number, line in enumerate(page.lines, start=first):
            for place, text in enumerate(CELLS):
                self.table.setItem(number, place, plain.cell(text(line)))
            self.table.resizeRowToContents(number)
        self._before = page.next_before
        self._is_busy = self._has_failed = False
        self._show()

    def show_failure(self, text: str) -> None:
        """Say why the lines did not come; they can be asked for again."""
        self._is_busy, self._has_failed = False, True
        self.show_note(text, "bad")
        self._show()

    def show_note(self, text: str, tone: str) -> None:
        """Say how something went, below the table; empty for nothing."""
        plain.set_text(self.note, text)
        self.note.setVisible(bool(text))
        set_tone(self.note, tone)

    def show_saving(self) -> None:
        """Say that the table is on its way into its file."""
        self.save_button.setEnabled(False)
        self.show_note(self.tr("Saving…"), "")

    def show_saved(self, text: str, tone: str) -> None:
        """Say how the saving went."""
        self.save_button.setEnabled(True)
        self.show_note(text, tone)

    def _show(self) -> None:
        has_lines = self.table.rowCount() > 0
        plain.set_text(self.empty, self._why_empty())
        self._pages.setCurrentIndex(0 if has_lines else 1)
        self.busy.setVisible(self._is_busy)
        has_more = self._before is not None and not self._has_failed
        self.more_button.setVisible(has_more)
        self.more_button.setEnabled(not self._is_busy)
        self.again_button.setVisible(self._has_failed)

    def _why_empty(self) -> str:
        if self._is_busy:
            return self.tr("Reading…")
        if self._has_failed:
            return self.tr("Not read.")
        return self.tr(
            "Nothing yet. Every change of price, stock, coins, rules and rights will stand here, and all "
            "that moderators do, with who did it and when."
        )

    # --- Out ---

    @property
    def kinds(self) -> Sequence[AuditKind]:
        """What is wanted; all kinds where none is chosen."""
        chosen = self.kind_box.currentData()
        return list(AuditKind) if chosen is None else [AuditKind(chosen)]

    def reload(self) -> None:
        """Ask for the newest lines of what is wanted, instead of those that are there."""
        self.table.setRowCount(0)
        self._before = None
        self._ask()

    def _ask(self) -> None:
        self._is_busy, self._has_failed = True, False
        self.show_note("", "")
        self._show()
        self.page_wanted.emit(self.kinds, self._before)

    def ask_for_file(self) -> None:
        """Let the host choose under which name the table is kept."""
        today = QDate.currentDate().toString(Qt.DateFormat.ISODate)
        name = self.tr("audit-{date}.csv").format(date=today)
        filters = [self.tr("Tables (*.csv)")]
        dialog = ask_to_save(self, self.tr("Save the audit log"), Place.DocumentsLocation, filters, name)
        dialog.fileSelected.connect(lambda path: self.csv_wanted.emit(self.kinds, Path(path)))
        dialog.open()
