"""What a room's log has of its run of show."""

from backend.contract.base import Message
from backend.contract.runofshow import RunStep


class StepsPlanned(Message, frozen=True, tag="steps_planned"):
    """Staff added steps before another one; 0 is the end."""

    steps: list[RunStep]
    before_id: int = 0


class StepChanged(Message, frozen=True, tag="step_changed"):
    """Staff gave a step another title, other minutes and another note; None left the note."""

    step_id: int
    title: str
    minutes: int
    note: str | None = None


class StepMoved(Message, frozen=True, tag="step_moved"):
    """Staff put a step before another one; 0 is the end."""

    step_id: int
    before_id: int


class StepRemoved(Message, frozen=True, tag="step_removed"):
    """Staff took a step out of the plan."""

    step_id: int


class StepStarted(Message, frozen=True, tag="step_started"):
    """Staff went to a step; the one that ran stopped."""

    step_id: int


class StepStopped(Message, frozen=True, tag="step_stopped"):
    """The step that ran was stopped, or ran for as long as one can."""


class StepsPlannedAsRun(Message, frozen=True, tag="steps_planned_as_run"):
    """Staff took what steps took as their plan: minutes by step."""

    minutes: dict[int, int]


RunEntry = (
    StepsPlanned | StepChanged | StepMoved | StepRemoved | StepStarted | StepStopped | StepsPlannedAsRun
)
