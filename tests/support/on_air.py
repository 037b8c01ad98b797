"""A broadcast without a window: the real backend and the real engine, which publishes to it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from studio.engine.messages import (
    AudioKind,
    AudioSpec,
    Bitrate,
    Canvas,
    Configure,
    Publish,
    PublishChanged,
    PublishState,
    SelectAudio,
    SelectVideo,
    VideoKind,
    VideoSpec,
)
from tests.support.engine import Engine, run_engine_process
from tests.support.programs import Program, run_backend

DEMO_VIDEO = VideoSpec(VideoKind.DEMO)
DEMO_AUDIO = AudioSpec(AudioKind.DEMO)


@dataclass(frozen=True)
class OnAir:
    """The two programs, and where to watch."""

    backend: Program
    engine: Engine

    @property
    def viewer_url(self) -> str:
        """The room's page."""
        return self.backend.ready.viewer_url


@asynccontextmanager
async def go_on_air(
    data: Path,
    video: VideoSpec = DEMO_VIDEO,
    audio: AudioSpec = DEMO_AUDIO,
    *,
    environment: Mapping[str, str] | None = None,
    backend_environment: Mapping[str, str] | None = None,
) -> AsyncIterator[OnAir]:
    """Be on air with these sources until the block ends."""
    async with (
        run_backend(data, "--port", "0", "--demo", environment=backend_environment) as backend,
        run_engine_process(environment) as engine,
    ):
        engine.send(
            Configure(Canvas(), Bitrate()),
            SelectVideo(video),
            SelectAudio(audio),
            Publish(backend.ready.whip_url, backend.ready.host_token),
        )
        await engine.until(PublishChanged, lambda event: event.state is PublishState.CONNECTED)
        yield OnAir(backend, engine)
