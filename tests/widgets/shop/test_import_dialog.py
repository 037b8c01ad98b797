from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend.contract.exchange import FileFormat, ImportReport, LineRefusal, PicturesOf, StockOf
from tests.widgets.conftest import Record
from widgets.shop.import_dialog import ImportDialog
from widgets.shop.import_file import ImportFile, ListingOf

FILE = ImportFile("autumn.csv", b"title,price", "k")
REFUSED = [LineRefusal(14, "price", "12,9 is no price. Write 12.90."), LineRefusal(0, "", "<b>")]


def report(*, is_dry_run: bool = True, created: int = 86, refused_count: int = 2) -> ImportReport:
    return ImportReport(is_dry_run, FileFormat.CSV, 121, created, 30, 3, refused_count, REFUSED)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(parent: QWidget) -> ImportDialog:
    return ImportDialog(parent, FILE)


def test_nothing_can_be_imported_before_the_file_was_checked(dialog: ImportDialog) -> None:
    assert dialog.about.text() == "Reading the file…"
    assert not dialog.import_button.isEnabled()


def test_a_dry_run_tells_what_would_be_done_and_which_lines_are_left_out(
    dialog: ImportDialog, record: Record
) -> None:
    wanted = record(dialog.import_wanted)
    dialog.show_report(report())
    assert [tile.count.text() for tile in (dialog.new, dialog.changed, dialog.same, dialog.refused)] == [
        "86",
        "30",
        "3",
        "2",
    ]
    assert dialog.about.text() == "Nothing is written yet. 121 lines"
    assert dialog.table.rowCount() == 2
    assert dialog.import_button.text() == "Import 116 products"
    dialog.import_button.click()
    assert wanted == [(FILE,)]
    assert not dialog.import_button.isEnabled()


def test_an_option_checks_the_file_again(dialog: ImportDialog, record: Record) -> None:
    wanted = record(dialog.check_wanted)
    dialog.show_report(report())
    dialog.count_stock.setChecked(True)
    dialog.show_report(report())
    dialog.fetch_pictures.setChecked(True)
    files = [file for (file,) in wanted]
    assert files == [
        ImportFile("autumn.csv", b"title,price", "k", StockOf.COUNT),
        ImportFile("autumn.csv", b"title,price", "k", StockOf.COUNT, PicturesOf.FETCH),
    ]


def test_new_products_come_into_the_room_unless_the_host_says_no(
    dialog: ImportDialog, record: Record
) -> None:
    wanted = record(dialog.check_wanted)
    dialog.show_report(report())
    assert dialog.list_new.isChecked()
    assert dialog.file.listing is ListingOf.ROOM
    dialog.list_new.setChecked(False)
    assert wanted == [(replace(FILE, listing=ListingOf.NONE),)]


def test_a_file_that_changes_nothing_cannot_be_imported(dialog: ImportDialog) -> None:
    nothing = ImportReport(True, FileFormat.CSV, 3, 0, 0, 3, 0, [])  # noqa: FBT003 - a message
    dialog.show_report(nothing)
    assert not dialog.import_button.isEnabled()


def test_what_was_imported_stands_there_until_it_is_closed(dialog: ImportDialog) -> None:
    dialog.show_report(report(is_dry_run=False))
    assert dialog.about.text() == "Imported. 121 lines"
    assert dialog.import_button.isHidden()
    assert not dialog.undo_button.isHidden()
    assert not dialog.count_stock.isEnabled()


def test_an_import_is_taken_back_from_its_dialog(dialog: ImportDialog, record: Record) -> None:
    wanted = record(dialog.undo_wanted)
    dialog.show_report(report())
    assert dialog.undo_button.isHidden()
    dialog.show_report(report(is_dry_run=False))
    dialog.undo_button.click()
    assert wanted == [()]
    assert not dialog.isVisible()


def test_a_file_that_is_refused_says_why(dialog: ImportDialog) -> None:
    dialog.show_problem("This is no file of products: it has no title.")
    assert dialog.problem.text() == "This is no file of products: it has no title."
    assert not dialog.import_button.isEnabled()
