"""Other people's text, put into Qt as plain text: the only module that hands Qt a text it did not write.

Qt takes a tooltip, a label and a message box for HTML where it looks like HTML, and loads what that names:
files, devices, other machines. It takes `&` in a button for a hotkey and `[*]` in a title for a mark. Names,
messages, titles of products, file names and what servers say therefore go through these functions, and so
does every text that is not written where it is set; tests/test_plain_text.py finds who goes around them.
"""

import re
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidgetItem,
    QMainWindow,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QToolTip,
    QWidget,
)

MAX_TEXT: Final = 4_000
MAX_TOOLTIP: Final = 500
# Control characters, marks that turn the direction of what follows, halves of surrogate pairs.
_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

Texted = QLabel | QLineEdit | QAbstractButton | QAction | QListWidgetItem | QTableWidgetItem


def set_text(target: Texted, text: str) -> None:
    """Show this text, letter by letter; a field to type in gets it unchanged, because it gives it back."""
    if isinstance(target, QLineEdit):
        target.setText(text)
    elif isinstance(target, QLabel):
        target.setTextFormat(Qt.TextFormat.PlainText)  # before the text, or Qt has read it as HTML
        target.setText(_plain(text) if target.buddy() is None else _without_hotkey(text))
    elif isinstance(target, QAbstractButton):
        target.setText(_without_hotkey(text))
    elif isinstance(target, QAction):
        target.setText(_without_hotkey(text))
        target.setToolTip(tooltip(text))  # otherwise it is the text, unescaped
    else:
        target.setText(_plain(text))


def set_tooltip(target: QWidget | QListWidgetItem | QTableWidgetItem, text: str) -> None:
    """Show this text when the mouse rests there."""
    target.setToolTip(tooltip(text))


def show_tooltip(at: QPoint, text: str, widget: QWidget) -> None:
    """Show this text as a tooltip of the widget now, at a place on the screen."""
    QToolTip.showText(at, tooltip(text), widget)


def tooltip(text: str) -> str:
    """What a model returns for `ToolTipRole`, so that this text is shown; a long one is cut."""
    shown = _plain(text, MAX_TOOLTIP)
    return Qt.convertFromPlainText(shown) if Qt.mightBeRichText(shown) else shown


def one_text(text: str, most: int = MAX_TEXT) -> str:
    """What is painted by hand: this text without what is not seen; a long one is cut."""
    return _plain(text, most)


def set_title(window: QDialog | QMainWindow, text: str) -> None:
    """Set a window's title. Not a dock's: where docks are tabs, Qt makes a tooltip of it, unescaped."""
    window.setWindowTitle(" ".join(_plain(text).split()).replace("[*]", "[*][*]"))


def set_name(widget: QWidget, text: str) -> None:
    """Set what a screen reader calls the widget."""
    widget.setAccessibleName(_plain(text))


def set_description(widget: QWidget, text: str) -> None:
    """Set what a screen reader tells of the widget beyond its name."""
    widget.setAccessibleDescription(_plain(text))


def cell(text: str) -> QTableWidgetItem:
    """A cell of a table that shows this text."""
    return QTableWidgetItem(_plain(text))


def set_headers(table: QTableWidget, texts: Sequence[str]) -> None:
    """Set what stands above a table's columns."""
    table.setHorizontalHeaderLabels([_plain(text) for text in texts])


def add_entry(box: QComboBox, text: str, value: object) -> None:
    """Offer one more value to choose, under this text."""
    box.addItem(_plain(text), value)


def set_placeholder(field: QLineEdit, text: str) -> None:
    """Show this text while nothing is typed."""
    field.setPlaceholderText(_plain(text))


def set_file_label(dialog: QFileDialog, which: QFileDialog.DialogLabel, text: str) -> None:
    """Name a field of Qt's own dialog for files."""
    dialog.setLabelText(which, _plain(text))


def set_tab(tabs: QTabWidget, place: int, text: str) -> None:
    """Set the text of the tab at this place."""
    tabs.setTabText(place, _without_hotkey(text))


def _plain(text: str, most: int = MAX_TEXT) -> str:
    seen = _UNSEEN.sub("", text[: 2 * most])
    return seen if len(seen) <= most else seen[: most - 1] + "…"


def _without_hotkey(text: str) -> str:
    return _plain(text).replace("&", "&&")
