from typing import Final

import msgspec
import pytest

from backend.contract.orders import Order, OrderState, ParcelState, PaymentMethod, PaymentState
from tests.widgets.orders import cancelled, completed, line, order, paid, parcel, shipped
from widgets.shop.order_states import (
    Shipment,
    ShipmentState,
    Stage,
    may_call_off,
    may_cancel,
    may_mark_paid,
    may_refund,
    may_ship,
    shipment_of,
    stage_of,
)

ON_DELIVERY: Final = PaymentMethod.CASH_ON_DELIVERY
TWO_LINES: Final = [line(1), line(2, 1, 2)]


@pytest.mark.parametrize(
    ("given", "stage"),
    [
        (order(), Stage.TO_PAY),
        (order(method=PaymentMethod.TRANSFER), Stage.TO_PAY),
        (order(method=ON_DELIVERY), Stage.TO_SHIP),
        (paid(), Stage.TO_SHIP),
        (paid(payment_state=PaymentState.PART_REFUNDED), Stage.TO_SHIP),
        (paid(payment_state=PaymentState.REFUNDED), Stage.DONE),
        (shipped(), Stage.SHIPPED),
        (shipped(lines=TWO_LINES), Stage.TO_SHIP),
        (completed(), Stage.DONE),
        (cancelled(), Stage.CANCELLED),
        (paid(state=OrderState.CANCELLED), Stage.CANCELLED),
    ],
)
def test_an_order_waits_for_what_its_three_states_say(given: Order, stage: Stage) -> None:
    assert stage_of(given) is stage


@pytest.mark.parametrize(
    ("given", "shipment"),
    [
        (paid(), Shipment(ShipmentState.NONE, 0, 1)),
        (paid(parcels=[parcel(ParcelState.PACKED)]), Shipment(ShipmentState.PACKED, 0, 1)),
        (shipped(lines=TWO_LINES), Shipment(ShipmentState.PARTLY_SHIPPED, 1, 3)),
        (shipped(), Shipment(ShipmentState.SHIPPED, 1, 1)),
        (completed(), Shipment(ShipmentState.DELIVERED, 1, 1)),
    ],
)
def test_parcels_amount_to_one_state(given: Order, shipment: Shipment) -> None:
    assert shipment_of(given) == shipment


def test_what_is_paid_or_paid_at_the_door_can_be_shipped_once() -> None:
    assert may_ship(paid())
    assert may_ship(order(method=ON_DELIVERY))
    assert not may_ship(order())
    assert not may_ship(shipped())
    assert not may_ship(cancelled())


def test_an_order_can_be_called_off_until_it_is_paid_or_packed() -> None:
    assert may_cancel(order())
    assert may_cancel(paid(total_minor=0))
    assert may_cancel(paid(payment_state=PaymentState.REFUNDED))
    assert not may_cancel(paid())
    assert not may_cancel(order(method=ON_DELIVERY, parcels=[parcel()]))
    assert not may_cancel(cancelled())


def test_what_was_paid_and_is_left_can_be_refunded_and_called_off_before_it_is_sent() -> None:
    assert may_refund(paid())
    assert may_call_off(paid())
    assert may_refund(shipped())
    assert not may_call_off(shipped())
    assert may_refund(completed())
    for nothing in (order(), cancelled(), paid(payment_state=PaymentState.REFUNDED), paid(total_minor=0)):
        assert not may_refund(nothing)
    gone = msgspec.structs.replace(line(1), refunded=1, dropped=1)
    rest = PaymentState.PART_REFUNDED
    assert may_call_off(paid(lines=[gone], payment_state=rest))
    assert not may_refund(paid(lines=[gone], payment_state=rest, parcels=[parcel()]))


def test_a_cancelled_order_that_still_holds_shipping_can_be_refunded() -> None:
    held = paid(state=OrderState.CANCELLED, payment_state=PaymentState.PART_REFUNDED, shipping_left_minor=700)
    assert may_refund(held)
    assert not may_call_off(held)
    assert not may_refund(msgspec.structs.replace(held, shipping_left_minor=0))


def test_units_that_are_not_sent_any_more_leave_nothing_to_ship() -> None:
    lines = [msgspec.structs.replace(line(1), refunded=1, dropped=1), line(2)]
    rest = paid(lines=lines, payment_state=PaymentState.PART_REFUNDED, parcels=[parcel(line=2)])
    assert stage_of(rest) is Stage.SHIPPED


def test_only_money_that_people_see_is_confirmed_by_people() -> None:
    transfer = order(method=PaymentMethod.TRANSFER)
    assert may_mark_paid(transfer)
    assert may_mark_paid(order(method=ON_DELIVERY, parcels=[parcel()]))
    assert not may_mark_paid(order())
    assert not may_mark_paid(msgspec.structs.replace(transfer, payment_state=PaymentState.PAID))
    assert not may_mark_paid(msgspec.structs.replace(transfer, state=OrderState.CANCELLED))
