from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend.contract.exchange import FileFormat, ImportReport
from tests.widgets.conftest import Record
from widgets.live.toasts import Tone
from widgets.shop.import_file import ImportFile
from widgets.shop.products_files import ProductsFiles

REPORT = ImportReport(True, FileFormat.CSV, 1, 1, 0, 0, 0, [])  # noqa: FBT003 - a message


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def files(parent: QWidget) -> ProductsFiles:
    return ProductsFiles(parent)


def test_a_chosen_file_is_checked_and_its_report_shown(
    files: ProductsFiles, record: Record, tmp_path: Path
) -> None:
    wanted = record(files.check_wanted)
    path = tmp_path / "autumn.csv"
    path.write_bytes(b"title,price\nTea,9\n")
    files.check(path)
    ((file,),) = wanted
    assert isinstance(file, ImportFile)
    dialog = files.dialog
    assert dialog is not None
    files.show_report(file, REPORT)
    assert dialog.import_button.isEnabled()
    files.close()
    files.show_report(file, REPORT)  # it was closed meanwhile
    assert files.__dict__["dialog"] is None


def test_a_file_that_cannot_be_read_says_why(files: ProductsFiles, record: Record, tmp_path: Path) -> None:
    said = record(files.saved)
    (tmp_path / "empty.csv").touch()
    files.check(tmp_path / "empty.csv")
    files.check(tmp_path / "missing.csv")
    assert said == [
        ("The file is empty, or larger than 15 MB.", Tone.WARN),
        ("The file cannot be read: No such file or directory", Tone.WARN),
    ]
    assert files.dialog is None


@pytest.mark.parametrize(("name", "form"), [("all.csv", FileFormat.CSV), ("all.JSON", FileFormat.JSON)])
def test_the_name_of_a_file_says_its_format(
    files: ProductsFiles, record: Record, name: str, form: FileFormat
) -> None:
    wanted = record(files.export_wanted)
    files._export(Path(name))
    assert wanted == [(Path(name), form)]
