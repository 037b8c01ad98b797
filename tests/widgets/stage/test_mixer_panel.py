import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.project.choices import AudioKind
from tests.widgets.conftest import Record
from widgets.common.meters import Level
from widgets.common.silence import LASTS_S
from widgets.stage.mixer_panel import MixerPanel
from widgets.stage.unheard_speech import ENOUGH


@pytest.fixture
def panel(qtbot: QtBot) -> MixerPanel:
    made = MixerPanel()
    qtbot.addWidget(made)
    made.show()
    return made


def test_moving_the_fader_asks_for_a_gain_in_db(panel: MixerPanel, record: Record) -> None:
    chosen = record(panel.gain_chosen)
    panel.fader.setValue(-25)

    assert chosen == [(-12.5,)]
    assert panel.fader.reading.text() == "-12.5 dB"


def test_a_dragged_fader_does_not_flood_the_engine(qtbot: QtBot, panel: MixerPanel, record: Record) -> None:
    chosen = record(panel.gain_chosen)
    for value in range(0, -100, -1):
        panel.fader.setValue(value)
    qtbot.waitUntil(lambda: chosen[-1] == (-49.5,))

    assert len(chosen) < 10


def test_showing_a_gain_asks_for_nothing(panel: MixerPanel, record: Record) -> None:
    chosen = record(panel.gain_chosen)
    panel.show_gain(6)

    assert chosen == []
    assert panel.fader.reading.text() == "+6.0 dB"


def test_a_double_click_sets_the_fader_to_zero(qtbot: QtBot, panel: MixerPanel) -> None:
    panel.show_gain(-20)
    QTest.mouseDClick(panel.fader, Qt.MouseButton.LeftButton)

    assert panel.fader.reading.text() == "0.0 dB"


def test_the_mute_button_asks_and_shows_what_it_is_told(panel: MixerPanel, record: Record) -> None:
    muted, unmuted = record(panel.mute_chosen), record(panel.unmute_chosen)
    panel.mute_button.click()
    assert (muted, unmuted) == ([()], [])
    assert not panel.muted_note.isVisible()

    panel.show_muted()
    assert panel.muted_note.isVisible()
    panel.mute_button.click()
    assert (muted, unmuted) == ([()], [()])


def test_who_speaks_while_muted_is_told_so_and_how_to_be_heard(panel: MixerPanel) -> None:
    speaking = Level(-100, -100, unheard_db=-20)
    panel.name_mute_keys("Ctrl+M")
    for _ in range(ENOUGH):
        panel.show_level(speaking)
    panel.show_muted()
    assert panel.muted_note.text() == "Muted"
    for _ in range(ENOUGH):
        panel.show_level(speaking)
    assert panel.muted_note.text() == "You speak while muted: Ctrl+M"
    panel.show_unmuted()
    panel.show_muted()
    assert panel.muted_note.text() == "Muted"


def test_the_warning_can_be_put_away_for_ten_minutes(qtbot: QtBot) -> None:
    now = [0.0]
    panel = MixerPanel(lambda: now[0])
    qtbot.addWidget(panel)
    panel.show()
    panel.name_mute_keys("Ctrl+M")
    panel.show_muted()
    notes = []
    speaking = Level(-100, -100, unheard_db=-20)
    for _ in range(ENOUGH):
        panel.show_level(speaking)
    panel.silence_button.click()
    for now[0] in (1.0, LASTS_S - 1, LASTS_S):
        panel.show_level(speaking)
        notes.append((panel.muted_note.text(), panel.silence_button.isVisible()))

    told = ("You speak while muted: Ctrl+M", True)
    assert notes == [("Muted", False), ("Muted", False), told]


def test_a_muted_film_does_not_speak(panel: MixerPanel) -> None:
    panel.show_muted()
    panel.show_kind(AudioKind.VIDEO_SOURCE)
    for _ in range(2 * ENOUGH):
        panel.show_level(Level(-100, -100, unheard_db=-20))
    assert panel.muted_note.text() == "Muted"


def test_a_film_that_was_unmuted_and_muted_again_does_not_speak(panel: MixerPanel) -> None:
    panel.show_kind(AudioKind.VIDEO_SOURCE)
    panel.show_unmuted()
    panel.show_muted()
    for _ in range(2 * ENOUGH):
        panel.show_level(Level(-100, -100, unheard_db=-20))
    assert panel.muted_note.text() == "Muted"


def test_the_meter_shows_the_level(panel: MixerPanel) -> None:
    panel.show_level(Level(-3, -12))

    assert panel.meter.held_peak_db == -3


@pytest.mark.parametrize("kind", list(AudioKind))
def test_the_strip_is_named_by_what_it_sounds(panel: MixerPanel, kind: AudioKind) -> None:
    panel.show_kind(kind)

    assert panel.name.text()
