import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend.contract.base import AssistantRight
from tests.widgets.conftest import Record
from widgets.staff.rights_dialog import RightsDialog


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(host: QWidget) -> RightsDialog:
    made = RightsDialog(host, "Wang", [AssistantRight.CHAT])
    made.open()
    return made


def test_other_rights_are_given(dialog: RightsDialog, record: Record) -> None:
    chosen = record(dialog.chosen)
    dialog.boxes.boxes[AssistantRight.PRICES].click()
    dialog.save_button.click()

    assert chosen == [([AssistantRight.PRICES, AssistantRight.CHAT],)]


def test_the_same_rights_or_none_are_not_given(dialog: RightsDialog) -> None:
    assert not dialog.save_button.isEnabled()
    dialog.boxes.boxes[AssistantRight.CHAT].click()

    assert not dialog.save_button.isEnabled()
