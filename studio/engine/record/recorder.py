"""The thread that records: takes the encoder's pictures and the mixer's sound, and writes them."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import av.error

from studio.engine.latest import AudioFeed
from studio.engine.media import MasterClock
from studio.engine.messages.recording import (
    AddChapter,
    PauseRecording,
    RecorderCommand,
    RecorderEvent,
    RecordingChanged,
    RecordingMeasured,
    RecordingProblem,
    RecordingState,
    ReplaySaved,
    ResumeRecording,
    SaveReplay,
    StartRecording,
    StopRecording,
)
from studio.engine.publish.encoder import EncodedPicture
from studio.engine.publish.shared_encoder import SharedEncoder
from studio.engine.record.disk_space import DiskSpace, free_bytes
from studio.engine.record.inbox import Inbox
from studio.engine.record.interleaver import Item
from studio.engine.record.recording import Recording
from studio.engine.record.replay_buffer import ReplayBuffer

log = logging.getLogger("livestall.record")

SOUND_BLOCKS: Final = 500
"""10 s, as long as pictures wait."""
_POLL_SECONDS: Final = 0.1
_MEASURE_SECONDS: Final = 1.0
_CLOSE_SECONDS: Final = 5.0


@dataclass(frozen=True, slots=True)
class _Order:
    """A command, and when it was given, in seconds of the master clock; None ends the thread."""

    command: RecorderCommand | None
    at: float


@dataclass(frozen=True, slots=True)
class _Failure:
    """Nothing encodes any more."""

    detail: str


class _Running:
    """The recording that runs, with what feeds and watches it."""

    def __init__(self, recording: Recording, disk: DiskSpace, now: float) -> None:
        self.recording = recording
        self.disk = disk
        self.measured_at = now
        self.state = RecordingState.STARTING
        self.path = ""


class Recorder:
    """Records when asked to. It holds up neither encoder nor mixer: a slow disk costs it pictures.

    Its methods may be called from any thread and return at once, but `close`.

    Args:
        encoder: encodes the pictures.
        audio: where sound comes from.
        clock: the one that both are stamped with.
        emit: takes events, in the recorder's thread.
        free: gives the free bytes of a folder.
    """

    def __init__(
        self,
        encoder: SharedEncoder,
        audio: AudioFeed,
        clock: MasterClock,
        emit: Callable[[RecorderEvent], None],
        free: Callable[[Path], int] = free_bytes,
    ) -> None:
        self._encoder = encoder
        self._clock = clock
        self._emit = emit
        self._free = free
        self._inbox: Inbox[_Order | _Failure] = Inbox(encoder.request_keyframe)
        encoder.listen(self._inbox.offer)
        # It listens all the time, for replays; of the encoder it asks only that it runs while it records.
        self._output = encoder.output(lambda _: None, lambda detail: self._inbox.put(_Failure(detail)))
        self._sound = audio.reader(SOUND_BLOCKS)
        self._replay = ReplayBuffer()
        self._running: _Running | None = None
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    def handle(self, command: RecorderCommand) -> None:
        """Carry out a command."""
        self._inbox.put(_Order(command, self._clock.now()))

    def close(self) -> None:
        """Make the file whole and end the thread; waits at most 5 s."""
        self._inbox.put(_Order(None, self._clock.now()))
        self._thread.join(_CLOSE_SECONDS)

    # --- In the recorder's thread --------------------------------------------------------------

    def _run(self) -> None:
        is_over = False
        while not is_over:
            item = self._inbox.get(_POLL_SECONDS if self._running is not None else None)
            try:
                is_over = self._take(item)
            except (OSError, av.error.FFmpegError) as error:
                self._give_up(error)
            except Exception as error:  # the top of a thread
                log.exception("the recording ended in a way nobody foresaw")
                self._give_up(error)

    def _take(self, item: EncodedPicture | _Order | _Failure | None) -> bool:
        """Take what came; says whether that was the last."""
        match item:
            case _Order(command=None):
                self._stop()
                return True
            case _Order(command=command, at=at):
                self._obey(command, at)
            case _Failure(detail=detail):
                self._stop(RecordingProblem.NO_ENCODER, detail)
            case EncodedPicture():
                self._keep(item)
        while (block := self._sound.wait(0)) is not None:
            self._keep(block)
        self._go_on()
        return False

    def _keep(self, item: Item) -> None:
        self._replay.add(item)
        if self._running is not None:
            self._running.recording.take(item)

    def _obey(self, command: RecorderCommand | None, at: float) -> None:
        running = self._running
        if isinstance(command, StartRecording):
            self._start(command)
        elif isinstance(command, SaveReplay):
            self._save_replay(command)
        elif running is None:
            return
        elif isinstance(command, StopRecording):
            self._stop()
        elif isinstance(command, PauseRecording):
            running.recording.pause(at)
            self._tell(running, RecordingState.PAUSED)
        elif isinstance(command, ResumeRecording) and running.state is RecordingState.PAUSED:
            running.recording.resume(at)
            self._output.request_keyframe()
            self._tell(running, RecordingState.RECORDING)
        elif isinstance(command, AddChapter):
            running.recording.add_chapter(command.title, at)

    def _start(self, command: StartRecording) -> None:
        if self._running is not None:
            return
        disk = DiskSpace(Path(command.folder), self._free)
        if disk.is_full:
            self._emit(RecordingChanged(RecordingState.IDLE, problem=RecordingProblem.DISK_FULL))
            return
        self._inbox.dropped = 0
        recording = Recording(command, self._encoder.fps)
        self._running = _Running(recording, disk, self._clock.now())
        self._emit(RecordingChanged(RecordingState.STARTING))
        self._output.start()

    def _stop(self, problem: RecordingProblem | None = None, detail: str = "") -> None:
        running, self._running = self._running, None
        if running is None:
            return
        self._output.stop()
        try:
            running.recording.close()
        except Exception as error:  # whatever it is, the next recording is to work
            log.exception("the recording could not be closed")
            problem = problem or RecordingProblem.NOT_WRITABLE
            detail = detail or str(error)
        self._emit(RecordingChanged(RecordingState.IDLE, running.path, problem, detail))

    def _give_up(self, error: Exception) -> None:
        """End the recording because it cannot be written; what was written can be played."""
        log.warning("recording: %r", error)
        running = self._running
        is_full = running is not None and running.disk.is_full
        problem = RecordingProblem.DISK_FULL if is_full else RecordingProblem.NOT_WRITABLE
        self._stop(problem, str(error))

    def _save_replay(self, command: SaveReplay) -> None:
        problem, detail, path = None, "", None
        if DiskSpace(Path(command.folder), self._free).is_full:
            problem = RecordingProblem.DISK_FULL
        else:
            try:
                path = self._replay.save(command, self._encoder.fps)
            except (OSError, av.error.FFmpegError) as error:
                log.exception("the replay was not saved")
                problem, detail = RecordingProblem.NOT_WRITABLE, str(error)
        self._emit(ReplaySaved(str(path or ""), problem, detail))

    def _go_on(self) -> None:
        """Look after the recording, once a second."""
        running = self._running
        if running is None:
            return
        path = running.recording.path
        if path is not None and (str(path) != running.path or running.state is RecordingState.STARTING):
            running.path = str(path)
            is_paused = running.state is RecordingState.PAUSED
            self._tell(running, running.state if is_paused else RecordingState.RECORDING)
        now = self._clock.now()
        if now - running.measured_at >= _MEASURE_SECONDS:
            running.measured_at = now
            self._measure(running)

    def _measure(self, running: _Running) -> None:
        recording = running.recording
        seconds, size = recording.seconds, recording.size_bytes
        left = running.disk.seconds_left(size / seconds) if seconds > 0 else None
        self._emit(RecordingMeasured(seconds, size, self._inbox.dropped, left))
        if running.disk.is_full:
            self._stop(RecordingProblem.DISK_FULL)

    def _tell(self, running: _Running, state: RecordingState) -> None:
        running.state = state
        self._emit(RecordingChanged(state, running.path))
