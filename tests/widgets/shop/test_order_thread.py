import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from backend.contract.order_messages import MessageSide, OrderMessage
from tests.widgets.conftest import Record
from tests.widgets.orders import NOON_MS
from widgets.shop.order_thread import OrderThread


@pytest.fixture
def thread(qtbot: QtBot) -> OrderThread:
    made = OrderThread()
    qtbot.addWidget(made)
    made.show()
    return made


def said(number: int, text: str, side: MessageSide = MessageSide.BUYER) -> OrderMessage:
    return OrderMessage("o1", number, side, text, NOON_MS)


def texts(thread: OrderThread) -> list[str]:
    return [label.text() for label in thread.area.findChildren(QLabel)]


def test_a_thread_shows_what_was_typed_letter_by_letter(thread: OrderThread) -> None:
    thread.show_order("o1")
    thread.show_messages(
        "o1", [said(1, "<b>hi</b>"), said(2, "hello", MessageSide.SHOP)], NOON_MS, has_older=False
    )
    assert "<b>hi</b>" in texts(thread)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in thread.area.findChildren(QLabel))


def test_enter_sends_a_message_once_and_a_refused_one_stays_in_the_field(
    thread: OrderThread, record: Record
) -> None:
    wanted = record(thread.write_wanted)
    thread.show_order("o1")
    QTest.keyClicks(thread.field, " gladly ")
    QTest.keyClick(thread.field, Qt.Key.Key_Return)
    QTest.keyClick(thread.field, Qt.Key.Key_Return)
    assert wanted == [("o1", "gladly")]
    thread.show_refused("o1", "no line")
    assert (thread.field.text(), thread.problem.isVisible()) == (" gladly ", True)
    QTest.keyClick(thread.field, Qt.Key.Key_Return)
    thread.show_sent("o1")
    assert (thread.field.text(), thread.problem.isVisible(), len(wanted)) == ("", False, 2)


def test_an_empty_message_is_not_sent(thread: OrderThread, record: Record) -> None:
    wanted = record(thread.write_wanted)
    thread.show_order("o1")
    QTest.keyClicks(thread.field, "   ")
    QTest.keyClick(thread.field, Qt.Key.Key_Return)
    assert (wanted, thread.send_button.isEnabled()) == ([], False)


def test_what_comes_for_another_order_is_not_shown(thread: OrderThread) -> None:
    thread.show_order("o1")
    QTest.keyClicks(thread.field, "half a")
    thread.show_messages("o1", [said(1, "mine")], NOON_MS, has_older=False)
    thread.show_order("o2")
    thread.show_messages("o1", [said(1, "mine"), said(2, "late")], NOON_MS, has_older=False)
    assert (thread.field.text(), [one for one in texts(thread) if one in {"mine", "late"}]) == ("", [])
