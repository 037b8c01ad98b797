"""The form for a countdown: what is counted down to, and how long."""

from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget
from typing_extensions import override

from backend.contract.countdown import MAX_TITLE, SECONDS, StartCountdown
from widgets.common import plain
from widgets.common.answered_dialog import AnsweredDialog
from widgets.common.forms import column, form, label, push_button, row, say


class CountdownDialog(AnsweredDialog):
    """A form for a countdown; its command is a `StartCountdown`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Count down"))
        self.title = QLineEdit()
        self.title.setMaxLength(MAX_TITLE)
        self.title.setPlaceholderText(self.tr("Such as: until the draw"))
        self.title.textChanged.connect(self._check)
        self.minutes = self._number(1, SECONDS[-1] // 60, self.tr(" min"), self.tr("Minutes"))
        self.seconds = self._number(0, 59, self.tr(" s"), self.tr("Seconds"))
        fields = form()
        fields.addRow(self.tr("Until what"), self.title)
        fields.addRow(self.tr("How long"), row(self.minutes, self.seconds))
        cancel, self.start_button = push_button(), push_button("fa5s.hourglass-start")
        say(cancel, self.tr("Cancel"))
        say(self.start_button, self.tr("Start"), self.tr("Count down before everyone's eyes"))
        self.start_button.setProperty("primary", "true")
        self.start_button.setDefault(True)
        cancel.clicked.connect(self.reject)
        self.start_button.clicked.connect(self._start)
        buttons = row(cancel, self.start_button)
        buttons.insertStretch(0, 1)
        heading = label(self.tr("Count down"), "title")
        self.setLayout(column(heading, fields, self.problem, buttons, margin=22, spacing=16))
        self.setMinimumWidth(400)
        self._check()

    def _number(self, usual: int, most: int, suffix: str, name: str) -> QSpinBox:
        made = QSpinBox()
        made.setRange(0, most)
        made.setValue(usual)
        made.setSuffix(suffix)
        made.valueChanged.connect(self._check)
        plain.set_name(made, name)
        return made

    def _total_s(self) -> int:
        return self.minutes.value() * 60 + self.seconds.value()

    def _check(self) -> None:
        is_complete = bool(self.title.text().strip()) and self._total_s() in SECONDS
        self.start_button.setEnabled(is_complete and self.waiting_for is None)

    def _start(self) -> None:
        self.send(StartCountdown(self.title.text().strip(), self._total_s()))

    @override
    def _show_waiting(self) -> None:
        is_waiting = self.waiting_for is not None
        self.title.setReadOnly(is_waiting)
        for number in (self.minutes, self.seconds):
            number.setEnabled(not is_waiting)
        self._check()
