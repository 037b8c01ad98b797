"""Logs of studio and engine: rotating files, Qt's messages, crashes, and uncaught errors."""

import faulthandler
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from backend.contract.private_files import PrivateLogFile, make_private_folder, open_private

log = logging.getLogger("livestall.studio")

LOG_BYTES: Final = 2 * 1024 * 1024
LOG_FILES: Final = 5
FORMAT: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"
QT_LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


@contextmanager
def logging_into(folder: Path, process: str = "studio") -> Iterator[None]:
    """Log into `<process>.log` of a folder, a crash's stack into `<process>-crash.log`, until the block ends.

    Raises:
        OSError: the folder cannot be made or written.
    """
    make_private_folder(folder)
    handler = PrivateLogFile(
        folder / f"{process}.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES - 1, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter(FORMAT))
    root, ours = logging.getLogger(), logging.getLogger("livestall")
    ours.setLevel(logging.INFO)
    root.addHandler(handler)
    with open_private(folder / f"{process}-crash.log") as crash:
        faulthandler.enable(crash)
        qInstallMessageHandler(_on_qt_message)
        try:
            yield
        finally:
            qInstallMessageHandler(None)
            faulthandler.disable()
            root.removeHandler(handler)
            handler.close()


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    logging.getLogger("livestall.qt").log(QT_LEVELS.get(kind, logging.INFO), "%s", message)


class ErrorReporter(QObject):
    """Logs uncaught errors, wherever they happened, and reports them to the window.

    Attributes:
        reported: emitted, in the window's thread, with the error in one line.
    """

    reported = Signal(str)

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Catch errors of this thread, of other threads and of Qt slots until the block ends."""
        before = sys.excepthook, threading.excepthook
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread_error
        try:
            yield
        finally:
            sys.excepthook, threading.excepthook = before

    def on_loop_error(self, _loop: object, context: dict[str, Any]) -> None:
        """Take an error of a task that nobody waits for; a handler for `loop.set_exception_handler`."""
        error = context.get("exception")
        if isinstance(error, BaseException):
            self._on_error(type(error), error, error.__traceback__)
        else:
            log.error("event loop: %s", context.get("message"))

    def _on_error(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        log.error("not caught", exc_info=(kind, error, trace))
        self.reported.emit(f"{kind.__name__}: {error}")

    def _on_thread_error(self, hook: threading.ExceptHookArgs) -> None:
        if hook.exc_value is not None:
            self._on_error(hook.exc_type, hook.exc_value, hook.exc_traceback)
