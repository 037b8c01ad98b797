from pathlib import Path

import pytest

from backend.contract.base import AssistantRight, RejectReason, Role
from backend.contract.cards import CardHidden, CardShown, ShowCard
from backend.contract.protocol import Accepted, Command, Private, Reliable, StaffSnapshot
from backend.contract.runofshow import (
    MOST_STEPS,
    ChangeStep,
    MoveStep,
    NewStep,
    PlanAsRun,
    PlanSteps,
    RemoveStep,
    RunOfShow,
    RunOfShowChanged,
    RunStep,
    StartStep,
    StopStep,
)
from backend.features.actor import Actor
from backend.features.deliveries import ToStaff
from backend.features.runofshow.runofshow import LONGEST_MS
from backend.log.entries import SessionBegan, SessionEnded
from backend.shop.room_products import Catalog
from tests.backend.kinds import as_type
from tests.backend.room.talk import ANNA, HELPER, HOST, PRODUCTS, Talk, make_features
from tests.backend.room.test_processor import told
from tests.backend.running import running_backend

CHATTER = Actor("chatter", Role.ASSISTANT, frozenset({AssistantRight.CHAT}))
PLAN = PlanSteps([NewStep(3, "welcome"), NewStep(10, product_id="tea"), NewStep(5, "two cups", "cup")])


@pytest.fixture
def talk() -> Talk:
    made = Talk()
    assert made.do(PLAN, HOST) is None
    return made


def run_of(talk: Talk) -> RunOfShow:
    run: RunOfShow = talk.features.run.show_staff(HOST, talk.now_ms)["run"]
    return run


def ids(talk: Talk) -> list[int]:
    return [step.step_id for step in run_of(talk).steps]


def card_of(talk: Talk) -> str:
    return talk.features.cards.state.product_id


def test_staff_plan_steps_of_products_and_of_words(talk: Talk) -> None:
    assert run_of(talk).steps == [
        RunStep(1, "welcome", 3),
        RunStep(2, "", 10, "tea", "tea"),
        RunStep(3, "two cups", 5, "cup", "cup"),
    ]
    assert talk.do(PlanSteps([NewStep(1, " 抽\n奖 ")], 2), HELPER) is None
    assert [step.title for step in run_of(talk).steps] == ["welcome", "抽 奖", "", "two cups"]


def test_a_note_has_several_lines_and_stays_where_a_change_says_nothing_of_it(talk: Talk) -> None:
    assert talk.do(PlanSteps([NewStep(1, "draw", note=" three\u202e winners\nthen shoes ")]), HELPER) is None
    assert run_of(talk).steps[-1].note == "three winners\nthen shoes"
    assert talk.do(ChangeStep(4, 2, "draw"), HELPER) is None
    assert run_of(talk).steps[-1].note == "three winners\nthen shoes"
    assert talk.do(ChangeStep(4, 2, "draw", ""), HELPER) is None
    assert run_of(talk).steps[-1] == RunStep(4, "draw", 2)
    assert talk.do(ChangeStep(4, 2, "draw", "x" * 201), HELPER) is RejectReason.TOO_LONG


