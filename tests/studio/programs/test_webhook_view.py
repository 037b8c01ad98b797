from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.contract.outgoing_webhooks import NewWebhookTarget, OrderEvent
from backend.limits import WebhookReach
from backend.options import ServeOptions
from studio.programs.webhook_view import WebhookView
from studio.window.main_window import MainWindow
from studio.window.menus import Entry
from tests.backend.running import running_backend
from tests.studio.programs.desk import Desk
from tests.studio.staff.test_staff_view import until, working
from widgets.programs.new_webhook_dialog import NewWebhookDialog
from widgets.programs.secret_dialog import SecretDialog
from widgets.programs.webhooks_dialog import WebhooksDialog

TILL = NewWebhookTarget("http://127.0.0.1:9/hook", [OrderEvent.PAID])


@pytest.fixture
async def desk(window: MainWindow) -> AsyncIterator[Desk[WebhooksDialog]]:
    made = Desk(window, WebhookView, Entry.WEBHOOKS, WebhooksDialog)
    async with working(made.background):
        yield made


async def test_a_webhook_is_added_listed_and_deleted(desk: Desk[WebhooksDialog], tmp_path: Path) -> None:
    async with running_backend(tmp_path, ServeOptions(webhooks=WebhookReach.LAN)) as running:
        desk.find(running)
        dialog = desk.open()
        await until(dialog.add_button.isEnabled)
        dialog.add_wanted.emit(TILL)
        await until(lambda: bool(dialog.rows.keys))
        (shown,) = dialog.findChildren(SecretDialog)
        assert shown.secret.line.text().startswith("whsec_")
        (target_id,) = dialog.rows.keys
        assert dialog.rows.rows[target_id].url.text() == TILL.url
        assert dialog._targets is not None
        dialog.again_wanted.emit(dialog._targets[target_id])
        await until(lambda: "Nothing was given up" in dialog.note.text())
        dialog.delete_wanted.emit(dialog._targets[target_id])
        await until(lambda: not dialog.rows.keys)


async def test_a_webhook_that_cannot_be_is_explained_and_asked_for_again(
    desk: Desk[WebhooksDialog], tmp_path: Path
) -> None:
    async with running_backend(tmp_path) as running:
        desk.find(running)
        dialog = desk.open()
        await until(dialog.add_button.isEnabled)
        dialog.add_wanted.emit(TILL)
        await until(lambda: bool(dialog.findChildren(NewWebhookDialog)))
        assert "begins with https://" in dialog.note.text()
        (form,) = dialog.findChildren(NewWebhookDialog)
        assert (form.url.text(), form.events) == (TILL.url, TILL.events)


async def test_without_a_backend_the_host_is_told_of_webhooks_that_cannot_be_read(
    desk: Desk[WebhooksDialog],
) -> None:
    dialog = desk.open()
    await until(lambda: "not reached" in dialog.note.text())
