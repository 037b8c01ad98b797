import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from backend.contract.live import EndLive, GoLive, PauseLive, ResumeLive
from tests.widgets.conftest import Record
from widgets.common.confirm import ConfirmDialog
from widgets.common.stage import Stage
from widgets.live.end_dialog import EndDialog
from widgets.live.live_controls import LiveControls


class Clock:
    """A time that the test moves."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def time() -> Clock:
    return Clock()


@pytest.fixture
def controls(qtbot: QtBot, time: Clock) -> LiveControls:
    made = LiveControls(lambda: "", time)
    qtbot.addWidget(made)
    made.show()
    return made


def usable(controls: LiveControls) -> set[str]:
    buttons = {
        "go_live": controls.go_live_button,
        "pause": controls.pause_button,
        "resume": controls.resume_button,
        "end": controls.end_button,
    }
    return {name for name, button in buttons.items() if button.isVisible() and button.isEnabled()}


def answer(controls: LiveControls, accept: str) -> None:
    dialog = controls.findChild(ConfirmDialog)
    assert dialog is not None
    (button,) = (button for button in dialog.findChildren(QPushButton) if button.text() == accept)
    button.click()


@pytest.mark.parametrize(
    ("stage", "names"),
    [
        (Stage.OFFLINE, set()),
        (Stage.READY, {"go_live"}),
        (Stage.STARTING, {"end"}),
        (Stage.LIVE, {"pause", "end"}),
        (Stage.PAUSED, {"resume", "end"}),
        (Stage.RECONNECTING, {"pause", "end"}),
        (Stage.LEFT_OPEN, {"go_live", "end"}),
    ],
)
def test_each_stage_offers_what_it_allows(controls: LiveControls, stage: Stage, names: set[str]) -> None:
    controls.show_stage(stage)

    assert usable(controls) == names


def test_buttons_ask_and_change_nothing_themselves(controls: LiveControls, record: Record) -> None:
    commands = record(controls.command)
    controls.show_stage(Stage.READY)
    controls.go_live_button.click()
    assert usable(controls) == {"go_live"}
    controls.show_stage(Stage.LIVE)
    controls.pause_button.click()
    controls.show_stage(Stage.PAUSED)
    controls.resume_button.click()

    assert commands == [(GoLive(),), (PauseLive(),), (ResumeLive(),)]


def test_ending_asks_once_more(controls: LiveControls, record: Record) -> None:
    commands = record(controls.command)
    controls.show_stage(Stage.LIVE)
    controls.end_button.click()
    assert commands == []
    answer(controls, "End it")

    assert commands == [(EndLive(),)]


@pytest.mark.parametrize(
    ("stage", "stake", "texts"),
    [
        (Stage.LIVE, "2 are watching.", ["2 are watching.", "To step away, pause instead."]),
        (Stage.PAUSED, "2 are watching.", ["2 are watching."]),
        (Stage.LIVE, "", ["Every viewer sees that it is over.", "To step away, pause instead."]),
    ],
)
def test_the_question_says_what_ends(qtbot: QtBot, stage: Stage, stake: str, texts: list[str]) -> None:
    controls = LiveControls(lambda: stake)
    qtbot.addWidget(controls)
    controls.show_stage(stage)
    controls.ask_to_end()
    dialog = controls.findChild(EndDialog)
    assert dialog is not None

    assert "\n".join(texts) in {label.text() for label in dialog.findChildren(QLabel)}
    dialog.reject()


def test_ending_can_be_thought_better_of(controls: LiveControls, record: Record) -> None:
    commands = record(controls.command)
    controls.show_stage(Stage.LIVE)
    controls.end_button.click()
    answer(controls, "Keep going")

    assert commands == []


def test_the_hotkey_for_pausing_goes_both_ways(controls: LiveControls, time: Clock, record: Record) -> None:
    commands = record(controls.command)
    for stage in (Stage.LIVE, Stage.PAUSED, Stage.READY):
        controls.show_stage(stage)
        time.now_s += 5
        controls.toggle_pause()

    assert commands == [(PauseLive(),), (ResumeLive(),)]


def test_the_hotkey_for_going_live_never_ends_without_asking(
    controls: LiveControls, time: Clock, record: Record
) -> None:
    commands = record(controls.command)
    for stage in (Stage.OFFLINE, Stage.READY, Stage.LIVE):
        controls.show_stage(stage)
        time.now_s += 5
        controls.toggle_live()

    assert commands == [(GoLive(),)]
    answer(controls, "Keep going")


def press(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_second_click_on_go_live_does_not_pause_what_just_began(
    controls: LiveControls, time: Clock, record: Record
) -> None:
    controls.show_stage(Stage.READY)
    time.now_s += 5
    asked = record(controls.command)

    press(controls.go_live_button)
    controls.show_stage(Stage.LIVE)
    time.now_s += 0.59
    press(controls.pause_button)
    QTest.keyClick(controls.pause_button, Qt.Key.Key_Space)
    press(controls.end_button)
    assert asked == [(GoLive(),)]
    assert controls.findChild(ConfirmDialog) is None

    time.now_s += 0.02
    press(controls.pause_button)
    assert asked == [(GoLive(),), (PauseLive(),)]


def test_a_click_counts_at_once_where_the_buttons_stayed_as_they_were(
    controls: LiveControls, time: Clock, record: Record
) -> None:
    controls.show_stage(Stage.LIVE)
    time.now_s += 5
    controls.show_stage(Stage.RECONNECTING)
    controls.show_stage(Stage.LIVE)
    controls.retranslate()
    asked = record(controls.command)
    press(controls.pause_button)

    assert asked == [(PauseLive(),)]


def test_a_hotkey_pressed_twice_does_not_mean_what_came_meanwhile(
    controls: LiveControls, time: Clock, record: Record
) -> None:
    controls.show_stage(Stage.READY)
    time.now_s += 5
    asked = record(controls.command)
    controls.toggle_live()
    controls.show_stage(Stage.LIVE)
    controls.toggle_live()
    controls.toggle_pause()
    assert asked == [(GoLive(),)]
    assert controls.findChild(ConfirmDialog) is None
    time.now_s += 0.61
    controls.toggle_pause()

    assert asked == [(GoLive(),), (PauseLive(),)]
