"""An empty window that imports what the studio imports: what a start costs before the studio does anything.

Prints one line of JSON once it has painted, as the studio does with `--ready-json`, and ends.
"""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow
from typing_extensions import override

import main as command_line
import studio.app
import studio.processes.engine_process
import studio.studio  # noqa: F401 - what these import is what the start costs
from studio.parts import NAME


class EmptyWindow(QMainWindow):
    """Tells when it is there, and closes."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """See QWidget."""
        super().paintEvent(event)
        print('{"ready": true}', flush=True)
        QTimer.singleShot(0, QApplication.quit)


def main() -> int:
    """Show the window until it has painted."""
    command_line.make_parser()
    application = QApplication(sys.argv)
    application.setApplicationName(NAME)
    window = EmptyWindow()
    window.resize(1280, 800)
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
