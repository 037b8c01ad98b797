from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backend.contract.cases import CaseState
from tests.widgets.cases import at, case
from tests.widgets.orders import NOON_MS, shipped
from tests.widgets.tooltips import read
from widgets.shop.case_card import CaseCard
from widgets.shop.case_states import CaseStep
from widgets.shop.order_detail import OrderDetail


def test_tab_comes_to_a_case_that_came_later_before_the_buttons_below(qtbot: QtBot) -> None:
    detail = OrderDetail(lambda _product: None)
    qtbot.addWidget(detail)
    detail.show()
    detail.show_order(shipped(1), NOON_MS)
    detail.show_order(shipped(1), NOON_MS, [case(1)])
    detail.area.setFocus()
    QTest.keyClick(detail.area, Qt.Key.Key_Tab)
    assert detail.focusWidget() is button(detail, CaseStep.APPROVE)
    detail.show_order(shipped(1), NOON_MS, [at(CaseState.RECEIVED, 1, 1)])
    assert detail.focusWidget() is detail.area
    QTest.keyClick(detail.area, Qt.Key.Key_Tab)
    assert detail.focusWidget() is button(detail, CaseStep.REFUND)


def test_while_a_case_is_open_the_case_decides_about_the_money(qtbot: QtBot) -> None:
    detail = OrderDetail(lambda _product: None)
    qtbot.addWidget(detail)
    detail.show_order(shipped(1), NOON_MS, [case(1)])
    assert not detail.refund_button.isEnabled()
    assert "case" in read(detail.refund_button.toolTip())
    detail.show_order(shipped(1), NOON_MS, [case(1, closed_at_ms=NOON_MS)])

    assert detail.refund_button.isEnabled()
    assert "case" not in read(detail.refund_button.toolTip())


def button(detail: OrderDetail, step: CaseStep) -> object:
    """The button of a step on the only case."""
    sheet = detail.area.widget()
    assert sheet is not None
    [card] = sheet.findChildren(CaseCard)
    return card.buttons[step]
