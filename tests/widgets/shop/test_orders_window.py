from collections.abc import Iterator

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from backend.contract.cases import CaseState
from backend.contract.orders import (
    CancelOrder,
    MarkOrder,
    MarkPaid,
    OrderAxis,
    OrderMark,
    ParcelLine,
    PaymentMethod,
    ShipOrder,
)
from backend.contract.payments import Attempt, AttemptState
from tests.widgets.cases import at, case
from tests.widgets.conftest import Record
from tests.widgets.orders import ADDRESS, NOON_MS, change, line, many, order, paid, shipped
from widgets.shop.case_card import CaseCard
from widgets.shop.case_dialog import CaseAction
from widgets.shop.case_states import CaseStep
from widgets.shop.order_dialog import OrderAction, OrderDialog
from widgets.shop.order_model import Column, OrderRole
from widgets.shop.order_states import Stage
from widgets.shop.orders_window import MINIMUM, OrdersWindow
from widgets.shop.reason_dialogs import CancelDialog, PaidDialog
from widgets.shop.ship_dialog import ShipDialog


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[OrdersWindow]:
    made = OrdersWindow(QIcon())
    qtbot.addWidget(made)
    made.show_time(NOON_MS)
    made.show()
    made.activateWindow()
    yield made
    made.order_actions.close_all()
    made.case_actions.close_all()


def dialog_of(window: OrdersWindow) -> OrderDialog:
    (dialog,) = window.order_actions.open_dialogs
    return dialog


def texts(window: OrdersWindow) -> str:
    return "\n".join(label.text() for label in labels(window))


def labels(window: OrdersWindow) -> list[QLabel]:
    sheet = window.detail.area.widget()
    return [] if sheet is None else sheet.findChildren(QLabel)


def sent(actions: list[tuple[object, ...]]) -> OrderAction:
    action = actions[-1][0]
    assert isinstance(action, OrderAction)
    return action


def test_the_window_fits_a_small_screen(window: OrdersWindow) -> None:
    window.put(many(40))
    window.resize(MINIMUM)
    assert window.size() == MINIMUM
    assert window.minimumSizeHint().width() <= MINIMUM.width()
    assert window.detail.ship_button.isVisible()


def test_the_chosen_order_stands_beside_the_table_with_all_of_it(
    window: OrdersWindow, record: Record
) -> None:
    chosen = record(window.order_chosen)
    window.put([shipped(2, note="fragile"), order(1)])
    window.show_attempts("o2", [Attempt("a", "o2", "sandbox", 16800, "CNY", AttemptState.PAID, "/pay/a", 0)])
    shown = texts(window)

    assert chosen == [("o2",)]
    assert window.detail.number.text() == "261201 483585260"
    for part in ("明前龙井", "main:demo-tea", "13812342107", "fragile", "SF1439220877105", "Sandbox cashier"):
        assert part in shown
    assert "Payment: unpaid → paid" in shown


def test_attempts_of_an_order_that_is_not_shown_any_more_are_dropped(window: OrdersWindow) -> None:
    window.put([shipped(2), order(1)])
    window.show_attempts("o1", [Attempt("a", "o1", "other", 1, "CNY", AttemptState.PAID, "/pay/a", 0)])
    assert "other" not in texts(window)


def test_what_buyers_write_is_plain_text(window: OrdersWindow) -> None:
    person = msgspec.structs.replace(ADDRESS, name="<b>Bob</b>", street="<img src=x>")
    window.put([paid(1, address=person, note="<i>now</i>")])
    assert labels(window)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels(window))
    assert "<i>now</i>" in texts(window)


def test_the_arrows_and_the_keys_of_the_table_do_what_they_say(window: OrdersWindow, qtbot: QtBot) -> None:
    window.put([order(3), paid(2), shipped(1)])
    table = window.list.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_S)
    assert window.order_actions.open_dialogs == []
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert window.chosen_id == "o2"
    QTest.keyClick(table, Qt.Key.Key_S)
    dialog = dialog_of(window)
    assert isinstance(dialog, ShipDialog)
    assert dialog.order.order_id == "o2"
    dialog.reject()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert window.focusWidget() is window.detail.area


def test_the_keys_are_the_tables_as_soon_as_there_are_orders(window: OrdersWindow) -> None:
    window.put([paid(1)])
    assert window.focusWidget() is window.list.table
    window.head.search.setFocus()
    window.put([order(2), paid(1)])
    assert window.focusWidget() is window.head.search


