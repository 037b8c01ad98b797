import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend.contract.base import AssistantRight
from backend.contract.staff import RevokeAssistant, SetAssistantRights
from tests.widgets.assistants import OPEN, WANG
from tests.widgets.conftest import Record
from widgets.staff.assistants_dialog import AssistantsDialog
from widgets.staff.invite_dialog import Invitation, InviteDialog
from widgets.staff.revoke_dialog import RevokeDialog
from widgets.staff.rights_dialog import RightsDialog


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(host: QWidget) -> AssistantsDialog:
    made = AssistantsDialog(host)
    made.show_connected()
    made.show_assistants([WANG, OPEN])
    made.open()
    return made


def test_the_assistants_dialog_shows_who_may_what_until_when_and_who_is_there(
    dialog: AssistantsDialog,
) -> None:
    wang, invited = dialog.rows.rows["1"], dialog.rows.rows["2"]
    assert dialog.rows.keys == ["1", "2"]
    assert (wang.name.text(), wang.name.textFormat()) == ("<b>Wang</b>", Qt.TextFormat.PlainText)
    assert wang.rights.text() == "May: Products, Chat"
    assert wang.times.text().startswith("Rights until 2023-11-2")
    assert (wang.dot.property("tone"), wang.dot.accessibleName()) == ("ok", "Here now")
    assert invited.name.text() == "Invitation 2, not used yet"
    assert invited.times.text().startswith("The code works until 2023-11-1")
    assert invited.dot.isHidden()
    assert [row.revoke_button.text() for row in (wang, invited)] == ["Revoke", "Take back"]


def test_who_leaves_is_seen_to_be_gone(dialog: AssistantsDialog) -> None:
    dialog.show_assistants([msgspec.structs.replace(WANG, is_online=False)])
    assert dialog.rows.keys == ["1"]
    assert dialog.rows.rows["1"].dot.accessibleName() == "Not here now"


def test_other_rights_are_asked_for_and_shown_when_the_room_says_so(
    dialog: AssistantsDialog, record: Record
) -> None:
    sent = record(dialog.command)
    dialog.rows.rows["1"].rights_button.click()
    (asked,) = dialog.findChildren(RightsDialog)
    asked.boxes.boxes[AssistantRight.CHAT].click()
    asked.save_button.click()

    assert sent == [(SetAssistantRights(1, [AssistantRight.PRODUCTS]),)]
    assert dialog.rows.rows["1"].rights.text() == "May: Products, Chat"


def test_nobody_is_revoked_without_a_question(dialog: AssistantsDialog, record: Record) -> None:
    sent = record(dialog.command)
    dialog.rows.rows["1"].revoke_button.click()
    (asked,) = dialog.findChildren(RevokeDialog)
    assert sent == []
    asked.reason_edit.setText("thanks")
    asked.accept_button.click()

    assert sent == [(RevokeAssistant(1, "thanks"),)]


def test_an_invitation_is_asked_for(dialog: AssistantsDialog, record: Record) -> None:
    chosen = record(dialog.invitation_chosen)
    dialog.add_button.click()
    (asked,) = dialog.findChildren(InviteDialog)
    asked.invite_button.click()

    ((invitation,),) = chosen
    assert isinstance(invitation, Invitation)


def test_an_empty_room_explains_what_assistants_are(dialog: AssistantsDialog) -> None:
    dialog.show_assistants([])
    assert dialog.rows.empty.isVisible()
    assert "Nobody helps yet" in dialog.rows.empty.text()
    assert dialog.add_button.isEnabled()


def test_a_room_that_tells_nothing_is_no_empty_room(dialog: AssistantsDialog) -> None:
    dialog.show_assistants(None)
    assert "the host alone" in dialog.rows.empty.text()
    assert not dialog.add_button.isEnabled()


def test_without_a_connection_the_list_stays_and_cannot_be_changed(dialog: AssistantsDialog) -> None:
    dialog.show_unconnected()
    shown = dialog.rows.rows["1"]
    assert dialog.rows.isVisible()
    assert dialog.line_note.isVisible()
    assert not any(
        button.isEnabled() for button in (shown.rights_button, shown.revoke_button, dialog.add_button)
    )
    dialog.show_connected()
    assert dialog.line_note.isHidden()
    assert shown.revoke_button.isEnabled()


def test_without_a_connection_an_empty_list_says_why(dialog: AssistantsDialog) -> None:
    dialog.show_assistants(None)
    dialog.show_unconnected()
    assert dialog.rows.empty.text().startswith("Not connected")
