"""The run of show against the clock: what is done, on, or to come, when it begins, how late it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from backend.contract.runofshow import RunOfShow, RunStep
from backend.contract.shop import Product

MINUTE_MS: Final = 60_000


class StepState(StrEnum):
    """Where a step is."""

    DONE = "done"
    ON = "on"
    NEXT = "next"
    TO_COME = "to_come"


@dataclass(frozen=True)
class StepFigures:
    """A step at a moment.

    Attributes:
        begins_at_ms: when it began, or is to begin; before the show, counted from its beginning.
        is_clock: whether that is a time of the day.
        elapsed_ms: how long it has been on, all its turns together.
    """

    step: RunStep
    state: StepState
    begins_at_ms: float
    is_clock: bool
    elapsed_ms: float

    @property
    def planned_ms(self) -> int:
        """How long it is to be on."""
        return self.step.minutes * MINUTE_MS

    @property
    def over_ms(self) -> float:
        """How much longer than planned it has been on; below 0 it has time left."""
        return self.elapsed_ms - self.planned_ms


@dataclass(frozen=True)
class RunFigures:
    """All steps at a moment.

    Attributes:
        late_ms: how far the show is behind its plan; below 0 it is ahead.
        ends_at_ms: when it ends, if all goes by plan from here; None while nothing runs.
    """

    steps: tuple[StepFigures, ...]
    late_ms: float = 0
    ends_at_ms: float | None = None

    @property
    def current(self) -> StepFigures | None:
        """The step that is on."""
        return next((one for one in self.steps if one.state is StepState.ON), None)

    @property
    def minutes(self) -> int:
        """How long all steps are planned to be."""
        return sum(one.step.minutes for one in self.steps)


def next_step(run: RunOfShow) -> RunStep | None:
    """The step after the one that is on; else the first that was not on yet. None at the end."""
    places = [place for place, step in enumerate(run.steps) if step.step_id == run.current_id]
    rest = run.steps[places[0] + 1 :] if places else [one for one in run.steps if not one.actual_ms]
    return rest[0] if rest else None


def previous_step(run: RunOfShow) -> RunStep | None:
    """The step before the one that is on; None where there is none."""
    places = [place for place, step in enumerate(run.steps) if step.step_id == run.current_id]
    return run.steps[places[0] - 1] if places and places[0] else None


def figures(run: RunOfShow, now_ms: float) -> RunFigures:
    """What is to be said of the steps at this moment."""
    following = next_step(run)
    has_current = any(step.step_id == run.current_id for step in run.steps)
    at_ms = now_ms if has_current else 0.0
    late_ms = 0.0
    made: list[StepFigures] = []
    is_before = has_current
    for step in run.steps:
        planned_ms = step.minutes * MINUTE_MS
        if step.step_id == run.current_id:
            elapsed_ms = step.actual_ms + max(0.0, now_ms - step.began_at_ms)
            made.append(
                StepFigures(step, StepState.ON, step.began_at_ms, is_clock=True, elapsed_ms=elapsed_ms)
            )
            at_ms = now_ms + max(0.0, planned_ms - elapsed_ms)
            late_ms += max(0.0, elapsed_ms - planned_ms)
            is_before = False
            continue
        if step.actual_ms:
            late_ms += step.actual_ms - planned_ms
        state = _state(step, following)
        is_clock = step.began_at_ms > 0 or (has_current and not is_before)
        begins_at_ms = step.began_at_ms or at_ms
        made.append(StepFigures(step, state, begins_at_ms, is_clock, step.actual_ms))
        if not is_before and (not has_current or state is not StepState.DONE):
            at_ms += planned_ms
    return RunFigures(tuple(made), late_ms, at_ms if has_current else None)


def _state(step: RunStep, following: RunStep | None) -> StepState:
    if following is not None and step.step_id == following.step_id:
        return StepState.NEXT
    return StepState.DONE if step.actual_ms else StepState.TO_COME


def title_of(step: RunStep, products: Mapping[str, Product]) -> str:
    """What a step is called: what staff wrote, else its product with its spoken number."""
    product = products.get(step.product_id)
    title = step.title or (product.title if product else step.product_title)
    return f"{product.number} · {title}" if product else title


def is_gone(step: RunStep, products: Mapping[str, Product]) -> bool:
    """Whether the step's product is not in the room any more."""
    return bool(step.product_id) and step.product_id not in products
