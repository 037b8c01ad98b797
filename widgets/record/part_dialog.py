"""Asks which part of a recording is to be copied: a chapter, or from when to when."""

from typing import Final

from PySide6.QtCore import QTime, Signal
from PySide6.QtWidgets import QDialog, QTimeEdit, QWidget

from studio.engine.messages.recording import RecordingRead
from widgets.common.forms import caption, column, combo, fill_combo, form, label, push_button, row, say
from widgets.common.text import clock

_WHOLE: Final = "-1"
_MS: Final = 1000


class PartDialog(QDialog):
    """Gives back begin and end in seconds; opened with `open()`.

    Args:
        parent: the dialog it belongs to.
        recording: of which a part is wanted.

    Attributes:
        chosen: emitted with begin and end.
    """

    chosen = Signal(float, float)

    def __init__(self, parent: QWidget, recording: RecordingRead) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Copy a part"))
        self._recording = recording
        self._end_ms = round(recording.seconds * _MS)
        self.chapter = combo()
        entries = [(_WHOLE, self.tr("All of it"))]
        entries += [(str(n), self._chapter_text(n)) for n in range(len(recording.chapters))]
        fill_combo(self.chapter, entries, _WHOLE)
        self.chapter.currentIndexChanged.connect(self._take_chapter)
        self.begin, self.end = self._time_field(0), self._time_field(self._end_ms)
        self.begin.timeChanged.connect(self._check)
        self.end.timeChanged.connect(self._check)
        rows = form()
        for text, field in (
            (self.tr("Chapter"), self.chapter),
            (self.tr("From"), self.begin),
            (self.tr("To"), self.end),
        ):
            rows.addRow(caption(text, field), field)
        hint = label(self.tr("Nothing is encoded anew, so it begins up to 2 s earlier."), "faint")
        hint.setWordWrap(True)
        self.copy_button, self.cancel_button = push_button(), push_button()
        self.copy_button.setProperty("primary", "true")
        self.copy_button.setDefault(True)
        say(self.copy_button, self.tr("Copy…"), self.tr("Choose where to"))
        say(self.cancel_button, self.tr("Cancel"))
        self.copy_button.clicked.connect(self._choose)
        self.cancel_button.clicked.connect(self.reject)
        buttons = row(self.cancel_button, self.copy_button)
        buttons.insertStretch(0, 1)
        self.setLayout(column(rows, hint, buttons, margin=16, spacing=12))

    def _chapter_text(self, number: int) -> str:
        chapter = self._recording.chapters[number]
        return f"{clock(chapter.at_ms / _MS)}  {chapter.title}"

    def _time_field(self, ms: int) -> QTimeEdit:
        made = QTimeEdit(_to_time(ms))
        made.setDisplayFormat("HH:mm:ss")
        made.setMaximumTime(_to_time(self._end_ms + _MS - 1))
        return made

    def _take_chapter(self) -> None:
        number, chapters = int(self.chapter.currentData()), self._recording.chapters
        begin = chapters[number].at_ms if number >= 0 else 0
        is_last = number < 0 or number + 1 >= len(chapters)
        end = self._end_ms if is_last else chapters[number + 1].at_ms
        self.begin.setTime(_to_time(begin))
        self.end.setTime(_to_time(end))

    def _check(self) -> None:
        self.copy_button.setEnabled(self.begin.time() < self.end.time())

    def _choose(self) -> None:
        self.accept()
        self.chosen.emit(_to_seconds(self.begin.time()), _to_seconds(self.end.time()))


def _to_time(ms: int) -> QTime:
    return QTime.fromMSecsSinceStartOfDay(min(max(ms, 0), 24 * 3600 * _MS - 1))


def _to_seconds(time: QTime) -> float:
    return time.msecsSinceStartOfDay() / _MS
