import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QColor, QPixmap
from pytestqt.qtbot import QtBot

from effects.models.registry import Registry
from effects.params import Settings, Slider, Timing, Value
from studio.engine.messages.commands import Compare, ReloadModels, RenderLooks
from studio.engine.messages.events import EffectsDeclared, EffectsMeasured, LooksRendered, VideoSourceChanged
from studio.engine.messages.values import Comparison, SourceState, Strain
from studio.project import edits
from studio.project.choices import VideoKind, VideoSpec, choose_picture, first_project
from studio.project.project import Source, SourceKind
from studio.stage.effects_view import EffectsView, fitting
from studio.stage.model_download import ModelDownload
from studio.stage.model_view import ModelView
from studio.stage.preset_view import PresetView
from studio.stage.project_editor import ProjectEditor
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
        self.editor = ProjectEditor(first_project())
        self.view = EffectsView(self.engine.send, self.editor, self.panel, self.presets, self.models)
        self.view.on_event(EffectsDeclared(declarations=DECLARATIONS))

    def slide(self, name: str, parameter: str, value: int) -> None:
        field = self.panel.groups[name].form.fields[parameter]
        assert isinstance(field, SliderField)
        field.slider.setValue(value)

    def show(self, spec: VideoSpec) -> str:
        """Show this picture; return its source's id."""
        self.editor.edit(choose_picture(self.editor.project, spec))
        return self.editor.project.program.items[0].source_id

    def effects(self, spec: VideoSpec) -> Settings:
        """What the project says of this picture."""
        sources = self.editor.project.sources.values()
        return next(each.effects for each in sources if each.kind.value == spec.kind.value)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Desk:
    return Desk(qtbot, tmp_path)


def test_a_source_has_no_effects_until_some_are_set(desk: Desk) -> None:
    desk.show(DEMO)

    assert desk.effects(DEMO) == Settings()
    assert desk.panel.source.text() == "Effects of the demo portrait"


def test_every_source_keeps_its_own(desk: Desk) -> None:
    desk.show(CAMERA)
    desk.slide("beauty", "smooth", 40)
    desk.show(DEMO)
    assert desk.view.settings == Settings()
    desk.slide("beauty", "whiten", 30)
    desk.show(CAMERA)

    assert desk.view.settings == desk.effects(CAMERA) == SMOOTH
    assert desk.effects(DEMO) == Settings({"beauty": {"whiten": 30.0}})


def test_a_slider_still_moving_belongs_to_the_source_before(desk: Desk) -> None:
    desk.show(CAMERA)
    desk.slide("beauty", "smooth", 10)
    desk.slide("beauty", "smooth", 40)
    desk.show(DEMO)

    assert desk.effects(CAMERA) == SMOOTH
    assert desk.effects(DEMO) == Settings()


def test_a_slider_that_moved_is_one_step_back(desk: Desk, qtbot: QtBot) -> None:
    desk.show(DEMO)
    for value in (10, 20, 40):
        desk.slide("beauty", "smooth", value)
    qtbot.waitUntil(lambda: desk.effects(DEMO) == SMOOTH)
    desk.editor.undo()

    assert desk.effects(DEMO) == Settings()
    field = desk.panel.groups["beauty"].form.fields["smooth"]
    assert isinstance(field, SliderField)
    assert field.slider.value() == 0


def test_a_preset_is_set_and_shown(desk: Desk) -> None:
    desk.show(DEMO)
    desk.panel.presets.buttons["natural"].click()
    expected: dict[str, dict[str, Value]] = {
        "beauty": {"smooth": 40.0, "whiten": 15.0},
        "color": {"intensity": 60.0},
    }

    assert desk.effects(DEMO) == Settings(expected)  # of what these filters declare


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
    demo = desk.show(DEMO)
    desk.panel.split_button.click()
    desk.panel.groups["color"].section.unfold()
    desk.models.fetched.emit()

    assert desk.engine.commands[-3:] == [Compare(demo, Comparison.SPLIT), RenderLooks(demo), ReloadModels()]


