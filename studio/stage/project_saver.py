"""Loads the host's project at the start, and saves it a moment after every change."""

import logging
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from studio.project.carry_over import carried_over
from studio.project.project import Project
from studio.project.store import FileProblem, ProjectFileError, ProjectStore
from studio.stage.project_editor import ProjectEditor

log = logging.getLogger("livestall.project")

SAVE_AFTER_MS: Final = 800


def load(store: ProjectStore) -> tuple[Project, ProjectFileError | None]:
    """Return the project to begin with, and what went wrong, when something did.

    The first one is saved at once: the settings, which it is made of, are soon written without what it took.
    """
    project: Project | None = None
    try:
        project = store.load()
        if project is None:
            project = carried_over(store.path.parent)
            store.save(project)
    except ProjectFileError as error:
        log.warning("%s", error)
        return project or store.newest_backup() or carried_over(store.path.parent), error
    return project, None


class ProjectSaver(QObject):
    """Saves the editor's project when it is asked to: at most once in 0.8 s, and what waits at the end.

    Attributes:
        failed: emitted with a `ProjectFileError`; the project counts all the same, and is tried again with
            the next change.
    """

    failed = Signal(object)

    def __init__(self, editor: ProjectEditor, store: ProjectStore) -> None:
        super().__init__(editor)
        self._editor = editor
        self._store = store
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self._save)

    def save_now(self) -> None:
        """Save what waits without waiting any longer."""
        if self._timer.isActive():
            self._timer.stop()
            self._save()

    def save_soon(self) -> None:
        """Save the project as it will be then."""
        if not self._timer.isActive():
            self._timer.start()

    def _save(self) -> None:
        try:
            self._store.save(self._editor.project)
        except ProjectFileError as error:
            log.warning("%s", error)
            self.failed.emit(error)


def file_problem(error: ProjectFileError) -> str:
    """Why the project cannot be read or saved, and what helps, in the host's language."""
    translate = QCoreApplication.translate
    text = {
        FileProblem.DAMAGED: translate(
            "Project",
            "The scenes were damaged. They were set aside as {path}, and the newest backup is used.",
        ),
        FileProblem.NEWER: translate(
            "Project",
            "The scenes are of a newer version of this program. They were set aside as {path}.",
        ),
        FileProblem.NOT_READ: translate(
            "Project", "The scenes in {path} cannot be read. Check who may read them."
        ),
        FileProblem.DISK_FULL: translate(
            "Project", "The disk is full, so the scenes in {path} cannot be saved. Free some space."
        ),
        FileProblem.NOT_WRITTEN: translate(
            "Project", "The scenes in {path} cannot be saved. Check who may write there, or use --data."
        ),
    }[error.problem]
    return text.format(path=error.path)