def test_only_staff_with_the_right_to_products_hear_of_the_run_of_show(talk: Talk) -> None:
    talk.do(StartStep(1), HOST)
    assert talk.told == [ToStaff(RunOfShowChanged(run_of(talk)), AssistantRight.PRODUCTS)]
    assert talk.do(StartStep(2), CHATTER) is RejectReason.FORBIDDEN
    assert talk.do(StartStep(2), ANNA) is RejectReason.FORBIDDEN
    assert talk.features.run.show_staff(CHATTER, 0) == {"run": None}


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (PlanSteps([NewStep(3, " ")]), RejectReason.EMPTY),
        (PlanSteps([NewStep(0, "x")]), RejectReason.MALFORMED),
        (PlanSteps([NewStep(241, "x")]), RejectReason.MALFORMED),
        (PlanSteps([NewStep(3, "x" * 61)]), RejectReason.TOO_LONG),
        (PlanSteps([NewStep(3, "", "gone")]), RejectReason.UNKNOWN_PRODUCT),
        (PlanSteps([NewStep(3, "x")], 9), RejectReason.UNKNOWN_STEP),
        (PlanSteps([NewStep(3, "x")] * (MOST_STEPS - 2)), RejectReason.TOO_MANY),
        (ChangeStep(1, 3, ""), RejectReason.EMPTY),
        (ChangeStep(9, 3, "x"), RejectReason.UNKNOWN_STEP),
        (MoveStep(1, 9), RejectReason.UNKNOWN_STEP),
        (StartStep(9), RejectReason.UNKNOWN_STEP),
    ],
)
def test_a_step_that_cannot_be_is_refused(talk: Talk, command: Command, reason: RejectReason) -> None:
    before = run_of(talk)
    assert talk.do(command, HOST) is reason
    assert run_of(talk) == before


def test_steps_are_moved_changed_and_removed(talk: Talk) -> None:
    talk.do(MoveStep(3, 1), HOST)
    assert ids(talk) == [3, 1, 2]
    talk.do(MoveStep(3), HOST)
    talk.do(MoveStep(2, 2), HOST)
    assert ids(talk) == [1, 2, 3]
    talk.do(ChangeStep(3, 7), HOST)
    assert (run_of(talk).steps[2].title, run_of(talk).steps[2].minutes) == ("", 7)
    talk.do(RemoveStep(1), HOST)
    assert ids(talk) == [2, 3]
    talk.do(PlanSteps([NewStep(1, "bye")]), HOST)
    assert ids(talk) == [2, 3, 4]


def test_the_next_step_shows_its_card_and_takes_off_that_of_the_step_before(talk: Talk) -> None:
    talk.do(StartStep(2), HOST)
    assert (run_of(talk).current_id, card_of(talk)) == (2, "tea")
    assert talk.heard(CardShown).card.product.product_id == "tea"
    talk.do(StartStep(3), HOST)
    assert card_of(talk) == "cup"
    talk.do(StartStep(1), HOST)
    assert talk.heard(CardHidden)
    assert card_of(talk) == ""


def test_a_card_that_was_shown_by_hand_stays_where_a_step_ends(talk: Talk) -> None:
    talk.do(StartStep(2), HOST)
    talk.do(ShowCard("pot"), HOST)
    talk.do(StartStep(1), HOST)
    assert card_of(talk) == "pot"


def test_who_presses_next_at_the_same_time_goes_on_by_one_step(talk: Talk) -> None:
    talk.do(StartStep(1), HOST)
    talk.passes(60)
    talk.do(StartStep(2), HOST)
    began_at_ms = run_of(talk).steps[1].began_at_ms
    talk.passes(1)
    assert talk.do(StartStep(2), HELPER) is None
    assert talk.told == []
    assert (run_of(talk).current_id, run_of(talk).steps[1].began_at_ms) == (2, began_at_ms)


def test_a_step_counts_how_long_it_took_over_all_its_turns(talk: Talk) -> None:
    talk.do(StartStep(1), HOST)
    talk.passes(60)
    talk.do(StartStep(2), HOST)
    talk.passes(30)
    talk.do(StartStep(1), HOST)
    talk.passes(10)
    talk.do(StopStep(2), HELPER)
    assert run_of(talk).current_id == 1
    talk.do(StopStep(1), HELPER)
    assert [step.actual_ms for step in run_of(talk).steps] == [70_000, 30_000, 0]
    assert run_of(talk).current_id == 0


def test_a_stopped_or_removed_step_takes_its_card_with_it(talk: Talk) -> None:
    talk.do(StartStep(2), HOST)
    talk.do(StopStep(2), HOST)
    assert card_of(talk) == ""
    talk.do(StartStep(2), HOST)
    talk.do(RemoveStep(2), HOST)
    assert (card_of(talk), run_of(talk).current_id) == ("", 0)


