import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from backend.contract.live import EndLive, GoLive, PauseLive, ResumeLive
from tests.widgets.conftest import Record
from widgets.common.confirm import ConfirmDialog
from widgets.common.stage import Stage
from widgets.live.controls_panel import ControlsPanel


@pytest.fixture
def panel(qtbot: QtBot) -> ControlsPanel:
    made = ControlsPanel()
    qtbot.addWidget(made)
    made.show()
    return made


def usable(panel: ControlsPanel) -> set[str]:
    buttons = {
        "go_live": panel.go_live_button,
        "pause": panel.pause_button,
        "resume": panel.resume_button,
        "end": panel.end_button,
    }
    return {name for name, button in buttons.items() if button.isVisible() and button.isEnabled()}


def answer(panel: ControlsPanel, accept: str) -> None:
    dialog = panel.findChild(ConfirmDialog)
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
def test_each_stage_offers_what_it_allows(panel: ControlsPanel, stage: Stage, names: set[str]) -> None:
    panel.show_stage(stage)

    assert usable(panel) == names


def test_each_stage_has_its_own_word(panel: ControlsPanel) -> None:
    words = []
    for stage in Stage:
        panel.show_stage(stage)
        words.append(panel.pill.text())

    assert len(set(words)) == len(words)


def test_buttons_ask_and_change_nothing_themselves(panel: ControlsPanel, record: Record) -> None:
    commands = record(panel.command)
    panel.show_stage(Stage.READY)
    panel.go_live_button.click()
    assert usable(panel) == {"go_live"}
    panel.show_stage(Stage.LIVE)
    panel.pause_button.click()
    panel.show_stage(Stage.PAUSED)
    panel.resume_button.click()

    assert commands == [(GoLive(),), (PauseLive(),), (ResumeLive(),)]


def test_ending_asks_once_more(panel: ControlsPanel, record: Record) -> None:
    commands = record(panel.command)
    panel.show_stage(Stage.LIVE)
    panel.end_button.click()
    assert commands == []
    answer(panel, "End it")

    assert commands == [(EndLive(),)]


def test_ending_can_be_thought_better_of(panel: ControlsPanel, record: Record) -> None:
    commands = record(panel.command)
    panel.show_stage(Stage.LIVE)
    panel.end_button.click()
    answer(panel, "Go on")

    assert commands == []


def test_the_hotkey_for_pausing_goes_both_ways(panel: ControlsPanel, record: Record) -> None:
    commands = record(panel.command)
    for stage in (Stage.LIVE, Stage.PAUSED, Stage.READY):
        panel.show_stage(stage)
        panel.toggle_pause()

    assert commands == [(PauseLive(),), (ResumeLive(),)]


def test_the_hotkey_for_going_live_never_ends_without_asking(panel: ControlsPanel, record: Record) -> None:
    commands = record(panel.command)
    for stage in (Stage.OFFLINE, Stage.READY, Stage.LIVE):
        panel.show_stage(stage)
        panel.toggle_live()

    assert commands == [(GoLive(),)]
    answer(panel, "Go on")


def test_the_link_is_shown_as_text_and_code_and_can_be_copied(panel: ControlsPanel, record: Record) -> None:
    copied = record(panel.link_copied)
    panel.show_link("http://192.168.1.20:8787/r/main")
    panel.copy_button.click()

    assert QGuiApplication.clipboard().text() == "http://192.168.1.20:8787/r/main?from=host"
    assert panel.link.text() == "http://192.168.1.20:8787/r/main?from=host"
    assert not panel.qr.image.isNull()
    assert copied == [()]


def test_without_a_link_there_is_nothing_to_copy(panel: ControlsPanel, record: Record) -> None:
    copied = record(panel.link_copied)
    panel.show_link("")
    panel.copy_link()

    assert copied == []
    assert not panel.copy_button.isEnabled()


@pytest.mark.parametrize(
    ("url", "is_local"), [("http://127.0.0.1:1/r/a", True), ("http://192.168.1.2:1/r/a", False)]
)
def test_the_controls_panel_says_when_phones_cannot_follow_the_link(
    panel: ControlsPanel,
    url: str,
    is_local: bool,  # noqa: FBT001
) -> None:
    panel.show_link(url)

    assert panel.note.isVisible() == is_local


def test_time_and_viewers_are_shown_while_live(panel: ControlsPanel) -> None:
    panel.show_progress(2537, 8231)
    assert panel.clock.text() == "00:42:17"
    assert panel.viewers.text() == "8,231 watching"

    panel.show_progress(None, None)
    assert not panel.clock.isVisible()
    assert panel.viewers.text() == ""


class Clock:
    """A time that the test moves."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def press(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_second_click_on_go_live_does_not_pause_what_just_began(qtbot: QtBot, record: Record) -> None:
    time = Clock()
    panel = ControlsPanel(time)
    qtbot.addWidget(panel)
    panel.show()
    panel.show_stage(Stage.READY)
    time.now_s += 5
    asked = record(panel.command)

    press(panel.go_live_button)
    panel.show_stage(Stage.LIVE)
    time.now_s += 0.59
    press(panel.pause_button)
    QTest.keyClick(panel.pause_button, Qt.Key.Key_Space)
    press(panel.end_button)
    assert asked == [(GoLive(),)]
    assert panel.findChild(ConfirmDialog) is None

    time.now_s += 0.02
    press(panel.pause_button)
    assert asked == [(GoLive(),), (PauseLive(),)]


def test_a_click_counts_at_once_where_the_buttons_stayed_as_they_were(qtbot: QtBot, record: Record) -> None:
    time = Clock()
    panel = ControlsPanel(time)
    qtbot.addWidget(panel)
    panel.show()
    panel.show_stage(Stage.LIVE)
    time.now_s += 5
    panel.show_stage(Stage.RECONNECTING)
    panel.show_stage(Stage.LIVE)
    panel.retranslate()
    asked = record(panel.command)
    press(panel.pause_button)

    assert asked == [(PauseLive(),)]
