"""The menus of the run of show: what can be done with a step, and with all of them."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from widgets.runofshow.run_acts import RunActs


class RunMenus(QObject):
    """Makes the menus for the run of show as it is."""

    def __init__(self, panel: QWidget, acts: RunActs) -> None:
        super().__init__(panel)
        self._panel, self._acts = panel, acts

    def of_step(self, step_id: int) -> QMenu:
        """Everything that can be done with a step."""
        made, place = QMenu(self._panel), self._acts.row_of(step_id)
        made.addAction(self.tr("Start"), lambda: self._acts.start(step_id))
        made.addAction(self.tr("Edit…"), lambda: self._acts.edit(step_id))
        made.addSeparator()
        up = made.addAction(self.tr("Move up"), lambda: self._acts.shift(step_id, -1))
        down = made.addAction(self.tr("Move down"), lambda: self._acts.shift(step_id, 1))
        up.setEnabled(place > 0)
        down.setEnabled(place < len(self._acts.run.steps) - 1)
        made.addSeparator()
        made.addAction(self.tr("Remove"), lambda: self._acts.remove(step_id))
        made.setEnabled(self._acts.may_plan)
        return made

    def of_all(self) -> QMenu:
        """What can be done with all steps."""
        made = QMenu(self._panel)
        planned = {step.product_id for step in self._acts.run.steps}
        every = made.addAction(self.tr("Add a step for every other product"), self._acts.plan_all)
        every.setEnabled(self._acts.may_plan and not self._acts.products.keys() <= planned)
        as_run = made.addAction(self.tr("Plan with the minutes that steps took"), self._acts.plan_as_run)
        as_run.setEnabled(self._acts.may_plan and any(step.actual_ms for step in self._acts.run.steps))
        return made
