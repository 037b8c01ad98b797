"""Brings a project about: its sources open, its program scene composed, its strips mixed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from effects.params import Value
from studio.engine.audio.filters.catalog import SOUND_FILTERS
from studio.engine.audio.mixer import Mixer
from studio.engine.audio.strip import Strip
from studio.engine.effects.manager import EffectsManager
from studio.engine.latest import AudioFeed, LatestFrame
from studio.engine.media import MasterClock
from studio.engine.messages.events import (
    AudioSourceChanged,
    EngineEvent,
    SoundFiltersDeclared,
    VideoSourceChanged,
)
from studio.engine.scene.compose_thread import Pipeline
from studio.engine.scene.draw_list import DrawItem, DrawList, FrameProvider
from studio.engine.scene.slates import NoPicture, Slate, SlateProvider, paint_slates
from studio.engine.sources.catalog import SourceCatalog, policy_of
from studio.engine.sources.rack import SourceRack
from studio.engine.sources.source import VideoSource
from studio.engine.sources.supervisor import AudioSupervisor, SourceReport, VideoSupervisor
from studio.project.choices import first_project
from studio.project.project import FULL_CANVAS, SOUNDS, STILLS, Canvas, Project, Source, SourceKind

Emit = Callable[[EngineEvent], None]


@dataclass(frozen=True)
class _Picture:
    """How a source's pictures are opened."""

    kind: SourceKind
    settings: dict[str, Value]
    canvas: Canvas


@dataclass(frozen=True)
class _Sound:
    """How a source's sound is opened; one that belongs to a picture is opened with it."""

    kind: SourceKind
    settings: dict[str, Value]


