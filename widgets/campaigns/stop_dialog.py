"""Asks why a campaign is ended before its time; everybody reads the answer."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from backend.contract.campaigns import MAX_REASON
from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say


class StopDialog(QDialog):
    """Open it with `open()`; `stop_wanted` is emitted with the reason, empty only where none is needed."""

    stop_wanted = Signal(str)

    def __init__(self, parent: QWidget, name: str, *, needs_reason: bool) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = self.tr("Stop “{name}”?").format(name=name)
        plain.set_title(self, title)
        what = label(self.tr("It ends now for everybody. What it still held goes back."), "dim")
        what.setWordWrap(True)
        self.reason = QLineEdit()
        self.reason.setMaxLength(MAX_REASON)
        self.reason.setPlaceholderText(self.tr("Why? Viewers read this"))
        plain.set_name(self.reason, self.tr("Why? Viewers read this"))
        self.keep_button, self.stop_button = push_button(), push_button("fa5s.stop", "live")
        say(self.keep_button, self.tr("Let it run"))
        say(self.stop_button, self.tr("Stop it"))
        self.keep_button.clicked.connect(self.reject)
        self.keep_button.setDefault(True)
        self.stop_button.clicked.connect(self._stop)
        if needs_reason:
            self.stop_button.setEnabled(False)
            self.reason.textChanged.connect(lambda text: self.stop_button.setEnabled(bool(text.strip())))
        buttons = row(self.keep_button, self.stop_button)
        buttons.insertStretch(0, 1)
        self.setLayout(column(label(title, "title"), what, self.reason, buttons, margin=22, spacing=14))
        self.setMinimumWidth(420)

    def _stop(self) -> None:
        self.stop_wanted.emit(self.reason.text().strip())
        self.accept()
