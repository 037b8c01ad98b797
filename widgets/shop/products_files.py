"""The files of the products window: chosen, checked and imported, or saved."""

import uuid
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDate, QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from backend.contract.exchange import MAX_IMPORT_BYTES, FileFormat, ImportReport
from widgets.common.file_dialogs import Place, ask_to_open, ask_to_save
from widgets.live.toasts import Tone
from widgets.shop.import_dialog import ImportDialog
from widgets.shop.import_file import ImportFile

PATTERNS: Final = "*.csv *.json"


class ProductsFiles(QObject):
    """Asks for files; one import is open at a time.

    Attributes:
        check_wanted: emitted with an `ImportFile` whose dry run should be shown.
        import_wanted: emitted with an `ImportFile` that should be imported.
        export_wanted: emitted with a path and a `FileFormat`.
        imported: emitted with an `ImportFile` that was imported, and how many products it made or changed.
        undo_wanted: emitted with an `ImportFile` whose import should be taken back.
        saved: emitted with what became of a file that was to be saved or read, and its tone.
    """

    check_wanted = Signal(object)
    import_wanted = Signal(object)
    export_wanted = Signal(object, object)
    saved = Signal(str, object)
    imported = Signal(object, int)
    undo_wanted = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.dialog: ImportDialog | None = None
        self._imported: ImportFile | None = None

    # --- Import ---

    def ask_for_import(self) -> None:
        """Let a file be chosen, and check it."""
        filters = [self.tr("Products ({patterns})").format(patterns=PATTERNS)]
        dialog = ask_to_open(self._window, self.tr("Import products"), Place.DocumentsLocation, filters)
        dialog.fileSelected.connect(lambda path: self.check(Path(path)))
        dialog.open()

    def check(self, path: Path) -> None:
        """Read a file, and show what importing it would do."""
        try:
            is_small = path.stat().st_size <= MAX_IMPORT_BYTES
            content = path.read_bytes() if is_small else b""
        except OSError as error:
            why = self.tr("The file cannot be read: {reason}").format(reason=error.strerror or error)
            self.saved.emit(why, Tone.WARN)
            return
        if not content:
            why = self.tr("The file is empty, or larger than {n} MB.")
            self.saved.emit(why.format(n=MAX_IMPORT_BYTES // 1024 // 1024), Tone.WARN)
            return
        self.close()
        file = ImportFile(path.name, content, uuid.uuid4().hex)
        self.dialog = ImportDialog(self._window, file)
        self.dialog.check_wanted.connect(self.check_wanted)
        self.dialog.import_wanted.connect(self.import_wanted)
        self.dialog.undo_wanted.connect(self._on_undo)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()
        self.check_wanted.emit(file)

    def show_report(self, file: ImportFile, report: ImportReport) -> None:
        """Show what an import would do, or did, if it is still the one that is open."""
        if self.dialog is not None and self.dialog.file == file:
            self.dialog.show_report(report)
        count = report.created + report.changed
        if not report.is_dry_run and count:
            self._imported = file
            self.imported.emit(file, count)

    def show_problem(self, file: ImportFile, why: str) -> None:
        """Say why a file was not taken."""
        if self.dialog is not None and self.dialog.file == file:
            self.dialog.show_problem(why)

    def close(self) -> None:
        """Close the import that is open."""
        if self.dialog is not None:
            self.dialog.reject()

    def _on_undo(self) -> None:
        if self._imported is not None:
            self.undo_wanted.emit(self._imported)

    def _on_closed(self) -> None:
        self.dialog = None

    # --- Export ---

    def ask_for_export(self) -> None:
        """Let be chosen where all products are saved."""
        today = QDate.currentDate().toString(Qt.DateFormat.ISODate)
        name = self.tr("products-{date}.csv").format(date=today)
        filters = [self.tr("Tables (*.csv)"), self.tr("JSON (*.json)")]
        title = self.tr("Export products")
        dialog = ask_to_save(self._window, title, Place.DocumentsLocation, filters, name)
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix("json" if "json" in chosen else "csv")
        )
        dialog.fileSelected.connect(lambda path: self._export(Path(path)))
        dialog.open()

    def _export(self, path: Path) -> None:
        form = FileFormat.JSON if path.suffix.lower() == ".json" else FileFormat.CSV
        self.export_wanted.emit(path, form)
