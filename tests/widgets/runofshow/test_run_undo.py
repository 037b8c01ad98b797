import pytest
from msgspec.structs import replace

from backend.contract.protocol import Command
from backend.contract.runofshow import (
    ChangeStep,
    MoveStep,
    NewStep,
    PlanAsRun,
    PlanSteps,
    RemoveStep,
    RunOfShow,
    RunStep,
)
from widgets.runofshow.run_undo import RunEdit, undo_of

ONE, TWO, THREE = (
    RunStep(1, "welcome", 3, note="hello"),
    RunStep(2, "", 10, "p1", "Tea"),
    RunStep(3, "draw", 5),
)
BEFORE = RunOfShow([ONE, TWO, THREE], 1)


@pytest.mark.parametrize(
    ("edit", "now", "undo"),
    [
        (
            ChangeStep(1, 4, "hi", ""),
            [RunStep(1, "hi", 4), TWO, THREE],
            [ChangeStep(1, 3, "welcome", "hello")],
        ),
        (ChangeStep(1, 4, "hi"), [RunStep(1, "another's", 4), TWO, THREE], []),
        (ChangeStep(1, 4, "hi", "hello"), [RunStep(1, "hi", 4, note="another's"), TWO, THREE], []),
        (ChangeStep(1, 4, "hi"), [TWO, THREE], []),
        (MoveStep(1, 0), [TWO, THREE, ONE], [MoveStep(1, 2)]),
        (MoveStep(1, 0), [THREE, ONE], [MoveStep(1, 3)]),
        (MoveStep(3, 1), [THREE, ONE, TWO], [MoveStep(3, 0)]),
        (RemoveStep(1), [TWO, THREE], [PlanSteps([NewStep(3, "welcome", note="hello")], 2)]),
        (RemoveStep(2), [ONE], [PlanSteps([NewStep(10, "", "p1")], 0)]),
        (PlanAsRun(), [ONE, replace(TWO, minutes=12)], [ChangeStep(2, 10, "", "")]),
    ],
)
def test_the_undo_of_an_edit_brings_the_step_back(
    edit: RunEdit, now: list[RunStep], undo: list[Command]
) -> None:
    assert undo_of(edit, BEFORE, RunOfShow(now), {"p1"}) == undo


def test_steps_that_were_planned_go_and_those_of_others_stay() -> None:
    edit = PlanSteps([NewStep(5, "", "p1"), NewStep(2, "break")])
    others, changed = RunStep(4, "mine", 1), RunStep(6, "long break", 2)
    now = RunOfShow([*BEFORE.steps, others, RunStep(5, "", 5, "p1", "Tea"), changed])
    assert undo_of(edit, BEFORE, now, {"p1"}) == [RemoveStep(5)]


def test_a_step_whose_product_left_the_room_comes_back_in_words() -> None:
    assert undo_of(RemoveStep(2), BEFORE, RunOfShow([ONE]), ()) == [PlanSteps([NewStep(10, "Tea")], 0)]
