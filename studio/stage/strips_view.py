"""Connects the mixer's further strips to the project and the engine."""

from PySide6.QtCore import QObject, Signal

from studio.engine.messages.events import (
    AudioSourceChanged,
    DevicesChanged,
    EngineEvent,
    MeterMeasured,
)
from studio.engine.messages.values import Device, SourceState
from studio.project import edits
from studio.project.choices import AudioSpec, add_sound, target_of
from studio.project.project import Project, Source, SourceKind, Strip
from studio.stage import stage_texts
from studio.stage.project_editor import ProjectEditor
from studio.window.main_window import MainWindow
from widgets.common.meters import Level
from widgets.live.toasts import Offer
from widgets.stage.mixer_strip import ShownStrip
from widgets.stage.scene_texts import source_name

_WELL = frozenset({SourceState.OPENING, SourceState.RUNNING})


class StripsView(QObject):
    """Between editor, engine and the strips below the main one.

    Attributes:
        sound_added: the host let a sound in.
    """

    sound_added = Signal()

    def __init__(self, editor: ProjectEditor, window: MainWindow) -> None:
        super().__init__(window)
        self._editor = editor
        self._window = window
        self._strips = window.mixer.strips
        self._microphones: list[Device] = []
        self._problems: dict[str, str] = {}
        self._strips.sound_wanted.connect(self._add)
        self._strips.gain_chosen.connect(self._set_gain)
        self._strips.mute_chosen.connect(lambda each: editor.edit(edits.mute(editor.project, each)))
        self._strips.unmute_chosen.connect(lambda each: editor.edit(edits.unmute(editor.project, each)))
        self._strips.removal_wanted.connect(self._remove)
        editor.changed.connect(self._show)
        self._show(editor.project)

    def on_event(self, event: EngineEvent) -> None:
        """Show levels, and which sounds are not well."""
        match event:
            case MeterMeasured():
                level = Level(event.peak_db, event.rms_db, event.unheard_db)
                self._strips.show_level(event.strip_id, level)
            case DevicesChanged(devices=devices):
                self._microphones = devices.microphones
                self._strips.show_microphones(devices.microphones)
                self._show(self._editor.project)
            case AudioSourceChanged():
                self._note(event)
            case _:
                pass

    def retranslate(self) -> None:
        """Name the strips anew, in another language."""
        self._show(self._editor.project)

    def _note(self, event: AudioSourceChanged) -> None:
        before = self._problems.pop(event.source_id, "")
        is_well = event.state in _WELL
        now = "" if is_well else stage_texts.source_problem(event.code, event.detail)
        if now:
            self._problems[event.source_id] = now
        if now != before:
            self._show(self._editor.project)

    def _show(self, project: Project) -> None:
        self._strips.show_strips([self._shown(project, strip) for strip in project.strips[1:]])

    def _shown(self, project: Project, strip: Strip) -> ShownStrip:
        source = project.sources.get(strip.source_id)
        name = self.tr("No sound") if source is None else self._name(source)
        return ShownStrip(strip, name, self._problems.get(strip.source_id, ""))

    def _name(self, source: Source) -> str:
        names = {
            SourceKind.MICROPHONE: self.tr("Microphone"),
            SourceKind.DEMO_MUSIC: self.tr("Demo music"),
            SourceKind.TEST_TONE: self.tr("Test tone"),
        }
        if source.name or source.kind not in names:
            return source_name(source)
        target = target_of(source)
        device = next((one.name for one in self._microphones if one.device_id == target), "")
        return device if target and device else names[source.kind]

    def _add(self, spec: AudioSpec) -> None:
        project = add_sound(self._editor.project, spec)
        if project == self._editor.project:
            self._window.toasts.show_toast(self.tr("This sounds already, or there is no media file on air."))
            return
        self._editor.edit(project)
        self.sound_added.emit()

    def _set_gain(self, strip_id: str, gain_db: float) -> None:
        project = edits.set_gain(self._editor.project, strip_id, gain_db)
        self._editor.edit(project, f"gain of {strip_id}")

    def _remove(self, strip_id: str) -> None:
        self._editor.edit(edits.remove_strip(self._editor.project, strip_id))
        offer = Offer(self.tr("Undo"), self._editor.undo)
        self._window.toasts.show_toast(self.tr("The sound is off the mixer."), offer=offer)
