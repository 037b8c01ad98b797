"""The thread of an order as the host sees it, before a backend that runs."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from backend.contract.order_messages import MessageSide, MessagesPage, OrderMessage
from backend.contract.orders import Order
from backend.contract.shop_events import OrderChanged
from studio.connection.room_http import Place
from studio.window.main_window import MainWindow
from tests.backend.http.api.shopping import TEA, answer, line, open_market
from tests.studio.shop.fake_shop import FakeShop
from tests.studio.shop.test_orders_view import Desk, brief_of
from tests.studio.staff.test_staff_view import until, working
from tests.widgets.orders import many
from widgets.shop.order_texts import number_text


async def test_staff_read_what_a_buyer_writes_at_once_and_answer(window: MainWindow, tmp_path: Path) -> None:
    async with open_market(tmp_path) as market:
        buyer = await market.buyer()
        order = await buyer.order(line(TEA))
        path = f"orders/{order.order_id}/messages"
        answer(OrderMessage, await buyer.post(path, {"text": "could you wrap it?"}), 201)
        desk = Desk(window, FakeShop(), tmp_path)
        async with working(desk.background):
            desk.view.go_to(Place(f"http://{market.backend.address}", "main", market.host.token))
            desk.view.open()
            await until(lambda: desk.view._has_read)
            detail = desk.orders.detail
            await until(lambda: detail.thread_button.text() == "1")
            detail.thread_button.click()
            await until(lambda: "could you wrap it?" in shown(desk))
            await until(lambda: not detail.messages.field.text())

            QTest.keyClicks(detail.messages.field, "gladly")
            QTest.keyClick(detail.messages.field, Qt.Key.Key_Return)
            await until(lambda: "gladly" in shown(desk))
            assert detail.messages.field.text() == ""
            answer(OrderMessage, await buyer.post(path, {"text": "thank you"}), 201)
            event = OrderChanged(brief_of(order), message_side=MessageSide.BUYER)
            desk.client.updated.emit(event)
            await until(lambda: "thank you" in shown(desk))
            page = answer(MessagesPage, await buyer.get(path))
            assert [one.text for one in page.messages] == ["thank you", "gladly", "could you wrap it?"]
            assert answer(MessagesPage, await market.host.get(path)).unread == 0
            desk.view.close()
            desk.orders.deleteLater()


@pytest.fixture
async def desk(window: MainWindow, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk before a shop that the test plays, with two orders."""
    shop = FakeShop()
    shop.orders = many(2)
    async with shop.serve():
        desk = Desk(window, shop, tmp_path)
        async with working(desk.background):
            yield desk
            desk.view.close()


def say(desk: Desk, order: Order, text: str) -> None:
    """Let a buyer write, and the room say so."""
    thread = desk.shop.messages.setdefault(order.order_id, [])
    thread.append(OrderMessage(order.order_id, len(thread) + 1, MessageSide.BUYER, text, 1))
    desk.client.updated.emit(OrderChanged(brief_of(order), message_side=MessageSide.BUYER))


async def test_a_buyers_message_is_heard_shown_and_counted_until_it_is_read(desk: Desk) -> None:
    desk.view.go_to(desk.shop.place)
    order = desk.shop.orders[1]
    say(desk, order, "is it sent?")
    await until(lambda: len(desk.toasts) == 1)
    assert number_text(order.number) in desk.toasts[0]
    assert desk.chimes == ["ding"]
    await until(lambda: "1 message" in desk.window.orders_button.text())
    [toast] = desk.window.toasts.shown
    toast.offer_button.click()
    await until(lambda: "is it sent?" in shown(desk))
    assert desk.orders.chosen_id == order.order_id
    await until(lambda: desk.shop.read_numbers == {order.order_id: 1})
    await until(lambda: "message" not in desk.window.orders_button.text())


async def test_a_thread_in_a_window_in_the_background_is_shown_and_not_noted_as_read(
    desk: Desk, window: MainWindow
) -> None:
    orders = await desk.open()
    order = desk.shop.orders[0]
    assert orders.open_thread(order.order_id)
    window.show()
    window.activateWindow()
    await until(lambda: not orders.isActiveWindow())
    say(desk, order, "hello?")
    await until(lambda: "hello?" in shown(desk))
    await until(lambda: "1 message" in window.orders_button.text())
    assert desk.shop.read_numbers == {}
    orders.activateWindow()
    await until(lambda: desk.shop.read_numbers == {order.order_id: 1})
    window.hide()


async def test_older_messages_of_a_thread_come_by_a_button_and_each_stands_once(desk: Desk) -> None:
    desk.shop.message_limit = 2
    orders = await desk.open()
    order = desk.shop.orders[0]
    for number in range(1, 6):
        say(desk, order, f"message {number}")
    assert orders.open_thread(order.order_id)
    await until(lambda: "message 5" in shown(desk))
    assert texts(desk) == ["message 4", "message 5"]
    for wanted in (["message 2", "message 3"], ["message 1"]):
        button = older(desk)
        assert button is not None
        button.click()
        await until(lambda wanted=wanted: texts(desk)[: len(wanted)] == wanted)  # type: ignore[misc]
    assert texts(desk) == [f"message {number}" for number in range(1, 6)]
    assert older(desk) is None
    say(desk, order, "message 6")
    await until(lambda: texts(desk)[-1] == "message 6")
    assert texts(desk)[0] == "message 1"


def texts(desk: Desk) -> list[str]:
    return [text for text in shown(desk) if text.startswith("message ")]


def older(desk: Desk) -> QPushButton | None:
    return desk.orders.detail.messages.area.findChild(QPushButton)


def shown(desk: Desk) -> list[str]:
    return [label.text() for label in desk.orders.detail.messages.area.findChildren(QLabel)]
