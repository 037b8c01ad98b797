"""A broadcast without a window: the real backend and the real engine, which publishes to it."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from studio.engine.messages.commands import Configure, Publish, SetProject
from studio.engine.messages.events import PublishChanged
from studio.engine.messages.values import Bitrate, PublishState
from studio.project.choices import AudioKind, AudioSpec, VideoKind, VideoSpec
from studio.project.project import Project
from tests.support.engine import Engine, run_engine_process
from tests.support.one_scene import project_of
from tests.support.programs import BACKEND, Program, run_program

DEMO_VIDEO = VideoSpec(VideoKind.DEMO)
DEMO_AUDIO = AudioSpec(AudioKind.DEMO)


@dataclass(frozen=True)
class OnAir:
    """The two programs, what is on air, and where to watch."""

    backend: Program
    engine: Engine
    project: Project

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
    backend: Sequence[str] = BACKEND,
) -> AsyncIterator[OnAir]:
    """Be on air until the block ends; `environment` is for the engine, `backend` is what to run."""
    project = project_of(video, audio)
    async with (
        run_program([*backend, "--data", str(data), "--ready-json", "--port", "0", "--demo"], {}) as program,
        run_engine_process(environment) as engine,
    ):
        engine.send(
            Configure(Bitrate()),
            SetProject(project),
            Publish(program.ready.whip_url, program.ready.host_token),
        )
        await engine.until(PublishChanged, lambda event: event.state is PublishState.CONNECTED)
        yield OnAir(program, engine, project)
