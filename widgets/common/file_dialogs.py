"""The system's dialogs for files, each beginning in the folder where such files are."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from widgets.common import plain

Place = QStandardPaths.StandardLocation


def ask_to_open(parent: QWidget, title: str, place: Place, filters: list[str]) -> QFileDialog:
    """Make a dialog that chooses a file that is there; the caller connects `fileSelected` and opens it.

    Args:
        parent: the window it belongs to.
        title: what is asked.
        place: where such files are; from the second time on it begins where the last one was chosen.
        filters: which names are shown, as Qt writes them: `Pictures (*.png *.jpg)`.
    """
    dialog = _dialog(parent, title, place, filters)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return dialog


def ask_to_save(parent: QWidget, title: str, place: Place, filters: list[str], name: str) -> QFileDialog:
    """Make a dialog that chooses where to save, with this name proposed; its ending is added to others."""
    dialog = _dialog(parent, title, place, filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    dialog.selectFile(name)
    return dialog


def _dialog(parent: QWidget, title: str, place: Place, filters: list[str]) -> QFileDialog:
    dialog = QFileDialog(parent, "", _folder(place))
    plain.set_title(dialog, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setNameFilters(filters)
    _say_what_qt_does_not(dialog)
    dialog.fileSelected.connect(lambda path: _remember(place, path))
    dialog.filesSelected.connect(lambda paths: _remember(place, paths[0]))
    return dialog


def _say_what_qt_does_not(dialog: QFileDialog) -> None:
    """Name the two fields that Qt's own Chinese leaves in English."""
    translate = QCoreApplication.translate
    plain.set_file_label(dialog, QFileDialog.DialogLabel.LookIn, translate("FileDialogs", "Look in:"))
    plain.set_file_label(dialog, QFileDialog.DialogLabel.FileType, translate("FileDialogs", "Files of type:"))


def _folder(place: Place) -> str:
    application = QCoreApplication.instance()
    last = application.property(_key(place)) if application is not None else None
    if isinstance(last, str) and Path(last).is_dir():
        return last
    usual = QStandardPaths.writableLocation(place)
    return usual if Path(usual).is_dir() else str(Path.home())


def _remember(place: Place, path: str) -> None:
    application = QCoreApplication.instance()
    if application is not None:
        application.setProperty(_key(place), str(Path(path).parent))


def _key(place: Place) -> str:
    return f"folder_{place.name}"
