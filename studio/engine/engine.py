"""Carries out what the studio wants: the project, publishing; and measures how it goes."""

from collections.abc import Callable
from typing import Final, Protocol

import psutil

from studio.engine.effects.manager import EffectsManager
from studio.engine.latest import AudioFeed, LatestFrame
from studio.engine.layer_values import Layers
from studio.engine.media import MasterClock, VideoFrame
from studio.engine.messages.commands import (
    Compare,
    Configure,
    EngineCommand,
    HideSlate,
    Publish,
    ReloadModels,
    RenderLooks,
    SetProject,
    ShowSlate,
    StopPublishing,
)
from studio.engine.messages.events import StatsMeasured
from studio.engine.messages.values import Bitrate
from studio.engine.production import Emit, Production
from studio.engine.publish.stats import PublishStats
from studio.engine.publish.whip import Claim
from studio.engine.sources.catalog import SourceCatalog
from studio.project.project import Canvas, Project

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
    """Turns commands into work of the parts; all its methods belong to the engine's main thread.

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
        self._publishing = publishing
        self._effects = effects
        self._emit = emit
        self._production = Production(clock, video, audio, catalog=catalog, effects=effects, emit=emit)
        self._encoding = Configure(Bitrate())
        self._is_paused = False
        self._measured_at, self._composed = clock.now(), 0
        self._process = psutil.Process()
        self._handlers: dict[type, Callable[..., None]] = {
            Configure: self._configure,
            SetProject: lambda command: self._set_project(command.project),
            Compare: lambda command: effects.compare(command.source_id, command.comparison),
            RenderLooks: lambda command: effects.render_looks(command.source_id),
            ReloadModels: lambda _: effects.reload_models(),
            Publish: self._publish,
            StopPublishing: lambda _: publishing.stop(),
            ShowSlate: lambda _: self._pause(),
            HideSlate: lambda _: self._resume(),
        }

    def start(self) -> None:
        """Begin to compose and mix: the starting slate, and silence."""
        self._process.cpu_percent()  # what the first real reading is compared with
        self._production.start()

    def close(self) -> None:
        """End all threads and close the sources."""
        self._publishing.close()
        self._production.close()

    def handle(self, command: EngineCommand) -> None:
        """Carry out a command; `Quit` is not for the engine."""
        handler = self._handlers.get(type(command))
        if handler is not None:
            handler(command)

    def tick(self) -> None:
        """Watch the sources; call it ten times a second."""
        self._production.tick()

    def retry_sources(self) -> None:
        """Try failed sources now: devices have changed."""
        self._production.retry_sources()

    def measure(self) -> None:
        """Tell the figures; call it once a second."""
        pipeline = self._production.pipeline
        now, composed = self._clock.now(), pipeline.composed
        line = self._publishing.stats()
        lateness = self._production.sound_lateness - pipeline.lateness
        self._emit(
            StatsMeasured(
                fps=(composed - self._composed) / max(now - self._measured_at, 1e-3),
                late=pipeline.late,
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
        self._encoding = command
        self._encode(self._production.canvas)

    def _encode(self, canvas: Canvas) -> None:
        wanted = self._encoding
        self._publishing.configure(canvas, wanted.bitrate, wanted.encoder, wanted.layers)

    def _publish(self, command: Publish) -> None:
        self._production.restart_loudness()
        claim = Claim(command.studio, command.takes_over)
        self._publishing.start(command.whip_url, command.token, claim)

    def _set_project(self, project: Project) -> None:
        if project.canvas != self._production.canvas:
            self._encode(project.canvas)
        self._production.apply(project)

    def _pause(self) -> None:
        self._is_paused = True
        self._production.pause()

    def _resume(self) -> None:
        self._is_paused = False
        self._production.resume()
