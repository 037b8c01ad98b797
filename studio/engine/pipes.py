"""The engine's side of the pipe: events out without waiting, commands in and over to Qt's thread."""

import logging
import queue
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Final

import msgspec
from PySide6.QtCore import QObject, Qt, Signal

from studio.engine.messages.commands import EngineCommand, decode_command
from studio.engine.messages.events import EngineEvent, MeterMeasured, MixMeasured
from studio.engine.messages.values import encode

log = logging.getLogger("livestall.engine")

_METER_BACKLOG: Final = 50


class EventSender:
    """Sends events from any thread in a thread of its own: a studio that is busy must not stop the sound."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._queue: queue.SimpleQueue[EngineEvent | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="events", daemon=True)

    def start(self) -> None:
        """Begin to send."""
        self._thread.start()

    def send(self, event: EngineEvent) -> None:
        """Send an event; meters are left out when the studio does not keep up."""
        if not (isinstance(event, MeterMeasured | MixMeasured) and self._queue.qsize() > _METER_BACKLOG):
            self._queue.put(event)

    def close(self) -> None:
        """Send what waits, and end; waits at most a second."""
        self._queue.put(None)
        self._thread.join(1.0)

    def _run(self) -> None:
        while (event := self._queue.get()) is not None:
            try:
                self._pipe.send_bytes(encode(event))
            except OSError:
                return  # the studio is gone; the thread that reads commands ends the process


class CommandPump(QObject):
    """Brings commands from the pipe's thread into Qt's; a pipe has no notifier on Windows.

    Args:
        pipe: commands come in here.
        on_command: called in the main thread.
        on_gone: called in the main thread when the studio is gone.
        before_gone: called first, in the pump's thread: the main thread may hang.
    """

    _arrived = Signal(object)
    _ended = Signal()

    def __init__(
        self,
        pipe: Connection,
        on_command: Callable[[EngineCommand], None],
        on_gone: Callable[[], None],
        before_gone: Callable[[], None],
    ) -> None:
        super().__init__()
        self._pipe = pipe
        self._on_command = on_command
        self._on_gone = on_gone
        self._before_gone = before_gone
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name="commands", daemon=True)

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def _run(self) -> None:
        while True:
            try:
                data = self._pipe.recv_bytes()
            except (EOFError, OSError):
                break
            try:
                self._arrived.emit(decode_command(data))
            except msgspec.DecodeError:
                log.exception("not a command", extra={"bytes": len(data)})
        self._before_gone()
        self._ended.emit()

    def _on_arrived(self, command: EngineCommand) -> None:
        try:
            self._on_command(command)
        except Exception:  # one bad command must not end the broadcast
            log.exception("command not carried out", extra={"command": type(command).__name__})

    def _on_ended(self) -> None:
        self._on_gone()
