from itertools import pairwise

from hypothesis import given
from msgspec.structs import replace

from studio.project import edits
from studio.project.choices import MAIN, first_project
from studio.project.history import MOST_STEPS, History
from studio.project.project import Project, Scene, Source, SourceKind, Strip, Transform
from tests.studio.project.random_edits import walks


def still(project: Project) -> Project:
    """A project without what undo leaves alone."""
    strips = tuple(replace(strip, is_muted=False) for strip in project.strips)
    return replace(project, strips=strips, program_id="")


def recorded(projects: list[Project]) -> History:
    history = History()
    for before, after in pairwise(projects):
        history.record(before, after)
    return history


@given(walks())
def test_undo_of_all_is_the_start_and_redo_of_all_the_end(projects: list[Project]) -> None:
    history, now = recorded(projects), projects[-1]
    while history.can_undo:
        now = history.undo(now)
    assert still(now) == still(projects[0])
    while history.can_redo:
        now = history.redo(now)
    assert still(now) == still(projects[-1])


def test_a_drag_is_one_step_and_the_next_one_another() -> None:
    source = Source("c", SourceKind.CAMERA)
    start = edits.add_item(edits.add_source(first_project(), source), MAIN, "c")
    item = start.program.items[0].id
    projects = [start] + [edits.set_transform(start, item, Transform(x=step / 10)) for step in range(1, 7)]
    history = History()
    for number in range(6):
        if number == 3:
            history.end_gesture()
        history.record(projects[number], projects[number + 1], "drag")
    assert history.undo(projects[6]) == projects[3]
    assert history.undo(projects[3]) == start
    assert not history.can_undo


def test_what_is_muted_and_on_air_stays_as_it_is() -> None:
    start = edits.add_scene(first_project(), Scene("b"))
    loud = edits.set_gain(start, MAIN, 6)
    history = recorded([start, loud])
    now = edits.show(edits.mute(loud, MAIN), "b")
    history.record(loud, now)  # no step of its own
    undone = history.undo(now)
    assert undone.strips == (Strip(MAIN, is_muted=True),)
    assert undone.program_id == "b"
    assert not history.can_undo


def test_a_scene_on_air_that_an_undo_takes_away_gives_way() -> None:
    start = first_project()
    added = edits.add_scene(start, Scene("b"))
    history = recorded([start, added])
    assert history.undo(edits.show(added, "b")) == start


def test_an_edit_after_an_undo_ends_what_could_be_redone() -> None:
    start = first_project()
    steps = [start, *(edits.set_gain(start, MAIN, gain) for gain in (1, 2, 3))]
    history = recorded(steps[:3])
    now = history.undo(steps[2])
    history.record(now, steps[3])
    assert not history.can_redo
    assert history.undo(steps[3]) == steps[1]


def test_with_nothing_to_undo_all_stays_as_it_is() -> None:
    assert History().undo(first_project()) == History().redo(first_project()) == first_project()


def test_the_oldest_steps_are_forgotten() -> None:
    steps = [edits.set_gain(first_project(), MAIN, number / 100) for number in range(MOST_STEPS + 50)]
    history, now, count = recorded(steps), steps[-1], 0
    while history.can_undo:
        now, count = history.undo(now), count + 1
    assert (now, count) == (steps[49], MOST_STEPS)
