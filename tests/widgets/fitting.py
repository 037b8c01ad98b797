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
LEAST_READ: Final = 6
"""Characters of a text that are read before its ellipsis."""


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
    from PySide6.QtWidgets import QApplication, QDialog, QWidget

    from tests.widgets.pages import each_page

    assert isinstance(window, QWidget)
    window.showNormal()
    for width, height in SIZES:
        # A dialog has the size that it wants, as long as the screen has it.
        size = window.sizeHint() if isinstance(window, QDialog) else None
        wide = min(width, max(size.width(), window.width())) if size else width
        high = min(height, max(size.height(), window.height())) if size else height
        window.resize(wide, high)
        QApplication.processEvents()
        for page in each_page(window):
            if window.width() > width or window.height() > height:
                yield [page, (width, height), "the window", window.width(), window.height()]
            for fault in (*_cut(window), *_cut_at_its_side(window), *_told_by_too_little(window)):
                yield [page, (width, height), *fault]


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
        if not widget.isVisible() or not text or widget.window() is not window:
            continue
        need = widget.minimumSizeHint().width()
        wraps = isinstance(widget, QLabel) and widget.wordWrap()
        if not wraps and widget.width() < need and not isinstance(widget, ElidedLabel):
            yield [text, "is cut", widget.width(), need]
        high = widget.heightForWidth(widget.width()) if wraps else widget.minimumSizeHint().height()
        if widget.height() < high:
            yield [text, "is cut below", widget.height(), high]
        if _is_in(widget, QScrollArea) or _is_behind_a_tab(widget):
            continue
        place = QRect(widget.mapTo(window, QPoint()), widget.size())
        if not window.rect().contains(place):
            yield [text, "is outside", place.x(), place.y(), place.width(), place.height()]


def _cut_at_its_side(window: object) -> Iterator[list[object]]:
    """What lies beside the middle of a scroll area: it scrolls up and down alone."""
    from PySide6.QtWidgets import QScrollArea, QWidget

    assert isinstance(window, QWidget)
    for area in window.findChildren(QScrollArea):
        inner, seen = area.widget(), area.viewport().width()
        if area.isVisible() and area.window() is window and inner is not None and inner.width() > seen:
            name = type(area.parentWidget()).__name__
            yield [name, "is cut at its side", seen, inner.width()]


def _told_by_too_little(window: object) -> Iterator[list[object]]:
    """Texts that end in an ellipsis: enough of them is read, and the tooltip has the whole."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QWidget

    from tests.widgets.tooltips import read
    from widgets.common.elided_label import ElidedLabel

    assert isinstance(window, QWidget)
    for label in window.findChildren(ElidedLabel):
        whole = label.text()
        if not label.isVisible() or _is_behind_a_tab(label):
            continue
        shown = label.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, label.width())
        if shown != whole and len(shown) - 1 < LEAST_READ:
            yield [whole, "is told by", shown]
        if shown != whole and whole not in read(label.toolTip()):
            yield [whole, "is nowhere told whole", label.toolTip()]


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
