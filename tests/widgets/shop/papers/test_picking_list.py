from tests.widgets.orders import NOON_MS, line, many, paid, shipped
from tests.widgets.shop.papers.test_packing_slip import texts_of
from widgets.shop.papers.picking_list import picking_list


def test_units_of_a_sku_are_added_up_over_the_orders_that_wait_for_them() -> None:
    orders = [paid(1, lines=[line(1, 0, 2)]), paid(2, lines=[line(1, 1), line(2, 0, 3)]), shipped(3)]
    [page] = texts_of(picking_list(orders, NOON_MS))
    assert "5 ×" in page
    assert "main:demo-tea" in page
    assert "261201 482852150 ×2" in page
    assert "261201 483585260 ×3" in page
    assert "6 pieces" in page


def test_a_sku_of_very_many_orders_names_some_of_them_and_how_many_more() -> None:
    orders = [paid(number) for number in range(1, 31)]
    [page] = texts_of(picking_list(orders, NOON_MS))
    assert "30 ×" in page
    assert "and 18 more" in page


def test_nothing_to_send_makes_a_list_without_rows() -> None:
    [page] = texts_of(picking_list([shipped(1)], NOON_MS))
    assert "0 pieces" in page
    assert len(texts_of(picking_list(many(40), NOON_MS))) == 1
