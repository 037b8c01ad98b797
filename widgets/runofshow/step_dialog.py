"""The form for a step of the run of show: a product or words of one's own, and the planned minutes."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSpinBox, QWidget
from typing_extensions import override

from backend.contract.runofshow import (
    MAX_STEP_NOTE,
    MAX_STEP_TITLE,
    STEP_MINUTES,
    ChangeStep,
    NewStep,
    PlanSteps,
    RunStep,
)
from backend.contract.shop import Product
from widgets.common import plain
from widgets.common.answered_dialog import AnsweredDialog
from widgets.common.forms import caption, column, combo, fill_combo, form, label, push_button, row, say

USUAL_MINUTES = 5
NOTE_HEIGHT = 72


class StepDialog(AnsweredDialog):
    """Its command is a `PlanSteps` with one step, or a `ChangeStep` where a step is given."""

    def __init__(
        self, parent: QWidget, products: Sequence[Product], step: RunStep | None, before_id: int
    ) -> None:
        super().__init__(parent)
        self._step = step
        self._before_id = before_id
        heading = self.tr("Add a step") if step is None else self.tr("Change the step")
        plain.set_title(self, heading)
        self.product = combo()
        entries = [(one.product_id, f"{one.number} · {one.title}") for one in products]
        none = [("", self.tr("No product: words alone"))]
        fill_combo(self.product, none + entries, step.product_id if step else "")
        self.title = QLineEdit(step.title if step else "")
        self.title.setMaxLength(MAX_STEP_TITLE)
        self.minutes = QSpinBox()
        self.minutes.setRange(STEP_MINUTES[0], STEP_MINUTES[-1])
        self.minutes.setValue(step.minutes if step else USUAL_MINUTES)
        self.minutes.setSuffix(self.tr(" min"))
        self.note = QPlainTextEdit(step.note if step else "")
        self.note.setFixedHeight(NOTE_HEIGHT)
        self.note.setTabChangesFocus(True)
        self.note.setPlaceholderText(self.tr("What to say; only staff see it"))
        self.product.currentIndexChanged.connect(self._check)
        self.title.textChanged.connect(self._check)
        self._lay_out(heading)
        self._check()
        self.title.setFocus()

    def _lay_out(self, heading: str) -> None:
        fields = form()
        if self._step is None:
            fields.addRow(caption(self.tr("Product"), self.product), self.product)
        fields.addRow(caption(self.tr("Title"), self.title), self.title)
        fields.addRow(caption(self.tr("Planned"), self.minutes), self.minutes)
        fields.addRow(caption(self.tr("Note"), self.note), self.note)
        cancel, self.accept_button = push_button(), push_button()
        say(cancel, self.tr("Cancel"))
        say(self.accept_button, self.tr("Add") if self._step is None else self.tr("Save"))
        self.accept_button.setProperty("primary", "true")
        self.accept_button.setDefault(True)
        cancel.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self._accept)
        buttons = row(cancel, self.accept_button)
        buttons.insertStretch(0, 1)
        self.setLayout(column(label(heading, "title"), fields, self.problem, buttons, margin=22, spacing=16))
        self.setMinimumWidth(420)

    @property
    def _product_id(self) -> str:
        return self._step.product_id if self._step else self.product.currentData() or ""

    def _check(self) -> None:
        has_product = bool(self._product_id)
        if has_product:
            self.title.setPlaceholderText(self.tr("Empty: the product's title"))
        else:
            self.title.setPlaceholderText(self.tr("Such as: welcome, draw"))
        is_complete = has_product or bool(self.title.text().strip())
        self.accept_button.setEnabled(is_complete and self.waiting_for is None)

    def _accept(self) -> None:
        title, minutes = self.title.text().strip(), self.minutes.value()
        note = self.note.toPlainText().strip()
        if len(note) > MAX_STEP_NOTE:
            self.show_problem(self.tr("A note has at most {n} characters.").format(n=MAX_STEP_NOTE))
            self.note.setFocus()
        elif self._step is None:
            self.send(PlanSteps([NewStep(minutes, title, self._product_id, note)], self._before_id))
        else:
            self.send(ChangeStep(self._step.step_id, minutes, title, note))

    @override
    def _show_waiting(self) -> None:
        is_waiting = self.waiting_for is not None
        self.title.setReadOnly(is_waiting)
        self.note.setReadOnly(is_waiting)
        for field in (self.product, self.minutes):
            field.setEnabled(not is_waiting)
        self._check()