def test_the_show_goes_on_without_the_card_of_a_product_that_left_the_room() -> None:
    products = Catalog(PRODUCTS.products)
    talk = Talk(make_features(products))
    talk.do(PLAN, HOST)
    talk.do(StartStep(2), HOST)
    products.replace([one for one in PRODUCTS.products if one.product_id != "cup"])
    assert talk.do(StartStep(3), HOST) is None
    assert (run_of(talk).current_id, card_of(talk)) == (3, "")
    assert run_of(talk).steps[2].product_title == "cup"


def test_a_session_counts_anew_and_what_it_took_stays_until_the_next(talk: Talk) -> None:
    talk.do(StartStep(1), HOST)
    talk.passes(600)
    talk.happens(SessionBegan("s1"))
    talk.passes(90)
    talk.do(StartStep(2), HOST)
    talk.passes(30)
    talk.happens(SessionEnded("host"))
    assert [step.actual_ms for step in run_of(talk).steps] == [90_000, 30_000, 0]
    assert run_of(talk).current_id == 0
    talk.happens(SessionBegan("s2"))
    assert [(step.began_at_ms, step.actual_ms) for step in run_of(talk).steps] == [(0, 0)] * 3
    assert [step.minutes for step in run_of(talk).steps] == [3, 10, 5]


def test_what_steps_took_becomes_their_plan(talk: Talk) -> None:
    talk.do(StartStep(1), HOST)
    talk.passes(89)
    talk.do(StartStep(2), HOST)
    talk.passes(10)
    talk.do(StopStep(2), HOST)
    talk.do(PlanAsRun(), HOST)
    assert [step.minutes for step in run_of(talk).steps] == [1, 1, 5]
    talk.do(PlanAsRun(), HOST)
    assert talk.told == []


def test_a_step_that_nobody_stops_stops_by_itself(talk: Talk) -> None:
    talk.do(StartStep(1), HOST)
    talk.passes(LONGEST_MS / 1000)
    assert run_of(talk).current_id == 0


def test_the_plan_is_in_the_checkpoint(talk: Talk) -> None:
    talk.do(StartStep(2), HOST)
    again = make_features(encoded=talk.features.encode())
    assert again.run.state == talk.features.run.state


async def test_the_next_step_shows_its_card_and_viewers_see_nothing_else_of_it(tmp_path: Path) -> None:
    async with running_backend(tmp_path) as backend, backend.host() as host, backend.client() as viewer:
        await viewer.join()
        as_type(Accepted, await host.act(PlanSteps([NewStep(3, "welcome"), NewStep(10, "", "demo-tea")])))
        as_type(Accepted, await host.act(StartStep(1)))
        as_type(Accepted, await host.act(StartStep(2)))
        while True:
            match await viewer.next():
                case Reliable(event=CardShown(card=card)):
                    assert card.product.product_id == "demo-tea"
                    break
                case Private(event=event):
                    assert not isinstance(event, RunOfShowChanged | StaffSnapshot)


async def test_host_and_a_second_host_press_next_at_once_and_the_plan_outlives_the_backend(
    tmp_path: Path,
) -> None:
    async with running_backend(tmp_path) as backend, backend.host() as host, backend.host() as other:
        as_type(Accepted, await host.act(PlanSteps([NewStep(3, "welcome"), NewStep(5, "draw")])))
        as_type(Accepted, await host.act(StartStep(1)))
        await host.send_command(StartStep(2))
        await other.send_command(StartStep(2))
        answers = [await client.next_answer() for client in (host, other)]
        assert all(isinstance(answer, Accepted) for answer in answers)
    async with running_backend(tmp_path) as backend:
        admission = await backend.enter(backend.signer.host("main"))
        async with backend.open(admission) as host:
            await host.join()
            run = (await told(host, StaffSnapshot)).run
    assert run is not None
    assert [step.title for step in run.steps] == ["welcome", "draw"]
    assert run.current_id == 2
