"""Confirms that an assistant or an unused invitation is revoked; the reason is saved."""

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from backend.contract.bounds import MAX_REASON
from backend.contract.staff import RevokeAssistant
from widgets.common.answered_dialog import AnsweredDialog
from widgets.common.forms import column, label, push_button, row, say


class RevokeDialog(AnsweredDialog):
    """Who goes, and why; its command is a `RevokeAssistant`.

    Args:
        grant_id: names the invitation.
        name: of the assistant; empty for an invitation that nobody used.
    """

    def __init__(self, parent: QWidget, grant_id: int, name: str) -> None:
        super().__init__(parent)
        self._grant_id = grant_id
        if name:
            title = self.tr("Revoke the rights of {name}?").format(name=name)
            text = self.tr("{name} is put out at once, and needs a new invitation to help again.")
        else:
            title = self.tr("Take the invitation back?")
            text = self.tr("Its code lets nobody in any more.")
        self.setWindowTitle(self.tr("Revoke"))
        heading, sentence = label(title, "title"), label(text.format(name=name), "dim")
        self.reason_edit = QLineEdit()
        self.reason_edit.setMaxLength(MAX_REASON)
        self.reason_edit.setPlaceholderText(
            self.tr("Reason (optional); the assistant reads it") if name else self.tr("Reason (optional)")
        )
        self.reason_edit.setAccessibleName(self.tr("Reason"))
        self.reason_edit.textChanged.connect(self._choose_default)
        sentence.setWordWrap(True)
        self.reject_button, self.accept_button = push_button(), push_button()
        say(self.reject_button, self.tr("Cancel"))
        say(self.accept_button, self.tr("Revoke") if name else self.tr("Take back"))
        self.accept_button.setProperty("primary", "true")
        self.reject_button.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self._revoke)
        buttons = row(self.reject_button, self.accept_button)
        buttons.insertStretch(0, 1)
        self.setLayout(
            column(heading, sentence, self.reason_edit, self.problem, buttons, margin=22, spacing=16)
        )
        self.setMinimumWidth(460)
        self._choose_default()

    def _choose_default(self) -> None:
        """Let Enter do nothing bad, but not throw away a reason that was typed either."""
        (self.accept_button if self.reason else self.reject_button).setDefault(True)

    @property
    def reason(self) -> str:
        """Why, in the host's words; empty for none."""
        return self.reason_edit.text().strip()

    def _revoke(self) -> None:
        self.send(RevokeAssistant(self._grant_id, self.reason))

    @override
    def _show_waiting(self) -> None:
        self.reason_edit.setReadOnly(self.waiting_for is not None)
        self.accept_button.setEnabled(self.waiting_for is None)
