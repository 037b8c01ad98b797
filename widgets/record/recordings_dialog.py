"""The recordings on this computer: what they look like, how long they are, and what can be done with them."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from studio.engine.messages.recording import RecordingRead
from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say, set_tone
from widgets.common.text import clock, size

SIZE: Final = QSize(640, 560)
THUMBNAIL: Final = QSize(72, 72)
_PATH: Final = Qt.ItemDataRole.UserRole


class RecordingsDialog(QDialog):
    """Shows what it is given; opened with `open()`.

    Args:
        parent: the window it belongs to.
        folder: where the recordings are.

    Attributes:
        play_wanted: emitted with the path of a recording.
        part_wanted: emitted with a `RecordingRead`, of which a part is to be copied.
        folder_wanted: the host wants to see the folder.
    """

    play_wanted = Signal(str)
    part_wanted = Signal(object)
    folder_wanted = Signal()

    def __init__(self, parent: QWidget, folder: Path) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Recordings"))
        self.resize(SIZE)
        self._known: dict[str, RecordingRead] = {}
        self._items: dict[str, QListWidgetItem] = {}
        self.place = label(str(folder), "faint")
        self.place.setWordWrap(True)
        self.note = label(self.tr("Looking…"), "faint")
        self.note.setWordWrap(True)
        self.list = QListWidget()
        self.list.setIconSize(THUMBNAIL)
        self.list.setSpacing(2)
        self.list.setAccessibleName(self.tr("Recordings"))
        self.list.currentItemChanged.connect(self._show_buttons)
        self.list.itemActivated.connect(self._play)
        self.play_button, self.part_button = push_button("fa5s.play"), push_button("fa5s.cut")
        self.folder_button, self.close_button = push_button("fa5s.folder-open"), push_button()
        self.play_button.clicked.connect(self._play)
        self.part_button.clicked.connect(self._ask_for_part)
        self.folder_button.clicked.connect(self.folder_wanted)
        self.close_button.clicked.connect(self.accept)
        self._lay_out()

    def _lay_out(self) -> None:
        say(self.play_button, self.tr("Play"), self.tr("Play it in the system's player"))
        say(self.part_button, self.tr("Copy a part…"), self.tr("Copy a part into another file, as it is"))
        say(self.folder_button, self.tr("Open the folder"))
        say(self.close_button, self.tr("Close"))
        buttons = row(self.play_button, self.part_button, self.folder_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        self.setLayout(column(self.place, self.list, self.note, buttons, margin=16, spacing=10))
        self._show_buttons()

    @property
    def chosen(self) -> RecordingRead | None:
        """The chosen recording; None where none is, or where it is not read yet."""
        item = self.list.currentItem()
        return self._known.get(item.data(_PATH)) if item is not None else None

    def show_paths(self, paths: Sequence[str]) -> None:
        """Show these recordings, in this order; what each is follows."""
        self.list.clear()
        self._items.clear()
        for path in paths:
            item = QListWidgetItem(self.list)
            item.setData(_PATH, path)
            item.setSizeHint(QSize(0, THUMBNAIL.height() + 8))
            plain.set_text(item, Path(path).name)
            self._items[path] = item
        if not paths:
            self.show_note(self.tr("There are no recordings yet. Record in the live bar makes one."), "")
        else:
            self.show_note("", "")
            self.list.setCurrentRow(0)

    def show_recording(self, recording: RecordingRead) -> None:
        """Show what a recording is."""
        self._known[recording.path] = recording
        item = self._items.get(recording.path)
        if item is None:
            return
        plain.set_text(item, f"{Path(recording.path).name}\n{self._details(recording)}")
        picture = QPixmap()
        if picture.loadFromData(recording.thumbnail):
            item.setIcon(QIcon(picture))
        self._show_buttons()

    def show_note(self, text: str, tone: str) -> None:
        """Say how something went."""
        plain.set_text(self.note, text)
        set_tone(self.note, tone)
        self.note.setVisible(bool(text))

    def _details(self, recording: RecordingRead) -> str:
        if not recording.seconds:
            return self.tr("Cannot be read") + f" · {size(recording.size_bytes)}"
        moment = datetime.fromtimestamp(recording.modified_at).astimezone()
        parts = [clock(recording.seconds), size(recording.size_bytes), f"{moment:%Y-%m-%d %H:%M}"]
        count = len(recording.chapters)
        if count > 1:
            parts.append(self.tr("{n} chapters").format(n=count))
        if recording.is_growing:
            parts.insert(0, self.tr("Recording now"))
        return " · ".join(parts)

    def _show_buttons(self) -> None:
        chosen = self.chosen
        self.play_button.setEnabled(self.list.currentItem() is not None)
        self.part_button.setEnabled(chosen is not None and chosen.seconds > 0)

    def _play(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.play_wanted.emit(item.data(_PATH))

    def _ask_for_part(self) -> None:
        if self.chosen is not None:
            self.part_wanted.emit(self.chosen)
