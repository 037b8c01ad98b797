import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from backend.contract.orders import OrderState, PaymentState
from backend.contract.protocol import StaffSnapshot
from backend.contract.shop_events import OrderBrief, OrderChanged
from studio.connection.room_client import RoomClient
from studio.shop.order_news import OrderNews

News = tuple[list[str], list[str]]


class Desk:
    """A room whose part the test plays, and what is made of it."""

    def __init__(self) -> None:
        self.client = RoomClient()
        self._parent = QObject()
        self.news = OrderNews(self.client, self._parent)
        self.heard: list[News] = []
        self.news.changed.connect(lambda changed, new: self.heard.append((changed, new)))

    def say(self, number: int, *, is_new: bool = False) -> None:
        self.client.updated.emit(OrderChanged(brief(number), is_new))

    def come_in(self, *numbers: int) -> None:
        """Get a snapshot with these orders."""
        orders = [brief(number) for number in numbers]
        self.client.updated.emit(StaffSnapshot(None, [], [], [], [], [], [], 0, orders=orders))


def brief(number: int) -> OrderBrief:
    return OrderBrief(f"o{number}", 1, OrderState.OPEN, PaymentState.UNPAID, 100, "CNY")


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk()


def test_changes_of_a_moment_are_said_together_and_each_order_once(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.news.changed):
        desk.say(1)
        desk.say(2, is_new=True)
        desk.say(2)
    assert desk.heard == [(["o1", "o2"], ["o2"])]


def test_orders_of_the_first_snapshot_are_no_news(desk: Desk, qtbot: QtBot) -> None:
    desk.come_in(1, 2)
    assert not desk.news.timer.isActive()
    with qtbot.waitSignal(desk.news.changed):
        desk.come_in(1, 2, 3)
    assert desk.heard == [(["o3"], ["o3"])]


def test_another_room_is_followed_from_its_beginning(desk: Desk) -> None:
    desk.come_in(1)
    desk.news.begin()
    desk.come_in(7, 8)
    assert not desk.news.timer.isActive()
