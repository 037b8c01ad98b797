from collections.abc import Mapping

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backend.contract.base import AssistantRight
from backend.contract.countdown import (
    MAX_TITLE,
    SECONDS,
    Countdown,
    CountdownChanged,
    StartCountdown,
    StopCountdown,
)
from backend.contract.live import Live, LivePhase, Presence
from backend.contract.protocol import Snapshot
from tests.widgets.conftest import Record
from widgets.audience.audience_panel import AudiencePanel
from widgets.countdown.countdown_box import CountdownBox
from widgets.countdown.countdown_dialog import CountdownDialog

NOW_MS = 1_000_000
DRAW = Countdown(3, "Until the draw", NOW_MS + 90_000)


@pytest.fixture
def panel(qtbot: QtBot) -> AudiencePanel:
    made = AudiencePanel()
    qtbot.addWidget(made)
    made.resize(340, 700)
    made.show()
    return made


@pytest.fixture
def box(panel: AudiencePanel) -> CountdownBox:
    found = panel.findChild(CountdownBox)
    assert isinstance(found, CountdownBox)
    return found


def snapshot(countdown: Countdown | None) -> Snapshot:
    live = Live(LivePhase.LIVE, "s1")
    return Snapshot("e", 0, "", live, None, Presence(0, 0), countdown=countdown)


def open_dialog(panel: AudiencePanel, box: CountdownBox) -> CountdownDialog:
    box.start_button.click()
    dialog = panel.findChild(CountdownDialog)
    assert isinstance(dialog, CountdownDialog)
    return dialog


def test_a_countdown_is_followed_by_the_servers_clock_to_its_end(
    panel: AudiencePanel, box: CountdownBox
) -> None:
    assert (box.what.text(), box.left.isVisible()) == ("No countdown", False)
    panel.show_time(NOW_MS)
    panel.apply(CountdownChanged(DRAW))
    shown = [box.left.text()]
    for passed_ms in (999, 1000, 89_001, 90_000, 95_000):
        panel.show_time(NOW_MS + passed_ms)
        shown.append(box.left.text())
    assert box.what.text() == "Until the draw"
    assert shown == ["01:30", "01:30", "01:29", "00:01", "00:00", "00:00"]

    panel.apply(CountdownChanged(None))
    assert (box.what.text(), box.left.isVisible()) == ("No countdown", False)
    assert box.start_button.isVisible()


def test_a_countdown_that_runs_already_is_in_the_snapshot(
    panel: AudiencePanel, box: CountdownBox, record: Record
) -> None:
    commands = record(panel.command)
    panel.show_snapshot(snapshot(DRAW))
    assert box.what.text() == "Until the draw"
    assert not box.start_button.isVisible()

    box.stop_button.click()
    assert commands == [(StopCountdown(3),)]
    assert box.stop_button.isVisible()  # until the room says so
    panel.show_snapshot(snapshot(None))
    assert box.start_button.isVisible()


def test_a_countdown_starts_with_a_title_and_a_length_that_the_room_takes(
    panel: AudiencePanel, box: CountdownBox, record: Record
) -> None:
    commands = record(panel.command)
    dialog = open_dialog(panel, box)
    assert dialog.title.maxLength() == MAX_TITLE
    assert not dialog.start_button.isEnabled()
    dialog.title.setText(" Until the draw ")
    lengths: Mapping[tuple[int, int], bool] = {
        (0, SECONDS[0] - 1): False,
        (0, SECONDS[0]): True,
        (60, 0): True,
        (60, 1): False,
        (2, 5): True,
    }
    for (minutes, seconds), is_taken in lengths.items():
        dialog.minutes.setValue(minutes)
        dialog.seconds.setValue(seconds)
        assert dialog.start_button.isEnabled() is is_taken
    dialog.start_button.click()

    assert commands == [(StartCountdown("Until the draw", 125),)]
    assert dialog.title.isReadOnly()


def test_a_refused_countdown_keeps_what_was_typed_and_an_accepted_one_closes(
    panel: AudiencePanel, box: CountdownBox
) -> None:
    dialog = open_dialog(panel, box)
    dialog.title.setText("Until the draw")
    dialog.start_button.click()
    command = StartCountdown("Until the draw", 60)
    panel.give_back(command, "Not now")
    assert (dialog.problem.text(), dialog.title.text()) == ("Not now", "Until the draw")
    assert dialog.start_button.isEnabled()

    dialog.start_button.click()
    panel.close_for(command)
    assert not dialog.isVisible()


def test_who_may_not_count_down_sees_it_alone(panel: AudiencePanel, box: CountdownBox) -> None:
    panel.apply(CountdownChanged(DRAW))
    panel.show_rights([AssistantRight.PRODUCTS])
    assert not box.stop_button.isVisible()
    panel.apply(CountdownChanged(None))
    assert not box.start_button.isVisible()

    panel.show_rights([AssistantRight.CHAT])
    assert box.start_button.isVisible()


def test_a_countdowns_title_stays_text(panel: AudiencePanel, box: CountdownBox) -> None:
    panel.apply(CountdownChanged(msgspec.structs.replace(DRAW, title="<b>x</b>")))

    assert box.what.text() == "<b>x</b>"
    assert box.what.textFormat() is Qt.TextFormat.PlainText
