"""Small builders that panels and dialogs share: labels, buttons, rows; nothing with a will of its own."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from widgets.common import plain
from widgets.common.theme import ICON_SIZE, icon


def label(text: str = "", role: str = "") -> QLabel:
    """A label of plain text; `role` is one of the style sheet's: dim, faint, title, clock."""
    made = QLabel()
    plain.set_text(made, text)
    if role:
        made.setProperty("role", role)
    return made


def caption(text: str, widget: QWidget) -> QLabel:
    """The label of a form's field."""
    made = QLabel()
    made.setBuddy(widget)
    plain.set_text(made, text)
    return made


def set_tone(widget: QWidget, tone: str) -> None:
    """Give a widget another tone of the style sheet (ok, warn, bad, live, paused, or none)."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def say(button: QPushButton | QToolButton, text: str, tooltip: str = "") -> None:
    """Set a button's text, tooltip and accessible name at once; an icon-only button keeps its face."""
    if isinstance(button, QPushButton):
        plain.set_text(button, text)
    plain.set_tooltip(button, tooltip or text)
    plain.set_name(button, text)


def push_button(icon_name: str = "", tint: str = "text") -> QPushButton:
    """A push button with an icon; its texts come by `say`."""
    made = QPushButton()
    if icon_name:
        made.setIcon(icon(icon_name, tint))
        made.setIconSize(ICON_SIZE)
    return made


def primary_button(icon_name: str) -> QPushButton:
    """The one button of a panel that matters most."""
    made = push_button(icon_name, "text")
    made.setProperty("primary", "true")
    made.setIconSize(QSize(18, 18))
    return made


def tool_button(icon_name: str, tint: str = "dim") -> QToolButton:
    """A button of an icon alone; its texts come by `say`."""
    made = QToolButton()
    made.setIcon(icon(icon_name, tint))
    made.setIconSize(ICON_SIZE)
    return made


def column(*items: QWidget | QLayout, margin: int = 0, spacing: int = 8) -> QVBoxLayout:
    """Widgets and layouts from top to bottom."""
    made = QVBoxLayout()
    _fill(made, items, margin, spacing)
    return made


def row(*items: QWidget | QLayout, margin: int = 0, spacing: int = 8) -> QHBoxLayout:
    """Widgets and layouts from left to right."""
    made = QHBoxLayout()
    _fill(made, items, margin, spacing)
    return made


def _fill(layout: QBoxLayout, items: Sequence[QWidget | QLayout], margin: int, spacing: int) -> None:
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(spacing)
    for item in items:
        if isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)


def form() -> QFormLayout:
    """A form whose fields share the width that is left."""
    made = QFormLayout()
    made.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    made.setHorizontalSpacing(18)
    made.setVerticalSpacing(12)
    return made


def add_field(rows: QFormLayout, field_itself: QWidget, its_caption: QLabel | None = None) -> None:
    """Add a field with its caption; without one it takes the whole width."""
    if its_caption is None:
        rows.addRow(field_itself)
    else:
        rows.addRow(its_caption, field_itself)


def align_captions(window: QWidget) -> None:
    """Let the fields of a window's forms begin at one edge; those that share a line are left as they are."""
    forms = [rows for rows in window.findChildren(QFormLayout) if not _shares_its_line(rows)]
    captions = [caption for rows in forms for caption in _captions(rows)]
    width = max((caption.sizeHint().width() for caption in captions), default=0)
    for caption in captions:
        caption.setMinimumWidth(width)


def _shares_its_line(rows: QFormLayout) -> bool:
    return isinstance(rows.parent(), QHBoxLayout)


def _captions(rows: QFormLayout) -> list[QWidget]:
    items = (rows.itemAt(number, QFormLayout.ItemRole.LabelRole) for number in range(rows.rowCount()))
    return [widget for item in items if item is not None and (widget := item.widget()) is not None]


def combo() -> QComboBox:
    """A choice that may be narrower than its longest entry."""
    made = QComboBox()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(8)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made


def fill_combo(box: QComboBox, entries: Sequence[tuple[str, str]], chosen: str) -> None:
    """Offer these entries (value, text) and choose one, without telling anybody."""
    blocked = box.blockSignals(True)  # noqa: FBT003  Qt's own name
    box.clear()
    for value, text in entries:
        plain.add_entry(box, text, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(blocked)