class Production:
    """Compares each project with what runs, and changes only what differs; in the engine's main thread.

    Args:
        clock: the master clock.
        video: where composed frames go.
        audio: where mixed sound goes.
        catalog: makes sources.
        effects: what is done to the sources' pictures.
        emit: takes events, from any thread.
    """

    def __init__(
        self,
        clock: MasterClock,
        video: LatestFrame,
        audio: AudioFeed,
        *,
        catalog: SourceCatalog,
        effects: EffectsManager,
        emit: Emit,
    ) -> None:
        self._clock = clock
        self._newest = video.reader()
        self._catalog = catalog
        self._effects = effects
        self._emit = emit
        self._project = first_project()
        self._slates = paint_slates(self.canvas)
        self._is_paused = False
        self._pictures = SourceRack(self._make_picture)
        self._sounds = SourceRack(self._make_sound)
        self._strips: dict[str, Strip] = {}
        self.pipeline: Final = Pipeline(clock, video, self._scene())
        self._mixer = Mixer(clock, audio, (), emit)

    @property
    def canvas(self) -> Canvas:
        """The picture that is made."""
        return self._project.canvas

    @property
    def sound_lateness(self) -> float:
        """How much later than it was heard the first strip's sound is stamped now, in seconds."""
        strips = self._project.strips
        supervisor = self._sounds.get(strips[0].source_id) if strips else None
        source = supervisor.source if supervisor is not None else None
        return source.lateness if source is not None else 0.0

    def start(self) -> None:
        """Begin to compose and mix: the starting slate, and silence."""
        self.pipeline.start()
        self._mixer.start()
        self._effects.start()
        declared = tuple(each.declaration() for each in SOUND_FILTERS.values())
        self._emit(SoundFiltersDeclared(declared))

    def close(self) -> None:
        """End all threads and close the sources."""
        self._mixer.stop()
        self.pipeline.stop()
        for sound in self._sounds.bring_about({}):
            sound.stop()
        for picture in self._pictures.bring_about({}):
            picture.stop()
        self._effects.close()

    def tick(self) -> None:
        """Watch the sources; call it ten times a second."""
        self._pictures.tick()
        self._sounds.tick()

    def retry_sources(self) -> None:
        """Try failed sources now: devices have changed."""
        self._pictures.retry_soon()
        self._sounds.retry_soon()

    def pause(self) -> None:
        """Send the "back soon" slate and silence; the sources go on below."""
        self._is_paused = True
        self._mixer.silence()
        self.pipeline.show(self._scene())

    def resume(self) -> None:
        """Send the scene again."""
        self._is_paused = False
        self._mixer.sound()
        self.pipeline.show(self._scene())

    def restart_loudness(self) -> None:
        """Measure the loudness of the broadcast from now on."""
        self._mixer.restart_loudness()

    def apply(self, project: Project) -> None:
        """Bring this project about; what it no longer needs ends when the new is there."""
        if project.canvas != self.canvas:
            self._slates = paint_slates(project.canvas)
        self._project = project
        for source in project.sources.values():
            self._effects.set_effects(source.id, source.effects)
        old_pictures = self._pictures.bring_about(self._wanted_pictures())
        old_sounds = self._sounds.bring_about(self._wanted_sounds())
        self.pipeline.show(self._scene())
        self._set_strips()
        for sound in old_sounds:
            sound.stop()
        for picture in old_pictures:
            picture.stop()
        self._effects.keep_open(self._wanted_pictures())

    # --- What a project needs --------------------------------------------------------------

    def _wanted_pictures(self) -> dict[str, _Picture]:
        scenes = self._project.scenes
        shown = [item.source_id for scene in scenes for item in scene.items if item.is_visible]
        heard = [strip.source_id for strip in self._project.strips if strip.source_id]
        sources = (self._project.sources[source_id] for source_id in (*shown, *heard))
        return {
            source.id: _Picture(source.kind, source.settings, self.canvas)
            for source in sources
            if source.kind not in SOUNDS
        }

    def _wanted_sounds(self) -> dict[str, _Sound]:
        sources = (
            self._project.sources[strip.source_id] for strip in self._project.strips if strip.source_id
        )
        return {source.id: _Sound(source.kind, source.settings) for source in sources}

    def _scene(self) -> DrawList:
        items = []
        for item in self._project.program.items:
            picture = self._pictures.get(item.source_id)
            if item.is_visible and picture is not None:
                items.append(DrawItem(picture, item.transform))
        drawn = [item.provider for item in items]
        standby = tuple(picture for picture in self._pictures.all() if picture not in drawn)
        if not items:
            items.append(DrawItem(self._slates[Slate.STARTING]))
        if self._is_paused:  # on top of the sources, which go on below and are watched as ever
            items.append(DrawItem(self._slates[Slate.PAUSED]))
        return DrawList(self.canvas, tuple(items), standby)

    def _set_strips(self) -> None:
        sources = self._project.sources
        strips: dict[str, Strip] = {}
        for wanted in self._project.strips:
            strip = strips[wanted.id] = self._strips.get(wanted.id) or Strip(wanted)
            strip.set_wanted(wanted)
            strip.provider = self._sounds.get(wanted.source_id)
            source = sources.get(wanted.source_id)
            strip.is_speech = source is not None and source.kind is SourceKind.MICROPHONE
        self._strips = strips
        self._mixer.set_strips(tuple(self._strips.values()))

    # --- Opening ---------------------------------------------------------------------------

    def _make_picture(self, source_id: str, opening: _Picture) -> VideoSupervisor:
        source = Source(source_id, opening.kind, settings=opening.settings)
        slates: dict[Slate, FrameProvider] = dict(self._slates.items())
        return VideoSupervisor(
            partial(self._catalog.make_video, source, opening.canvas),
            policy_of(source.kind),
            self._clock,
            partial(self._on_picture, source_id),
            slates=slates,
            meanwhile=self._last_picture() if self._fills_canvas(source_id) else NoPicture(),
            effects=self._effects.open(source_id, opening.canvas) if source.kind not in STILLS else None,
        )

    def _make_sound(self, source_id: str, opening: _Sound) -> AudioSupervisor:
        source = Source(source_id, opening.kind, settings=opening.settings)
        make = partial(self._catalog.make_audio, source, partial(self._picture, source_id))
        return AudioSupervisor(make, self._clock, partial(self._on_sound, source_id))

    def _fills_canvas(self, source_id: str) -> bool:
        items = self._project.program.items
        return any(item.source_id == source_id and item.transform == FULL_CANVAS for item in items)

    def _last_picture(self) -> FrameProvider | None:
        """The picture shown last, if it fits: it stands until the next source gives its first."""
        frame = self._newest.wait(0)
        if frame is None or frame.image.shape[:2] != (self.canvas.height, self.canvas.width):
            return None
        return SlateProvider(frame.image)

    def _picture(self, source_id: str) -> VideoSource | None:
        supervisor = self._pictures.get(source_id)
        return supervisor.source if supervisor is not None else None

    def _on_picture(self, source_id: str, report: SourceReport) -> None:
        self._emit(VideoSourceChanged(source_id, report.state, report.code, report.detail))

    def _on_sound(self, source_id: str, report: SourceReport) -> None:
        self._emit(AudioSourceChanged(source_id, report.state, report.code, report.detail))
