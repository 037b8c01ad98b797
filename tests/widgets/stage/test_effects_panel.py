from collections.abc import Callable

import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QSlider
from pytestqt.qtbot import QtBot

from effects.params import Settings, Timing
from studio.engine.messages.values import Comparison
from studio.project.choices import VideoKind, VideoSpec
from tests.widgets.conftest import Record
from tests.widgets.parameters import DECLARATIONS
from widgets.common.parameter_fields import PicturesField, SliderField
from widgets.stage.effects import EffectsState, ModelOffer, OfferState, PresetEntry
from widgets.stage.effects_panel import EffectsPanel


@pytest.fixture
def panel(qtbot: QtBot) -> EffectsPanel:
    made = EffectsPanel()
    qtbot.addWidget(made)
    made.show_source(VideoSpec(VideoKind.DEMO))
    made.show_declarations(DECLARATIONS)
    made.resize(320, 600)
    made.show()
    return made


def slider(panel: EffectsPanel, name: str, parameter: str) -> QSlider:
    field = panel.groups[name].form.fields[parameter]
    assert isinstance(field, SliderField)
    return field.slider


def test_groups_come_in_the_order_of_their_use_and_those_of_new_filters_last(panel: EffectsPanel) -> None:
    assert list(panel.groups) == ["beauty", "color", "background", "sparkle"]
    assert panel.groups["beauty"].section.is_unfolded
    assert not panel.groups["sparkle"].section.is_unfolded


def test_the_same_declarations_again_leave_everything_as_it_is(panel: EffectsPanel) -> None:
    before = dict(panel.groups)
    panel.groups["sparkle"].section.unfold()
    panel.show_declarations(DECLARATIONS)

    assert panel.groups == before
    panel.show_declarations(DECLARATIONS[:2])
    assert list(panel.groups) == ["color", "background"]


def test_a_moved_slider_asks_for_settings_at_once(panel: EffectsPanel, record: Record) -> None:
    chosen = record(panel.settings_chosen)
    slider(panel, "beauty", "smooth").setValue(40)

    assert chosen == [(Settings({"beauty": {"smooth": 40.0}}),)]
    assert panel.groups["beauty"].section.mark.isVisible()


def test_a_dragged_slider_does_not_flood_the_engine_and_the_last_value_arrives(
    qtbot: QtBot, panel: EffectsPanel, record: Record
) -> None:
    chosen = record(panel.settings_chosen)
    for value in range(1, 101):
        slider(panel, "beauty", "smooth").setValue(value)
    qtbot.waitUntil(lambda: chosen[-1] == (Settings({"beauty": {"smooth": 100.0}}),))

    assert len(chosen) < 20


def test_what_is_as_declared_is_not_kept(qtbot: QtBot, panel: EffectsPanel, record: Record) -> None:
    panel.show_settings(Settings({"beauty": {"smooth": 40.0}, "color": {"intensity": 50.0}}))
    chosen = record(panel.settings_chosen)
    slider(panel, "beauty", "smooth").setValue(0)
    panel.flush()
    assert chosen[-1] == (Settings({"color": {"intensity": 50.0}}),)
    slider(panel, "color", "intensity").setValue(80)
    panel.flush()

    assert chosen[-1] == (Settings(),)


def test_showing_settings_asks_for_nothing(panel: EffectsPanel, record: Record) -> None:
    chosen = record(panel.settings_chosen)
    panel.show_settings(Settings({"beauty": {"smooth": 40.0}, "color": {"look": "mono"}}))

    assert chosen == []
    assert slider(panel, "beauty", "smooth").value() == 40
    look = panel.groups["color"].form.fields["look"]
    assert isinstance(look, PicturesField)
    assert look.pictures.buttons["mono"].isChecked()


