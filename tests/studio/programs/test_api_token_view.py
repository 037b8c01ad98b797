from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.contract.api_tokens import TOKEN, NewApiToken
from backend.contract.base import AssistantRight
from studio.programs.api_token_view import ApiTokenView
from studio.window.main_window import MainWindow
from studio.window.menus import Entry
from tests.backend.running import running_backend
from tests.studio.programs.desk import Desk
from tests.studio.staff.test_staff_view import until, working
from widgets.programs.api_tokens_dialog import ApiTokensDialog
from widgets.programs.new_token_dialog import NewTokenDialog
from widgets.programs.secret_dialog import SecretDialog

TILL = NewApiToken("收银台", [AssistantRight.ORDERS])


@pytest.fixture
async def desk(window: MainWindow) -> AsyncIterator[Desk[ApiTokensDialog]]:
    made = Desk(window, ApiTokenView, Entry.API_TOKENS, ApiTokensDialog)
    async with working(made.background):
        yield made


async def test_an_api_token_is_made_shown_once_listed_and_revoked(
    desk: Desk[ApiTokensDialog], tmp_path: Path
) -> None:
    async with running_backend(tmp_path) as running:
        desk.find(running)
        dialog = desk.open()
        await until(dialog.add_button.isEnabled)
        dialog.make_wanted.emit(TILL)
        await until(lambda: bool(dialog.rows.keys))
        (shown,) = dialog.findChildren(SecretDialog)
        assert TOKEN.fullmatch(shown.secret.line.text())
        (token_id,) = dialog.rows.keys
        assert dialog.rows.rows[token_id].name.text() == "收银台"
        assert dialog._tokens is not None
        dialog.revoke_wanted.emit(dialog._tokens[token_id])
        await until(lambda: not dialog.rows.keys)


async def test_an_api_token_whose_name_is_taken_is_explained_and_asked_for_again(
    desk: Desk[ApiTokensDialog], tmp_path: Path
) -> None:
    async with running_backend(tmp_path) as running:
        desk.find(running)
        dialog = desk.open()
        for _ in range(2):
            dialog.make_wanted.emit(TILL)
        await until(lambda: bool(dialog.findChildren(NewTokenDialog)))
        assert "there already" in dialog.note.text()
        (form,) = dialog.findChildren(NewTokenDialog)
        assert (form.name.text(), list(form.boxes.rights)) == ("收银台", [AssistantRight.ORDERS])


async def test_without_a_backend_the_host_is_told_of_tokens_that_cannot_be_read(
    desk: Desk[ApiTokensDialog],
) -> None:
    dialog = desk.open()
    await until(lambda: "not reached" in dialog.note.text())
