"""The backend as the studio's child: started, watched, and started again on the same port when it dies."""

import logging
import sys
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import msgspec
from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from backend.contract.startup import Moved, NotStarted, StartProblem

log = logging.getLogger("livestall.backend_process")

MAIN: Final = Path(__file__).parents[2] / "main.py"
EXIT_CANNOT_START: Final = 2
RESTART_MS: Final = (200, 1000, 2000, 5000)
READY_TIMEOUT_MS: Final = 30_000
END_TIMEOUT_MS: Final = 6_000
KEPT_LINES: Final = 20
QUIET_FAILURES: Final = 2
"""So many failed starts are not reported: a backend that is just ending still holds port and folder."""


class BackendReady(msgspec.Struct, frozen=True):
    """The line that the backend prints when it takes requests."""

    url: str
    viewer_url: str
    room: str
    whip_url: str
    whep_url: str
    host_token: str


@dataclass(frozen=True)
class BackendOptions:
    """How to start the backend.

    Attributes:
        data: its data folder.
        host: where it listens: 127.0.0.1, or 0.0.0.0 or :: for the network.
        port: 0 takes a free one, and the same again after a restart.
        secret: signs its tokens; handed over on stdin, never on the command line.
        has_demo: whether it offers the demo products.
        language: `zh_CN` or `en`: what people are called in who chose no name.
    """

    data: Path
    host: str
    port: int
    secret: bytes
    has_demo: bool
    language: str = "zh_CN"


class FailureKind(StrEnum):
    """Why there is no backend."""

    CANNOT_START = "cannot_start"
    DIED = "died"
    SILENT = "silent"


@dataclass(frozen=True)
class BackendFailure:
    """Why there is no backend now; it is tried again by itself.

    Attributes:
        problem: why it cannot start, where it said so.
        detail: what it said, in English.
    """

    kind: FailureKind
    port: int
    detail: str = ""
    problem: StartProblem = StartProblem.OTHER


class BackendProcess(QObject):
    """Keeps one backend running until `stop`.

    Args:
        command: program and arguments before the backend's own; tests hand in another program.

    Attributes:
        ready: emitted with a `BackendReady`, after every start, and when viewers come by another link.
        failed: emitted with a `BackendFailure`.
        ended: it has ended and will not be started again.
    """

    ready = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, command: Sequence[str] = (sys.executable, str(MAIN), "serve")) -> None:
        super().__init__()
        self._command = tuple(command)
        self._options: BackendOptions | None = None
        self._process: QProcess | None = None
        self._said: deque[str] = deque(maxlen=KEPT_LINES)
        self._not_started: NotStarted | None = None
        self._failures = 0
        self._known_port = 0
        self._ready: BackendReady | None = None
        self._restart_timer = self._make_timer()
        self._restart_timer.timeout.connect(self._spawn)
        self._ready_timer = self._make_timer()
        self._ready_timer.timeout.connect(self._on_silence)
        self._end_timer = self._make_timer()
        self._end_timer.timeout.connect(self._kill)

    def _make_timer(self) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        return timer

    @property
    def pid(self) -> int | None:
        """Its process id while it runs."""
        return (self._process.processId() or None) if self._process is not None else None

    @property
    def options(self) -> BackendOptions | None:
        """What it was started with; None where it was not, or is to end."""
        return self._options

    @property
    def is_running(self) -> bool:
        """Whether there is a process."""
        return self._process is not None

    def start(self, options: BackendOptions) -> None:
        """Start it; with other options, end the running one and start it again."""
        self._options = options
        self._known_port = options.port
        self._failures = 0
        self._restart_timer.stop()
        if self._process is None:
            self._spawn()
        else:
            self._end()

    def stop(self) -> None:
        """End it and leave it; `ended` follows, at once where none runs."""
        self._options = None
        self._restart_timer.stop()
        self._ready_timer.stop()
        if self._process is None:
            self.ended.emit()
        else:
            self._end()

    def _end(self) -> None:
        # The end of stdin asks it to end in good order, on every system.
        if self._process is not None:
            self._process.closeWriteChannel()
            self._end_timer.start(END_TIMEOUT_MS)

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _spawn(self) -> None:
        options = self._options
        if options is None:
            return
        self._said.clear()
        self._not_started = None
        self._ready = None
        process = QProcess(self)
        self._process = process
        process.setProgram(self._command[0])
        process.setArguments([*self._command[1:], *_arguments(options, self._known_port)])
        process.readyReadStandardOutput.connect(self._on_output)
        process.readyReadStandardError.connect(self._on_error_output)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        process.start()
        process.write(options.secret + b"\n")
        self._ready_timer.start(READY_TIMEOUT_MS)

    def _on_output(self) -> None:
        while self._process is not None and self._process.canReadLine():
            line = bytes(self._process.readLine().data()).strip()
            if not line.startswith(b"{"):
                continue
            told = msgspec.json.decode(line)
            if self._ready is not None:
                if "viewer_url" in told:
                    self._on_moved(self._ready, msgspec.convert(told, Moved))
            elif "problem" in told:
                self._not_started = msgspec.convert(told, NotStarted)
            else:
                self._on_ready(msgspec.convert(told, BackendReady))

    def _on_ready(self, ready: BackendReady) -> None:
        self._ready_timer.stop()
        self._ready = ready
        self._failures = 0
        self._known_port = urlsplit(ready.url).port or self._known_port
        log.info("the backend is ready at %s", ready.url)
        self.ready.emit(ready)

    def _on_moved(self, ready: BackendReady, moved: Moved) -> None:
        log.info("viewers come by %s now", moved.viewer_url)
        self._ready = msgspec.structs.replace(ready, viewer_url=moved.viewer_url)
        self.ready.emit(self._ready)

    def _on_error_output(self) -> None:
        if self._process is None:
            return
        text = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
        for line in text.splitlines():
            self._said.append(line)
            log.info("backend: %s", line)

    def _on_silence(self) -> None:
        self._fail(FailureKind.SILENT)
        self._kill()

    def _on_error(self, error: QProcess.ProcessError) -> None:
        # Qt tells `finished` after every other error.
        if error is QProcess.ProcessError.FailedToStart and self._process is not None:
            self._said.append(self._process.errorString())
            self._on_finished(EXIT_CANNOT_START)

    def _on_finished(self, exit_code: int) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        self._end_timer.stop()
        self._ready_timer.stop()
        process.deleteLater()
        if self._options is None:
            self.ended.emit()
            return
        was_ready, self._ready = self._ready is not None, None
        log.warning("the backend ended with %d", exit_code)
        if exit_code == EXIT_CANNOT_START:
            self._failures += 1
            if self._failures > QUIET_FAILURES:
                self._fail(FailureKind.CANNOT_START)
        elif exit_code != 0 or was_ready:
            self._failures += 1
            self._fail(FailureKind.DIED)
        self._restart_timer.start(
            RESTART_MS[min(self._failures, len(RESTART_MS) - 1)] if self._failures else 0
        )

    def _fail(self, kind: FailureKind) -> None:
        last_words = self._said[-1] if self._said else ""
        told = self._not_started or NotStarted(StartProblem.OTHER, last_words)
        self.failed.emit(BackendFailure(kind, self._known_port, told.detail, told.problem))


def _arguments(options: BackendOptions, port: int) -> list[str]:
    arguments = ["--data", str(options.data), "--host", options.host, "--port", str(port)]
    arguments += ["--language", options.language, "--ready-json", "--secret-on-stdin"]
    arguments += ["--webhooks-to-lan"]  # whose studio it is, is whose machine and network it is
    return [*arguments, "--demo"] if options.has_demo else arguments
