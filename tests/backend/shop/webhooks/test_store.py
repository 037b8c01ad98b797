"""Messages of webhooks as they are kept."""

from pathlib import Path

from sqlalchemy import insert, select, text

from backend.shop.webhooks.store import take_due
from backend.storage.webhook_tables import WEBHOOK_MESSAGES, WEBHOOK_TARGETS
from tests.backend.shop.goods import ROOM, open_rooms
from tests.support.migrated import open_migrated

NOW_MS = 1_800_000_000_000


def message_row(message_id: str) -> dict[str, object]:
    return {
        "target_id": "t",
        "message_id": message_id,
        "event": "order.paid",
        "order_id": "o",
        "body": "{}",
        "state": "waiting",
        "created_at_ms": NOW_MS,
        "due_at_ms": NOW_MS,
        "gives_up_at_ms": NOW_MS + 1,
    }


def test_a_webhook_that_cannot_be_read_is_given_up_and_holds_up_no_other(tmp_path: Path) -> None:
    # A server's columns keep out what is no number; a file's do not.
    database = open_migrated(tmp_path)
    open_rooms(database)
    target = {
        "target_id": "t",
        "room_id": ROOM,
        "url": "https://a.example",
        "events": "[]",
        "created_at_ms": 1,
    }
    with database.transaction() as connection:
        connection.execute(insert(WEBHOOK_TARGETS).values(target))
        connection.execute(insert(WEBHOOK_MESSAGES), [message_row("broken"), message_row("whole")])
        connection.execute(text("UPDATE webhook_messages SET tries = 'x' WHERE message_id = 'broken'"))
        due = take_due(connection, "t", most=2, now_ms=NOW_MS, until_ms=NOW_MS + 5)
        kept = select(WEBHOOK_MESSAGES.c.state, WEBHOOK_MESSAGES.c.due_at_ms)
        rows = connection.execute(kept.order_by(WEBHOOK_MESSAGES.c.message_id)).all()
    database.close()
    assert [one.message_id for one in due] == ["whole"]
    assert [tuple(row) for row in rows] == [("given_up", None), ("waiting", NOW_MS + 5)]
