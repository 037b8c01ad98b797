"""The files of the orders window: tables for couriers out, tracking numbers in, papers to print."""

from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from widgets.common import plain
from widgets.common.file_dialogs import Place, ask_to_open, ask_to_save
from widgets.common.menus import popup
from widgets.shop import file_choices
from widgets.shop.file_choices import ExportWish, Paper, PaperWish
from widgets.shop.file_dialogs import ExportChoice, ExportDialog, PaperChoice, PaperDialog
from widgets.shop.tracking_dialog import TrackingDialog, TrackingReport, WriteParcels


class OrderFiles(QObject):
    """Asks what is wanted and, by the system's own dialog, where it goes or comes from.

    Attributes:
        export_wanted: emitted with an `ExportWish`.
        paper_wanted: emitted with a `PaperWish`.
        import_wanted: emitted with the path of a file.
        write_wanted: emitted with a `WriteParcels`.
        dialog: the dialog of the file whose tracking numbers are looked at; None for none.
        open_dialog: what asks for something now; None for nothing.
    """

    export_wanted = Signal(object)
    paper_wanted = Signal(object)
    import_wanted = Signal(str)
    write_wanted = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.dialog: TrackingDialog | None = None
        self.open_dialog: ExportDialog | PaperDialog | QFileDialog | None = None

    def open_menu(self, place: QPoint, selected: int) -> None:
        """Offer what can be made of orders, of which so many are selected."""
        window = self._window
        menu = QMenu(window)
        action = menu.addAction("")
        plain.set_text(action, self.tr("Table for a courier…"))
        action.triggered.connect(lambda: self.ask_to_export(selected))
        for paper in Paper:
            action = menu.addAction("")
            plain.set_text(action, self.tr("{paper} (PDF)…").format(paper=file_choices.paper_text(paper)))
            action.triggered.connect(lambda _checked=False, paper=paper: self.ask_to_print(paper, selected))
        popup(menu, place)

    # --- Out ---

    def ask_to_export(self, selected: int) -> None:
        """Ask for columns and kind, then for the file."""
        dialog = ExportDialog(self._window, selected)
        dialog.action.connect(lambda choice: self._ask_where_to_export(dialog, choice))
        self._open(dialog)

    def ask_to_print(self, paper: Paper, selected: int) -> None:
        """Ask for the orders, then for the file."""
        dialog = PaperDialog(self._window, paper, selected)
        dialog.action.connect(lambda choice: self._ask_where_to_print(dialog, choice))
        self._open(dialog)

    def _ask_where_to_export(self, dialog: ExportDialog, choice: ExportChoice) -> None:
        dialog.accept()
        suffix = choice.table_format.value
        files = self._ask_to_save(self.tr("Export for a courier"), f"orders.{suffix}")
        files.fileSelected.connect(
            lambda path: self.export_wanted.emit(
                ExportWish(choice.preset, choice.table_format, choice.which, path)
            )
        )
        self._open(files)

    def _ask_where_to_print(self, dialog: PaperDialog, choice: PaperChoice) -> None:
        dialog.accept()
        name = "packing-slips.pdf" if choice.paper is Paper.SLIPS else "picking-list.pdf"
        files = self._ask_to_save(file_choices.paper_text(choice.paper), name)
        files.fileSelected.connect(
            lambda path: self.paper_wanted.emit(PaperWish(choice.paper, choice.which, path))
        )
        self._open(files)

    # --- In ---

    def ask_to_import(self) -> None:
        """Ask for the file with tracking numbers."""
        title = self.tr("Import tracking")
        filters = [f"{title} (*.xlsx *.csv *.txt)"]
        files = ask_to_open(self._window, title, Place.DocumentsLocation, filters)
        files.fileSelected.connect(self.import_wanted)
        self._open(files)

    def show_report(self, report: TrackingReport) -> None:
        """Show what a file amounts to, before anything is written."""
        if self.dialog is not None:
            self.dialog.reject()
        dialog = TrackingDialog(self._window, report)
        self.dialog = dialog
        dialog.action.connect(self._on_write)
        dialog.finished.connect(lambda: self._forget(dialog))
        dialog.open()

    def _on_write(self, wish: WriteParcels) -> None:
        self.write_wanted.emit(wish)

    def _forget(self, dialog: TrackingDialog) -> None:
        if self.dialog is dialog:
            self.dialog = None

    def _ask_to_save(self, title: str, name: str) -> QFileDialog:
        filters = [f"{title} (*{Path(name).suffix})"]
        return ask_to_save(self._window, title, Place.DocumentsLocation, filters, name)

    def _open(self, dialog: ExportDialog | PaperDialog | QFileDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.open_dialog = dialog
        dialog.finished.connect(lambda: self._on_closed(dialog))
        dialog.open()

    def _on_closed(self, dialog: ExportDialog | PaperDialog | QFileDialog) -> None:
        if self.open_dialog is dialog:
            self.open_dialog = None
