"""Connects the engine's effects to their panel; each source has effects of its own."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from effects.params import Declaration, Settings, Value, fits
from studio.engine.messages.commands import Compare, EngineCommand, ReloadModels, RenderLooks
from studio.engine.messages.events import (
    EffectsDeclared,
    EffectsMeasured,
    EngineEvent,
    LooksRendered,
    VideoSourceChanged,
)
from studio.engine.messages.values import Comparison, SourceState
from studio.project import edits
from studio.project.choices import picture_source, spec_of
from studio.project.project import STILLS, Source
from studio.stage.model_view import ModelView
from studio.stage.preset_view import PresetView
from studio.stage.project_editor import ProjectEditor
from widgets.stage.effects import EffectsState
from widgets.stage.effects_panel import EffectsPanel


class EffectsView(QObject):
    """Shows and sets the effects of the source whose picture is shown; a source without settings has none."""

    def __init__(
        self,
        send: Callable[[EngineCommand], None],
        editor: ProjectEditor,
        panel: EffectsPanel,
        presets: PresetView,
        models: ModelView,
    ) -> None:
        super().__init__(panel)
        self._send = send
        self._editor = editor
        self._panel = panel
        self._presets = presets
        self._models = models
        self._source_id = ""
        self._chosen_id = ""
        self._shown = Settings()
        self._comparison = Comparison.AFTER
        self._declarations: dict[str, Declaration] = {}
        panel.settings_chosen.connect(self._set)
        panel.comparison_chosen.connect(self._on_comparison_chosen)
        panel.looks_wanted.connect(self._render_looks)
        presets.chosen.connect(self._on_preset_chosen)
        models.fetched.connect(lambda: send(ReloadModels()))
        editor.changed.connect(self._on_project_changed)
        self._on_project_changed()

    @property
    def settings(self) -> Settings:
        """What is set for the source that is shown."""
        source = self._editor.project.sources.get(self._source_id)
        return source.effects if source is not None else Settings()

    # --- Out ---

    def choose_source(self, source_id: str) -> None:
        """Show the effects of this source from now on, while it is in the scene on air."""
        self._chosen_id = source_id
        self._on_project_changed()

    def _source(self) -> Source | None:
        """The source that was chosen, if it is on air and has effects; else the topmost picture's."""
        project = self._editor.project
        here = {item.source_id for item in project.program.items}
        chosen = project.sources.get(self._chosen_id) if self._chosen_id in here else None
        return chosen if chosen is not None and chosen.kind not in STILLS else picture_source(project)

    def _on_project_changed(self) -> None:
        source = self._source()
        if source is not None and source.id != self._source_id:
            self._panel.flush()  # what still moves belongs to the source before
            self._source_id = source.id
            self._show_source(source)
        elif self.settings != self._shown:
            self._show_settings()

    def _show_source(self, source: Source) -> None:
        self._panel.show_source(spec_of(source))
        self._panel.show_state(EffectsState())
        self._models.show_problems(())
        self._show_settings()
        if self._comparison is not Comparison.AFTER:
            self._send(Compare(self._source_id, self._comparison))

    def _show_settings(self) -> None:
        self._shown = self.settings
        self._panel.show_settings(self._shown)
        self._presets.show_settings(self._shown)

    def _set(self, settings: Settings) -> None:
        """Make these the settings of the source that is shown; the panel shows them already."""
        self._shown = settings
        project = self._editor.project
        if self._source_id in project.sources:
            self._editor.edit(
                edits.set_effects(project, self._source_id, settings), f"effects of {self._source_id}"
            )
        self._presets.show_settings(settings)

    def _fit_all(self) -> None:
        """Take out of what was saved what no filter declares any more."""
        project = self._editor.project
        for source in project.sources.values():
            project = edits.set_effects(project, source.id, fitting(source.effects, self._declarations))
        self._editor.replace(project)

    def _on_preset_chosen(self, settings: Settings) -> None:
        fitted = fitting(settings, self._declarations)
        self._panel.show_settings(fitted)
        self._set(fitted)

    def _on_comparison_chosen(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._send(Compare(self._source_id, comparison))

    def _render_looks(self) -> None:
        self._send(RenderLooks(self._source_id))

    # --- In ---

    def on_event(self, event: EngineEvent) -> None:
        """Show what the engine tells of effects."""
        match event:
            case EffectsDeclared(declarations=declarations):
                self._declarations = {each.name: each for each in declarations}
                self._panel.show_declarations(declarations)
                self._fit_all()
                self._show_settings()
            case EffectsMeasured() if event.source_id == self._source_id:
                self._panel.show_state(_state(event))
                self._models.show_problems(tuple(event.problems.values()))
            case LooksRendered() if event.source_id == self._source_id:
                self._panel.show_looks(event.pictures)
            case VideoSourceChanged(state=SourceState.RUNNING) if self._panel.are_looks_seen:
                if event.source_id == self._source_id:
                    self._render_looks()
            case _:
                pass


def fitting(settings: Settings, declarations: Mapping[str, Declaration]) -> Settings:
    """Return what of kept settings there still is: a filter may have changed since they were kept.

    Args:
        settings: as they were kept.
        declarations: of all filters, by name; empty while they are not known.
    """
    if not declarations:
        return settings
    kept: dict[str, dict[str, Value]] = {}
    for name, values in settings.filters.items():
        declaration = declarations.get(name)
        declared = {each.name: each for each in declaration.parameters} if declaration else {}
        still = {
            key: value for key, value in values.items() if key in declared and fits(declared[key], value)
        }
        if still:
            kept[name] = still
    return Settings(kept, settings.timing)


def _state(event: EffectsMeasured) -> EffectsState:
    return EffectsState(
        is_on=bool(event.step_name),
        step=event.step,
        step_name=event.step_name,
        strain=event.strain,
        costs_ms=event.costs_ms,
        dropped=event.dropped,
        faults={**event.rejections, **event.failures},
    )
