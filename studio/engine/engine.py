"""Carries out what the studio wants: sources, scene, loudness, publishing; and measures how it goes."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Final, Protocol

import psutil

from studio.engine.audio.mixer import Mixer, Strip
from studio.engine.effects.manager import EffectsManager
from studio.engine.latest import AudioFeed, LatestFrame
from studio.engine.layer_values import Layers
from studio.engine.media import MasterClock, VideoFrame
from studio.engine.messages import (
    AudioKind,
    AudioSourceChanged,
    AudioSpec,
    Bitrate,
    Canvas,
    Compare,
    Configure,
    EngineCommand,
    EngineEvent,
    HideSlate,
    MeterMeasured,
    Mute,
    Publish,
    ReloadModels,
    RenderLooks,
    SelectAudio,
    SelectVideo,
    SetEffects,
    SetGain,
    ShowSlate,
    SourceState,
    StatsMeasured,
    StopPublishing,
    Unmute,
    VideoSourceChanged,
    VideoSpec,
)
from studio.engine.publish.stats import PublishStats
from studio.engine.publish.whip import Claim
from studio.engine.scene.compose_thread import Pipeline
from studio.engine.scene.scene import FrameProvider, Scene, SceneItem
from studio.engine.scene.slates import Slate, SlateProvider, paint_slates
from studio.engine.sources.catalog import SourceCatalog, policy_of
from studio.engine.sources.source import VideoSource
from studio.engine.sources.supervisor import AudioSupervisor, SourceReport, VideoSupervisor

log = logging.getLogger("livestall.engine")

Emit = Callable[[EngineEvent], None]
TICKS_A_SECOND: Final = 10


class Publishing(Protocol):
    """The half that encodes and sends (see `studio.engine.publish.publisher.Publisher`)."""

    def configure(
        self, canvas: Canvas, bitrate: Bitrate, encoder: str = "", layers: Layers = Layers.THREE
    ) -> None:
        """Encode in this way from now on."""

    def start(self, whip_url: str, token: str, claim: Claim) -> None:
        """Publish there until asked to stop."""

    def stop(self) -> None:
        """End the session."""

    def stats(self) -> PublishStats:
        """Give the figures now."""

    def close(self) -> None:
        """Stop, and wait for the end."""


class Engine:
    """Owns pipeline, mixer and sources; all its methods belong to the engine's main thread.

    Args:
        clock: the master clock.
        video: where composed frames go.
        audio: where mixed sound goes.
        publishing: the half that encodes and sends.
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
        publishing: Publishing,
        catalog: SourceCatalog,
        effects: EffectsManager,
        emit: Emit,
    ) -> None:
        self._clock = clock
        self._newest = video.reader()
        self._publishing = publishing
        self._catalog = catalog
        self._effects = effects
        self._emit = emit
        self._canvas = Canvas()
        self._slates = paint_slates(self._canvas)
        self._video: VideoSupervisor | None = None
        self._video_spec: VideoSpec | None = None
        self._audio: AudioSupervisor | None = None
        self._audio_spec = AudioSpec(AudioKind.NONE)
        self._is_paused = False
        self._strip = Strip()
        self._pipeline = Pipeline(clock, video, self._scene())
        self._mixer = Mixer(clock, audio, (self._strip,), self._on_meter)
        self._measured_at, self._composed = clock.now(), 0
        self._process = psutil.Process()
        self._handlers: dict[type, Callable[..., None]] = {
            Configure: self._configure,
            SelectVideo: lambda command: self._select_video(command.spec),
            SetEffects: lambda command: effects.set_effects(command.spec, command.settings),
            Compare: lambda command: effects.compare(command.comparison),
            RenderLooks: lambda _: effects.render_looks(),
            ReloadModels: lambda _: effects.reload_models(),
            SelectAudio: lambda command: self._select_audio(command.spec),
            SetGain: lambda command: self._strip.set_gain(command.gain_db),
            Mute: lambda _: self._strip.mute(),
            Unmute: lambda _: self._strip.unmute(),
            Publish: lambda command: publishing.start(
                command.whip_url, command.token, Claim(command.studio, command.takes_over)
            ),
            StopPublishing: lambda _: publishing.stop(),
            ShowSlate: lambda _: self._pause(),
            HideSlate: lambda _: self._resume(),
        }

    def start(self) -> None:
        """Begin to compose and mix: the starting slate, and silence."""
        self._process.cpu_percent()  # what the first real reading is compared with
        self._pipeline.start()
        self._mixer.start()
        self._effects.start()

    def close(self) -> None:
        """End all threads and close the sources."""
        self._publishing.close()
        self._mixer.stop()
        self._pipeline.stop()
        for supervisor in (self._audio, self._video):
            if supervisor is not None:
                supervisor.stop()
        self._effects.close()

    def handle(self, command: EngineCommand) -> None:
        """Carry out a command; `Quit` is not for the engine."""
        handler = self._handlers.get(type(command))
        if handler is not None:
            handler(command)

    def tick(self) -> None:
        """Watch the sources; call it ten times a second."""
        for supervisor in (self._video, self._audio):
            if supervisor is not None:
                supervisor.tick()

    def retry_sources(self) -> None:
        """Try failed sources now: devices have changed."""
        for supervisor in (self._video, self._audio):
            if supervisor is not None:
                supervisor.retry_soon()

    def measure(self) -> None:
        """Tell the figures; call it once a second."""
        now, composed = self._clock.now(), self._pipeline.composed
        line = self._publishing.stats()
        source = self._audio.source if self._audio else None
        lateness = (source.lateness if source else 0.0) - self._pipeline.lateness
        self._emit(
            StatsMeasured(
                fps=(composed - self._composed) / max(now - self._measured_at, 1e-3),
                late=self._pipeline.late,
                encoded_late=line.encoded_late,
                sent=line.sent,
                dropped=line.dropped,
                bitrate_kbps=line.bitrate_kbps,
                target_kbps=line.target_kbps,
                reason=line.reason,
                rtt_ms=line.rtt_ms,
                loss=line.loss,
                cpu=self._process.cpu_percent(),
                skew_ms=lateness * 1000,
                layers=line.layers,
            )
        )
        self._measured_at, self._composed = now, composed
        self._effects.measure()

    def previewed(self, frame: VideoFrame) -> VideoFrame:
        """Return a composed picture as the host's preview is to show it; called by the preview's thread."""
        return frame if self._is_paused else self._effects.compared(frame)

    # --- Commands --------------------------------------------------------------------------

    def _configure(self, command: Configure) -> None:
        self._publishing.configure(command.canvas, command.bitrate, command.encoder, command.layers)
        if command.canvas == self._canvas:
            return
        self._canvas = command.canvas
        self._slates = paint_slates(self._canvas)
        if self._video_spec is not None:
            self._select_video(self._video_spec)
        self._pipeline.show(self._scene())

    def _select_video(self, spec: VideoSpec) -> None:
        before = self._video
        make = partial(self._catalog.make_video, spec, self._canvas)
        slates: dict[Slate, FrameProvider] = dict(self._slates.items())
        self._video_spec = spec
        self._video = VideoSupervisor(
            make,
            policy_of(spec.kind),
            self._clock,
            partial(self._on_video_report, spec),
            slates=slates,
            meanwhile=self._last_picture(),
            effects=self._effects.select(spec, self._canvas),
        )
        self._video.start()
        self._pipeline.show(self._scene())
        if before is not None:
            before.stop()
        if self._audio_spec.kind is AudioKind.VIDEO_SOURCE:
            self._select_audio(self._audio_spec)

    def _select_audio(self, spec: AudioSpec) -> None:
        before, self._audio = self._audio, None
        self._audio_spec = spec
        if before is not None:
            before.stop()
        if spec.kind is AudioKind.NONE:
            self._strip.provider = None
            self._emit(AudioSourceChanged(spec=spec, state=SourceState.RUNNING))
            return
        make = partial(self._catalog.make_audio, spec, self._video_source)
        self._audio = AudioSupervisor(make, self._clock, partial(self._on_audio_report, spec))
        self._strip.provider = self._audio
        self._audio.start()

    def _pause(self) -> None:
        self._is_paused = True
        self._mixer.silence()
        self._pipeline.show(self._scene())

    def _resume(self) -> None:
        self._is_paused = False
        self._mixer.sound()
        self._pipeline.show(self._scene())

    # --- What the commands need ------------------------------------------------------------

    def _scene(self) -> Scene:
        items = [SceneItem(self._video or self._slates[Slate.STARTING])]
        if self._is_paused:  # on top of the source, which goes on below and is watched as ever
            items.append(SceneItem(self._slates[Slate.PAUSED]))
        return Scene(self._canvas, tuple(items))

    def _last_picture(self) -> FrameProvider | None:
        """The picture shown last, if it fits: it stands until the next source gives its first."""
        frame = self._newest.wait(0)
        if frame is None or frame.image.shape[:2] != (self._canvas.height, self._canvas.width):
            return None
        return SlateProvider(frame.image)

    def _video_source(self) -> VideoSource | None:
        return self._video.source if self._video is not None else None

    def _on_video_report(self, spec: VideoSpec, report: SourceReport) -> None:
        self._emit(VideoSourceChanged(spec=spec, state=report.state, code=report.code, detail=report.detail))

    def _on_audio_report(self, spec: AudioSpec, report: SourceReport) -> None:
        self._emit(AudioSourceChanged(spec=spec, state=report.state, code=report.code, detail=report.detail))

    def _on_meter(self, measured: MeterMeasured) -> None:
        self._emit(measured)
