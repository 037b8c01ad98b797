from pytestqt.qtbot import QtBot

from widgets.live.orders_button import OrdersButton


def test_the_orders_button_says_what_waits(qtbot: QtBot) -> None:
    button = OrdersButton()
    qtbot.addWidget(button)
    assert button.text() == "Orders"
    button.show_new(3)
    button.show_waiting(1)
    button.show_unread(2)
    assert button.text() == "Orders · 3 new · 1 case · 2 messages"
    button.show_words(are_wanted=False)

    assert button.text() == "6"
    assert button.accessibleName() == "Orders · 3 new · 1 case · 2 messages"
