import pytest

from backend.contract.runofshow import RunOfShow, RunStep
from tests.widgets.products import product
from widgets.runofshow.run_figures import StepState, figures, is_gone, next_step, previous_step, title_of

MINUTE = 60_000
NOW = 100 * MINUTE
PLAN = [RunStep(1, "welcome", 3), RunStep(2, "", 10, "p1", "Tea"), RunStep(3, "draw", 5)]
DONE = RunStep(1, "welcome", 3, began_at_ms=90 * MINUTE, actual_ms=4 * MINUTE)
TEA = RunStep(2, "", 10, "p1", "Tea", began_at_ms=94 * MINUTE)


def running(tea: RunStep = TEA) -> RunOfShow:
    return RunOfShow([DONE, tea, PLAN[2]], tea.step_id)


def test_before_the_show_steps_begin_after_each_other_from_zero() -> None:
    shown = figures(RunOfShow(PLAN), NOW)
    assert [(one.begins_at_ms, one.is_clock) for one in shown.steps] == [
        (0, False),
        (3 * MINUTE, False),
        (13 * MINUTE, False),
    ]
    assert (shown.minutes, shown.ends_at_ms, shown.current) == (18, None, None)
    assert [one.state for one in shown.steps] == [StepState.NEXT, StepState.TO_COME, StepState.TO_COME]


def test_what_is_to_come_begins_when_the_step_that_is_on_has_had_its_time() -> None:
    shown = figures(running(), NOW)
    assert [one.begins_at_ms / MINUTE for one in shown.steps] == [90, 94, 104]
    assert [one.state for one in shown.steps] == [StepState.DONE, StepState.ON, StepState.NEXT]
    assert shown.current is not None
    assert (shown.current.elapsed_ms, shown.current.over_ms) == (6 * MINUTE, -4 * MINUTE)
    assert (shown.late_ms, shown.ends_at_ms) == (MINUTE, 109 * MINUTE)


def test_a_step_that_is_over_its_time_makes_the_show_later() -> None:
    shown = figures(running(), 106 * MINUTE)
    assert shown.current is not None
    assert shown.current.over_ms == 2 * MINUTE
    assert (shown.late_ms, shown.ends_at_ms) == (3 * MINUTE, 111 * MINUTE)


def test_a_step_that_was_on_before_goes_on_with_what_it_took() -> None:
    again = RunStep(2, "", 10, "p1", "Tea", began_at_ms=99 * MINUTE, actual_ms=8 * MINUTE)
    current = figures(running(again), NOW).current
    assert current is not None
    assert current.elapsed_ms == 9 * MINUTE


@pytest.mark.parametrize(
    ("run", "following", "before"),
    [
        (RunOfShow(), None, None),
        (RunOfShow(PLAN), 1, None),
        (RunOfShow(PLAN, 1), 2, None),
        (RunOfShow(PLAN, 3), None, 2),
        (RunOfShow([DONE, PLAN[1]]), 2, None),
        (RunOfShow([DONE]), None, None),
    ],
)
def test_the_next_step_follows_the_one_that_is_on(
    run: RunOfShow, following: int | None, before: int | None
) -> None:
    found, found_before = next_step(run), previous_step(run)
    assert (found.step_id if found else None) == following
    assert (found_before.step_id if found_before else None) == before


def test_a_step_is_called_by_its_own_words_or_by_its_product() -> None:
    products = {"p1": product(1, "Green tea")}
    assert title_of(PLAN[0], products) == "welcome"
    assert title_of(PLAN[1], products) == "1 · Green tea"
    assert title_of(PLAN[1], {}) == "Tea"
    assert is_gone(PLAN[1], {})
    assert not is_gone(PLAN[1], products)
    assert not is_gone(PLAN[0], {})
