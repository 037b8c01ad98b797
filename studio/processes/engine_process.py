"""The engine as a child process: started, sent the wanted state, and started again when it dies."""

import asyncio
import contextlib
import logging
import multiprocessing
import secrets
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Final, TypeAlias

import msgspec
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from studio.engine.launch import run_engine
from studio.engine.messages.commands import (
    Compare,
    Configure,
    EngineCommand,
    HideSlate,
    Publish,
    Quit,
    SetProject,
    ShowSlate,
    StopPublishing,
)
from studio.engine.messages.events import EngineReady, decode_event
from studio.engine.messages.recording import PauseRecording, ResumeRecording, StartRecording, StopRecording
from studio.engine.messages.restreaming import Restream
from studio.engine.messages.values import encode
from studio.engine.preview.ring import PreviewFrame, PreviewReader, remove_rings

log = logging.getLogger("livestall.engine_process")

Target: TypeAlias = Callable[[Connection, Connection, str], None]

RESTART_SECONDS: Final = (0.0, 1.0, 2.0, 5.0)
_WELL_SECONDS: Final = 30.0
"""An engine that ran this long was well: the next restart is at once again."""
SILENCE_SECONDS: Final = 10.0
"""A living engine tells its figures every second; one that is silent this long hangs."""
_START_SECONDS: Final = 60.0
"""So long may the first word take, on a machine that is busy with other things."""
_QUIT_SECONDS: Final = 6.0
_KILL_SECONDS: Final = 2.0

# What the engine is sent again after a crash, in this order; of each group only the newest counts.
_GROUPS: Final[tuple[tuple[type, ...], ...]] = (
    (Configure,),
    (ShowSlate, HideSlate),
    (Compare,),
    (SetProject,),
    (Publish, StopPublishing),
    (StartRecording, StopRecording),
    (PauseRecording, ResumeRecording),
    (Restream,),
)


class Wishes:
    """What the studio wants of the engine, to be said again to a new one."""

    def __init__(self) -> None:
        self._newest: dict[int, EngineCommand] = {}

    def add(self, command: EngineCommand) -> None:
        """Remember a command; it takes the place of an earlier one of its group.

        That a room is taken from another is wanted once: a new engine comes back, and takes nothing.
        """
        if isinstance(command, Publish):
            command = msgspec.structs.replace(command, takes_over=False)
        for number, group in enumerate(_GROUPS):
            if isinstance(command, group):
                self._newest[number] = command

    def commands(self) -> list[EngineCommand]:
        """All that is wanted, in the order in which to say it."""
        return [self._newest[number] for number in sorted(self._newest)]


