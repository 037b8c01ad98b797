import msgspec
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend.contract.outgoing_webhooks import MOST_TARGETS, NewWebhookTarget, OrderEvent, WebhookTarget
from tests.widgets.conftest import Record
from widgets.common.confirm import ConfirmDialog
from widgets.programs.new_webhook_dialog import NewWebhookDialog
from widgets.programs.webhooks_dialog import WebhooksDialog

TILL = WebhookTarget(
    target_id="t1",
    url="https://till.example.com/hook",
    events=[OrderEvent.PAID, OrderEvent.REFUNDED],
    created_at_ms=1_700_000_000_000,
)
SENT_AT_MS = 1_700_100_000_000


@pytest.fixture
def dialog(qtbot: QtBot) -> WebhooksDialog:
    host = QWidget()
    qtbot.addWidget(host)
    made = WebhooksDialog(host)
    made.host = host  # type: ignore[attr-defined]  # else it goes
    made.open()
    return made


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "Nothing was sent yet"),
        ({"last_status": 200, "last_sent_at_ms": SENT_AT_MS}, "Taken 2023-11-1"),
        ({"last_status": 500, "last_sent_at_ms": SENT_AT_MS, "waiting": 3}, "Answered 500 2023-11-1"),
        ({"last_error": "No answer", "last_sent_at_ms": SENT_AT_MS, "waiting": 1}, "No answer · 1 wait"),
    ],
)
def test_the_webhooks_dialog_shows_what_came_of_the_last_one(
    dialog: WebhooksDialog, changes: dict[str, int], told: str
) -> None:
    dialog.show_targets([msgspec.structs.replace(TILL, **changes)])
    shown = dialog.rows.rows["t1"]
    assert told in shown.result.text()
    assert (shown.url.text(), shown.events.text()) == (TILL.url, "Order paid · Order refunded")


def test_a_webhook_is_added_with_an_address_and_events(dialog: WebhooksDialog, record: Record) -> None:
    wanted = record(dialog.add_wanted)
    dialog.show_targets([])
    dialog.add_button.click()
    (form,) = dialog.findChildren(NewWebhookDialog)
    assert not form.add_button.isEnabled()
    form.url.setText(f" {TILL.url} ")
    assert form.add_button.isEnabled()
    for event in (OrderEvent.SHIPPED, OrderEvent.REFUNDED):
        form.boxes[event].setChecked(False)
    form.add_button.click()
    assert wanted == [(NewWebhookTarget(TILL.url, [OrderEvent.PAID]),)]


def test_a_webhook_is_sent_again_at_once_and_deleted_after_a_question(
    dialog: WebhooksDialog, record: Record
) -> None:
    again, deleted = record(dialog.again_wanted), record(dialog.delete_wanted)
    dialog.show_targets([TILL])
    dialog.rows.rows["t1"].again_button.click()
    assert again == [(TILL,)]
    dialog.rows.rows["t1"].delete_button.click()
    (asked,) = dialog.findChildren(ConfirmDialog)
    assert deleted == []
    asked.accept_button.click()
    assert deleted == [(TILL,)]


def test_a_room_full_of_webhooks_says_so(dialog: WebhooksDialog) -> None:
    targets = [msgspec.structs.replace(TILL, target_id=f"t{number}") for number in range(MOST_TARGETS)]
    dialog.show_targets(targets)
    assert not dialog.add_button.isEnabled()
