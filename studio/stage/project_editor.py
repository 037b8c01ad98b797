"""The host's project: all that changes it goes through here, and all that shows it hears of the change."""

from PySide6.QtCore import QObject, Signal

from studio.project.history import History
from studio.project.project import Project


class ProjectEditor(QObject):
    """Holds the project as it is now, and what was before.

    Args:
        project: to begin with.

    Attributes:
        changed: emitted with the project after every change.
    """

    changed = Signal(object)

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._history = History()

    @property
    def project(self) -> Project:
        """The project as it is now."""
        return self._project

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to take again."""
        return self._history.can_redo

    def edit(self, project: Project, gesture: str = "") -> None:
        """Make this the project, in one step of undo.

        Args:
            project: made from the one there is now.
            gesture: what the host is dragging; all edits in a row of one gesture are one step.
        """
        self._history.record(self._project, project, gesture)
        self.replace(project)

    def replace(self, project: Project) -> None:
        """Make this the project, in no step: the host did not ask for it."""
        if project != self._project:
            self._project = project
            self.changed.emit(project)

    def end_gesture(self) -> None:
        """The host let go of what was dragged."""
        self._history.end_gesture()

    def undo(self) -> None:
        """Take the last step back."""
        self.replace(self._history.undo(self._project))

    def redo(self) -> None:
        """Take the step again that was taken back."""
        self.replace(self._history.redo(self._project))