def test_settings_that_came_before_the_declarations_are_shown_with_them(qtbot: QtBot) -> None:
    panel = EffectsPanel()
    qtbot.addWidget(panel)
    panel.show_settings(Settings({"beauty": {"smooth": 40.0}}))
    panel.show_declarations(DECLARATIONS)

    assert slider(panel, "beauty", "smooth").value() == 40


def test_what_was_chosen_last_is_told_before_other_settings_are_shown(
    panel: EffectsPanel, record: Record
) -> None:
    chosen = record(panel.settings_chosen)
    slider(panel, "beauty", "smooth").setValue(40)
    slider(panel, "beauty", "smooth").setValue(41)
    panel.show_settings(Settings())

    assert chosen[-1] == (Settings({"beauty": {"smooth": 41.0}}),)
    assert slider(panel, "beauty", "smooth").value() == 0


def test_one_group_or_all_can_be_reset(panel: EffectsPanel, record: Record) -> None:
    panel.show_settings(Settings({"beauty": {"smooth": 40.0}, "color": {"look": "mono"}}))
    chosen = record(panel.settings_chosen)
    panel.groups["beauty"].section.reset_button.click()
    assert chosen[-1] == (Settings({"color": {"look": "mono"}}),)
    assert slider(panel, "beauty", "smooth").value() == 0
    panel.reset_button.click()
    panel.flush()

    assert chosen[-1] == (Settings(),)


def test_before_is_shown_while_the_button_is_held_also_by_the_keyboard(
    panel: EffectsPanel, record: Record
) -> None:
    told = record(panel.comparison_chosen)
    QTest.mousePress(panel.before_button, Qt.MouseButton.LeftButton)
    assert told == [(Comparison.BEFORE,)]
    QTest.mouseRelease(panel.before_button, Qt.MouseButton.LeftButton)
    assert told[1:] == [(Comparison.AFTER,)]
    QTest.keyPress(panel.before_button, Qt.Key.Key_Space)
    QTest.keyRelease(panel.before_button, Qt.Key.Key_Space)

    assert told[2:] == [(Comparison.BEFORE,), (Comparison.AFTER,)]


def test_the_split_view_stays_until_it_is_switched_off(panel: EffectsPanel, record: Record) -> None:
    told = record(panel.comparison_chosen)
    panel.toggle_split()
    QTest.mouseClick(panel.before_button, Qt.MouseButton.LeftButton)
    panel.toggle_split()

    assert [each for (each,) in told] == [
        Comparison.SPLIT,
        Comparison.BEFORE,
        Comparison.SPLIT,
        Comparison.AFTER,
    ]


def test_pictures_of_the_looks_are_asked_for_when_they_come_into_sight(
    panel: EffectsPanel, record: Record
) -> None:
    wanted = record(panel.looks_wanted)
    assert not panel.are_looks_seen
    panel.groups["color"].section.heading.click()

    assert wanted == [()]
    assert panel.are_looks_seen


def test_pictures_of_the_looks_are_shown_and_broken_ones_left_out(panel: EffectsPanel) -> None:
    red = QPixmap(56, 70)
    red.fill(QColor("red"))
    data = QBuffer()
    data.open(QBuffer.OpenModeFlag.WriteOnly)
    red.save(data, "PNG")
    panel.show_looks({"film": bytes(data.data().data()), "mono": b"no picture", "gone": b""})
    look = panel.groups["color"].form.fields["look"]
    assert isinstance(look, PicturesField)
    image = look.pictures.buttons["film"].icon().pixmap(56, 70).toImage()

    assert image.pixelColor(28, 35) == QColor("red")


def test_the_state_stands_at_each_effect_and_below_all(panel: EffectsPanel) -> None:
    panel.groups["background"].section.unfold()
    panel.show_state(
        EffectsState(
            is_on=True,
            costs_ms={"beauty": 3.0, "networks": 5.0},
            faults={"background": "expected a video, got shop.mp4"},
        )
    )

    assert panel.groups["beauty"].section.note.text() == "3.0 ms"
    assert panel.groups["color"].section.note.text() == ""
    assert panel.groups["background"].fault.isVisible()
    assert panel.status.costs.text().startswith("8.0 ms")


