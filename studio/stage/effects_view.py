"""Connects the engine's effects to their panel; each source has effects of its own."""

from collections.abc import Mapping
from typing import Final, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from effects.params import Declaration, Parameter, ParameterError, Settings, Value, Values
from studio.engine.messages import (
    Compare,
    Comparison,
    EffectsDeclared,
    EffectsMeasured,
    EngineCommand,
    EngineEvent,
    LooksRendered,
    ReloadModels,
    RenderLooks,
    SetEffects,
    SourceState,
    VideoSourceChanged,
    VideoSpec,
)
from studio.stage.model_view import ModelView
from studio.stage.preset_view import PresetView
from widgets.stage.effects import EffectsState
from widgets.stage.effects_panel import EffectsPanel

KEEP_AFTER_MS: Final = 800


class Engine(Protocol):
    """What is said to the engine."""

    def send(self, command: EngineCommand) -> None:
        """Tell the engine, and its successor after a crash."""


def source_key(spec: VideoSpec) -> str:
    """Return the name under which a source's effects are kept."""
    return f"{spec.kind.value}:{spec.target}" if spec.target else spec.kind.value


class EffectsView(QObject):
    """Sends the engine the effects of the source that is shown; a source without settings has none.

    Attributes:
        settled: emitted with the settings of all sources, by `source_key`, a moment after the last change.
    """

    settled = Signal(object)

    def __init__(self, engine: Engine, panel: EffectsPanel, presets: PresetView, models: ModelView) -> None:
        super().__init__(panel)
        self._engine = engine
        self._panel = panel
        self._presets = presets
        self._models = models
        self._spec: VideoSpec | None = None
        self._settings: dict[str, Settings] = {}
        self._declarations: dict[str, Declaration] = {}
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(KEEP_AFTER_MS)
        self._keeping.timeout.connect(self._save)
        panel.settings_chosen.connect(self._set)
        panel.comparison_chosen.connect(self._on_comparison_chosen)
        panel.looks_wanted.connect(self._render_looks)
        presets.chosen.connect(self._on_preset_chosen)
        models.fetched.connect(lambda: engine.send(ReloadModels()))

    def restore(self, settings: Mapping[str, Settings]) -> None:
        """Take what was kept of all sources, before one is shown."""
        self._settings = dict(settings)

    @property
    def settings(self) -> Settings:
        """What is set for the source that is shown."""
        return self._settings.get(source_key(self._spec), Settings()) if self._spec else Settings()

    # --- Out ---

    def select_source(self, spec: VideoSpec) -> None:
        """Tell the engine the effects of this source, which is about to be shown, and show them."""
        self._panel.flush()
        self._spec = spec
        self._panel.show_source(spec)
        self._panel.show_state(EffectsState())
        self._models.show_problems(())
        self._say()

    def _say(self) -> None:
        settings = fitting(self.settings, self._declarations)
        if self._spec is not None:
            self._engine.send(SetEffects(self._spec, settings))
        self._panel.show_settings(settings)
        self._presets.show_settings(settings)

    def _set(self, settings: Settings) -> None:
        """Make these the settings of the source that is shown; the panel shows them already."""
        if self._spec is not None:
            self._settings[source_key(self._spec)] = settings
            self._engine.send(SetEffects(self._spec, settings))
            self._keeping.start()
        self._presets.show_settings(settings)

    def _on_preset_chosen(self, settings: Settings) -> None:
        fitted = fitting(settings, self._declarations)
        self._panel.show_settings(fitted)
        self._set(fitted)

    def _on_comparison_chosen(self, comparison: Comparison) -> None:
        self._engine.send(Compare(comparison))

    def _render_looks(self) -> None:
        self._engine.send(RenderLooks())

    def _save(self) -> None:
        self.settled.emit({key: value for key, value in self._settings.items() if value != Settings()})

    def save_now(self) -> None:
        """Keep what has changed without waiting any longer: the studio is being closed."""
        if self._keeping.isActive():
            self._keeping.stop()
            self._save()

    # --- In ---

    def on_event(self, event: EngineEvent) -> None:
        """Show what the engine tells of effects."""
        match event:
            case EffectsDeclared(declarations=declarations):
                self._declarations = {each.name: each for each in declarations}
                self._panel.show_declarations(declarations)
                self._say()
            case EffectsMeasured() if event.spec == self._spec:
                self._panel.show_state(_state(event))
                self._models.show_problems(tuple(event.problems.values()))
            case LooksRendered() if event.spec == self._spec:
                self._panel.show_looks(event.pictures)
            case VideoSourceChanged(state=SourceState.RUNNING) if self._panel.are_looks_seen:
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
        still = {key: value for key, value in values.items() if _fits(declared.get(key), value)}
        if still:
            kept[name] = still
    return Settings(kept, settings.timing)


def _fits(parameter: Parameter | None, value: Value) -> bool:
    if parameter is None:
        return False
    try:
        Values((parameter,), {parameter.name: value})
    except ParameterError:
        return False
    return True


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