def test_a_long_id_does_not_widen_the_detail(window: OrdersWindow) -> None:
    paid_by = change(2, OrderAxis.PAYMENT, "unpaid", "paid", actor="a" * 32, reason="8f3c" * 8)
    window.put([paid(1, changes=[paid_by])])
    sheet = window.detail.area.widget()
    assert sheet is not None
    assert sheet.minimumSizeHint().width() <= window.detail.minimumWidth()


def test_only_what_can_be_done_with_an_order_is_offered(window: OrdersWindow) -> None:
    window.put([order(3, method=PaymentMethod.TRANSFER), paid(2), shipped(1)])
    detail = window.detail
    assert not detail.ship_button.isEnabled()
    assert detail.cancel_button.isEnabled()
    assert detail.paid_button.isVisible()
    window.choose("o2")
    assert detail.ship_button.isEnabled()
    assert not detail.cancel_button.isEnabled()
    assert detail.paid_button.isHidden()
    assert detail.refund_button.isVisible()
    window.choose("o1")
    assert not detail.ship_button.isEnabled()


def test_a_parcel_needs_carrier_and_tracking_number(window: OrdersWindow, record: Record) -> None:
    actions = record(window.action)
    window.put([paid(1)])
    window.ask_to_ship()
    dialog = dialog_of(window)
    assert isinstance(dialog, ShipDialog)
    dialog.accept_button.click()
    assert "tracking number" in dialog.problem.text()
    dialog.tracking.setText(" SF1439 2208 7710 5 ")
    dialog.carrier.setCurrentText("")
    dialog.accept_button.click()
    assert dialog.problem.text() == "Name the carrier."
    dialog.carrier.setCurrentText("SF  Express")
    dialog.accept_button.click()

    assert sent(actions).body == ShipOrder("SF Express", "SF1439220877105")
    assert not dialog.accept_button.isEnabled()


def test_a_refused_action_keeps_what_was_typed_and_its_key_when_tried_again(
    window: OrdersWindow, record: Record
) -> None:
    actions = record(window.action)
    window.put([order(1)])
    window.ask_to_cancel()
    dialog = dialog_of(window)
    assert isinstance(dialog, CancelDialog)
    dialog.accept_button.click()
    assert dialog.problem.text().startswith("Give a reason")
    dialog.reason.setText("out of stock")
    dialog.accept_button.click()
    first = sent(actions)
    assert first.body == CancelOrder("out of stock")
    window.show_refused(first, "No answer came.")
    assert dialog.problem.text() == "No answer came."
    assert dialog.reason.text() == "out of stock"
    dialog.accept_button.click()
    assert sent(actions).key == first.key
    window.show_refused(first, "No answer came.")
    dialog.reason.setText("another reason")
    dialog.accept_button.click()
    assert sent(actions).key != first.key


def test_a_confirmed_payment_may_carry_a_remark(window: OrdersWindow, record: Record) -> None:
    actions = record(window.action)
    window.put([order(1, method=PaymentMethod.TRANSFER)])
    window.ask_if_paid()
    dialog = dialog_of(window)
    assert isinstance(dialog, PaidDialog)
    dialog.reason.setText("statement 7")
    dialog.accept_button.click()
    assert sent(actions).body == MarkPaid("statement 7")
    window.show_done(sent(actions), paid(1, method=PaymentMethod.TRANSFER))
    assert window.order_actions.open_dialogs == []
    assert window.detail.ship_button.isEnabled()


def test_shipping_goes_on_to_the_next_order_and_remembers_the_carrier(
    window: OrdersWindow, record: Record
) -> None:
    actions = record(window.action)
    window.put([paid(3), order(2), paid(1)])
    window.ask_to_ship()
    dialog = dialog_of(window)
    assert isinstance(dialog, ShipDialog)
    dialog.carrier.setCurrentText("Snail Mail")
    dialog.tracking.setText("1")
    dialog.next_button.click()
    window.show_done(sent(actions), shipped(3))
    following = dialog_of(window)
    assert isinstance(following, ShipDialog)
    assert following.order == paid(1)
    assert following.carrier.currentText() == "Snail Mail"
    following.tracking.setText("2")
    following.next_button.click()
    window.show_done(sent(actions), shipped(1))

    assert window.order_actions.open_dialogs == []
    assert [toast.text.text().split(":")[0] for toast in window.toasts.shown][:2] == ["Shipped", "Shipped"]
    assert window.toasts.shown[-1].text.text() == "Nothing more to ship here."