class EngineProcess(QObject):
    """The engine as the studio sees it: commands in, signals out, in the window's thread.

    Args:
        target: what the spawned process runs.
        silence_seconds: an engine that says nothing for so long is killed and started again.
    """

    event_arrived = Signal(object)
    """An `EngineEvent`. (`event` is a name of Qt's.)"""
    frame = Signal(object)
    """A `PreviewFrame`; only the newest when the window is busy."""
    crashed = Signal(int, float)
    """The exit code (negative: the signal that ended it), and in how many seconds it is started again."""
    restarted = Signal()
    """A new engine took over after a crash and has got all that is wanted."""

    _event_read = Signal(int, object)
    _frame_read = Signal(int)
    _ended = Signal(int)

    def __init__(self, target: Target = run_engine, silence_seconds: float = SILENCE_SECONDS) -> None:
        super().__init__()
        self._target = target
        self._silence_seconds = silence_seconds
        self._wishes = Wishes()
        self._generation = 0
        self._run: _Run | None = None
        self._attempts = 0
        self._is_stopping = False
        self._restart_timer = self._make_timer(self._spawn)
        self._well_timer = self._make_timer(self._reset_attempts)
        self._silence_timer = self._make_timer(self._on_silence)
        queued = Qt.ConnectionType.QueuedConnection
        self._event_read.connect(self._on_event, queued)
        self._frame_read.connect(self._on_frame, queued)
        self._ended.connect(self._on_ended, queued)

    @property
    def pid(self) -> int | None:
        """The process's id while there is one."""
        return self._run.process.pid if self._run else None

    def start(self) -> None:
        """Start the engine; `EngineReady` follows as an event."""
        self._is_stopping = False
        self._spawn()

    def send(self, command: EngineCommand) -> None:
        """Tell the engine, and remember it for the next one; `Quit` is said by `stop`."""
        self._wishes.add(command)
        if self._run is not None:
            self._run.send(command)

    async def stop(self) -> None:
        """End the engine: ask, wait up to 6 s, then kill; it is not started again."""
        self._is_stopping = True
        for timer in (self._restart_timer, self._well_timer, self._silence_timer):
            timer.stop()
        run, self._run = self._run, None
        if run is not None:
            run.send(Quit())
            await asyncio.to_thread(run.end)

    # --- In the window's thread ------------------------------------------------------------

    def _spawn(self) -> None:
        self._generation += 1
        generation = self._generation
        self._run = _Run(
            self._target,
            on_event=lambda event: self._event_read.emit(generation, event),
            on_frame=lambda: self._frame_read.emit(generation),
            on_end=lambda: self._ended.emit(generation),
        )
        self._silence_timer.start(round(_START_SECONDS * 1000))
        for command in self._wishes.commands():
            self._run.send(command)

    def _on_event(self, generation: int, event: object) -> None:
        if generation != self._generation or self._is_stopping:
            return
        self._silence_timer.start(round(self._silence_seconds * 1000))
        self.event_arrived.emit(event)
        if isinstance(event, EngineReady):
            self._well_timer.start(round(_WELL_SECONDS * 1000))
            if generation > 1:
                self.restarted.emit()

    def _on_frame(self, generation: int) -> None:
        run = self._run
        if generation == self._generation and run is not None:
            frame = run.take_frame()
            if frame is not None:
                self.frame.emit(frame)

    def _on_ended(self, generation: int) -> None:
        run = self._run
        if generation != self._generation or run is None or self._is_stopping:
            return
        self._run = None
        self._well_timer.stop()
        self._silence_timer.stop()
        exit_code = run.reap()
        pause = RESTART_SECONDS[min(self._attempts, len(RESTART_SECONDS) - 1)]
        self._attempts += 1
        log.error("the engine ended with %s; starting another in %s s", exit_code, pause)
        self.crashed.emit(exit_code, pause)
        self._restart_timer.start(round(pause * 1000))

    def _on_silence(self) -> None:
        if self._run is not None:
            log.error("the engine says nothing any more; killing it")
            self._run.kill()

    def _reset_attempts(self) -> None:
        self._attempts = 0

    def _make_timer(self, on_timeout: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(on_timeout)
        return timer


class _Run:
    """One engine process with its pipes and the threads that read them."""

    def __init__(
        self,
        target: Target,
        *,
        on_event: Callable[[object], None],
        on_frame: Callable[[], None],
        on_end: Callable[[], None],
    ) -> None:
        context = multiprocessing.get_context("spawn")
        self._prefix = f"livestall-{secrets.token_hex(8)}-"
        self._pipe, engine_pipe = context.Pipe()
        frames, engine_frames = context.Pipe(duplex=False)
        self.process = context.Process(
            target=target, args=(engine_pipe, engine_frames, self._prefix), name="engine", daemon=True
        )
        self.process.start()
        engine_pipe.close()  # else this side would never see the pipe close
        engine_frames.close()
        self._lock = threading.Lock()
        self._newest: PreviewFrame | None = None
        self._on_event, self._on_frame, self._on_end = on_event, on_frame, on_end
        self._frames = frames
        self._preview = PreviewReader(frames, self._store_frame)
        self._preview.start()
        self._thread = threading.Thread(target=self._read, name="engine events", daemon=True)
        self._thread.start()

    def send(self, command: EngineCommand) -> None:
        """Tell the engine; nothing happens when it is gone."""
        with contextlib.suppress(OSError):
            self._pipe.send_bytes(encode(command))

    def take_frame(self) -> PreviewFrame | None:
        """Take the newest frame, if it was not taken before."""
        with self._lock:
            frame, self._newest = self._newest, None
        return frame

    def kill(self) -> None:
        """End the process at once."""
        self.process.kill()

    def end(self) -> None:
        """Wait for the process to end as it was asked to, then make it; waits at most 8 s."""
        self.process.join(_QUIT_SECONDS)
        self.reap()

    def reap(self) -> int:
        """Make sure that it is gone and leave nothing of it; return its exit code."""
        self.process.join(_KILL_SECONDS)
        if self.process.is_alive():
            self.process.kill()
            self.process.join(_KILL_SECONDS)
        exit_code = self.process.exitcode
        self._thread.join(_KILL_SECONDS)
        self._preview.join(_KILL_SECONDS)
        self._pipe.close()
        self._frames.close()
        remove_rings(self._prefix)
        return exit_code if exit_code is not None else -1

    def _store_frame(self, frame: PreviewFrame) -> None:
        with self._lock:
            is_waiting, self._newest = self._newest is not None, frame
        if not is_waiting:  # else the window has not come round to the one before, and will find this one
            self._on_frame()

    def _read(self) -> None:
        while True:
            try:
                data = self._pipe.recv_bytes()
            except (EOFError, OSError):
                break
            try:
                self._on_event(decode_event(data))
            except msgspec.DecodeError:
                log.exception("not an event", extra={"bytes": len(data)})
        self._on_end()
