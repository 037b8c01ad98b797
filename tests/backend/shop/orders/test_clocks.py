"""Parcels arrive and orders complete by themselves; an open case stops both clocks."""

import pytest

from backend.contract.cases import CaseKind
from backend.contract.orders import OrderState, ParcelState, PaymentMethod
from backend.shop.orders.results import NotAllowedNow
from backend.shop.shop import Shop
from backend.storage.database import Database
from backend.storage.order_tables import ORDERS
from tests.backend.shop.cases.desk import ANN, BOB, DAY_MS, Desk
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import STAFF, put_on_sale


@pytest.fixture
def desk(database: Database, shop: Shop, clock: Clock) -> Desk:
    put_on_sale(database, "tea", price_minor=10, stock=10)
    return Desk(database, shop, clock)


async def states(desk: Desk, order_id: str) -> tuple[OrderState, list[ParcelState]]:
    await desk.clocks.sweep()
    order = await desk.shop.order(STAFF, order_id)
    assert order is not None
    return order.state, [parcel.state for parcel in order.parcels]


async def test_a_parcel_arrives_after_ten_days_and_the_order_completes_seven_later(desk: Desk) -> None:
    order_id = (await desk.sent(await desk.bought(tea=1))).order_id
    desk.clock.turn(10 * DAY_MS - 1)
    assert await states(desk, order_id) == (OrderState.OPEN, [ParcelState.SHIPPED])
    desk.clock.turn(1)
    assert await states(desk, order_id) == (OrderState.OPEN, [ParcelState.DELIVERED])
    desk.clock.turn(7 * DAY_MS - 1)
    assert await states(desk, order_id) == (OrderState.OPEN, [ParcelState.DELIVERED])
    desk.clock.turn(1)
    assert await states(desk, order_id) == (OrderState.COMPLETED, [ParcelState.DELIVERED])
    desk.check()


async def test_an_open_case_stops_both_clocks_for_as_long_as_it_is_open(desk: Desk) -> None:
    order = await desk.sent(await desk.bought(tea=2))
    first = await desk.asked(order)
    desk.clock.turn(DAY_MS)
    second = await desk.asked(order)
    desk.clock.turn(DAY_MS)
    await desk.withdraw(first)
    desk.clock.turn(20 * DAY_MS)
    assert await states(desk, order.order_id) == (OrderState.OPEN, [ParcelState.SHIPPED])
    await desk.withdraw(second)
    desk.clock.turn(10 * DAY_MS - 1)
    assert (await states(desk, order.order_id))[1] == [ParcelState.SHIPPED]
    desk.clock.turn(1)
    assert (await states(desk, order.order_id))[1] == [ParcelState.DELIVERED]
    third = await desk.asked(order)
    desk.clock.turn(9 * DAY_MS)
    assert (await states(desk, order.order_id))[0] is OrderState.OPEN
    await desk.withdraw(third)
    desk.clock.turn(7 * DAY_MS - 1)
    assert (await states(desk, order.order_id))[0] is OrderState.OPEN
    desk.clock.turn(1)
    assert (await states(desk, order.order_id))[0] is OrderState.COMPLETED


async def test_an_order_completes_when_all_that_was_not_dropped_arrived(desk: Desk) -> None:
    order = await desk.arrived(await desk.sent(await desk.bought(tea=3), l1=1))
    desk.clock.turn(8 * DAY_MS)
    assert (await states(desk, order.order_id))[0] is OrderState.OPEN
    case = await desk.asked(order, CaseKind.REFUND_ONLY, {1: 2})
    await desk.approve(case)
    await desk.refund(case)
    assert (await states(desk, order.order_id))[0] is OrderState.COMPLETED


async def test_an_order_that_nobody_paid_does_not_complete(desk: Desk) -> None:
    order = await desk.bought(PaymentMethod.CASH_ON_DELIVERY, tea=1)
    assert order.payment_state == "paid"
    unpaid = await desk.placed(PaymentMethod.CASH_ON_DELIVERY, tea=1)
    await desk.arrived(await desk.sent(unpaid))
    desk.clock.turn(8 * DAY_MS)
    assert (await states(desk, unpaid.order_id))[0] is OrderState.OPEN
    await desk.pay(unpaid)
    assert (await states(desk, unpaid.order_id))[0] is OrderState.COMPLETED


async def test_a_buyer_and_staff_say_that_a_parcel_arrived_others_do_not(desk: Desk) -> None:
    order = await desk.sent(await desk.bought(tea=2), l1=1)
    order = await desk.sent(order, l1=1)
    second = order.parcels[1].parcel_id
    confirm = desk.shop.confirm_delivery
    assert await confirm(BOB, order.order_id, second, desk.request(BOB)) is None
    await confirm(STAFF, order.order_id, second, desk.request(STAFF))
    assert (await states(desk, order.order_id))[1] == [ParcelState.SHIPPED, ParcelState.DELIVERED]
    assert isinstance(await confirm(ANN, order.order_id, second, desk.request(ANN)), NotAllowedNow)
    await confirm(ANN, order.order_id, None, desk.request(ANN))
    assert (await states(desk, order.order_id))[1] == [ParcelState.DELIVERED] * 2
    desk.check()


async def test_an_order_that_cannot_be_read_does_not_hold_up_those_behind_it(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    broken = await desk.sent(await desk.bought(tea=1))
    desk.clock.turn(1)
    order = await desk.sent(await desk.bought(tea=1))
    with desk.database.shop_transaction() as connection:
        is_this = ORDERS.c.order_id == broken.order_id
        connection.execute(ORDERS.update().where(is_this).values(address="no address"))
    desk.clock.turn(10 * DAY_MS)
    assert await states(desk, order.order_id) == (OrderState.OPEN, [ParcelState.DELIVERED])
    assert broken.order_id in caplog.text
