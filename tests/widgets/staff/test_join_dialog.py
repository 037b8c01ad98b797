from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from widgets.staff.join_dialog import JoinDialog, JoinRequest


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[JoinDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    made = JoinDialog(parent)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    made.open()
    yield made
    parent.close()


def fill(dialog: JoinDialog, link: str, code: str = "", name: str = "Wang") -> None:
    for field, text in ((dialog.link, link), (dialog.code, code), (dialog.name, name)):
        if text:
            field.setText(text)


def test_a_pasted_link_fills_room_and_code(dialog: JoinDialog, record: Record) -> None:
    wanted = record(dialog.join_wanted)
    fill(dialog, "http://shop:8787/r/tea#assist=7KQ2M-04XRT")
    assert dialog.link.text() == "http://shop:8787/r/tea"
    assert dialog.code.text() == "7KQ2M-04XRT"
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)

    assert wanted == [(JoinRequest("http://shop:8787", "tea", "7KQ2M-04XRT", "Wang"),)]


def test_an_address_and_a_code_can_be_typed(dialog: JoinDialog, record: Record) -> None:
    wanted = record(dialog.join_wanted)
    fill(dialog, "192.168.1.5:8787", "7kq2m o4xrt", " Wang ")
    dialog.join_button.click()

    assert wanted == [(JoinRequest("http://192.168.1.5:8787", "main", "7kq2m o4xrt", "Wang"),)]


def test_what_is_missing_cannot_be_sent(dialog: JoinDialog) -> None:
    assert not dialog.join_button.isEnabled()
    fill(dialog, "http://shop:8787/r/tea", "7KQ2M-04XRT", " ")
    assert not dialog.join_button.isEnabled()
    dialog.name.setText("Wang")

    assert dialog.join_button.isEnabled()


@pytest.mark.parametrize(
    ("link", "code", "field"),
    [("the room of Ann", "7KQ2M-04XRT", "link"), ("http://shop/r/tea", "7KQ2M", "code")],
)
def test_what_cannot_be_right_is_told_at_once(
    dialog: JoinDialog, record: Record, link: str, code: str, field: str
) -> None:
    wanted = record(dialog.join_wanted)
    fill(dialog, link, code)
    dialog.join_button.click()
    assert dialog.problem.isVisible()
    assert getattr(dialog, field).selectedText() == getattr(dialog, field).text()
    getattr(dialog, field).setText("x")

    assert not dialog.problem.isVisible()
    assert wanted == []


def test_while_the_room_is_asked_nothing_can_be_changed_and_a_problem_lets_it_be_tried_again(
    dialog: JoinDialog,
) -> None:
    fill(dialog, "http://shop:8787/r/tea", "7KQ2M-04XRT")
    dialog.join_button.click()
    assert dialog.busy.isVisible()
    assert not dialog.code.isEnabled()
    dialog.show_problem("The code is used.")

    assert dialog.problem.text() == "The code is used."
    assert not dialog.busy.isVisible()
    assert dialog.join_button.isEnabled()


def test_the_join_dialog_puts_the_cursor_where_something_is_missing(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    dialog = JoinDialog(parent, "http://shop:8787/r/tea", "Wang")
    dialog.open()

    assert dialog.focusWidget() is dialog.code
    dialog.reject()
