import pytest
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from tests.widgets.orders import line, many, order, paid, shipped
from widgets.shop.order_list import FEW, OrderList
from widgets.shop.order_states import Stage


@pytest.fixture
def orders(qtbot: QtBot) -> OrderList:
    made = OrderList()
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    return made


def test_the_list_shows_grey_rows_until_the_first_answer(orders: OrderList) -> None:
    assert orders._pages.currentIndex() == 1
    orders.put([])
    assert orders.message.isVisible()
    assert orders.message.text() == "No orders yet"
    assert orders.button.isHidden()


def test_a_failed_first_reading_names_cause_and_remedy_and_can_be_tried_again(
    orders: OrderList, record: Record
) -> None:
    again = record(orders.again_wanted)
    orders.show_problem("The orders could not be read.", "Check the line.")
    assert orders.message.text() == "The orders could not be read."
    assert orders.remedy.text() == "Check the line."
    orders.button.click()
    assert len(again) == 1


def test_orders_stay_when_a_later_reading_fails_and_say_that_they_are_old(
    orders: OrderList, record: Record
) -> None:
    again = record(orders.again_wanted)
    orders.put([paid(1)])
    orders.show_problem("The orders could not be read.", "Check the line.")
    assert orders.table.isVisible()
    assert orders.notice.isVisible()
    orders.notice_button.click()
    assert len(again) == 1
    orders.put([])
    assert orders.notice.isHidden()


def test_a_search_without_a_find_offers_to_clear_it(orders: OrderList, record: Record) -> None:
    cleared = record(orders.search_cleared)
    orders.put([paid(1)])
    orders.set_text("nobody")
    assert orders.message.text() == "Nothing found"
    orders.button.click()
    assert len(cleared) == 1


def test_a_stage_without_orders_offers_all_of_them(orders: OrderList) -> None:
    orders.put([paid(1)])
    orders.set_stage(Stage.CANCELLED)
    assert orders.message.text() == "Nothing here"
    assert orders.button.text() == "Show all orders"


def test_the_first_order_is_chosen_and_stays_so_when_newer_ones_come(orders: OrderList) -> None:
    orders.put([paid(1)])
    assert orders.table.order == paid(1)
    orders.put([order(2), order(3)])
    assert orders.table.order == paid(1)


def test_few_rows_ask_for_older_orders(orders: OrderList, record: Record) -> None:
    orders.put(many(FEW))
    before = orders.is_short
    wanted = record(orders.more_wanted)
    orders.set_stage(Stage.CANCELLED)
    assert (before, orders.is_short) == (False, True)
    assert len(wanted) == 1


def test_the_end_of_the_table_asks_for_older_orders(orders: OrderList, record: Record) -> None:
    orders.put(many(FEW))
    wanted = record(orders.more_wanted)
    orders.table.scrollToBottom()
    assert len(wanted) >= 1


def test_orders_are_counted_by_stage_and_their_payments_summed(orders: OrderList) -> None:
    orders.put([order(3), paid(2), shipped(1)])
    assert dict(orders.counts) == {Stage.ALL: 3, Stage.TO_PAY: 1, Stage.TO_SHIP: 1, Stage.SHIPPED: 1}
    assert orders.paid_text == "¥336.00"


def test_the_next_order_to_ship_stands_below_or_else_at_the_top(orders: OrderList) -> None:
    orders.put([paid(4), order(3), paid(2), shipped(1)])
    assert orders.next_to_ship("o4") == paid(2)
    assert orders.next_to_ship("o2") == paid(4)
    orders.put([shipped(4), shipped(2)])
    assert orders.next_to_ship("o2") is None


def test_the_columns_fit_whatever_the_width(orders: OrderList) -> None:
    orders.put([paid(1, lines=[line(1), line(2, 1)])])
    for width in (660, 900, 1100, 1900):
        orders.resize(width, 500)
        header = orders.table.horizontalHeader()
        assert header.length() <= orders.table.viewport().width()
