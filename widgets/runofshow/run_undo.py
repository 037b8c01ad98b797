"""What takes an edit of the run of show back: commands, as the steps are now."""

from collections.abc import Collection, Sequence

from backend.contract.protocol import Command
from backend.contract.runofshow import (
    MAX_STEP_TITLE,
    ChangeStep,
    MoveStep,
    NewStep,
    PlanAsRun,
    PlanSteps,
    RemoveStep,
    RunOfShow,
    RunStep,
)

RunEdit = PlanSteps | ChangeStep | MoveStep | RemoveStep | PlanAsRun
"""What can be taken back."""


def undo_of(edit: RunEdit, before: RunOfShow, now: RunOfShow, product_ids: Collection[str]) -> list[Command]:
    """Return the commands that take an edit back; none where its steps are gone or others changed them.

    Args:
        edit: that was carried out.
        before: the run of show as it was before the edit.
        now: the run of show as it is.
        product_ids: what the room has: a step whose product left it comes back in words.
    """
    old = {step.step_id: step for step in before.steps}
    there = {step.step_id for step in now.steps}
    match edit:
        case ChangeStep(step_id=step_id) if step_id in old and _is_as_left(edit, now.steps):
            return [_as_it_was(old[step_id])]
        case MoveStep(step_id=step_id) if step_id in old and step_id in there:
            return [MoveStep(step_id, _following(before.steps, step_id, there))]
        case RemoveStep(step_id=step_id) if step_id in old and step_id not in there:
            back = _new(old[step_id], product_ids)
            return [PlanSteps([back], _following(before.steps, step_id, there))]
        case PlanSteps(steps=steps):
            return [RemoveStep(one) for one in _made(steps, old.keys(), now.steps)]
        case PlanAsRun():
            planned = [step for step in now.steps if step.step_id in old]
            return [
                _as_it_was(old[one.step_id]) for one in planned if one.minutes != old[one.step_id].minutes
            ]
    return []


def _is_as_left(edit: ChangeStep, steps: Sequence[RunStep]) -> bool:
    """Whether nobody changed the step since."""
    step = next((one for one in steps if one.step_id == edit.step_id), None)
    if step is None or (step.minutes, step.title) != (edit.minutes, edit.title):
        return False
    return edit.note is None or edit.note == step.note


def _as_it_was(step: RunStep) -> ChangeStep:
    return ChangeStep(step.step_id, step.minutes, step.title, step.note)


def _new(step: RunStep, product_ids: Collection[str]) -> NewStep:
    if step.product_id in product_ids:
        return NewStep(step.minutes, step.title, step.product_id, step.note)
    return NewStep(step.minutes, (step.title or step.product_title)[:MAX_STEP_TITLE], note=step.note)


def _following(steps: Sequence[RunStep], step_id: int, there: Collection[int]) -> int:
    """The id of the first step after this one that is still there; 0 at the end."""
    ids = [step.step_id for step in steps]
    return next((one for one in ids[ids.index(step_id) + 1 :] if one in there), 0)


def _made(planned: Sequence[NewStep], known: Collection[int], steps: Sequence[RunStep]) -> list[int]:
    """The ids of the steps that a plan made; those that others changed since stay."""
    wanted = [(new.minutes, new.title, new.product_id) for new in planned]
    found = []
    for step in steps:
        like = (step.minutes, step.title, step.product_id)
        if step.step_id not in known and like in wanted:
            wanted.remove(like)
            found.append(step.step_id)
    return found
