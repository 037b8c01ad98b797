from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend.contract.cases import (
    AnswerCase,
    CaseKind,
    CaseLine,
    CaseState,
    DeclineCase,
    ReceiveCase,
    RefundCase,
    SendBack,
)
from backend.contract.orders import ParcelLine
from tests.widgets.cases import at, case
from tests.widgets.conftest import Record
from tests.widgets.orders import line, shipped
from widgets.shop.case_actions import CaseActions
from widgets.shop.case_dialog import CaseAction, CaseDialog
from widgets.shop.case_dialogs import (
    ApproveDialog,
    DeclineDialog,
    ReceiveDialog,
    RefundCaseDialog,
    ReplaceDialog,
)
from widgets.shop.case_states import CaseStep

ORDER = shipped(1, lines=[line(1), line(2, 1, 2)], shipping_minor=800)


@pytest.fixture
def actions(qtbot: QtBot) -> Iterator[CaseActions]:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    made = CaseActions(window)
    yield made
    made.close_all()


def dialog_of(actions: CaseActions) -> CaseDialog:
    (dialog,) = actions.open_dialogs
    return dialog


def test_a_step_that_the_case_cannot_take_opens_nothing(actions: CaseActions) -> None:
    actions.ask(case(), ORDER, CaseStep.REFUND)
    actions.ask(case(), None, CaseStep.APPROVE)
    assert actions.open_dialogs == []


def test_an_approval_takes_a_word_to_the_buyer_and_closes_when_it_is_done(
    actions: CaseActions, record: Record
) -> None:
    sent = record(actions.action)
    actions.ask(case(), ORDER, CaseStep.APPROVE)
    dialog = dialog_of(actions)
    assert isinstance(dialog, ApproveDialog)
    dialog.reason.setText(" sorry ")
    dialog.accept_button.click()
    [(action,)] = sent
    assert isinstance(action, CaseAction)
    assert (action.case_id, action.order_id, action.body) == ("c1", "o1", AnswerCase("sorry"))
    assert not dialog.reason.isEnabled()
    actions.close_for(action)
    assert actions.open_dialogs == []


def test_a_case_is_not_declined_without_a_reason(actions: CaseActions, record: Record) -> None:
    sent = record(actions.action)
    actions.ask(case(), ORDER, CaseStep.DECLINE)
    dialog = dialog_of(actions)
    assert isinstance(dialog, DeclineDialog)
    dialog.accept_button.click()
    assert sent == []
    assert "reason" in dialog.problem.text()
    dialog.reason.setText("worn")
    dialog.accept_button.click()
    [(action,)] = sent
    assert isinstance(action, CaseAction)
    assert action.body == DeclineCase("worn")


def test_a_refused_step_keeps_what_was_typed_and_the_same_try_keeps_its_key(
    actions: CaseActions, record: Record
) -> None:
    sent = record(actions.action)
    actions.ask(case(), ORDER, CaseStep.DECLINE)
    dialog = dialog_of(actions)
    dialog.reason.setText("worn")
    dialog.accept_button.click()
    actions.give_back(sent[0][0], "No answer came.")
    assert (dialog.problem.text(), dialog.reason.text()) == ("No answer came.", "worn")
    dialog.accept_button.click()
    assert sent[0] == sent[1]


def test_who_receives_goods_chooses_how_many_are_for_sale_again(actions: CaseActions) -> None:
    came = at(CaseState.SENT_BACK, lines=[CaseLine(1, 1, 0), CaseLine(2, 2, 0)])
    actions.ask(came, ORDER, CaseStep.RECEIVE)
    dialog = dialog_of(actions)
    assert isinstance(dialog, ReceiveDialog)
    assert dialog.body() == ReceiveCase([ParcelLine(1, 1), ParcelLine(2, 2)], "")
    dialog.restock[1].setValue(0)
    dialog.restock[2].setValue(9)
    assert dialog.body() == ReceiveCase([ParcelLine(2, 2)], "")


def test_a_refund_takes_no_more_of_the_shipping_than_was_paid(actions: CaseActions) -> None:
    actions.ask(at(CaseState.RECEIVED), ORDER, CaseStep.REFUND)
    dialog = dialog_of(actions)
    assert isinstance(dialog, RefundCaseDialog)
    assert dialog.body() == RefundCase(None, "")
    dialog.shipping.setText("8.01")
    assert dialog.body() is None
    assert "8.00" in dialog.problem.text()
    dialog.shipping.setText("3.5")
    assert dialog.body() == RefundCase(350, "")


def test_a_replacement_needs_carrier_and_number(actions: CaseActions) -> None:
    actions.ask(at(CaseState.RECEIVED, kind=CaseKind.EXCHANGE), ORDER, CaseStep.REPLACE)
    dialog = dialog_of(actions)
    assert isinstance(dialog, ReplaceDialog)
    assert dialog.body() is None
    dialog.fields.tracking.setText("SF 12 34")
    assert dialog.body() == SendBack(dialog.fields.carrier.currentText(), "SF1234")
