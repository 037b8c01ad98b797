"""Connects the engine to the window's panels: states and figures in, the host's choices out."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from studio.engine.messages.events import (
    AudioSourceChanged,
    DevicesChanged,
    EngineEvent,
    EngineReady,
    MeterMeasured,
    PublishChanged,
    StatsMeasured,
    VideoSourceChanged,
)
from studio.engine.messages.values import Devices, PublishState, SourceState
from studio.live import live_texts
from studio.live.stats import StatsCollector
from studio.project import edits
from studio.project.choices import (
    AudioKind,
    AudioSpec,
    VideoSpec,
    choose_picture,
    choose_sound,
    picture_of,
    picture_source,
    sound_of,
)
from studio.project.project import Strip
from studio.stage import stage_texts
from studio.stage.project_editor import ProjectEditor
from studio.window.main_window import MainWindow
from widgets.common.meters import Level
from widgets.live.alarms import Action, Alarm
from widgets.live.toasts import Tone
from widgets.stage.sources import Health

HEALTH: Final = {
    SourceState.OPENING: Health.OPENING,
    SourceState.RUNNING: Health.RUNNING,
    SourceState.STALLED: Health.TROUBLED,
    SourceState.FROZEN: Health.TROUBLED,
    SourceState.BLACK: Health.TROUBLED,
    SourceState.FAILED: Health.FAILED,
}
TAKEN_OVER: Final = "taken_over"
WELL: Final = frozenset({Health.OPENING, Health.RUNNING})


class EngineView(QObject):
    """Between the engine, the project and the panels for sources, mixer, stats and alarms.

    Attributes:
        source_chosen: the host chose a picture or a sound.
        publish_again_wanted: the host wants to try once more after the relay refused.
        take_back_wanted, leave_wanted: another publisher took over, and the host wants the room back, or not.
    """

    source_chosen = Signal()
    publish_again_wanted = Signal()
    take_back_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, editor: ProjectEditor, window: MainWindow, stats: StatsCollector) -> None:
        super().__init__(window)
        self._editor = editor
        self._window = window
        self._stats = stats
        self._offer = Devices()
        self._picture: VideoSpec | None = None
        self._sound: AudioSpec | None = None
        self._gain_db: float | None = None
        self._last: dict[type, VideoSourceChanged | AudioSourceChanged | PublishChanged] = {}
        self._crash: tuple[int, float] | None = None
        window.sources.picture_chosen.connect(self._on_picture_chosen)
        window.sources.sound_chosen.connect(self._on_sound_chosen)
        window.mixer.gain_chosen.connect(self._on_gain_chosen)
        window.mixer.mute_chosen.connect(self.mute)
        window.mixer.unmute_chosen.connect(self.unmute)
        window.alarms.action_chosen.connect(self._on_action)
        editor.changed.connect(self._show_project)
        self._show_project()

    @property
    def offer(self) -> Devices:
        """The devices that can be opened now."""
        return self._offer

    # --- Out ---

    def select_video(self, spec: VideoSpec) -> None:
        """Show this source from now on."""
        self._editor.edit(choose_picture(self._editor.project, spec))

    def select_audio(self, spec: AudioSpec) -> None:
        """Hear this source from now on."""
        self._editor.edit(choose_sound(self._editor.project, spec))

    def mute(self) -> None:
        """Silence the microphone."""
        self._editor.edit(edits.mute(self._editor.project, self._strip.id))

    def unmute(self) -> None:
        """Let the microphone sound again."""
        self._editor.edit(edits.unmute(self._editor.project, self._strip.id))

    @property
    def _strip(self) -> Strip:
        """The strip that the mixer shows."""
        return self._editor.project.strips[0]

    def _on_picture_chosen(self, spec: VideoSpec) -> None:
        self.select_video(spec)
        self.source_chosen.emit()

    def _on_sound_chosen(self, spec: AudioSpec) -> None:
        self.select_audio(spec)
        self.source_chosen.emit()

    def _on_gain_chosen(self, gain_db: float) -> None:
        self._gain_db = gain_db  # the fader stands there already, or has moved on
        strip_id = self._strip.id
        self._editor.edit(edits.set_gain(self._editor.project, strip_id, gain_db), f"gain of {strip_id}")

    def _on_action(self, key: str, action_id: str) -> None:
        if key != "publish":
            return
        match action_id:
            case "again":
                self.publish_again_wanted.emit()
            case "take_back":
                self.take_back_wanted.emit()
            case "leave":
                self.leave_wanted.emit()

    # --- In ---

    def _show_project(self) -> None:
        project, window = self._editor.project, self._window
        picture, sound = picture_of(project), sound_of(project)
        if picture is not None and picture != self._picture:
            window.sources.show_picture(picture, Health.OPENING)
        if sound != self._sound:
            self._forget_sound()
            is_silent = sound.kind is AudioKind.NONE
            window.sources.show_sound(sound, Health.RUNNING if is_silent else Health.OPENING)
            window.mixer.show_kind(sound.kind)
        self._picture, self._sound = picture, sound
        if self._strip.gain_db != self._gain_db:
            self._gain_db = self._strip.gain_db
            window.mixer.show_gain(self._gain_db)
        if self._strip.is_muted:
            window.mixer.show_muted()
        else:
            window.mixer.show_unmuted()

    def _forget_sound(self) -> None:
        """The sound that an alarm may have been of is not heard any more."""
        self._last.pop(AudioSourceChanged, None)
        self._window.alarms.clear_alarm("audio")

    def on_event(self, event: EngineEvent) -> None:
        """Show what the engine reports."""
        match event:
            case MeterMeasured() if event.strip_id == self._strip.id:
                self._window.mixer.show_level(Level(event.peak_db, event.rms_db, event.unheard_db))
            case StatsMeasured():
                self._stats.on_engine(event)
            case DevicesChanged(devices=devices):
                self._offer = devices
                self._window.sources.show_offer(self._offer)
            case VideoSourceChanged() | AudioSourceChanged() if self._is_shown(event):
                self._last[type(event)] = event
                self._show_source(event)
            case PublishChanged():
                self._last[PublishChanged] = event
                self._stats.on_engine(event)
                self._show_publish(event)
            case EngineReady():
                self._crash = None
                self._window.alarms.clear_alarm("engine")
                self._window.preview.show_alarm("")
            case _:
                pass

    def on_crashed(self, exit_code: int, pause_s: float) -> None:
        """Show that the engine died and is being restarted."""
        self._crash = (exit_code, pause_s)
        self._stats.on_engine_crashed()
        self._window.mixer.show_level(Level(-100.0, -100.0))
        self._show_crash()

    def on_restarted(self) -> None:
        """Show that a new engine took over."""
        text = self.tr("Capture runs again.")
        self._window.toasts.show_toast(text)

    def retranslate(self) -> None:
        """Set every text again, in another language."""
        for event in self._last.values():
            if isinstance(event, PublishChanged):
                self._show_publish(event)
            else:
                self._show_source(event)
        if self._crash is not None:
            self._show_crash()

    def _show_crash(self) -> None:
        text = self.tr("Capture and broadcast stopped by an error of their own.")
        remedy = self.tr("They are being started again; viewers see a slate until then.")
        self._window.alarms.raise_alarm(Alarm("engine", text, remedy, Tone.BAD))
        self._window.preview.show_alarm(self.tr("Capture is being started again"))

    def _show_source(self, event: VideoSourceChanged | AudioSourceChanged) -> None:
        health = HEALTH[event.state]
        is_well = health in WELL
        reason = "" if is_well else stage_texts.source_problem(event.code, event.detail)
        if isinstance(event, VideoSourceChanged):
            if self._picture is not None:
                self._window.sources.show_picture(self._picture, health, reason)
            title = self.tr("The picture is missing: viewers see a slate.")
            key = "video"
            self._window.preview.show_alarm("" if is_well else self.tr("No picture from the source"))
        else:
            if self._sound is not None:
                self._window.sources.show_sound(self._sound, health, reason)
            title = self.tr("The sound is missing.")
            key = "audio"
        if is_well:
            self._window.alarms.clear_alarm(key)
        else:
            self._window.alarms.raise_alarm(Alarm(key, title, reason, Tone.WARN))

    def _is_shown(self, event: VideoSourceChanged | AudioSourceChanged) -> bool:
        """Whether an event is of the picture that is shown, or of the sound that is heard."""
        if isinstance(event, AudioSourceChanged):
            return event.source_id == self._strip.source_id
        source = picture_source(self._editor.project)
        return source is not None and event.source_id == source.id

    def _show_publish(self, event: PublishChanged) -> None:
        alarms = self._window.alarms
        reason = live_texts.publish_problem(event.code, event.detail)
        match event.state:
            case PublishState.REFUSED if event.code == TAKEN_OVER:
                alarms.raise_alarm(self._taken_over(event.detail))
            case PublishState.REFUSED:
                actions = (Action("again", self.tr("Try again")),)
                text = self.tr("The server does not take the broadcast.")
                alarms.raise_alarm(Alarm("publish", text, reason, Tone.BAD, actions))
            case PublishState.RECONNECTING:
                text = self.tr("The line for the broadcast is lost; connecting again.")
                alarms.raise_alarm(Alarm("publish", text, reason, Tone.WARN, causes=("backend",)))
            case _:
                alarms.clear_alarm("publish")

    def _taken_over(self, by: str) -> Alarm:
        text = self.tr("Another studio has taken over the broadcast.")
        if by:
            text = self.tr("“{name}” has taken over the broadcast.").format(name=by)
        remedy = self.tr(
            "Viewers see its picture. This studio has stopped sending, and stays in the room with chat and "
            "products."
        )
        actions = (Action("take_back", self.tr("Take back")), Action("leave", self.tr("Leave it")))
        return Alarm("publish", text, remedy, Tone.BAD, actions)
