"""Says what does not fit in the studio's windows: run at a scale, it prints faults as JSON lines.

`QT_SCALE_FACTOR` counts when Qt starts, so a scale needs a process of its own; all windows share it.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

SIZES: Final = ((1024, 576), (1280, 720), (1366, 768), (1920, 1080))
LANGUAGES: Final = ("zh_CN", "en")


def main() -> None:
    """Print each fault of each window, page, size and language once."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication, QWidget

    from studio.i18n import Language
    from tests.widgets.every_window import DIALOGS, WINDOWS
    from widgets.common.theme import apply_theme

    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    apply_theme(application)
    with tempfile.TemporaryDirectory() as cache:
        language = Language(application, Path(cache))
        for chosen in LANGUAGES:
            language.choose(chosen)
            for name, make in {**WINDOWS, **DIALOGS}.items():
                parent = QWidget()
                window = make(parent)
                for fault in faults_of(window):
                    sys.stdout.write(json.dumps([chosen, name, *fault], ensure_ascii=False) + "\n")
                getattr(window, "close_for_good", window.close)()


def faults_of(window: object) -> Iterator[list[object]]:
    """Each control of each page that does not fit, with the size at which it does not."""
    from PySide6.QtWidgets import QApplication, QDialog, QListWidget, QWidget

    assert isinstance(window, QWidget)
    window.showNormal()
    pages = [page for page in window.findChildren(QListWidget) if page.objectName() == "pages"]
    for width, height in SIZES:
        # A dialog has the size that it wants, as long as the screen has it.
        size = window.sizeHint() if isinstance(window, QDialog) else None
        wide = min(width, max(size.width(), window.width())) if size else width
        high = min(height, max(size.height(), window.height())) if size else height
        window.resize(wide, high)
        for number in range(pages[0].count() if pages else 1):
            for page in pages:
                page.setCurrentRow(number)
            QApplication.processEvents()
            if window.width() > width or window.height() > height:
                yield [number, (width, height), "the window", window.width(), window.height()]
            for fault in _cut(window):
                yield [number, (width, height), *fault]


def _cut(window: object) -> Iterator[list[object]]:
    from PySide6.QtCore import QPoint, QRect
    from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QWidget

    from widgets.common.elided_label import ElidedLabel

    assert isinstance(window, QWidget)
    found: list[QLabel | QAbstractButton] = [
        *window.findChildren(QLabel),
        *window.findChildren(QAbstractButton),
    ]
    for widget in found:
        text = widget.text()
        if (
            not widget.isVisible()
            or not text
            or isinstance(widget, ElidedLabel)
            or widget.window() is not window
        ):
            continue
        need = widget.minimumSizeHint().width()
        wraps = isinstance(widget, QLabel) and widget.wordWrap()
        if not wraps and widget.width() < need:
            yield [text, "is cut", widget.width(), need]
        if _is_in(widget, QScrollArea) or _is_behind_a_tab(widget):
            continue
        place = QRect(widget.mapTo(window, QPoint()), widget.size())
        if not window.rect().contains(place):
            yield [text, "is outside", place.x(), place.y(), place.width(), place.height()]


def _is_behind_a_tab(widget: object) -> bool:
    from PySide6.QtWidgets import QDockWidget, QWidget

    while isinstance(widget, QWidget):
        if isinstance(widget, QDockWidget):
            return widget.visibleRegion().isEmpty()
        widget = widget.parent()
    return False


def _is_in(widget: object, kind: type) -> bool:
    from PySide6.QtWidgets import QWidget

    while isinstance(widget, QWidget):
        if isinstance(widget, kind):
            return True
        widget = widget.parent()
    return False


if __name__ == "__main__":
    main()
