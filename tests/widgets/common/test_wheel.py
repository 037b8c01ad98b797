import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QSlider,
    QSpinBox,
    QTabBar,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.widgets.every_window import DIALOGS, WINDOWS
from tests.widgets.pages import each_page
from widgets.common.reset_slider import ResetSlider

ROOT = Path(__file__).parents[3]
KINDS = (QAbstractSlider, QAbstractSpinBox, QComboBox, QTabBar)


def turn(widget: QWidget, notches: int) -> None:
    """Turn the wheel over the middle of a widget; it goes to that widget, whatever lies over it."""
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        widget.mapToGlobal(middle),
        QPoint(0, 0),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003  Qt's own order
    )
    QApplication.sendEvent(widget, event)


def state(widget: QWidget) -> tuple[object, ...]:
    """What a wheel may change: a value, what is chosen, what is typed; not how far something is scrolled."""
    names = ("value", "currentIndex", "currentText", "text", "checked", "date", "time", "dateTime")
    return tuple(widget.property(name) for name in names)


def turnable(root: QWidget) -> list[QWidget]:
    """All within a window that is no scroll bar."""
    return [
        each
        for each in root.findChildren(QWidget)
        if not isinstance(each, QScrollBar) and each.window() is root and each.isEnabled()
    ]


@pytest.fixture(params=WINDOWS | DIALOGS)
def window(request: pytest.FixtureRequest) -> Iterator[QWidget]:
    parent = QWidget()
    made = (WINDOWS | DIALOGS)[request.param](parent)
    made.show()
    yield made
    close = getattr(made, "close_for_good", made.close)
    close()


def test_the_wheel_changes_nothing_without_focus_in_any_window(window: QWidget) -> None:
    changed = []
    for _page in each_page(window):
        for each in turnable(window):
            each.ensurePolished()
            before = state(each)
            focused = QApplication.focusWidget()
            if each is focused or (focused is not None and each.isAncestorOf(focused)):
                continue
            for notches in (6, -6):
                turn(each, notches)
                if state(each) != before:
                    changed.append(each)
                    break

    assert changed == []


def test_every_widget_that_the_wheel_turns_ignores_it_without_focus(window: QWidget) -> None:
    found = [each for each in turnable(window) if isinstance(each, KINDS)]
    for each in found:
        each.ensurePolished()

    assert [each for each in found if each.focusPolicy() is Qt.FocusPolicy.WheelFocus] == []


def test_the_wheel_turns_what_has_the_focus(qtbot: QtBot) -> None:
    spin = QSpinBox()
    qtbot.addWidget(spin)
    spin.show()
    spin.activateWindow()
    spin.setFocus()
    qtbot.waitUntil(spin.hasFocus)
    turn(spin, 1)

    assert spin.value() == 1


def test_the_wheel_over_a_field_scrolls_the_area_around_it(qtbot: QtBot) -> None:
    inner = QWidget()
    layout = QVBoxLayout(inner)
    fields = [QSpinBox(), QComboBox(), QSlider(Qt.Orientation.Horizontal), ResetSlider(0, 9, 5)]
    for field in fields:
        field.setFixedHeight(80)
        layout.addWidget(field)
    other = QLineEdit()
    layout.addWidget(other)
    area = QScrollArea()
    layout.addSpacing(300)
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.resize(200, 100)
    qtbot.addWidget(area)
    area.show()
    area.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    for field in fields:
        area.verticalScrollBar().setValue(0)
        area.ensureWidgetVisible(field, 0, 0)
        before = area.verticalScrollBar().value()
        place = field.mapTo(area, field.rect().center())
        QTest.wheelEvent(area.windowHandle(), QPointF(place), QPoint(0, -120))
        assert not field.hasFocus()
        assert area.verticalScrollBar().value() != before


def test_no_widget_has_a_wheel_of_its_own() -> None:
    files = [path for folder in ("widgets", "studio") for path in (ROOT / folder).rglob("*.py")]

    assert [path for path in files if re.search(r"def wheelEvent\b", path.read_text(encoding="utf-8"))] == []
