import pytest
from pytestqt.qtbot import QtBot

from studio.engine.messages.values import Device
from studio.project.choices import AudioKind, AudioSpec
from studio.project.project import SoundFilter, Strip
from tests.widgets.conftest import Record
from widgets.common.meters import Level
from widgets.stage.mixer_strip import ShownStrip
from widgets.stage.mixer_strips import MOST_STRIPS, SEEN_AT_ONCE, STRIP_HEIGHT, MixerStrips

MUSIC = ShownStrip(Strip("a", "music", gain_db=-14.0), "Demo music")
SECOND = ShownStrip(Strip("b", "mic", is_muted=True), "Second <b>microphone</b>")


@pytest.fixture
def strips(qtbot: QtBot) -> MixerStrips:
    made = MixerStrips()
    qtbot.addWidget(made)
    made.show_strips([MUSIC, SECOND])
    return made


def test_without_a_further_strip_there_is_no_room_taken(strips: MixerStrips) -> None:
    assert strips.isVisible()
    strips.show_strips([])
    assert not strips.isVisible()
    assert strips.strips == {}


def test_of_many_strips_two_are_seen_at_once_and_the_last_ends_the_adding(strips: MixerStrips) -> None:
    assert strips.add_button.isEnabled()
    strips.show_strips([ShownStrip(Strip(str(number)), "x") for number in range(MOST_STRIPS)])
    assert strips.height() == SEEN_AT_ONCE * STRIP_HEIGHT
    assert not strips.add_button.isEnabled()


def test_a_strip_shows_what_it_is_given_and_keeps_its_widget(strips: MixerStrips) -> None:
    music = strips.strips["a"]
    assert (music.name.text(), music.fader.reading.text()) == ("Demo music", "-14.0 dB")
    filtered = Strip("a", "music", gain_db=3.0, is_muted=True, filters=(SoundFilter("gate"),))
    strips.show_strips([SECOND, ShownStrip(filtered, "Demo music", "The file is gone.")])
    assert strips.strips["a"] is music
    assert music.fader.reading.text() == "+3.0 dB"
    assert music.mute_button.accessibleName() == "Unmute Demo music"
    assert music.filters_button.accessibleName() == "Filters of Demo music: 1 at work"
    assert music.name.property("tone") == "warn"
    assert "The file is gone." in music.name.toolTip()


def test_each_control_asks_for_its_own_strip(strips: MixerStrips, record: Record) -> None:
    gain, mute, unmute = record(strips.gain_chosen), record(strips.mute_chosen), record(strips.unmute_chosen)
    filters, removal = record(strips.filters_wanted), record(strips.removal_wanted)
    strips.strips["a"].fader.setValue(-20)
    strips.strips["a"].mute_button.click()
    strips.strips["b"].mute_button.click()
    strips.strips["b"].filters_button.click()
    strips.strips["a"].remove_button.click()
    assert (gain, mute, unmute) == ([("a", -10.0)], [("a",)], [("b",)])
    assert (filters, removal) == ([("b",)], [("a",)])


def test_showing_a_strip_asks_for_nothing(strips: MixerStrips, record: Record) -> None:
    gain = record(strips.gain_chosen)
    strips.show_strips([ShownStrip(Strip("a", "music", gain_db=-3.5), "Demo music"), SECOND])
    assert gain == []


def test_a_level_goes_to_its_strip_and_one_of_no_strip_nowhere(strips: MixerStrips) -> None:
    strips.show_level("a", Level(-6.0, -12.0))
    strips.show_level("gone", Level(0.0, 0.0))
    assert strips.strips["a"].meter.held_peak_db == -6.0
    assert strips.strips["b"].meter.held_peak_db < -60


def test_every_microphone_and_the_built_in_sounds_can_be_added(strips: MixerStrips, record: Record) -> None:
    wanted = record(strips.sound_wanted)
    strips.show_microphones([Device("usb", "USB & stand")])
    assert (AudioSpec(AudioKind.MICROPHONE, "usb"), "USB & stand") in strips.choices()
    menu = strips.add_button.menu()
    menu.aboutToShow.emit()
    texts = [action.text() for action in menu.actions()]
    assert texts[1] == "USB && stand"
    menu.actions()[texts.index("Demo music")].trigger()
    assert wanted == [(AudioSpec(AudioKind.DEMO),)]
