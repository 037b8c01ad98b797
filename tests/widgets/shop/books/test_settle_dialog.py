import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend.contract.bookkeeping import SettleSuspense
from backend.contract.payments import SuspenseOutcome
from tests.widgets.conftest import Record
from tests.widgets.shop.books.entries import ITEM
from widgets.shop.books.settle_dialog import SettleDialog, SettleItem


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(parent: QWidget) -> SettleDialog:
    made = SettleDialog(parent, ITEM)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    made.open()
    return made


def choose(dialog: SettleDialog, outcome: SuspenseOutcome) -> None:
    dialog.outcome.setCurrentIndex(dialog.outcome.findData(outcome.value))


def test_money_is_settled_with_an_outcome_and_a_note(dialog: SettleDialog, record: Record) -> None:
    wanted = record(dialog.action)
    dialog.accept_button.click()
    assert "Choose" in dialog.problem.text()
    choose(dialog, SuspenseOutcome.KEPT)
    dialog.note.setText("  ")
    dialog.accept_button.click()
    assert "Write a note" in dialog.problem.text()
    dialog.note.setText(" a tip ")
    dialog.accept_button.click()
    wish = SettleItem(7, SettleSuspense(SuspenseOutcome.KEPT, "a tip"))
    assert wanted == [(wish,)]
    assert not dialog.note.isEnabled()
    dialog.close_for(wish)
    assert not dialog.isVisible()


def test_a_refused_settlement_keeps_its_note(dialog: SettleDialog) -> None:
    choose(dialog, SuspenseOutcome.RETURNED)
    dialog.note.setText("sent back")
    dialog.accept_button.click()
    dialog.give_back(dialog.waiting_for, "Somebody settled it before.")
    assert dialog.problem.text() == "Somebody settled it before."
    assert dialog.note.text() == "sent back"
    assert dialog.accept_button.isEnabled()
