"""The views of the stage put together: the project, its file, and what shows and changes it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from effects.models.registry import Registry
from studio.engine.messages.commands import EngineCommand, SetProject
from studio.engine.messages.events import EngineEvent
from studio.live.stats import StatsCollector
from studio.project.choices import demo_of
from studio.project.project import Canvas, Project
from studio.project.store import ProjectFileError, ProjectStore
from studio.settings import SavedSettings
from studio.stage.demo_fallback import DemoFallback
from studio.stage.effects_view import EffectsView
from studio.stage.engine_view import EngineView
from studio.stage.model_download import ModelDownload
from studio.stage.model_view import ModelView
from studio.stage.preset_view import PresetView
from studio.stage.project_editor import ProjectEditor
from studio.stage.project_saver import ProjectSaver, file_problem, load
from studio.stage.scenes_view import ScenesView
from studio.stage.sound_view import SoundView
from studio.stage.strips_view import StripsView
from studio.window.main_window import MainWindow
from widgets.live.toasts import Tone


class StageViews(QObject):
    """What the host shows and hears, in one window.

    Args:
        send: takes commands for the engine.
        window: has the panels.
        settings: whether the host has chosen a source is kept there.
        folder: the data folder, with the project and the presets.
        stats: hears of the engine too.
        is_on_air: whether viewers watch.
    """

    def __init__(
        self,
        send: Callable[[EngineCommand], None],
        window: MainWindow,
        settings: SavedSettings,
        folder: Path,
        *,
        models: Registry,
        stats: StatsCollector,
        is_on_air: Callable[[], bool],
        has_demo: bool,
    ) -> None:
        super().__init__(window)
        self._send = send
        self._window = window
        self._stats = stats
        store = ProjectStore(folder)
        project, problem = load(store)
        self.editor = ProjectEditor(demo_of(project) if has_demo else project, self)
        self.engine_view = EngineView(self.editor, window, stats)
        self._sound_view = SoundView(self.editor, window)
        self._strips_view = StripsView(self.editor, window)
        self._demo_fallback = DemoFallback(
            self.editor,
            is_wanted=lambda: not (has_demo or settings.now.has_chosen_source),
            is_on_air=is_on_air,
        )
        self._presets = PresetView(window.effects.presets, folder)
        model_view = ModelView(window.effects.banner, models, ModelDownload(models))
        self._effects_view = EffectsView(send, self.editor, window.effects, self._presets, model_view)
        self._scenes_view = ScenesView(self.editor, window.scenes)
        self._saver = ProjectSaver(self.editor, store)
        if not has_demo:
            self.editor.changed.connect(self._saver.save_soon)
        self._connect(settings)
        self._show_canvas(self.editor.project.canvas)
        if problem is not None:
            self._show_problem(problem)

    def _connect(self, settings: SavedSettings) -> None:
        self.editor.changed.connect(self._on_project_changed)
        self._saver.failed.connect(self._show_problem)
        self._presets.failed.connect(lambda text: self._window.toasts.show_toast(text, Tone.BAD))
        self.engine_view.source_chosen.connect(lambda: settings.change(has_chosen_source=True))
        self._scenes_view.edited.connect(lambda: self._note_choice(settings))
        self._strips_view.sound_added.connect(lambda: self._note_choice(settings))
        self._window.scenes.source_chosen.connect(self._effects_view.choose_source)

    def _note_choice(self, settings: SavedSettings) -> None:
        if not settings.now.has_chosen_source:
            settings.change(has_chosen_source=True)

    def start(self) -> None:
        """Tell the engine, which was just started, what to show."""
        self._send(SetProject(self.editor.project))

    def retranslate(self) -> None:
        """Set every text again, in another language."""
        self.engine_view.retranslate()
        self._strips_view.retranslate()

    def save_now(self) -> None:
        """Save what waits: the studio is being closed."""
        self._saver.save_now()

    def on_event(self, event: EngineEvent) -> None:
        """Hear what the engine reports."""
        self.engine_view.on_event(event)
        self._sound_view.on_event(event)
        self._strips_view.on_event(event)
        self._demo_fallback.on_event(event)
        self._effects_view.on_event(event)
        self._scenes_view.on_event(event)

    def _on_project_changed(self, project: Project) -> None:
        self._send(SetProject(project))
        self._show_canvas(project.canvas)

    def _show_canvas(self, canvas: Canvas) -> None:
        self._window.preview.set_canvas(canvas.width, canvas.height)
        self._stats.set_target_fps(canvas.fps)

    def _show_problem(self, error: ProjectFileError) -> None:
        self._window.toasts.show_toast(file_problem(error), Tone.BAD)
