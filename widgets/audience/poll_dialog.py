"""The form for a poll: the question, two to six answers, and how long it stays open."""

from typing import Final

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from backend.contract.polls import MAX_OPTION, MAX_QUESTION, OPTIONS, OpenPoll
from widgets.common import plain
from widgets.common.answered_dialog import AnsweredDialog
from widgets.common.forms import caption, column, combo, form, label, push_button, row, say

TIMES_S: Final = (60, 180, 300, 600, 0)


class PollDialog(AnsweredDialog):
    """A form for a poll; its command is an `OpenPoll`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Ask the room"))
        self.question = QLineEdit()
        self.question.setMaxLength(MAX_QUESTION)
        self.question.textChanged.connect(self._check)
        fields = form()
        fields.addRow(self.tr("Question"), self.question)
        self.options = [self._option() for _ in range(OPTIONS[-1])]
        for number, option in enumerate(self.options, start=1):
            option.setPlaceholderText("" if number <= OPTIONS[0] else self.tr("optional"))
            fields.addRow(caption(self.tr("Answer {n}").format(n=number), option), option)
        self.time = combo()
        for seconds in TIMES_S:
            minutes = self.tr("{n} min").format(n=seconds // 60)
            plain.add_entry(self.time, minutes if seconds else self.tr("Until I end it"), seconds)
        fields.addRow(self.tr("Open for"), self.time)
        cancel, self.open_button = push_button(), push_button("fa5s.poll")
        say(cancel, self.tr("Cancel"))
        say(self.open_button, self.tr("Ask the room"))
        self.open_button.setProperty("primary", "true")
        self.open_button.setDefault(True)
        cancel.clicked.connect(self.reject)
        self.open_button.clicked.connect(self._open)
        buttons = row(cancel, self.open_button)
        buttons.insertStretch(0, 1)
        heading = label(self.tr("Ask the room"), "title")
        self.setLayout(column(heading, fields, self.problem, buttons, margin=22, spacing=16))
        self.setMinimumWidth(440)
        self._check()

    def _option(self) -> QLineEdit:
        made = QLineEdit()
        made.setMaxLength(MAX_OPTION)
        made.textChanged.connect(self._check)
        return made

    def _texts(self) -> list[str]:
        return [text for option in self.options if (text := option.text().strip())]

    def _check(self) -> None:
        texts = self._texts()
        is_complete = bool(self.question.text().strip()) and len(texts) >= OPTIONS[0]
        is_ready = is_complete and len(set(texts)) == len(texts)
        self.open_button.setEnabled(is_ready and self.waiting_for is None)

    def _open(self) -> None:
        self.send(OpenPoll(self.question.text().strip(), self._texts(), self.time.currentData()))

    @override
    def _show_waiting(self) -> None:
        is_waiting = self.waiting_for is not None
        for edit in (self.question, *self.options):
            edit.setReadOnly(is_waiting)
        self.time.setEnabled(not is_waiting)
        self._check()
