import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from widgets.common.forms import (
    add_field,
    align_captions,
    caption,
    column,
    combo,
    fill_combo,
    form,
    label,
    primary_button,
    push_button,
    row,
    say,
    set_tone,
    tool_button,
)


def test_a_label_never_reads_markup(qtbot: QtBot) -> None:
    made = label("<b>bold</b>")
    qtbot.addWidget(made)
    other = QLabel("<b>bold</b>")
    qtbot.addWidget(other)

    assert made.sizeHint().width() > other.sizeHint().width()


def test_a_button_says_the_same_to_eye_hand_and_ear(qtbot: QtBot) -> None:
    button = push_button("fa5s.copy")
    qtbot.addWidget(button)
    say(button, "Copy", "Copy the link")

    assert (button.text(), button.toolTip(), button.accessibleName()) == ("Copy", "Copy the link", "Copy")


def test_a_button_of_an_icon_alone_has_a_name_too(qtbot: QtBot) -> None:
    button = tool_button("fa5s.cog")
    qtbot.addWidget(button)
    say(button, "Settings")

    assert (button.toolTip(), button.accessibleName()) == ("Settings", "Settings")


def test_a_primary_button_is_marked_for_the_style_sheet(qtbot: QtBot) -> None:
    button = primary_button("fa5s.play")
    qtbot.addWidget(button)

    assert button.property("primary") == "true"


def test_filling_a_choice_tells_nobody(qtbot: QtBot, record: Record) -> None:
    box = combo()
    qtbot.addWidget(box)
    changes = record(box.currentIndexChanged)
    fill_combo(box, [("a", "A"), ("b", "B")], "b")

    assert box.currentData() == "b"
    assert changes == []


def test_a_value_that_is_not_offered_falls_back_to_the_first(qtbot: QtBot) -> None:
    box = combo()
    qtbot.addWidget(box)
    fill_combo(box, [("a", "A"), ("b", "B")], "gone")

    assert box.currentData() == "a"


def test_rows_and_columns_nest(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    one, other = QPushButton("1"), QPushButton("2")
    host.setLayout(column(row(one, other), form(), margin=4))

    assert one.parent() is host
    assert other.parent() is host


def test_a_tone_can_change(qtbot: QtBot) -> None:
    made = label("x")
    qtbot.addWidget(made)
    set_tone(made, "bad")
    set_tone(made, "ok")

    assert made.property("tone") == "ok"


def test_the_fields_of_all_forms_in_a_window_begin_at_one_edge(qtbot: QtBot) -> None:
    window, outer, inner, nested = QWidget(), form(), form(), QWidget()
    qtbot.addWidget(window)
    fields = [QLineEdit(), QLineEdit()]
    add_field(outer, fields[0], caption("Unit", fields[0]))
    add_field(inner, fields[1], caption("On one network at most", fields[1]))
    inner.setContentsMargins(0, 0, 0, 0)
    nested.setLayout(inner)
    add_field(outer, nested)
    left, right = form(), form()
    for side, text in ((left, "A"), (right, "B")):
        add_field(side, fields_beside := QLineEdit(), caption(text, fields_beside))
    window.setLayout(column(outer, row(left, right)))
    align_captions(window)
    window.show()

    assert len({field.mapTo(window, QPoint()).x() for field in fields}) == 1
    assert left.geometry().width() == pytest.approx(right.geometry().width(), abs=4)
    label_beside = left.itemAt(0, QFormLayout.ItemRole.LabelRole)
    assert label_beside is not None
    assert label_beside.geometry().width() < 40
