import msgspec
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend.contract.orders import Order, OrderState, ParcelLine, PaymentState
from backend.contract.refunds import CancelAndRefund, RefundOrder
from tests.widgets.conftest import Record
from tests.widgets.orders import line, paid, shipped
from widgets.shop.order_dialog import OrderAction
from widgets.shop.refund_dialog import RefundDialog

THREE = [line(1, quantity=3), line(2, 1)]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


def opened(window: QWidget, order: Order) -> RefundDialog:
    dialog = RefundDialog(window, order)
    dialog.open()
    dialog.reason.setText("broken")
    return dialog


def bodies(emitted: list[tuple[object, ...]]) -> list[object]:
    """What the dialog asked for each time."""
    return [action.body for (action,) in emitted if isinstance(action, OrderAction)]


def test_an_order_that_was_not_sent_is_called_off_unless_units_are_chosen(
    window: QWidget, record: Record
) -> None:
    dialog = opened(window, paid(lines=THREE))
    actions = record(dialog.action)
    assert not dialog.units[1].isEnabled()
    dialog.accept_button.click()
    assert bodies(actions)[-1] == CancelAndRefund("broken")
    dialog.give_back(actions[-1][0], "No answer came.")
    dialog.whole.setChecked(False)
    dialog.units[2].setValue(0)
    dialog.units[1].setValue(2)
    dialog.accept_button.click()
    assert bodies(actions)[-1] == RefundOrder("broken", [ParcelLine(1, 2)])


def test_an_order_that_was_sent_is_paid_back_by_units(window: QWidget, record: Record) -> None:
    dialog = opened(window, shipped(lines=THREE))
    actions = record(dialog.action)
    assert dialog.whole.isHidden()
    for box in dialog.units.values():
        box.setValue(0)
    dialog.accept_button.click()
    assert not actions
    assert dialog.problem.text() == "Choose at least one unit that is paid back."
    dialog.units[2].setValue(1)
    dialog.accept_button.click()
    assert bodies(actions)[-1] == RefundOrder("broken", [ParcelLine(2, 1)])


def test_a_refund_needs_a_reason(window: QWidget, record: Record) -> None:
    dialog = opened(window, paid())
    actions = record(dialog.action)
    dialog.reason.setText("  ")
    dialog.accept_button.click()
    assert not actions
    assert dialog.problem.text().startswith("Give a reason")


def test_what_goes_back_is_counted_as_the_shop_rounds_it(window: QWidget) -> None:
    part = msgspec.structs.replace(line(1, quantity=3), net_minor=1000, refunded=1)
    dialog = opened(window, shipped(lines=[part]))
    dialog.units[1].setValue(1)
    assert "3.33" in dialog.sums.text()
    dialog.units[1].setValue(2)
    assert "6.67" in dialog.sums.text()


def test_shipping_is_given_back_as_its_own_line_up_to_what_is_left(window: QWidget, record: Record) -> None:
    dialog = opened(window, shipped(lines=THREE, shipping_minor=1_000, shipping_left_minor=700))
    actions = record(dialog.action)
    assert dialog.shipping.accessibleName() == "Shipping to pay back, at most ¥7.00"
    for box in dialog.units.values():
        box.setValue(0)
    dialog.shipping.setText("7.01")
    dialog.accept_button.click()
    assert dialog.problem.text() == "Write a sum from 0 to 7.00 for the shipping, or nothing."
    dialog.shipping.setText("")
    dialog.accept_button.click()
    assert not actions
    dialog.shipping.setText("7")
    assert dialog.sums.text() == "Goods: ¥0.00 · Shipping: ¥7.00 · In all: ¥7.00"
    dialog.accept_button.click()
    assert bodies(actions)[-1] == RefundOrder("broken", [], 700)


def test_without_shipping_left_there_is_no_field_for_it(window: QWidget) -> None:
    dialog = opened(window, paid(shipping_minor=1_000, shipping_left_minor=0))
    assert not dialog.shipping.isVisibleTo(dialog)


def test_a_cancelled_order_gives_back_the_shipping_that_it_still_holds(
    window: QWidget, record: Record
) -> None:
    kept = paid(
        state=OrderState.CANCELLED,
        payment_state=PaymentState.PART_REFUNDED,
        shipping_minor=1_000,
        shipping_left_minor=700,
    )
    dialog = opened(window, kept)
    actions = record(dialog.action)
    assert (dialog.whole.isHidden(), dialog.units, dialog.shipping.text()) == (True, {}, "7.00")
    dialog.accept_button.click()
    assert bodies(actions)[-1] == RefundOrder("broken", [], 700)
