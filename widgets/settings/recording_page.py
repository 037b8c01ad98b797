"""The page of the settings about recordings."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QSpinBox
from typing_extensions import override

from widgets.common import plain
from widgets.common.forms import push_button, row, say
from widgets.settings.settings_pages import Page
from widgets.settings.settings_values import (
    MAX_SPLIT_MEGABYTES,
    MAX_SPLIT_MINUTES,
    RecordingChoices,
    SettingsValues,
)


def usual_folder() -> Path:
    """Where recordings go while no folder is chosen."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation)) / "Livestall"


class RecordingPage(Page):
    """Where recordings go, when they begin by themselves, and when another file begins."""

    def __init__(self, values: SettingsValues) -> None:
        super().__init__()
        choices = values.recording
        self.folder = QLineEdit(choices.folder)
        plain.set_placeholder(self.folder, str(usual_folder()))
        self.choose_button = push_button("fa5s.folder-open")
        say(self.choose_button, self.tr("Choose…"), self.tr("Choose another folder for recordings"))
        self.choose_button.clicked.connect(self._choose)
        self.with_live = QCheckBox(self.tr("Record every broadcast"))
        self.with_live.setToolTip(self.tr("A recording begins when you go live and ends with the broadcast"))
        self.with_live.setChecked(choices.begins_with_live)
        self.minutes = self._number(choices.split_minutes, MAX_SPLIT_MINUTES, self.tr(" min"), 15)
        self.megabytes = self._number(choices.split_megabytes, MAX_SPLIT_MEGABYTES, " MB", 500)
        plain.set_name(self.folder, self.tr("Folder"))
        self.rows.addRow(self.tr("Folder"), row(self.folder, self.choose_button))
        self.rows.addRow("", self.with_live)
        self._add(self.tr("New file after"), self.minutes)
        self._add(self.tr("New file at"), self.megabytes)
        self._hint(
            self.tr(
                "The picture is the one that is broadcast, not encoded a second time. A recording ends by "
                "itself before the disk is full."
            )
        )

    def _number(self, value: int, most: int, suffix: str, step: int) -> QSpinBox:
        made = QSpinBox()
        made.setRange(0, most)
        made.setSingleStep(step)
        made.setGroupSeparatorShown(True)
        made.setSuffix(suffix)
        made.setSpecialValueText(self.tr("Never"))
        made.setValue(value)
        made.setAlignment(Qt.AlignmentFlag.AlignRight)
        return made

    def _choose(self) -> None:
        begin = self.folder.text() or str(usual_folder().parent)
        dialog = QFileDialog(self, self.tr("Folder for recordings"), begin)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: plain.set_text(self.folder, path))
        dialog.open()

    @override
    def applied_to(self, values: SettingsValues) -> SettingsValues:
        choices = RecordingChoices(
            folder=self.folder.text().strip(),
            begins_with_live=self.with_live.isChecked(),
            split_minutes=self.minutes.value(),
            split_megabytes=self.megabytes.value(),
        )
        return replace(values, recording=choices)
