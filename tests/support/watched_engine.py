"""An engine in a process of its own, for tests: all that comes from it is kept."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QCoreApplication

from studio.engine.messages.events import AudioSourceChanged, VideoSourceChanged
from studio.engine.messages.values import Message, SourceState
from studio.engine.preview.ring import PreviewFrame
from studio.processes.engine_process import EngineProcess
from studio.project.choices import VideoKind
from studio.project.project import SourceKind
from tests.support.one_scene import OneScene

Event = TypeVar("Event", bound=Message)
WAIT_SECONDS = 20


class WatchedEngine:
    """An engine and all that came from it; needs a Qt application.

    Args:
        engine: not started yet; None: one as the studio has it.
    """

    def __init__(self, engine: EngineProcess | None = None) -> None:
        self.engine = engine or EngineProcess()
        self.events: list[Message] = []
        self.frames = 0
        self.last: PreviewFrame | None = None
        self.crashes: list[tuple[int, float]] = []
        self.restarts = 0
        self.scene = OneScene(self.engine.send)
        self.engine.event_arrived.connect(self.events.append)
        self.engine.frame.connect(self._on_frame)
        self.engine.crashed.connect(lambda code, pause: self.crashes.append((code, pause)))
        self.engine.restarted.connect(self._on_restarted)

    def of(self, kind: type[Event]) -> list[Event]:
        """All events of this kind so far."""
        return [event for event in self.events if isinstance(event, kind)]

    async def until(self, condition: Callable[[], object], seconds: float = WAIT_SECONDS) -> None:
        """Wait until something is so.

        Raises:
            TimeoutError: it never was.
        """
        async with asyncio.timeout(seconds):
            while not condition():
                QCoreApplication.processEvents()
                await asyncio.sleep(0.005)

    async def until_crashes(self, count: int) -> None:
        """Wait until the engine has crashed so often."""
        await self.until(lambda: len(self.crashes) == count)

    async def until_video(
        self, kind: VideoKind, state: SourceState = SourceState.RUNNING
    ) -> VideoSourceChanged:
        """Wait for this state of a video source of this kind; return what was told."""
        source_kind = SourceKind(kind.value)

        def found() -> list[VideoSourceChanged]:
            told = self.of(VideoSourceChanged)
            return [
                event for event in told if self._kind(event.source_id) == source_kind and event.state is state
            ]

        await self.until(found)
        return found()[-1]

    async def until_audio(self, state: SourceState = SourceState.RUNNING) -> AudioSourceChanged:
        """Wait for this state of what is heard; return what was told."""

        def found() -> list[AudioSourceChanged]:
            told = self.of(AudioSourceChanged)
            return [
                event for event in told if event.source_id == self.scene.sound_id and event.state is state
            ]

        await self.until(found)
        return found()[-1]

    def _kind(self, source_id: str) -> SourceKind | None:
        source = self.scene.project.sources.get(source_id)
        return source.kind if source is not None else None

    def forget(self) -> None:
        """Forget what came so far, but for the last frame."""
        self.events.clear()
        self.frames = 0

    def _on_frame(self, frame: PreviewFrame) -> None:
        self.frames += 1
        self.last = frame

    def _on_restarted(self) -> None:
        self.restarts += 1
