"""All of one order, as the shop's people read it."""

import msgspec
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from backend.contract.orders import Order, OrderState
from tests.widgets.orders import NOON_MS, paid
from widgets.shop.order_sheet import OrderSheet


def texts(qtbot: QtBot, order: Order) -> str:
    sheet = OrderSheet(order, [], [], lambda _path: None, NOON_MS)
    qtbot.addWidget(sheet)
    return "\n".join(each.text() for each in sheet.findChildren(QLabel))


def test_an_order_of_coins_names_no_place_that_it_goes_to(qtbot: QtBot) -> None:
    goods = paid(1)
    assert "Ship to" in texts(qtbot, goods)
    coins = msgspec.structs.replace(goods, coins=60, state=OrderState.COMPLETED)
    assert "Ship to" not in texts(qtbot, coins)
