"""An order's three states as one phrase about now."""

import pytest

from tests.support.node import run_module

OPEN = {"state": "open", "payment_state": "unpaid", "method": "online", "parcels": []}
PAID = {**OPEN, "payment_state": "paid"}


@pytest.mark.parametrize(
    ("order", "key"),
    [
        (OPEN, "now_to_pay"),
        ({**OPEN, "method": "transfer"}, "now_transfer"),
        ({**OPEN, "method": "cash_on_delivery"}, "now_cash"),
        (PAID, "now_packing"),
        ({**PAID, "parcels": [{"state": "packed"}]}, "now_packing"),
        ({**PAID, "parcels": [{"state": "delivered"}, {"state": "shipped"}]}, "now_shipped"),
        ({**PAID, "parcels": [{"state": "delivered"}]}, "now_delivered"),
        ({**PAID, "state": "completed"}, "now_completed"),
        ({**OPEN, "state": "cancelled"}, "now_cancelled"),
        ({**PAID, "state": "cancelled", "payment_state": "refunded"}, "now_refunded"),
    ],
)
async def test_an_order_says_what_it_is_now(order: object, key: str) -> None:
    script = 'const { nowOf } = await player("shop/order-words.js"); return nowOf(order).key;'
    assert await run_module(script, str, order=order) == key


async def test_only_an_open_unpaid_order_without_parcels_can_be_called_off() -> None:
    script = (
        'const { isCancellable } = await player("shop/order-words.js"); return orders.map(isCancellable);'
    )
    orders = [OPEN, PAID, {**OPEN, "parcels": [{"state": "packed"}]}, {**OPEN, "state": "cancelled"}]
    assert await run_module(script, list[bool], orders=orders) == [True, False, False, False]


async def test_only_online_orders_are_paid_at_the_cashier() -> None:
    script = 'const { isPayable } = await player("shop/order-words.js"); return orders.map(isPayable);'
    orders = [OPEN, {**OPEN, "method": "transfer"}, PAID, {**OPEN, "state": "cancelled"}]
    assert await run_module(script, list[bool], orders=orders) == [True, False, False, False]


async def test_an_orders_number_is_written_as_it_is_read_out() -> None:
    script = 'const { numberText } = await player("shop/order-words.js"); return given.map(numberText);'
    given = ["261201482015730", "12"]
    assert await run_module(script, list[str], given=given) == ["261201 48201 5730", "12"]
