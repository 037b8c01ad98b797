"""What staff ask of the room for the run of show: another step, another order, another plan."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from backend.contract.protocol import Command
from backend.contract.runofshow import (
    MOST_STEPS,
    STEP_MINUTES,
    ChangeStep,
    MoveStep,
    NewStep,
    PlanAsRun,
    PlanSteps,
    RemoveStep,
    RunOfShow,
    RunStep,
    StartStep,
    StopStep,
)
from backend.contract.shop import Product
from widgets.runofshow import run_figures
from widgets.runofshow.run_undo import RunEdit, undo_of
from widgets.runofshow.step_dialog import USUAL_MINUTES, StepDialog

MORE_MINUTES = 2
MOST_UNDOS = 20


class RunActs(QObject):
    """Makes commands of what staff click and type, for the run of show as it is.

    Attributes:
        command: emitted with a command of `RunCommand`.
        run: as the room says it is.
        products: of the room, by their ids.
        may_plan: whether anything is asked for.
        undo_changed: emitted when there is something to take back, or nothing any more.
    """

    command = Signal(object)
    undo_changed = Signal()

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel)
        self.run = RunOfShow()
        self.products: dict[str, Product] = {}
        self.may_plan = True
        self._panel = panel
        self._dialog: StepDialog | None = None
        self._asked: list[tuple[RunEdit, RunOfShow]] = []
        self._done: list[tuple[RunEdit, RunOfShow]] = []

    def find(self, step_id: int) -> RunStep | None:
        """The step of this id."""
        return next((step for step in self.run.steps if step.step_id == step_id), None)

    def row_of(self, step_id: int) -> int:
        """The row of this step; -1 where there is none."""
        return next((row for row, step in enumerate(self.run.steps) if step.step_id == step_id), -1)

    def close_for(self, command: Command) -> None:
        """Close the dialog whose command the room carried out; an edit can be taken back from now on."""
        self._done += [one for one in self._asked if one[0] == command][:1]
        self._forget(command)
        if self._dialog is not None:
            self._dialog.close_for(command)

    def give_back(self, command: Command, why: str) -> None:
        """Let a command that the room refused be corrected in its dialog."""
        self._forget(command)
        if self._dialog is not None and self._dialog.waiting_for == command:
            self._dialog.give_back(why)

    def _forget(self, command: Command) -> None:
        place = next((place for place, (edit, _) in enumerate(self._asked) if edit == command), None)
        if place is None:
            return
        del self._asked[place]
        del self._done[:-MOST_UNDOS]
        self.undo_changed.emit()

    @property
    def can_undo(self) -> bool:
        """Whether an edit can be taken back."""
        return self.may_plan and bool(self._done)

    def undo(self) -> None:
        """Ask for the last edit to be taken back."""
        if self.can_undo:
            edit, before = self._done.pop()
            for command in undo_of(edit, before, self.run, self.products):
                self.command.emit(command)
            self.undo_changed.emit()

    def leave(self) -> None:
        """Forget what was edited in the room before."""
        self._asked, self._done = [], []
        self.undo_changed.emit()

    def go_on(self) -> None:
        """Ask for the next step; at the end, for none."""
        following = run_figures.next_step(self.run)
        if following is not None:
            self.start(following.step_id)
        else:
            self.stop()

    def go_back(self) -> None:
        """Ask for the step before this one."""
        before = run_figures.previous_step(self.run)
        if before is not None:
            self.start(before.step_id)

    def start(self, step_id: int) -> None:
        """Ask for this step."""
        self._ask_room(StartStep(step_id))

    def stop(self) -> None:
        """Ask for the step that is on to stop."""
        if self.run.current_id:
            self._ask_room(StopStep(self.run.current_id))

    def take_longer(self) -> None:
        """Ask for more minutes for the step that is on."""
        step = self.find(self.run.current_id)
        if step is not None:
            minutes = min(step.minutes + MORE_MINUTES, STEP_MINUTES[-1])
            self._ask_room(ChangeStep(step.step_id, minutes, step.title))

    def shift(self, step_id: int, rows: int) -> None:
        """Ask for a step so many rows further down."""
        place = self.row_of(step_id) + rows
        if 0 <= place < len(self.run.steps):
            self.move(step_id, place + (1 if rows > 0 else 0))

    def move(self, step_id: int, before_row: int) -> None:
        """Ask for a step before that of this row; behind the last row: at the end."""
        steps = self.run.steps
        before_id = steps[before_row].step_id if before_row < len(steps) else 0
        self._ask_room(MoveStep(step_id, before_id))

    def remove(self, step_id: int) -> None:
        """Ask for a step to be taken out."""
        self._ask_room(RemoveStep(step_id))

    def add(self, chosen_id: int) -> None:
        """Let one more step be written, behind the chosen one; 0 puts it at the end."""
        row_after = self.row_of(chosen_id) + 1
        is_within = 0 < row_after < len(self.run.steps)
        self._open(None, self.run.steps[row_after].step_id if is_within else 0)

    def edit(self, step_id: int) -> None:
        """Let a step be changed."""
        step = self.find(step_id)
        if step is not None:
            self._open(step, 0)

    def _ask_room(self, command: Command) -> None:
        if self.may_plan:
            if isinstance(command, RunEdit):
                self._asked.append((command, self.run))
            self.command.emit(command)

    def _open(self, step: RunStep | None, before_id: int) -> None:
        if not self.may_plan:
            return
        if self._dialog is not None:
            self._dialog.raise_()
            return
        self._dialog = StepDialog(self._panel.window(), list(self.products.values()), step, before_id)
        self._dialog.command.connect(self._ask_room)
        self._dialog.finished.connect(self._on_finished)
        self._dialog.open()

    def _on_finished(self) -> None:
        self._dialog = None

    def plan_all(self) -> None:
        """Ask for a step for each product that has none."""
        planned = {step.product_id for step in self.run.steps}
        wanted = [NewStep(USUAL_MINUTES, "", one) for one in self.products if one not in planned]
        fits = wanted[: MOST_STEPS - len(self.run.steps)]
        if fits:
            self._ask_room(PlanSteps(fits))

    def plan_as_run(self) -> None:
        """Ask for the minutes that steps took as their plan."""
        self._ask_room(PlanAsRun())
