"""The words that no danmu may hold: written one a line, or read from a file."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from backend.contract.chat import MAX_BLOCKED_WORD, MAX_BLOCKED_WORDS
from widgets.common import plain
from widgets.common.file_dialogs import Place, ask_to_open
from widgets.common.forms import column, label, push_button, row, say, set_tone

MOST_BYTES: Final = 1024 * 1024


def read_words(lines: Iterable[str]) -> list[str]:
    """The words, each once, in the order given; empty lines are none."""
    return list(dict.fromkeys(word for line in lines if (word := line.strip())))


def decode_words(content: bytes) -> str:
    """The text of a file that was written in UTF-8, with or without a mark, or in Chinese Windows' own."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


class BlockedWordsDialog(QDialog):
    """One word a line.

    Args:
        words: those set in the studio.
        file_words: how many the server's own file holds; they are not shown.

    Attributes:
        chosen: emitted with the words when they are saved.
    """

    chosen = Signal(list)

    def __init__(self, parent: QWidget, words: Sequence[str], file_words: int) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Blocked words"))
        self.edit = QPlainTextEdit("\n".join(words))
        self.edit.setAccessibleName(self.tr("Blocked words, one a line"))
        self.edit.textChanged.connect(self._check)
        self.note = label()
        self.note.setWordWrap(True)
        hint = label(self.tr("One a line. Width, case and spaces make no difference."), "dim")
        hint.setWordWrap(True)
        self._server = label(self.tr("{n} more in the server's file").format(n=file_words), "faint")
        self._server.setVisible(file_words > 0)
        self.import_button = push_button("fa5s.file-import")
        say(self.import_button, self.tr("Import…"), self.tr("Add the words of a text file"))
        self.import_button.clicked.connect(self.ask_for_file)
        cancel, self.save_button = push_button(), push_button()
        say(cancel, self.tr("Cancel"))
        say(self.save_button, self.tr("Save"))
        self.save_button.setProperty("primary", "true")
        cancel.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)
        buttons = row(self.import_button, cancel, self.save_button)
        buttons.insertStretch(1, 1)
        heading = label(self.tr("Blocked words"), "title")
        self.setLayout(
            column(heading, hint, self.edit, self.note, self._server, buttons, margin=22, spacing=12)
        )
        self.resize(460, 520)
        self._check()

    @property
    def words(self) -> list[str]:
        """The words as they are written now."""
        return read_words(self.edit.toPlainText().splitlines())

    def ask_for_file(self) -> None:
        """Let the host choose a file whose words are added."""
        filters = [self.tr("Text files (*.txt *.csv)"), self.tr("All files (*)")]
        dialog = ask_to_open(self, self.tr("Import blocked words"), Place.DocumentsLocation, filters)
        dialog.fileSelected.connect(lambda path: self.add_file(Path(path)))
        dialog.open()

    def add_file(self, path: Path) -> None:
        """Add the words of this file, one a line."""
        try:
            with path.open("rb") as file:
                content = file.read(MOST_BYTES)
        except OSError as error:
            self._say(self.tr("The file cannot be read: {detail}").format(detail=error.strerror), "bad")
            return
        before = self.words
        words = read_words([*before, *decode_words(content).splitlines()])
        self.edit.setPlainText("\n".join(words))
        if self.save_button.isEnabled():
            self._say(self.tr("{n} words added").format(n=len(words) - len(before)), "ok")

    def _check(self) -> None:
        words = self.words
        too_long = next((word for word in words if len(word) > MAX_BLOCKED_WORD), None)
        self.save_button.setEnabled(len(words) <= MAX_BLOCKED_WORDS and too_long is None)
        if too_long is not None:
            shown = too_long[:20] + "…"
            self._say(
                self.tr("“{word}” is longer than {n} letters").format(word=shown, n=MAX_BLOCKED_WORD), "bad"
            )
        elif len(words) > MAX_BLOCKED_WORDS:
            self._say(self.tr("Only {n} words are possible").format(n=MAX_BLOCKED_WORDS), "bad")
        else:
            self._say(self.tr("Words: {n}").format(n=len(words)), "")

    def _say(self, text: str, tone: str) -> None:
        plain.set_text(self.note, text)
        set_tone(self.note, tone)

    def _save(self) -> None:
        self.chosen.emit(self.words)
        self.accept()
