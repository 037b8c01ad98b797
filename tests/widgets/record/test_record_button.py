import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.engine.messages.recording import RecordingState
from tests.widgets.conftest import Record
from widgets.record.record_button import RecordButton


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
def button(qtbot: QtBot, time: Clock) -> RecordButton:
    made = RecordButton(time)
    qtbot.addWidget(made)
    made.show()
    return made


def show(button: RecordButton, time: Clock, state: RecordingState) -> None:
    button.show_state(state)
    time.now_s += 5


def test_the_record_button_asks_and_changes_by_what_it_is_shown(
    button: RecordButton, time: Clock, record: Record
) -> None:
    starts, stops = record(button.start_wanted), record(button.stop_wanted)
    button.click()
    button.click()
    assert (len(starts), len(stops)) == (2, 0)
    show(button, time, RecordingState.RECORDING)
    button.click()
    assert (len(starts), len(stops)) == (2, 1)


def test_the_record_button_says_how_long_and_how_large(button: RecordButton) -> None:
    assert button.text() == "Record"
    button.show_state(RecordingState.RECORDING)
    button.show_progress(3725, 1_240_000_000)
    assert button.text() == "01:02:05 · 1.24 GB"
    assert button.accessibleName() == "Recording: 01:02:05 · 1.24 GB"
    button.show_words(are_wanted=False)
    assert button.text() == "01:02:05"


def test_a_paused_recording_says_so_and_keeps_its_figures(button: RecordButton) -> None:
    button.show_state(RecordingState.RECORDING)
    button.show_progress(65, 8_000_000)
    button.show_state(RecordingState.PAUSED)
    assert button.text() == "Recording paused"
    assert "00:01:05 · 8.0 MB" in button.toolTip()


def test_the_second_of_two_recordings_counts_from_nothing(button: RecordButton) -> None:
    button.show_state(RecordingState.RECORDING)
    button.show_progress(65, 8_000_000)
    button.show_state(RecordingState.IDLE)
    button.show_state(RecordingState.STARTING)
    assert button.text() == "00:00:00 · 0 kB"


def test_a_double_click_does_not_end_what_just_began(
    button: RecordButton, time: Clock, record: Record
) -> None:
    show(button, time, RecordingState.IDLE)
    stops = record(button.stop_wanted)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    button.show_state(RecordingState.STARTING)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    button.toggle_recording()
    assert stops == []
    time.now_s += 0.7
    button.toggle_recording()
    assert len(stops) == 1
