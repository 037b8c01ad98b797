from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from widgets.common.file_dialogs import Place, ask_to_open, ask_to_save


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


def test_a_dialog_for_files_begins_where_such_a_file_was_chosen_last(window: QWidget, tmp_path: Path) -> None:
    first = ask_to_open(window, "Picture", Place.PicturesLocation, ["Pictures (*.png)"])
    first.fileSelected.emit(str(tmp_path / "tea.png"))

    again = ask_to_open(window, "Picture", Place.PicturesLocation, ["Pictures (*.png)"])
    table = ask_to_open(window, "Table", Place.DocumentsLocation, ["Tables (*.csv)"])

    assert Path(again.directory().path()) == tmp_path
    assert Path(table.directory().path()) != tmp_path


def test_a_dialog_for_files_begins_at_home_where_the_usual_folder_is_gone(
    window: QWidget, tmp_path: Path
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    ask_to_open(window, "Film", Place.MoviesLocation, ["All (*)"]).fileSelected.emit(str(gone / "a.mp4"))
    gone.rmdir()

    dialog = ask_to_open(window, "Film", Place.MoviesLocation, ["All (*)"])

    assert Path(dialog.directory().path()).is_dir()


def test_a_dialog_to_save_proposes_a_name_and_adds_its_ending(window: QWidget) -> None:
    dialog = ask_to_save(window, "Audit", Place.DocumentsLocation, ["Tables (*.csv)"], "audit.csv")

    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    assert dialog.defaultSuffix() == "csv"
    assert [Path(name).name for name in dialog.selectedFiles()] == ["audit.csv"]