@pytest.mark.parametrize(
    ("picture", "text"),
    [
        (VideoSpec(VideoKind.CAMERA, "c"), "Effects of the camera"),
        (VideoSpec(VideoKind.MEDIA_FILE, "/films/shop.mp4"), "Effects of shop.mp4"),
    ],
)
def test_the_effects_panel_says_whose_effects_they_are(
    panel: EffectsPanel, picture: VideoSpec, text: str
) -> None:
    panel.show_source(picture)

    assert panel.source.text() == text


def test_presets_and_missing_networks_have_their_places(panel: EffectsPanel) -> None:
    panel.show_presets((PresetEntry("natural", "Natural"),), "natural")
    panel.show_offer(ModelOffer(OfferState.MISSING, 3, 4.2))

    assert panel.presets.buttons["natural"].isChecked()
    assert panel.banner.isVisible()


def test_everything_to_press_has_a_name_and_can_be_reached_by_the_keyboard(
    qtbot: QtBot, panel: EffectsPanel
) -> None:
    for group in panel.groups.values():
        group.section.unfold()
    panel.show_settings(Settings({"background": {"kind": "picture", "picture": "file"}}))
    kinds: tuple[Callable[[], list[QAbstractButton | QComboBox | QSlider]], ...] = (
        lambda: list(panel.findChildren(QAbstractButton)),
        lambda: list(panel.findChildren(QComboBox)),
        lambda: list(panel.findChildren(QSlider)),
    )
    controls = [
        each
        for kind in kinds
        for each in kind()
        if not each.objectName().startswith("qt_") and each.isVisible()
    ]
    assert len(controls) > 15
    assert [each for each in controls if not each.accessibleName()] == []
    assert [each for each in controls if isinstance(each, QAbstractButton) and not each.toolTip()] == []
    panel.activateWindow()
    panel.focus_first()
    qtbot.waitUntil(panel.groups["beauty"].section.heading.hasFocus)
    QTest.keyClick(panel.groups["beauty"].section.heading, Qt.Key.Key_Tab)
    assert slider(panel, "beauty", "smooth").hasFocus()


def test_a_group_unfolded_below_is_scrolled_into_view(qtbot: QtBot, panel: EffectsPanel) -> None:
    panel.resize(320, 260)
    section = panel.groups["color"].section
    section.unfold()

    qtbot.waitUntil(lambda: section.mapTo(panel.area.viewport(), section.rect().topLeft()).y() <= 0)


def test_what_is_wrong_with_a_choice_is_scrolled_into_view(qtbot: QtBot, panel: EffectsPanel) -> None:
    panel.resize(320, 260)
    group = panel.groups["color"]
    group.section.unfold()
    qtbot.waitUntil(lambda: panel.area.verticalScrollBar().value() > 0)
    panel.area.verticalScrollBar().setValue(panel.area.verticalScrollBar().maximum())
    panel.show_state(EffectsState(is_on=True, faults={"background": "another's fault"}))
    group.form.chosen.emit("look", "own")
    panel.show_state(EffectsState(is_on=True, faults={"color": "expected a .cube file"}))

    qtbot.waitUntil(lambda: not group.fault.visibleRegion().isEmpty())


def test_low_delay_stays_when_effects_are_moved_or_reset(panel: EffectsPanel, record: Record) -> None:
    chosen = record(panel.settings_chosen)
    panel.delay_button.click()
    slider(panel, "beauty", "smooth").setValue(40)
    panel.reset_button.click()
    panel.flush()

    assert chosen[0] == (Settings(timing=Timing.LOW_DELAY),)
    assert chosen[-1] == (Settings(timing=Timing.LOW_DELAY),)
    assert panel.delay_button.isChecked()
