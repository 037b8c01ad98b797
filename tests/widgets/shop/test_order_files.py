from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from widgets.shop.file_choices import ExportWish, Paper, PaperWish, Preset, TableFormat, Which
from widgets.shop.file_dialogs import ExportDialog, PaperDialog
from widgets.shop.order_files import OrderFiles
from widgets.shop.tracking_dialog import TrackingReport, WriteParcels


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def files(window: QWidget) -> Iterator[OrderFiles]:
    made = OrderFiles(window)
    yield made
    for opened in (made.dialog, made.open_dialog):
        if opened is not None:
            opened.reject()


def choose_file(files: OrderFiles, path: Path) -> None:
    """Choose a file in the dialog that is open."""
    dialog = files.open_dialog
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.reject()


def test_a_table_is_asked_for_by_columns_kind_and_place(
    files: OrderFiles, record: Record, tmp_path: Path
) -> None:
    wanted = record(files.export_wanted)
    files.ask_to_export(selected=3)
    dialog = files.open_dialog
    assert isinstance(dialog, ExportDialog)
    assert dialog.which.currentText() == "The 3 selected orders"
    dialog.presets.setCurrentIndex(dialog.presets.findData(Preset.ONE_LINE))
    dialog.formats.setCurrentIndex(dialog.formats.findData(TableFormat.CSV))
    dialog.accept_button.click()
    choose_file(files, tmp_path / "sf.csv")
    wish = ExportWish(Preset.ONE_LINE, TableFormat.CSV, Which.SELECTED, str(tmp_path / "sf.csv"))
    assert wanted == [(wish,)]
    assert files.open_dialog is None


@pytest.mark.parametrize("paper", Paper)
def test_a_paper_is_asked_for_by_its_orders_and_place(
    files: OrderFiles, record: Record, tmp_path: Path, paper: Paper
) -> None:
    wanted = record(files.paper_wanted)
    files.ask_to_print(paper, selected=1)
    dialog = files.open_dialog
    assert isinstance(dialog, PaperDialog)
    dialog.accept_button.click()
    choose_file(files, tmp_path / "a.pdf")
    assert wanted == [(PaperWish(paper, Which.TO_SHIP, str(tmp_path / "a.pdf")),)]


def test_the_menu_offers_a_table_and_both_papers(files: OrderFiles, window: QWidget) -> None:
    files.open_menu(QPoint(0, 0), selected=0)
    [menu] = window.findChildren(QMenu)
    assert [action.text() for action in menu.actions()] == [
        "Table for a courier…",
        "Packing slips (PDF)…",
        "Picking list (PDF)…",
    ]
    menu.close()


def test_a_file_with_tracking_numbers_is_shown_before_it_is_written(
    files: OrderFiles, record: Record, tmp_path: Path
) -> None:
    wanted, written = record(files.import_wanted), record(files.write_wanted)
    files.ask_to_import()
    choose_file(files, tmp_path / "back.xlsx")
    assert wanted == [(str(tmp_path / "back.xlsx"),)]
    files.show_report(TrackingReport("back.xlsx", 2, 1, ["Line 4, –: <b>no</b>"]))
    dialog = files.dialog
    assert dialog is not None
    assert dialog.accept_button.text() == "Write 2 parcels"
    assert dialog.list.item(0).text() == "Line 4, –: <b>no</b>"
    dialog.carrier.setCurrentText(" ")
    dialog.accept_button.click()
    assert written == []
    assert dialog.problem.isVisible()
    dialog.carrier.setCurrentText("SF")
    dialog.accept_button.click()
    assert written == [(WriteParcels("SF"),)]
    dialog.show_progress(1)
    assert dialog.summary.text() == "Writing: 1 of 2"
    dialog.show_result(1, ["Line 3: sold out"])
    assert dialog.summary.text() == "1 parcels were written."
    assert dialog.accept_button.isHidden()
    dialog.close_button.click()
    assert files.dialog is None


def test_a_file_that_writes_nothing_cannot_be_written(files: OrderFiles) -> None:
    files.show_report(TrackingReport("x.csv", 0, 0, ["Line 2: no"]))
    assert files.dialog is not None
    assert not files.dialog.accept_button.isEnabled()
    assert files.dialog.summary.text() == "No parcel can be written from this file."
