"""Starts the host's or an assistant's studio: data folder, window, event loop, and an orderly end."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Final, Protocol

import platformdirs
import qasync
from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from studio.backend_here import backend_here
from studio.i18n import Language
from studio.logs import ErrorReporter, logging_into
from studio.parts import NAME, AssistantOptions, AssistantParts, StudioOptions, StudioParts
from studio.processes.backend_process import BackendProcess
from studio.secret import SecretError, load_secret
from studio.settings import SettingsStore
from studio.single_instance import SingleInstance

__all__ = ["AssistantOptions", "StudioOptions", "run_assistant", "run_studio"]

log = logging.getLogger("livestall.studio")

EXIT_CANNOT_START: Final = 2


class _Window(Protocol):
    """The window of either."""

    def come_forward(self) -> None:
        """Show it before all others."""


class _Program(Protocol):
    """A studio, whoever it is for."""

    @property
    def window(self) -> _Window:
        """The window."""

    async def run(self) -> None:
        """Show the window and work until it is closed."""

    def close(self) -> None:
        """End in good order."""


Make = Callable[[QApplication, Path, ErrorReporter], _Program]


def run_studio(options: StudioOptions) -> int:
    """Run the studio until its window is closed; return the exit code.

    A second studio on the same data folder shows the first one's window and ends with 0.
    """

    def make(application: QApplication, folder: Path, reporter: ErrorReporter) -> _Program:
        secret = load_secret(folder)
        language = Language(application, folder / "cache")
        backend = _start_backend(options, folder, secret, language)
        # Imported while the backend starts: both take over a second, on a processor each.
        from studio.engine.launch import run_engine
        from studio.processes.engine_process import EngineProcess
        from studio.studio import Studio

        parts = StudioParts(
            folder=folder,
            secret=secret,
            engine=EngineProcess(partial(run_engine, log_folder=folder / "logs")),
            backend=backend,
            language=language,
            reporter=reporter,
            icon=_dress(application),
        )
        return Studio(options, parts)

    return _run(_data_folder(options.data), make)


def run_assistant(options: AssistantOptions) -> int:
    """Run an assistant's studio until its window is closed; return the exit code.

    It has a folder of its own inside the data folder, so that host and assistant can work on one computer.
    """

    def make(application: QApplication, folder: Path, reporter: ErrorReporter) -> _Program:
        from studio.assistant import AssistantStudio

        language = Language(application, folder / "cache")
        return AssistantStudio(options, AssistantParts(folder, language, reporter, _dress(application)))

    return _run(_data_folder(options.data) / "assist", make)


def _data_folder(chosen: Path | None) -> Path:
    return chosen or Path(platformdirs.user_data_dir("livestall", appauthor=False))


def _start_backend(options: StudioOptions, folder: Path, secret: bytes, language: Language) -> BackendProcess:
    """Start the backend that the settings ask for, before the window is made; the studio goes on with it."""
    backend = BackendProcess()
    settings = SettingsStore(folder).peek()
    if settings is not None:
        language.choose(settings.language)
        here = backend_here(options, settings, folder=folder, secret=secret, language=language.current)
        if here is not None:
            backend.start(here)
    return backend


def _dress(application: QApplication) -> QIcon:
    """Give the application its look; returns its icon."""
    from widgets.common.theme import RESOURCES, apply_theme

    apply_theme(application)
    return QIcon(str(RESOURCES / "icons" / "livestall.svg"))


def _run(folder: Path, make: Make) -> int:
    try:
        with logging_into(folder / "logs"):
            return _run_in(folder, make)
    except (OSError, SecretError) as error:
        reason = error if isinstance(error, SecretError) else _why_unusable(folder, error)
        sys.stderr.write(f"livestall: {reason}\n")
        return EXIT_CANNOT_START


def _why_unusable(folder: Path, error: OSError) -> str:
    return (
        f"The data folder {folder} cannot be used: {error.strerror}. "
        "Free some space, check who may write there, or choose another folder with --data."
    )


def _run_in(folder: Path, make: Make) -> int:
    # OpenCV sets these for a Qt of its own.
    for name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
        os.environ.pop(name, None)
    application = QApplication(sys.argv[:1])
    application.setApplicationName(NAME)
    application.setDesktopFileName("livestall")
    # We end ourselves: Qt's way would stop the loop before the broadcast has ended.
    application.setQuitOnLastWindowClosed(False)
    instance = SingleInstance(folder)
    if not instance.acquire():
        return _raise_first(instance, folder)
    try:
        return _run_application(application, instance, folder, make)
    finally:
        instance.release()


def _raise_first(instance: SingleInstance, folder: Path) -> int:
    if instance.raise_other():
        return 0
    sys.stderr.write(
        f"livestall: another studio works in {folder} and does not answer. "
        "End it, or choose another folder with --data.\n"
    )
    return EXIT_CANNOT_START


def _run_application(application: QApplication, instance: SingleInstance, folder: Path, make: Make) -> int:
    reporter = ErrorReporter()
    with reporter.installed():
        program = make(application, folder, reporter)
        instance.raise_wanted.connect(program.window.come_forward)
        loop = qasync.QEventLoop(application)
        asyncio.set_event_loop(loop)
        loop.set_exception_handler(reporter.on_loop_error)
        with loop, _signals_close(program, loop):
            loop.run_until_complete(program.run())
    return 0


@contextmanager
def _signals_close(program: _Program, loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Let SIGINT and SIGTERM close the program in good order."""

    def on_signal(number: int, _frame: FrameType | None) -> None:
        log.info("signal %d: closing", number)
        loop.call_soon_threadsafe(program.close)

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    # While Qt waits, Python's handlers do not run: a timer lets Python in twice a second.
    waker = QTimer()
    waker.timeout.connect(_do_nothing)
    waker.start(500)
    try:
        yield
    finally:
        waker.stop()
        for number, handler in before.items():
            signal.signal(number, handler)


def _do_nothing() -> None:
    """Let the interpreter see its signals."""
