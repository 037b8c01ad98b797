import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend.contract.base import AssistantRight
from backend.contract.staff import CODE_HOURS as POSSIBLE_CODE_HOURS
from backend.contract.staff import GRANT_HOURS as POSSIBLE_GRANT_HOURS
from tests.widgets.conftest import Record
from widgets.staff.invite_dialog import CODE_HOURS, GRANT_HOURS, Invitation, InviteDialog, span_text


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(host: QWidget) -> InviteDialog:
    made = InviteDialog(host)
    made.open()
    return made


def test_the_usual_invitation_needs_one_click(dialog: InviteDialog, record: Record) -> None:
    chosen = record(dialog.chosen)
    dialog.invite_button.click()

    assert chosen == [(Invitation([AssistantRight.PRODUCTS, AssistantRight.CHAT], 24, 168),)]


def test_every_span_is_one_that_the_room_accepts() -> None:
    assert set(CODE_HOURS) <= set(POSSIBLE_CODE_HOURS)
    assert set(GRANT_HOURS) <= set(POSSIBLE_GRANT_HOURS)


def test_a_code_never_works_longer_than_its_rights_last(dialog: InviteDialog, record: Record) -> None:
    chosen = record(dialog.chosen)
    dialog.code_box.setCurrentIndex(dialog.code_box.findData(168))
    dialog.grant_box.setCurrentIndex(dialog.grant_box.findData(12))
    assert dialog.code_box.count() == 2
    dialog.invite_button.click()

    ((invitation,),) = chosen
    assert isinstance(invitation, Invitation)
    assert (invitation.code_hours, invitation.grant_hours) == (6, 12)


def test_nobody_is_invited_for_nothing(dialog: InviteDialog) -> None:
    for box in dialog.boxes.boxes.values():
        box.setChecked(False)

    assert not dialog.invite_button.isEnabled()


def test_spans_are_told_in_days_where_they_are_whole() -> None:
    assert [span_text(hours) for hours in (1, 6, 24, 168)] == ["1 hour", "6 hours", "1 day", "7 days"]
