"""A case in the detail of its order: what is asked for, what became of it, and the steps it may take."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLayout, QPushButton, QWidget

from backend.contract.cases import Case
from backend.contract.orders import Order
from widgets.common.flow import FlowLayout
from widgets.common.forms import column, label, push_button, row, say, set_tone
from widgets.shop import case_texts, order_history, order_texts
from widgets.shop.case_pictures import CasePictures, PictureOf
from widgets.shop.case_states import CaseStep, Turn, steps_of, turn_of
from widgets.shop.reason_texts import reason_text

_KINDS: Final = {CaseStep.DECLINE: "end"}


class CaseCard(QFrame):
    """Stands out while it waits for the shop.

    Attributes:
        step_wanted: emitted with a `CaseStep`.
        picture_wanted: see `CasePictures`.
        buttons: one for each step that it may take.
    """

    step_wanted = Signal(object)
    picture_wanted = Signal(str)

    def __init__(self, case: Case, order: Order, picture_of: PictureOf, now_ms: float) -> None:
        super().__init__()
        self.case = case
        self.setObjectName("case" if turn_of(case) is Turn.YOURS else "card")
        self.buttons: dict[CaseStep, QPushButton] = {}
        parts: list[QWidget | QLayout] = [self._head(now_ms), *self._about(order)]
        if case.pictures:
            pictures = CasePictures(case, picture_of)
            pictures.picture_wanted.connect(self.picture_wanted)
            parts.append(pictures)
        if steps := steps_of(case):
            parts.append(self._steps(steps))
        self.setLayout(column(*parts, _history(case, order, now_ms), margin=12, spacing=6))

    def _head(self, now_ms: float) -> QLayout:
        title = _words(case_texts.kind_text(self.case.kind), "strong")
        due = label(case_texts.due_text(self.case, now_ms) or case_texts.turn_text(turn_of(self.case)), "dim")
        set_tone(due, "warn" if turn_of(self.case) is Turn.YOURS else "")
        due.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        made = row(title, due)
        made.setStretch(0, 1)
        return made

    def _about(self, order: Order) -> list[QWidget]:
        case = self.case
        titles = {line.line: line.title for line in order.lines}
        goods = [f"{titles.get(line.line, '')} ×{line.quantity}".strip() for line in case.lines]
        state = " · ".join((order_texts.case_text(case.state), case_texts.worth_text(case)))
        shown = [_words(state), *(_words(each, "dim") for each in goods)]
        if case.reason:
            text = reason_text(case.reason)
            is_quoted = text == case.reason
            shown.append(_words(self.tr("“{reason}”").format(reason=text) if is_quoted else text))
        more = (case_texts.back_text(case), case_texts.money_text(case))
        return [*shown, *(_words(text, "dim") for text in more if text)]

    def _steps(self, steps: tuple[CaseStep, ...]) -> QLayout:
        made = FlowLayout()
        for step in steps:
            button = push_button()
            button.setProperty("kind", "primary" if step is steps[0] else _KINDS.get(step, "outline"))
            say(button, self.tr("{step}…").format(step=case_texts.step_text(step)))
            button.clicked.connect(lambda _checked=False, step=step: self.step_wanted.emit(step))
            self.buttons[step] = button
            made.addWidget(button)
        return made


def _history(case: Case, order: Order, now_ms: float) -> QLayout:
    grid = QGridLayout()
    grid.setVerticalSpacing(4)
    grid.setHorizontalSpacing(10)
    grid.setColumnStretch(1, 1)
    for number, change in enumerate(sorted(case.changes, key=lambda change: -change.version)):
        when = label(order_texts.time_text(change.at_ms, now_ms), "faint")
        who = order_history.breakable(order_history.actor_text(change.actor, order))
        what = order_history.breakable(case_texts.change_text(change))
        grid.addWidget(when, number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_words(f"{who}: {what}", "dim"), number, 1)
    return grid


def _words(text: str, role: str = "") -> QLabel:
    made = label(text, role)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
