"""Undo and redo: the projects before and after, each a whole value; one gesture is one step."""

from typing import Final

from msgspec.structs import replace

from studio.project.project import Project

MOST_STEPS: Final = 200


class History:
    """What was and what may be again.

    Which scene is on air and what is muted are left as they are: an undo never surprises the viewers.
    """

    def __init__(self) -> None:
        self._undone: list[Project] = []
        self._done: list[Project] = []
        self._gesture = ""

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to take again."""
        return bool(self._undone)

    def record(self, before: Project, after: Project, gesture: str = "") -> None:
        """Remember a step.

        Args:
            before: the project as it was.
            after: the project as it is.
            gesture: what the host is dragging; all steps in a row of one gesture are one.
        """
        if _with_live_state(after, before) == before:
            return
        is_going_on = bool(gesture) and gesture == self._gesture
        self._gesture = gesture
        self._undone.clear()
        if not is_going_on:
            self._done = [*self._done[1 - MOST_STEPS :], before]

    def end_gesture(self) -> None:
        """The host let go: the next step is another one."""
        self._gesture = ""

    def undo(self, now: Project) -> Project:
        """Return the project before the last step; the same when there is none."""
        self._gesture = ""
        if not self._done:
            return now
        self._undone.append(now)
        return _with_live_state(self._done.pop(), now)

    def redo(self, now: Project) -> Project:
        """Return the project after the step that was taken back; the same when there is none."""
        self._gesture = ""
        if not self._undone:
            return now
        self._done.append(now)
        return _with_live_state(self._undone.pop(), now)


def _with_live_state(project: Project, now: Project) -> Project:
    """Return a project with the program scene and the mutes of another, where it has them."""
    muted = {strip.id: strip.is_muted for strip in now.strips}
    strips = tuple(replace(strip, is_muted=muted.get(strip.id, strip.is_muted)) for strip in project.strips)
    has_program = any(scene.id == now.program_id for scene in project.scenes)
    program_id = now.program_id if has_program else project.program_id
    return replace(project, strips=strips, program_id=program_id)
