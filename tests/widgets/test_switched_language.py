"""A window that stays open while the language changes says all its words anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from studio.i18n import CHINESE, ENGLISH, Language
from tests.widgets.every_window import WINDOWS

STAYING = ("main", "assistant", "orders", "products")
"""The windows that are open beside the settings, where the language is chosen."""


@pytest.fixture
def language(application: QApplication, tmp_path: Path) -> Iterator[Language]:
    language = Language(application, tmp_path)
    yield language
    language.choose(ENGLISH)
    QApplication.processEvents()


@pytest.mark.parametrize("name", STAYING)
def test_a_window_switched_to_chinese_says_what_one_made_in_chinese_says(
    name: str, language: Language
) -> None:
    switched = WINDOWS[name](QWidget())
    language.choose(CHINESE)
    # Windows are told by a posted event.
    QApplication.processEvents()
    made = WINDOWS[name](QWidget())
    try:
        assert _words(switched) == _words(made)
    finally:
        for window in (switched, made):
            getattr(window, "close_for_good", window.close)()


def _words(window: QWidget) -> list[tuple[str, ...]]:
    """The words of every widget of ours, in order; Qt's own inside of its widgets say Qt's."""
    found: list[tuple[str, ...]] = []
    for widget in window.findChildren(QWidget):
        if widget.objectName().startswith(("qt_", "ScrollLeft", "ScrollRight")):
            continue
        text = widget.text() if isinstance(widget, (QLabel, QAbstractButton)) else ""
        found.append((type(widget).__name__, text, widget.toolTip(), widget.accessibleName()))
    return found
