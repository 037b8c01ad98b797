import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend.contract.api_tokens import MOST_TOKENS, RIGHTS, ApiToken, NewApiToken
from backend.contract.base import AssistantRight
from tests.widgets.conftest import Record
from widgets.common.confirm import ConfirmDialog
from widgets.programs.api_tokens_dialog import ApiTokensDialog
from widgets.programs.new_token_dialog import NewTokenDialog

TILL = ApiToken(
    token_id="t1",
    name="<b>Till</b>",
    rights=[AssistantRight.ORDERS, AssistantRight.CUSTOMERS],
    created_at_ms=1_700_000_000_000,
    last_used_at_ms=1_700_100_000_000,
)


@pytest.fixture
def dialog(qtbot: QtBot) -> ApiTokensDialog:
    host = QWidget()
    qtbot.addWidget(host)
    made = ApiTokensDialog(host)
    made.host = host  # type: ignore[attr-defined]  # else it goes
    made.open()
    return made


def test_the_api_tokens_dialog_shows_what_a_program_may_do(dialog: ApiTokensDialog) -> None:
    dialog.show_tokens([TILL])
    shown = dialog.rows.rows["t1"]
    assert (shown.name.text(), shown.name.textFormat()) == ("<b>Till</b>", Qt.TextFormat.PlainText)
    assert shown.rights.text() == "Orders, Customers"
    assert "Last used 2023-11-1" in shown.times.text()


def test_an_api_token_is_made_with_a_name_and_rights(dialog: ApiTokensDialog, record: Record) -> None:
    wanted = record(dialog.make_wanted)
    assert not dialog.add_button.isEnabled(), "before the tokens are known"
    dialog.show_tokens([])
    dialog.add_button.click()
    (form,) = dialog.findChildren(NewTokenDialog)
    assert list(form.boxes.boxes) == list(RIGHTS)
    assert not form.make_button.isEnabled()
    form.name.setText("  Till ")
    assert form.make_button.isEnabled()
    form.boxes.boxes[AssistantRight.ORDERS].setChecked(False)
    assert not form.make_button.isEnabled()
    form.boxes.boxes[AssistantRight.PRODUCTS].setChecked(True)
    form.make_button.click()
    assert wanted == [(NewApiToken("Till", [AssistantRight.PRODUCTS]),)]


def test_an_api_token_is_revoked_after_a_question(dialog: ApiTokensDialog, record: Record) -> None:
    wanted = record(dialog.revoke_wanted)
    dialog.show_tokens([TILL])
    dialog.rows.rows["t1"].revoke_button.click()
    (asked,) = dialog.findChildren(ConfirmDialog)
    assert wanted == []
    asked.accept_button.click()
    assert wanted == [(TILL,)]


def test_a_room_full_of_api_tokens_says_so(dialog: ApiTokensDialog) -> None:
    tokens = [
        ApiToken(token_id=f"t{number}", name=f"{number}", rights=[AssistantRight.ORDERS], created_at_ms=1)
        for number in range(MOST_TOKENS)
    ]
    dialog.show_tokens(tokens)
    assert not dialog.add_button.isEnabled()
