import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio.engine.audio.filters.catalog import SOUND_FILTERS
from studio.project.project import SoundFilter, Strip
from studio.project.voice import VOICE
from tests.widgets.conftest import Record
from widgets.common.parameter_fields import SliderField, ToggleField
from widgets.stage.strip_dialog import StripDialog

MIC = Strip("mic", gain_db=-3.0)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(parent: QWidget) -> StripDialog:
    made = StripDialog(parent, [each.declaration() for each in SOUND_FILTERS.values()], MIC, "Microphone")
    made.show()
    return made


def slide(field: object, value: int) -> None:
    assert isinstance(field, SliderField)
    field.slider.setValue(value)


def test_a_strip_without_filters_says_how_to_begin(dialog: StripDialog) -> None:
    assert dialog._hint.isVisible()
    assert not dialog.forms["gate"].isVisible()


def test_one_button_puts_the_filters_for_a_voice_on(dialog: StripDialog, record: Record) -> None:
    chosen = record(dialog.strip_chosen)
    dialog.voice_button.click()
    assert chosen == [(Strip("mic", gain_db=-3.0, filters=VOICE), "")]
    assert dialog.forms["high_pass"].isVisible()


def test_a_filters_form_asks_for_its_values_and_one_drag_has_one_name(
    dialog: StripDialog, record: Record
) -> None:
    dialog.show_strip(Strip("mic", filters=(SoundFilter("gate"), SoundFilter("compressor"))))
    chosen = record(dialog.strip_chosen)
    dialog.filters.list.setCurrentRow(1)
    slide(dialog.forms["compressor"].fields["threshold_db"], -30)
    slide(dialog.forms["compressor"].fields["threshold_db"], -31)
    strips, gestures = zip(*chosen, strict=True)
    assert strips[-1].filters == (SoundFilter("gate"), SoundFilter("compressor", {"threshold_db": -31.0}))
    assert set(gestures) == {"compressor.threshold_db"}


def test_pan_offset_and_mono_are_the_strips_own(dialog: StripDialog, record: Record) -> None:
    chosen = record(dialog.strip_chosen)
    slide(dialog.place.fields["pan"], -50)
    slide(dialog.place.fields["offset_ms"], 120)
    mono = dialog.place.fields["is_mono"]
    assert isinstance(mono, ToggleField)
    mono.box.click()
    assert chosen[-1][0] == Strip("mic", gain_db=-3.0, pan=-0.5, offset_ms=120.0, is_mono=True)


def test_a_fader_that_moved_meanwhile_stays_where_it_is(dialog: StripDialog, record: Record) -> None:
    dialog.show_strip(Strip("mic", gain_db=-20.0))
    chosen = record(dialog.strip_chosen)
    slide(dialog.place.fields["pan"], 100)
    assert chosen[-1][0] == Strip("mic", gain_db=-20.0, pan=1.0)
