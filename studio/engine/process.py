"""The engine's process: its main thread, its pipes, and its end when the studio asks for it or is gone."""

import faulthandler
import locale
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, MutableMapping
from multiprocessing.connection import Connection
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from effects.models.registry import Registry, default_folder
from studio.engine.effects.manager import EffectsManager
from studio.engine.engine import TICKS_A_SECOND, Engine
from studio.engine.latest import AudioFeed, LatestFrame
from studio.engine.media import MasterClock, VideoFrame
from studio.engine.messages.commands import EngineCommand, Quit
from studio.engine.messages.events import DevicesChanged, EngineEvent, EngineReady
from studio.engine.messages.recording import LibraryCommand, RecorderCommand
from studio.engine.messages.restreaming import Restream
from studio.engine.messages.values import Devices
from studio.engine.pipes import CommandPump, EventSender
from studio.engine.preview.ring import remove_rings
from studio.engine.preview.writer import PreviewWriter
from studio.engine.publish.codecs import EncoderChoice
from studio.engine.publish.publisher import Publisher
from studio.engine.publish.shared_encoder import SharedEncoder
from studio.engine.record.librarian import Librarian
from studio.engine.record.recorder import Recorder
from studio.engine.restream.restreamer import Restreamer
from studio.engine.sources.catalog import SourceCatalog
from studio.engine.sources.devices import DeviceWatch
from studio.engine.sources.x11 import display_of

log = logging.getLogger("livestall.engine")

_END_SECONDS: Final = 2.0
"""After the studio is gone the engine is gone too within this time, whatever still hangs."""
_LOG_FORMAT: Final = "%(asctime)s engine %(levelname)s %(name)s %(message)s"
_PREVIEW_WAIT_S: Final = 0.5


def engine_main(commands: Connection, frames: Connection, ring_prefix: str) -> None:
    """Run the engine until it is asked to quit or the studio is gone.

    Args:
        commands: commands come in here, events go out (both directions).
        frames: notes about preview frames go out here.
        ring_prefix: what the preview rings' names begin with.
    """
    if not faulthandler.is_enabled():
        faulthandler.enable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in the terminal is the studio's to answer
    prepare_environment(os.environ)
    if not logging.getLogger().handlers:
        logging.basicConfig(level=logging.INFO, format=_LOG_FORMAT)
    application = open_application()
    engine = EngineLoop(commands, frames, ring_prefix, application.quit)
    engine.start()
    application.exec()
    engine.close()


def prepare_environment(environment: MutableMapping[str, str]) -> None:
    """Let Qt start where there is no display, and undo what OpenCV's own Qt leaves behind."""
    for name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
        environment.pop(name, None)
    # On X11 FFmpeg captures, so Qt needs no display; and an X client dies with its server, as this must not.
    if sys.platform == "linux" and "WAYLAND_DISPLAY" not in environment:
        environment["QT_QPA_PLATFORM"] = "offscreen"


def open_application() -> QGuiApplication:
    """Make Qt's application, with the system's messages in English.

    Qt takes the user's locale for the whole process. FFmpeg then words its errors in it, also those that only
    say "try again", and PyAV (17.1) reads them as ASCII: under a Chinese desktop no sound could be encoded.
    """
    application = QGuiApplication(sys.argv[:1])
    if hasattr(locale, "LC_MESSAGES"):  # not on Windows
        locale.setlocale(locale.LC_MESSAGES, "C")
    return application


def exit_soon() -> None:
    """End the process in two seconds, unless it has ended by then."""
    last_resort = threading.Timer(_END_SECONDS, os._exit, (1,))
    last_resort.daemon = True
    last_resort.start()


class PreviewPump:
    """Writes composed frames into the preview ring, in a thread of its own.

    Args:
        video: the composed frames.
        previewed: makes of a composed frame what the host is to see; called in this thread.
        writer: writes into the ring.
        emit: takes events, from any thread.
    """

    def __init__(
        self,
        video: LatestFrame,
        previewed: Callable[[VideoFrame], VideoFrame],
        writer: PreviewWriter,
        emit: Callable[[EngineEvent], None],
    ) -> None:
        self._reader = video.reader()
        self._previewed = previewed
        self._writer = writer
        self._emit = emit
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="preview", daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def close(self) -> None:
        """Ask the thread to end; it may still hang in the pipe, and ends with the process then."""
        self._end.set()

    def _run(self) -> None:
        while not self._end.is_set():
            frame = self._reader.wait(_PREVIEW_WAIT_S)
            if frame is None:
                continue
            try:
                opened = self._writer.write(self._previewed(frame))
            except OSError as error:
                log.info("the preview ends: %s", error)
                return
            if opened is not None:
                self._emit(opened)


class EngineLoop(QObject):
    """Puts the engine's parts together; lives in the main thread.

    Args:
        commands: commands in, events out.
        frames: notes about preview frames out.
        ring_prefix: what the preview rings' names begin with.
        quit_loop: ends the main thread's loop.
    """

    def __init__(
        self, commands: Connection, frames: Connection, ring_prefix: str, quit_loop: Callable[[], None]
    ) -> None:
        super().__init__()
        display = display_of()
        clock, video, audio = MasterClock(), LatestFrame(), AudioFeed()
        self._quit_loop = quit_loop
        self._ring_prefix = ring_prefix
        self._choice = EncoderChoice()
        self._sender = EventSender(commands)
        encoder = SharedEncoder(video, self._choice)
        self._engine = Engine(
            clock,
            video,
            audio,
            publishing=Publisher(encoder, audio, clock, self._sender.send),
            catalog=SourceCatalog(clock, display),
            effects=EffectsManager(Registry.read(default_folder()), self._sender.send),
            emit=self._sender.send,
        )
        self._recorder = Recorder(encoder, audio, clock, self._sender.send)
        self._librarian = Librarian(self._sender.send)
        self._restreamer = Restreamer(encoder, audio, clock, self._sender.send)
        self._devices = DeviceWatch(display, self._on_devices)
        writer = PreviewWriter(frames, ring_prefix)
        self._preview = PreviewPump(video, self._engine.previewed, writer, self._sender.send)
        self._pump = CommandPump(commands, self._on_command, quit_loop, exit_soon)
        self._ticks, self._measures = QTimer(self), QTimer(self)
        self._ticks.timeout.connect(self._engine.tick)
        self._measures.timeout.connect(self._engine.measure)

    def start(self) -> None:
        """Begin."""
        self._sender.start()
        self._engine.start()
        self._preview.start()
        self._sender.send(EngineReady(pid=os.getpid(), encoder=self._choice.choose("")))
        self._devices.start()
        self._pump.start()
        self._ticks.start(1000 // TICKS_A_SECOND)
        self._measures.start(1000)

    def close(self) -> None:
        """End recording and publishing, close the sources, send what is still to be reported."""
        self._ticks.stop()
        self._measures.stop()
        self._preview.close()
        self._devices.close()
        self._recorder.close()
        self._librarian.close()
        self._restreamer.close()
        self._engine.close()
        self._sender.close()
        remove_rings(self._ring_prefix)  # a studio that was killed may not have mapped them

    def _on_devices(self, devices: Devices) -> None:
        self._sender.send(DevicesChanged(devices=devices))
        self._engine.retry_sources()

    def _on_command(self, command: EngineCommand) -> None:
        if isinstance(command, Quit):
            self._quit_loop()
        elif isinstance(command, LibraryCommand):
            self._librarian.handle(command)
        elif isinstance(command, RecorderCommand):
            self._recorder.handle(command)
        elif isinstance(command, Restream):
            self._restreamer.handle(command)
        else:
            self._engine.handle(command)
