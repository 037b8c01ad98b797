"""Asks for the reason of a moderation action; the reason is saved with the action."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from backend.contract.bounds import MAX_REASON
from backend.contract.chat import Danmu
from widgets.chat import moderation_actions
from widgets.chat.moderation_actions import DanmuAction
from widgets.common import plain
from widgets.common.answered_dialog import AnsweredDialog
from widgets.common.elided_label import ElidedLabel
from widgets.common.forms import column, combo, form, label, push_button, row, say
from widgets.common.person_name import person_name


class ModerationDialog(AnsweredDialog):
    """Which action, and why; its command is the action with its reason.

    Args:
        actions: what is possible, with its text; the first is chosen.
    """

    def __init__(self, parent: QWidget, danmu: Danmu, actions: Sequence[tuple[DanmuAction, str]]) -> None:
        super().__init__(parent)
        self._danmu = danmu
        self.setWindowTitle(self.tr("Moderate"))
        quoted = ElidedLabel()
        quoted.show_text(f"{person_name(danmu.author.name)}: {danmu.text}")
        self.action_box = combo()
        for choice, text in actions:
            plain.add_entry(self.action_box, text, choice)
        self.reason_box = combo()
        self.reason_box.setEditable(True)
        self.reason_box.addItems(
            [self.tr("Spam"), self.tr("Insult"), self.tr("Advertising"), self.tr("False information")]
        )
        edit = self.reason_box.lineEdit()
        if edit is not None:
            edit.setMaxLength(MAX_REASON)
            edit.selectAll()
        fields = form()
        fields.addRow(self.tr("What"), self.action_box)
        fields.addRow(self.tr("Reason"), self.reason_box)
        cancel, self.accept_button = push_button(), push_button()
        self.accept_button.setProperty("primary", "true")
        self.accept_button.setDefault(True)
        say(cancel, self.tr("Cancel"))
        say(self.accept_button, self.tr("Do it"))
        cancel.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self._do)
        buttons = row(cancel, self.accept_button)
        buttons.insertStretch(0, 1)
        heading = label(self.tr("Moderate"), "title")
        self.setLayout(column(heading, quoted, fields, self.problem, buttons, margin=22, spacing=16))
        self.setMinimumWidth(420)

    @property
    def choice(self) -> DanmuAction:
        """What was chosen."""
        return DanmuAction(self.action_box.currentData())

    @property
    def reason(self) -> str:
        """Why, in the moderator's words."""
        return self.reason_box.currentText().strip()

    def _do(self) -> None:
        self.send(moderation_actions.command(self.choice, self._danmu, self.reason))

    @override
    def _show_waiting(self) -> None:
        for part in (self.action_box, self.reason_box, self.accept_button):
            part.setEnabled(self.waiting_for is None)
