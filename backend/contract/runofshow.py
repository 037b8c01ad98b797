"""The run of show: what staff mean to do in a live session, step by step, and where they are in it."""

from typing import Annotated, Final

import msgspec

from backend.contract.base import Message
from backend.contract.bounds import Id, UpTo

MOST_STEPS: Final = 100
MAX_STEP_TITLE: Final = 60
MAX_STEP_NOTE: Final = 200
STEP_MINUTES: Final = range(1, 240 + 1)


class RunStep(msgspec.Struct, frozen=True):
    """A step, and how it went in this live session, or in the last one.

    Attributes:
        title: what staff wrote; of a product it may be empty.
        minutes: planned.
        product_id: whose card is shown when the step starts; empty for none.
        product_title: the product's when it was planned, for when it is gone.
        began_at_ms: when it was started last; 0 where it was not.
        actual_ms: how long it took, all its turns together, without one that still runs.
        note: for who speaks, of several lines.
    """

    step_id: int
    title: str
    minutes: int
    product_id: str = ""
    product_title: str = ""
    began_at_ms: int = 0
    actual_ms: int = 0
    note: str = ""


class RunOfShow(msgspec.Struct, frozen=True):
    """All steps in their order; `current_id` is of the one that runs, 0 for none."""

    steps: list[RunStep] = msgspec.field(default_factory=list)
    current_id: int = 0


class NewStep(msgspec.Struct, frozen=True):
    """A step to be planned.

    Attributes:
        minutes: one of `STEP_MINUTES`.
        title: up to `MAX_STEP_TITLE` characters, plain text; it may be empty where there is a product.
        product_id: of the room's listing; empty for a step without a product.
        note: up to `MAX_STEP_NOTE` characters, plain text of several lines.
    """

    minutes: int
    title: Annotated[str, UpTo(2 * MAX_STEP_TITLE)] = ""
    product_id: Id = ""
    note: Annotated[str, UpTo(2 * MAX_STEP_NOTE)] = ""


class PlanSteps(Message, frozen=True, tag="plan_steps"):
    """Add steps before another one; 0 adds them at the end. There are at most `MOST_STEPS`."""

    steps: Annotated[list[NewStep], UpTo(0, items=MOST_STEPS)]
    before_id: int = 0


class ChangeStep(Message, frozen=True, tag="change_step"):
    """Give a step another title, other minutes and another note; see `NewStep`. None leaves the note."""

    step_id: int
    minutes: int
    title: Annotated[str, UpTo(2 * MAX_STEP_TITLE)] = ""
    note: Annotated[str, UpTo(2 * MAX_STEP_NOTE)] | None = None


class MoveStep(Message, frozen=True, tag="move_step"):
    """Put a step before another one; 0 puts it at the end."""

    step_id: int
    before_id: int = 0


class RemoveStep(Message, frozen=True, tag="remove_step"):
    """Take a step out of the plan; where it runs, it stops."""

    step_id: int


class StartStep(Message, frozen=True, tag="start_step"):
    """Go to a step: its product's card is shown, and the card of the step that ran is taken off.

    Next and previous are this too: who names the step goes there once, however many press at the same time.
    """

    step_id: int


class StopStep(Message, frozen=True, tag="stop_step"):
    """Stop this step, with its card; one that does not run any more stays so."""

    step_id: int


class PlanAsRun(Message, frozen=True, tag="plan_as_run"):
    """Plan each step that was run with the minutes it took."""


class RunOfShowChanged(Message, frozen=True, tag="run_of_show_changed"):
    """To staff with the right to products: the run of show as it is now."""

    run: RunOfShow


RunCommand = PlanSteps | ChangeStep | MoveStep | RemoveStep | StartStep | StopStep | PlanAsRun