def test_number_address_and_rows_go_to_the_clipboard(window: OrdersWindow) -> None:
    clipboard = QGuiApplication.clipboard()
    window.put([paid(2, note="=1+1"), paid(1)])
    window.detail.copy_number()
    assert clipboard.text() == paid(2).number
    window.detail.copy_address()
    assert clipboard.text() == "小雨 13812342107\n浙江省 杭州市 西湖区 文三路 1 号"
    window.list.table.selectAll()
    window.copy_rows()
    assert len(clipboard.text().split("\n")) == 2
    assert clipboard.text().split("\n")[0].endswith("'=1+1")


def test_search_and_filter_give_way_to_an_order_that_is_asked_for(window: OrdersWindow) -> None:
    window.put([paid(2), order(1)])
    window.head.choose(Stage.TO_SHIP)
    window.head.search.setText("nobody")
    window.choose("o1")
    assert window.chosen_id == "o1"
    assert window.head.search.text() == ""
    assert window.head.chips[Stage.ALL].isChecked()


def test_the_chips_count_and_say_when_older_orders_are_unread(window: OrdersWindow) -> None:
    window.put([paid(2), order(1)], has_more=True)
    assert window.head.chips[Stage.TO_SHIP].text() == "To ship 1+"
    assert window.head.summary.text() == "2+ orders · ¥168.00 paid"
    window.put([], has_more=False)
    assert window.head.chips[Stage.TO_SHIP].text() == "To ship 1"


def test_a_newer_version_keeps_the_place_in_the_detail(window: OrdersWindow) -> None:
    window.resize(MINIMUM)
    window.put([shipped(1, note="long " * 300)])
    bar = window.detail.area.verticalScrollBar()
    bar.setValue(40)
    window.put([shipped(1, note="long " * 300, version=9)])
    window.show_picture("/media/products/tea.svg", QPixmap(8, 8))
    assert bar.value() == 40


def test_another_room_closes_what_was_open(window: OrdersWindow) -> None:
    window.put([paid(1)])
    window.ask_to_ship()
    window.clear()
    assert window.order_actions.open_dialogs == []
    assert window.chosen_id == ""


def test_ctrl_f_searches_and_esc_comes_back_to_the_table(window: OrdersWindow, qtbot: QtBot) -> None:
    window.put([paid(1)])
    qtbot.waitActive(window)
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.focusWidget() is window.head.search
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.focusWidget() is window.list.table


def test_the_layout_comes_back_and_nonsense_leaves_the_default(window: OrdersWindow, qtbot: QtBot) -> None:
    window.resize(MINIMUM)
    window.splitter.setSizes([560, 440])
    other = OrdersWindow(QIcon())
    qtbot.addWidget(other)
    before = other.layout_text()
    other.restore_layout("nonsense")
    assert other.layout_text() == before
    other.restore_layout(window.layout_text())
    other.show()
    assert other.splitter.sizes() == window.splitter.sizes()


def test_the_switch_of_the_sound_says_how_it_stands(window: OrdersWindow, record: Record) -> None:
    toggled = record(window.sound_toggled)
    window.head.show_sound(is_on=True)
    assert window.head.sound_button.text() == "Sound on"
    assert toggled == []
    window.head.sound_button.click()
    assert window.head.sound_button.text() == "Sound off"
    assert toggled == [(False,)]


def test_the_cases_stand_in_place_of_the_orders_and_their_order_beside_them(
    window: OrdersWindow, record: Record
) -> None:
    wanted = record(window.order_wanted)
    window.put([shipped(2), order(1)])
    window.put_cases([case(1, 2, reason="<b>broken</b>"), at(CaseState.DECLINED, 2, 7)])
    assert window.head.chips[Stage.CASES].text() == "Cases to answer 1"
    window.head.choose(Stage.CASES)

    assert window.cases.isVisible()
    assert window.chosen_id == "o2"
    assert "“<b>broken</b>”" in texts(window)
    window.cases.choose("o7")
    assert (window.chosen_id, wanted) == ("", [("o7",)])
    window.put([shipped(7)])
    assert window.chosen_id == "o7"
    window.head.choose(Stage.ALL)
    assert window.list.isVisible()


