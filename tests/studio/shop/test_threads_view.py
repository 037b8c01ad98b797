"""The thread of an order as the host sees it, before a backend that runs."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from backend.contract.order_messages import MessageSide, MessagesPage, OrderMessage
from backend.contract.shop_events import OrderChanged
from studio.connection.room_http import Place
from studio.window.main_window import MainWindow
from tests.backend.http.api.shopping import TEA, answer, line, open_market
from tests.studio.shop.fake_shop import FakeShop
from tests.studio.shop.test_orders_view import Desk, brief_of
from tests.studio.staff.test_staff_view import until, working


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


def shown(desk: Desk) -> list[str]:
    return [label.text() for label in desk.orders.detail.messages.area.findChildren(QLabel)]