def test_looks_in_sight_are_drawn_anew_when_the_source_runs(desk: Desk) -> None:
    demo = desk.show(DEMO)
    running = VideoSourceChanged(demo, state=SourceState.RUNNING)
    desk.view.on_event(running)
    assert RenderLooks(demo) not in desk.engine.commands
    desk.panel.groups["color"].section.unfold()
    desk.engine.commands.clear()
    desk.view.on_event(running)

    desk.view.on_event(VideoSourceChanged("another", state=SourceState.RUNNING))
    assert desk.engine.commands == [RenderLooks(demo)]


def test_the_panel_shows_what_is_measured_of_the_source_that_is_shown(desk: Desk) -> None:
    measured = EffectsMeasured(
        desk.show(DEMO),
        step=2,
        step_name="coarse mask",
        strain=Strain(41.0, 33.3, "beauty", 20.0),
        costs_ms={"beauty": 20.0},
        failures={"beauty": "it broke"},
    )
    desk.view.on_event(EffectsMeasured("another", step=4, step_name="24 frames"))
    assert desk.panel.status.isHidden()
    desk.view.on_event(measured)

    assert desk.panel.status.step.text().startswith("● Step 2: coarse mask")
    assert desk.panel.groups["beauty"].fault.text() == "it broke"
    desk.show(CAMERA)
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

    demo = desk.show(DEMO)
    desk.view.on_event(LooksRendered("another", pictures=pictures))
    assert color() != QColor("red")
    desk.view.on_event(LooksRendered(demo, pictures=pictures))
    assert color() == QColor("red")


def test_what_is_compared_follows_the_source(desk: Desk) -> None:
    desk.show(DEMO)
    desk.panel.split_button.click()
    camera = desk.show(CAMERA)

    assert desk.engine.commands[-1] == Compare(camera, Comparison.SPLIT)


def test_saved_effects_that_no_filter_declares_any_more_are_taken_out(desk: Desk) -> None:
    desk.show(DEMO)
    project = desk.editor.project
    demo = project.program.items[0].source_id
    old = Settings({**SMOOTH.filters, "gone": {"x": True}})
    desk.editor.replace(edits.set_effects(project, demo, old))
    desk.view.on_event(EffectsDeclared(declarations=DECLARATIONS))

    assert desk.effects(DEMO) == desk.view.settings == SMOOTH


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


def test_low_delay_belongs_to_its_source_even_without_an_effect(desk: Desk) -> None:
    low_delay = Settings(timing=Timing.LOW_DELAY)
    desk.show(CAMERA)
    desk.panel.delay_button.click()
    desk.show(DEMO)
    assert not desk.panel.delay_button.isChecked()

    assert (desk.effects(CAMERA), desk.effects(DEMO)) == (low_delay, Settings())
    assert fitting(low_delay, {"none": DECLARATIONS[0]}).timing is Timing.LOW_DELAY
    desk.show(CAMERA)
    assert desk.panel.delay_button.isChecked()


def test_the_effects_shown_are_those_of_the_item_that_is_selected(desk: Desk) -> None:
    camera = desk.show(CAMERA)
    project = edits.add_source(desk.editor.project, Source("demo", SourceKind.DEMO, effects=SMOOTH))
    project = edits.add_source(project, Source("title", SourceKind.TEXT))
    for source_id in ("demo", "title"):
        project = edits.add_item(project, project.program_id, source_id)
    desk.editor.edit(project)
    assert desk.view.settings == SMOOTH
    desk.view.choose_source(camera)
    assert desk.view.settings == Settings()
    desk.view.choose_source("title")  # it has none, so the topmost picture's are shown
    assert desk.view.settings == SMOOTH
    desk.view.choose_source(camera)
    desk.editor.edit(edits.remove_item(project, project.program.items[0].id))
    assert desk.view.settings == SMOOTH