def test_a_step_is_asked_for_on_the_card_of_its_case(window: OrdersWindow, record: Record) -> None:
    actions = record(window.case_action)
    window.put([shipped(2)])
    window.put_cases([case(1, 2)])
    sheet = window.detail.area.widget()
    assert sheet is not None
    [card] = sheet.findChildren(CaseCard)
    assert list(card.buttons) == [CaseStep.APPROVE, CaseStep.DECLINE]
    card.buttons[CaseStep.APPROVE].click()
    [dialog] = window.case_actions.open_dialogs
    dialog.accept_button.click()
    [(action,)] = actions
    assert isinstance(action, CaseAction)
    window.show_case_refused(action, "The case is declined.")
    assert dialog.problem.text() == "The case is declined."
    dialog.accept_button.click()
    window.show_case_done(action, at(CaseState.APPROVED, 1, 2))
    assert window.case_actions.open_dialogs == []
    assert window.head.chips[Stage.CASES].text() == "Cases to answer 0"


def test_a_part_of_an_order_goes_into_a_parcel_and_an_empty_one_is_refused(
    window: OrdersWindow, record: Record
) -> None:
    actions = record(window.action)
    window.put([paid(1, lines=[line(1, 0, 2), line(2, 1, 1)])])
    window.ask_to_ship()
    dialog = dialog_of(window)
    assert isinstance(dialog, ShipDialog)
    dialog.tracking.setText("SF1")
    dialog.lines.units[1].setValue(0)
    dialog.lines.units[2].setValue(0)
    dialog.accept_button.click()
    assert actions == []
    assert "empty" in dialog.problem.text()
    dialog.lines.units[1].setValue(1)
    dialog.accept_button.click()
    body = sent(actions).body
    assert isinstance(body, ShipOrder)
    assert body.lines == [ParcelLine(1, 1)]


def test_orders_of_one_buyer_and_address_go_in_one_parcel(window: OrdersWindow, record: Record) -> None:
    actions = record(window.action)
    elsewhere = msgspec.structs.replace(ADDRESS, street="文三路 2 号")
    window.put([paid(4, buyer_id="other"), paid(3, address=elsewhere), paid(2), paid(1)])
    window.choose("o1")
    window.ask_to_ship()
    dialog = dialog_of(window)
    assert isinstance(dialog, ShipDialog)
    assert [other.order_id for other in dialog.together.chosen] == ["o2"]
    dialog.tracking.setText("SF1")
    dialog.accept_button.click()
    window.show_done(sent(actions), shipped(1))
    assert [action.order_id for (action,) in actions if isinstance(action, OrderAction)] == ["o1", "o2"]
    window.show_refused(sent(actions), "The order is cancelled.")
    assert [toast.text.text() for toast in window.toasts.shown][-1] == "The order is cancelled."


def test_what_waits_longest_to_be_sent_stands_first_in_its_list(window: OrdersWindow, record: Record) -> None:
    wanted = record(window.to_ship_wanted)
    window.put([paid(3), order(2), paid(1)])
    window.head.choose(Stage.TO_SHIP)
    shown = window.list.filter
    ids = [shown.index(row, 0).data(OrderRole.ORDER).order_id for row in range(shown.rowCount())]
    assert ids == ["o1", "o3"]
    assert len(wanted) == 1
    window.head.choose(Stage.ALL)
    assert shown.index(0, 0).data(OrderRole.ORDER).order_id == "o3"


def test_a_mark_stays_where_an_answer_says_nothing_of_it(window: OrdersWindow, record: Record) -> None:
    wanted = record(window.mark_wanted)
    noted = OrderMark("wrap it", is_flagged=True, by="host", at_ms=5)
    window.put([paid(1, mark=noted)])
    window.put([shipped(1)])
    assert window.list.model.orders[0].mark == noted
    assert window.list.model.index(0, Column.NOTE).data() == "wrap it"
    window.detail.mark_bar.flag.click()
    assert wanted == [("o1", MarkOrder("wrap it"))]
    window.put([paid(1, mark=msgspec.structs.replace(noted, is_flagged=False, at_ms=6))])
    [kept] = window.list.model.orders
    assert kept.version == shipped(1).version
    assert kept.mark is not None
    assert not kept.mark.is_flagged
