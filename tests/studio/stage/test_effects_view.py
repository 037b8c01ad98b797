import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QColor, QPixmap
from pytestqt.qtbot import QtBot

from effects.models.registry import Registry
from effects.params import Settings, Slider, Timing, Value
from studio.engine.messages import (
    Compare,
    Comparison,
    EffectsDeclared,
    EffectsMeasured,
    LooksRendered,
    ReloadModels,
    RenderLooks,
    SetEffects,
    SourceState,
    Strain,
    VideoKind,
    VideoSourceChanged,
    VideoSpec,
)
from studio.stage.effects_view import EffectsView, fitting, source_key
from studio.stage.model_download import ModelDownload
from studio.stage.model_view import ModelView
from studio.stage.preset_view import PresetView
from tests.studio.fakes import FakeEngine
from tests.widgets.parameters import DECLARATIONS
from widgets.common.parameter_fields import PicturesField, SliderField
from widgets.stage.effects_panel import EffectsPanel

ROOT = Path(__file__).parents[3]
CAMERA, DEMO = VideoSpec(VideoKind.CAMERA, "front"), VideoSpec(VideoKind.DEMO)
SMOOTH = Settings({"beauty": {"smooth": 40.0}})


class Desk:
    """The view with its panel, over an engine that only remembers."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.engine = FakeEngine()
        self.panel = EffectsPanel()
        qtbot.addWidget(self.panel)
        models = Registry.read(folder / "models")
        self.models = ModelView(self.panel.banner, models, ModelDownload(models))
        self.presets = PresetView(self.panel.presets, folder)
        self.view = EffectsView(self.engine, self.panel, self.presets, self.models)
        self.kept: list[dict[str, Settings]] = []
        self.view.settled.connect(self.kept.append)
        self.view.on_event(EffectsDeclared(declarations=DECLARATIONS))

    def slide(self, name: str, parameter: str, value: int) -> None:
        field = self.panel.groups[name].form.fields[parameter]
        assert isinstance(field, SliderField)
        field.slider.setValue(value)

    @property
    def said(self) -> SetEffects:
        """The settings said last."""
        return next(each for each in reversed(self.engine.commands) if isinstance(each, SetEffects))


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Desk:
    return Desk(qtbot, tmp_path)


def test_a_source_has_no_effects_until_some_are_set(desk: Desk) -> None:
    desk.view.select_source(DEMO)

    assert desk.said == SetEffects(DEMO, Settings())
    assert desk.panel.source.text() == "Effects of the demo portrait"


def test_every_source_keeps_its_own(desk: Desk) -> None:
    desk.view.restore({source_key(CAMERA): SMOOTH})
    desk.view.select_source(CAMERA)
    assert desk.said == SetEffects(CAMERA, SMOOTH)
    desk.view.select_source(DEMO)
    desk.slide("beauty", "whiten", 30)
    desk.view.select_source(CAMERA)
    assert desk.said == SetEffects(CAMERA, SMOOTH)
    desk.view.select_source(DEMO)

    assert desk.said == SetEffects(DEMO, Settings({"beauty": {"whiten": 30.0}}))


def test_a_slider_still_moving_belongs_to_the_source_before(desk: Desk) -> None:
    desk.view.select_source(CAMERA)
    desk.slide("beauty", "smooth", 10)
    desk.slide("beauty", "smooth", 40)
    desk.view.select_source(DEMO)

    assert SetEffects(CAMERA, SMOOTH) in desk.engine.commands
    assert desk.said == SetEffects(DEMO, Settings())


def test_settings_are_kept_once_they_rest(qtbot: QtBot, desk: Desk) -> None:
    desk.view.select_source(DEMO)
    for value in (10, 20, 40):
        desk.slide("beauty", "smooth", value)
    assert desk.kept == []
    qtbot.waitUntil(lambda: bool(desk.kept))

    assert desk.kept == [{"demo": SMOOTH}]


def test_closing_keeps_what_has_not_rested_yet(desk: Desk) -> None:
    desk.view.select_source(CAMERA)
    desk.view.save_now()
    assert desk.kept == []
    desk.slide("beauty", "smooth", 40)
    desk.view.save_now()

    assert desk.kept == [{"camera:front": SMOOTH}]


def test_a_preset_is_set_shown_and_kept(qtbot: QtBot, desk: Desk) -> None:
    desk.view.select_source(DEMO)
    desk.panel.presets.buttons["natural"].click()
    expected: dict[str, dict[str, Value]] = {
        "beauty": {"smooth": 40.0, "whiten": 15.0},
        "color": {"intensity": 60.0},
    }

    assert desk.said == SetEffects(DEMO, Settings(expected))  # of what these filters declare
    qtbot.waitUntil(lambda: desk.kept == [{"demo": Settings(expected)}])


def test_kept_settings_that_are_declared_no_more_are_left_out() -> None:
    declared = {each.name: each for each in DECLARATIONS}
    kept = Settings(
        {
            "beauty": {"smooth": 40.0, "of_yesterday": 1.0},
            "color": {"look": "a look of yesterday", "intensity": "much"},
            "gone": {"x": True},
        }
    )

    assert fitting(kept, declared) == SMOOTH
    assert fitting(kept, {}) == kept
    assert isinstance(DECLARATIONS[2].parameters[0], Slider)


def test_comparing_looks_and_fetched_networks_are_told_to_the_engine(desk: Desk) -> None:
    desk.view.select_source(DEMO)
    desk.panel.split_button.click()
    desk.panel.groups["color"].section.unfold()
    desk.models.fetched.emit()

    assert desk.engine.commands[-3:] == [Compare(Comparison.SPLIT), RenderLooks(), ReloadModels()]


def test_looks_in_sight_are_drawn_anew_when_the_source_runs(desk: Desk) -> None:
    desk.view.select_source(DEMO)
    running = VideoSourceChanged(spec=DEMO, state=SourceState.RUNNING)
    desk.view.on_event(running)
    assert RenderLooks() not in desk.engine.commands
    desk.panel.groups["color"].section.unfold()
    desk.engine.commands.clear()
    desk.view.on_event(running)

    assert desk.engine.commands == [RenderLooks()]


def test_the_panel_shows_what_is_measured_of_the_source_that_is_shown(desk: Desk) -> None:
    desk.view.select_source(DEMO)
    measured = EffectsMeasured(
        spec=DEMO,
        step=2,
        step_name="coarse mask",
        strain=Strain(41.0, 33.3, "beauty", 20.0),
        costs_ms={"beauty": 20.0},
        failures={"beauty": "it broke"},
    )
    desk.view.on_event(EffectsMeasured(spec=CAMERA, step=4, step_name="24 frames"))
    assert desk.panel.status.isHidden()
    desk.view.on_event(measured)

    assert desk.panel.status.step.text().startswith("● Step 2: coarse mask")
    assert desk.panel.groups["beauty"].fault.text() == "it broke"
    desk.view.select_source(CAMERA)
    assert desk.panel.status.isHidden()


def test_missing_networks_are_offered_at_once(desk: Desk) -> None:
    assert not desk.panel.banner.isHidden()
    assert not desk.panel.banner.button.isHidden()


def test_pictures_of_another_source_are_not_shown(desk: Desk) -> None:
    red = QPixmap(56, 70)
    red.fill(QColor("red"))
    data = QBuffer()
    data.open(QBuffer.OpenModeFlag.WriteOnly)
    red.save(data, "PNG")
    pictures = {"film": bytes(data.data().data())}

    def color() -> QColor:
        look = desk.panel.groups["color"].form.fields["look"]
        assert isinstance(look, PicturesField)
        return look.pictures.buttons["film"].icon().pixmap(56, 70).toImage().pixelColor(28, 35)

    desk.view.select_source(DEMO)
    desk.view.on_event(LooksRendered(spec=CAMERA, pictures=pictures))
    assert color() != QColor("red")
    desk.view.on_event(LooksRendered(spec=DEMO, pictures=pictures))
    assert color() == QColor("red")


def test_a_new_engine_is_told_the_effects_of_the_source_again(desk: Desk) -> None:
    desk.view.select_source(DEMO)
    desk.slide("beauty", "smooth", 40)
    desk.engine.commands.clear()
    desk.view.on_event(EffectsDeclared(declarations=DECLARATIONS))

    assert desk.engine.commands == [SetEffects(DEMO, SMOOTH)]


@pytest.mark.parametrize(
    ("module", "banned"),
    [
        ("studio.app", "cv2 av mediapipe ai_edge_litert"),
        ("studio.studio", "cv2 av mediapipe ai_edge_litert"),
        ("studio.engine.process", "mediapipe ai_edge_litert"),
    ],
)
def test_networks_are_loaded_by_the_engine_alone_and_only_when_an_effect_needs_them(
    module: str, banned: str
) -> None:
    first = (
        "av, " if module.startswith("studio.engine") else ""
    )  # before OpenCV (see studio/engine/launch.py)
    code = f"import {first}sys, {module}; print(sorted(set('{banned}'.split()) & sys.modules.keys()))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "[]"


def test_low_delay_belongs_to_its_source_and_is_told_and_kept_even_without_an_effect(desk: Desk) -> None:
    desk.view.select_source(CAMERA)
    desk.panel.delay_button.click()
    desk.view.select_source(DEMO)
    assert not desk.panel.delay_button.isChecked()
    desk.view.save_now()

    assert SetEffects(CAMERA, Settings(timing=Timing.LOW_DELAY)) in desk.engine.commands
    assert desk.said == SetEffects(DEMO, Settings())
    assert desk.kept == [{source_key(CAMERA): Settings(timing=Timing.LOW_DELAY)}]
    assert fitting(desk.kept[0][source_key(CAMERA)], {"none": DECLARATIONS[0]}).timing is Timing.LOW_DELAY
    desk.view.select_source(CAMERA)
    assert desk.panel.delay_button.isChecked()
