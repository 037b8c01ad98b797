"""The input line of the chat: a danmu, a reply to one, or the answer to a question."""

from collections import deque
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from backend.contract.chat import MAX_DANMU, AnswerQuestion, Danmu, Question, SendDanmu
from widgets.chat.emoji_picker import EmojiPicker
from widgets.common import plain
from widgets.common.elided_label import ElidedLabel
from widgets.common.forms import column, row, say, tool_button
from widgets.common.person_name import person_name
from widgets.common.retranslate import Retranslated

REMEMBERED: Final = 20  # commands whose answer may still come
Target = Danmu | Question | None
Written = SendDanmu | AnswerQuestion


class Composer(Retranslated):
    """One line of text, and above it whom it answers.

    Attributes:
        command: emitted with a `SendDanmu` or an `AnswerQuestion`.
        left_upwards: the up key was pressed, to go to what was written last.
    """

    command = Signal(object)
    left_upwards = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._target: Target = None
        self._sent: deque[tuple[Written, Target]] = deque(maxlen=REMEMBERED)
        self._refused: deque[Written] = deque(maxlen=REMEMBERED)
        self._may_write = True
        self._target_text = ElidedLabel()
        self._target_text.setProperty("role", "dim")
        self.cancel_button = tool_button("fa5s.times", "faint")
        self.cancel_button.clicked.connect(lambda: self.answer(None))
        self._target_bar = QWidget()
        bar = row(self._target_text, self.cancel_button, spacing=4)
        bar.setStretch(0, 1)
        self._target_bar.setLayout(bar)
        self._target_bar.hide()
        self.edit = QLineEdit()
        self.edit.setMaxLength(MAX_DANMU)
        self.edit.returnPressed.connect(self.send)
        self.emoji_button = tool_button("fa5s.smile")
        self.emoji_button.clicked.connect(self.offer_emoji)
        self.send_button = tool_button("fa5s.paper-plane", "accent")
        self.send_button.clicked.connect(self.send)
        line = row(self.edit, self.emoji_button, self.send_button, spacing=6)
        line.setStretch(0, 1)
        self.setLayout(column(self._target_bar, line, spacing=2))
        self.setFocusProxy(self.edit)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self._show_right()
        self.edit.setAccessibleName(self.tr("Write to everybody"))
        say(self.emoji_button, self.tr("Emoji"))
        say(self.send_button, self.tr("Send"))
        say(self.cancel_button, self.tr("Do not reply"))
        self._show_target()

    def show_right(self, *, may_write: bool) -> None:
        """Let the user write, or say that they may only read."""
        self._may_write = may_write
        self._show_right()

    def _show_right(self) -> None:
        self.edit.setEnabled(self._may_write)
        self.emoji_button.setEnabled(self._may_write)
        self.send_button.setEnabled(self._may_write)
        if self._may_write:
            self.edit.setPlaceholderText(self.tr("Write to everybody"))
        else:
            self.edit.setPlaceholderText(self.tr("The host lets you read here, not write"))

    @property
    def target(self) -> Target:
        """What the text answers."""
        return self._target

    def answer(self, target: Target) -> None:
        """Answer this danmu or question with the next text; None: nothing."""
        self._target = target
        self._show_target()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def send(self) -> None:
        """Send what is written, if anything is."""
        text = self.edit.text().strip()
        if not text:
            return
        command = self._command(text)
        self._sent.append((command, self._target))
        self.edit.clear()
        self._target = None
        self._show_target()
        self.command.emit(command)
        self._show_refused()

    def _command(self, text: str) -> Written:
        match self._target:
            case Danmu(danmu_id=danmu_id):
                return SendDanmu(text, danmu_id)
            case Question(question_id=question_id):
                return AnswerQuestion(question_id, text)
            case None:
                return SendDanmu(text)

    def offer_emoji(self) -> EmojiPicker:
        """Let an emoji be chosen for where the cursor is."""
        picker = EmojiPicker(self)
        picker.chosen.connect(self.edit.insert)
        picker.open_above(self.emoji_button)
        return picker

    def give_back(self, command: Written) -> None:
        """Show a text that was refused, with whom it answers; while another is written, after that one."""
        self._refused.append(command)
        self._show_refused()

    def _show_refused(self) -> None:
        if self.edit.text() or not self._refused:
            return
        command = self._refused.popleft()
        self._target = next((target for sent, target in self._sent if sent == command), None)
        plain.set_text(self.edit, command.text)
        self._show_target()

    def _show_target(self) -> None:
        match self._target:
            case Danmu(author=author, text=text):
                self._target_text.show_text(
                    self.tr("Reply to {name}").format(name=person_name(author.name)) + f": {text}"
                )
            case Question(text=text):
                self._target_text.show_text(self.tr("Answer") + f": {text}")
            case None:
                pass
        self._target_bar.setVisible(self._target is not None)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._target is not None:
            self.answer(None)
            return
        if event.key() == Qt.Key.Key_Up:
            self.left_upwards.emit()
            return
        super().keyPressEvent(event)
