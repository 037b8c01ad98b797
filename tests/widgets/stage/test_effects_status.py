import pytest
from pytestqt.qtbot import QtBot

from studio.engine.messages.values import Strain
from tests.widgets.tooltips import read
from widgets.stage.effects import EffectsState
from widgets.stage.effects_status import EffectsStatus

TITLES = {"background": "Background"}


@pytest.fixture
def status(qtbot: QtBot) -> EffectsStatus:
    made = EffectsStatus()
    qtbot.addWidget(made)
    return made


def test_the_effects_status_takes_no_room_while_nothing_is_on(status: EffectsStatus) -> None:
    status.show_state(EffectsState(is_on=True), TITLES)
    assert status.isVisible()
    status.show_state(EffectsState(), TITLES)

    assert not status.isVisible()


def test_the_effects_status_says_what_the_effects_cost(status: EffectsStatus) -> None:
    costs = {"beauty": 3.0, "networks": 5.2, "matte": 1.25}
    status.show_state(EffectsState(is_on=True, costs_ms=costs, dropped=4), TITLES)

    assert status.step.text() == "● Full quality"
    assert status.step.property("tone") == "ok"
    assert status.costs.text() == "9.4 ms a frame · networks 5.2 ms · mask 1.2 ms · 4 left out"
    assert not status.reason.isVisible()


def test_the_effects_status_says_which_step_was_taken_and_why(status: EffectsStatus) -> None:
    strain = Strain(41.4, 33.3, "background", 15.2)
    status.show_state(EffectsState(is_on=True, step=2, step_name="coarse mask", strain=strain), TITLES)

    assert status.step.text() == "● Step 2: coarse mask, to keep the frames coming"
    assert status.step.property("tone") == "warn"
    assert "took 41 ms; 33 ms" in status.reason.text()
    assert "Background, 15 ms" in status.reason.text()


def test_a_step_whose_dearest_effect_is_not_known_is_told_without(status: EffectsStatus) -> None:
    status.show_state(
        EffectsState(is_on=True, step=2, step_name="plain edges", strain=Strain(40, 33)), TITLES
    )

    assert "Dearest" not in status.reason.text()


def test_the_first_step_is_no_alarm_and_has_its_details_on_hover(status: EffectsStatus) -> None:
    strain = Strain(41.4, 33.3, "background", 15.2)
    status.show_state(EffectsState(is_on=True, step=1, step_name="coarse mask", strain=strain), TITLES)

    assert status.step.text() == "● Quality adapted"
    assert status.step.property("tone") == "ok"
    assert not status.reason.isVisible()
    assert "coarse mask" in read(status.step.toolTip())
    assert "took 41 ms; 33 ms" in read(status.step.toolTip())
