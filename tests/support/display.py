"""A screen for tests: an X server without hardware, with a window manager and windows of known colours."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

START_SECONDS = 15
END_SECONDS = 5
WINDOW_PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QRasterWindow, QPainter, QColor
class Window(QRasterWindow):
    def paintEvent(self, event):
        QPainter(self).fillRect(0, 0, self.width(), self.height(), QColor(sys.argv[2]))
application = QGuiApplication([])
window = Window()
window.setTitle(sys.argv[1])
window.resize(int(sys.argv[3]), int(sys.argv[4]))
window.show()
QTimer.singleShot(0, lambda: print("shown", flush=True))
application.exec()
"""


@contextmanager
def virtual_display(width: int = 1280, height: int = 800) -> Iterator[str]:
    """Run Xvfb and openbox on a free display; yields its name, such as `:101`."""
    read_end, write_end = os.pipe()
    arguments = ["-displayfd", str(write_end), "-screen", "0", f"{width}x{height}x24"]
    server = subprocess.Popen(
        [_program("Xvfb"), *arguments, "-nolisten", "tcp", "-ac"],
        pass_fds=(write_end,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    try:
        with os.fdopen(read_end) as pipe:
            name = f":{pipe.readline().strip()}"
        assert name != ":", "Xvfb ended before it had a display"
        with _running([_program("openbox")], {"DISPLAY": name}):
            _wait_for_window_manager(name)
            yield name
    finally:
        _end(server)


@contextmanager
def window(display: str, title: str, color: str, width: int = 300, height: int = 200) -> Iterator[None]:
    """Show a window of one colour until the block ends."""
    program = subprocess.Popen(
        [sys.executable, "-c", WINDOW_PROGRAM, title, color, str(width), str(height)],
        env={**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
        stdout=subprocess.PIPE,
    )
    try:
        assert program.stdout is not None
        assert program.stdout.readline() == b"shown\n"
        yield
    finally:
        _end(program)


@contextmanager
def _running(command: list[str], environment: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        _end(process)


def _wait_for_window_manager(display: str) -> None:
    """openbox sets this property of the root window when it manages it."""
    from Xlib import X
    from Xlib.display import Display

    connection = Display(display)
    try:
        atom = connection.intern_atom("_NET_SUPPORTING_WM_CHECK")
        end = time.monotonic() + START_SECONDS
        while connection.screen().root.get_full_property(atom, X.AnyPropertyType) is None:
            assert time.monotonic() < end, "openbox did not start"
            time.sleep(0.02)
    finally:
        connection.close()


def _program(name: str) -> str:
    path = shutil.which(name)
    assert path, f"{name} is not installed (see scripts/apt/test.txt)"
    return path


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(END_SECONDS)
    if process.poll() is None:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()
