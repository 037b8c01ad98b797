"""The questions of the chat, each once with how many asked it, so that one answer is enough."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from typing_extensions import override

from backend.contract.chat import AnswerQuestion, Question
from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say
from widgets.common.person_name import person_name
from widgets.common.ranked_rows import RankedRows
from widgets.common.retranslate import Retranslated


class QuestionRow(Retranslated):
    """One question.

    Attributes:
        answered: the host answered it aloud.
        answer_wanted: the host wants to write an answer.
    """

    answered = Signal()
    answer_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._question: Question | None = None
        self.text = label()
        self.text.setWordWrap(True)
        self.note = label("", "dim")
        self.note.setWordWrap(True)
        self.reply_button = push_button("fa5s.reply")
        self.answered_button = push_button("fa5s.check")
        self.reply_button.clicked.connect(self.answer_wanted)
        self.answered_button.clicked.connect(self.answered)
        buttons = row(self.reply_button, self.answered_button, spacing=6)
        buttons.insertStretch(0, 1)
        layout = column(self.text, self.note, buttons, spacing=4)
        layout.setContentsMargins(10, 8, 8, 8)
        self.setLayout(layout)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        say(self.reply_button, self.tr("Answer"), self.tr("Write one answer for all who asked"))
        say(self.answered_button, self.tr("Answered"), self.tr("I answered it aloud"))
        self._show()

    def show_question(self, question: Question) -> None:
        """Show this question."""
        self._question = question
        self._show()

    def _show(self) -> None:
        if self._question is None:
            return
        plain.set_text(self.text, self._question.text)
        names = self.tr(", ").join(map(person_name, self._question.asked_by))
        count = self._question.count
        more = count - len(self._question.asked_by)
        note = self.tr("{names} and {n} more").format(names=names, n=more) if more > 0 else names
        plain.set_text(self.note, f"×{count} · {note}")


class QuestionList(Retranslated):
    """The unanswered questions, the most asked first.

    Attributes:
        command: emitted with an `AnswerQuestion`.
        answer_wanted: emitted with the `Question` that the host wants to answer in writing.
    """

    command = Signal(object)
    answer_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._questions: dict[str, Question] = {}
        self.rows: RankedRows[QuestionRow] = RankedRows(self._make_row)
        self.setLayout(column(self.rows))
        self.retranslate()
        self.show_questions([])

    @override
    def retranslate(self) -> None:
        self.rows.empty.setText(self.tr("Questions from the chat come together here, the most asked first."))
        self.rows.setAccessibleName(self.tr("Questions"))

    def show_questions(self, questions: Sequence[Question]) -> None:
        """Follow the room."""
        self._questions = {str(question.question_id): question for question in questions}
        self.rows.show_keys(list(self._questions))
        for key, shown in self.rows.rows.items():
            shown.show_question(self._questions[key])

    def drop(self, question_id: int) -> None:
        """A question was answered."""
        left = [one for one in self._questions.values() if one.question_id != question_id]
        self.show_questions(left)

    @property
    def count(self) -> int:
        """How many questions wait for an answer."""
        return len(self._questions)

    def _make_row(self, key: str) -> QuestionRow:
        made = QuestionRow()
        made.answered.connect(lambda: self.command.emit(AnswerQuestion(int(key))))
        made.answer_wanted.connect(lambda: self.answer_wanted.emit(self._questions[key]))
        return made
