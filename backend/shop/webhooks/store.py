"""Targets and messages of webhooks as they are kept. Each function is part of the caller's transaction."""

import logging

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from backend.contract.outgoing_webhooks import (
    MOST_TARGETS,
    MessageState,
    NewWebhookTarget,
    OrderEvent,
    ReadMessages,
    WebhookMessage,
    WebhookMessages,
    WebhookTarget,
)
from backend.shop.ids import new_id
from backend.shop.sending import GIVES_UP_AFTER_MS, UNREADABLE, Outcome
from backend.storage.database import read_rows
from backend.storage.webhook_tables import WEBHOOK_MESSAGES, WEBHOOK_TARGETS

log = logging.getLogger("livestall.webhooks")

_MESSAGE = WEBHOOK_MESSAGES.c
_SHOWN = [_MESSAGE[name] for name in WebhookMessage.__struct_fields__]


class TargetRefusedError(Exception):
    """A target cannot be kept; the message names cause and remedy."""


class DueMessage(msgspec.Struct, frozen=True):
    """A message to send."""

    target_id: str
    message_id: str
    url: str
    body: str
    tries: int
    due_at_ms: int
    gives_up_at_ms: int

    @property
    def lane(self) -> str:
        """See `Sendable`."""
        return self.target_id


def targets_of(connection: Connection, room_id: str) -> list[WebhookTarget]:
    """Return a room's targets, the oldest first."""
    query = select(WEBHOOK_TARGETS).where(WEBHOOK_TARGETS.c.room_id == room_id)
    rows = read_rows(connection, query.order_by(WEBHOOK_TARGETS.c.created_at_ms, WEBHOOK_TARGETS.c.target_id))
    return [_target(connection, row) for row in rows]


def add_target(connection: Connection, room_id: str, wanted: NewWebhookTarget, now_ms: int) -> WebhookTarget:
    """Keep a new target.

    Raises:
        TargetRefusedError: there are as many as can be, or this one.
    """
    known = targets_of(connection, room_id)
    if len(known) >= MOST_TARGETS:
        raise TargetRefusedError(f"A room has at most {MOST_TARGETS} webhook targets. Delete one first.")
    if wanted.url in {one.url for one in known}:
        raise TargetRefusedError("Webhooks go to this address already. Delete that target first.")
    events = [event for event in OrderEvent if event in wanted.events]
    row = {
        "target_id": new_id(now_ms),
        "room_id": room_id,
        "url": wanted.url,
        "events": msgspec.json.encode(events).decode(),
        "created_at_ms": now_ms,
    }
    connection.execute(insert(WEBHOOK_TARGETS).values(row))
    return _target(connection, row)


def delete_target(connection: Connection, room_id: str, target_id: str) -> WebhookTarget | None:
    """Forget a target with its messages, and return what it was; None where there is none."""
    target = find_target(connection, room_id, target_id)
    if target is not None:
        connection.execute(delete(WEBHOOK_MESSAGES).where(_MESSAGE.target_id == target_id))
        connection.execute(delete(WEBHOOK_TARGETS).where(WEBHOOK_TARGETS.c.target_id == target_id))
    return target


def find_target(connection: Connection, room_id: str, target_id: str) -> WebhookTarget | None:
    """Return a target of the room; None where there is none."""
    is_this = (WEBHOOK_TARGETS.c.room_id == room_id, WEBHOOK_TARGETS.c.target_id == target_id)
    rows = read_rows(connection, select(WEBHOOK_TARGETS).where(*is_this))
    return _target(connection, rows[0]) if rows else None


def messages_of(connection: Connection, wanted: ReadMessages) -> WebhookMessages:
    """Return a page of a target's messages."""
    conditions = [_MESSAGE.target_id == wanted.target_id]
    if wanted.state is not None:
        conditions.append(_MESSAGE.state == wanted.state.value)
    if wanted.cursor is not None:
        conditions.append(_MESSAGE.message_id < wanted.cursor)
    query = select(*_SHOWN).where(*conditions).order_by(_MESSAGE.message_id.desc()).limit(wanted.limit + 1)
    found = msgspec.convert(read_rows(connection, query), list[WebhookMessage])
    messages = found[: wanted.limit]
    return WebhookMessages(messages, messages[-1].message_id if len(found) > wanted.limit else None)


def send_again(connection: Connection, target_id: str, message_id: str, now_ms: int) -> WebhookMessage | None:
    """Let a message be sent once more, under its id; None where there is none."""
    values = {
        "state": MessageState.WAITING.value,
        "tries": 0,
        "due_at_ms": now_ms,
        "gives_up_at_ms": now_ms + GIVES_UP_AFTER_MS,
    }
    connection.execute(update(WEBHOOK_MESSAGES).where(*_is_this(target_id, message_id)).values(values))
    rows = read_rows(connection, select(*_SHOWN).where(*_is_this(target_id, message_id)))
    return msgspec.convert(rows[0], WebhookMessage) if rows else None


def due_targets(connection: Connection, now_ms: int) -> list[str]:
    """Return the targets that messages are due for."""
    query = select(_MESSAGE.target_id).where(_MESSAGE.due_at_ms <= now_ms).distinct()
    return [str(target_id) for target_id in connection.scalars(query.order_by(_MESSAGE.target_id))]


def take_due(
    connection: Connection, target_id: str, *, most: int, now_ms: int, until_ms: int
) -> list[DueMessage]:
    """Take messages to send, the oldest first; nobody else takes them before `until_ms`.

    One that cannot be read is given up, and holds up no other.
    """
    query = (
        select(*(_MESSAGE[name] for name in DueMessage.__struct_fields__ if name != "url"))
        .add_columns(WEBHOOK_TARGETS.c.url)
        .join(WEBHOOK_TARGETS, WEBHOOK_TARGETS.c.target_id == _MESSAGE.target_id)
        .where(_MESSAGE.target_id == target_id, _MESSAGE.due_at_ms <= now_ms)
        .order_by(_MESSAGE.due_at_ms, _MESSAGE.message_id)
        .limit(most)
    )
    due = []
    for row in read_rows(connection, query):
        try:
            due.append(msgspec.convert(row, DueMessage))
        except msgspec.MsgspecError as error:
            _give_up(connection, str(row["target_id"]), str(row["message_id"]), error)
    for one in due:
        is_this = _is_this(one.target_id, one.message_id)
        connection.execute(update(WEBHOOK_MESSAGES).where(*is_this).values(due_at_ms=until_ms))
    return due


def _give_up(connection: Connection, target_id: str, message_id: str, error: msgspec.MsgspecError) -> None:
    log.error("%s is given up, it cannot be read: %s", message_id, error)
    values = {
        "state": MessageState.GIVEN_UP.value,
        "due_at_ms": None,
        "last_error": f"{UNREADABLE}: {error}"[:200],
    }
    is_this = _is_this(target_id, message_id)
    connection.execute(update(WEBHOOK_MESSAGES).where(*is_this).values(values))


def record_outcome(
    connection: Connection, message: DueMessage, outcome: Outcome, *, now_ms: int, next_at_ms: int | None
) -> None:
    """Record what came of sending a message, and when it is sent again; None where it is not."""
    state = MessageState.WAITING if next_at_ms is not None else MessageState.GIVEN_UP
    values = {
        "state": MessageState.DELIVERED.value if outcome.is_taken else state.value,
        "tries": _MESSAGE.tries + 1,
        "due_at_ms": next_at_ms,
        "last_status": outcome.status,
        "last_error": outcome.error[:200],
        "last_sent_at_ms": now_ms,
    }
    waits = (*_is_this(message.target_id, message.message_id), _MESSAGE.state == MessageState.WAITING.value)
    connection.execute(update(WEBHOOK_MESSAGES).where(*waits).values(values))


def has_old(connection: Connection, before_ms: int) -> bool:
    """Return whether there are messages that are over for long."""
    return connection.scalar(select(_MESSAGE.message_id).where(*_is_old(before_ms)).limit(1)) is not None


def clear_messages(connection: Connection, before_ms: int, most: int) -> None:
    """Forget messages that are over for long."""
    old = select(_MESSAGE.target_id, _MESSAGE.message_id).where(*_is_old(before_ms)).limit(most)
    for target_id, message_id in connection.execute(old).all():
        connection.execute(delete(WEBHOOK_MESSAGES).where(*_is_this(target_id, message_id)))


def _is_old(before_ms: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (_MESSAGE.due_at_ms.is_(None), _MESSAGE.created_at_ms < before_ms)


def _is_this(target_id: str, message_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (_MESSAGE.target_id == target_id, _MESSAGE.message_id == message_id)


def _target(connection: Connection, row: dict[str, object]) -> WebhookTarget:
    target_id = str(row["target_id"])
    is_its = _MESSAGE.target_id == target_id
    waits = select(func.count()).where(is_its, _MESSAGE.due_at_ms.is_not(None))
    last = (
        select(_MESSAGE.last_status, _MESSAGE.last_error, _MESSAGE.last_sent_at_ms)
        .where(is_its, _MESSAGE.last_sent_at_ms.is_not(None))
        .order_by(_MESSAGE.last_sent_at_ms.desc())
        .limit(1)
    )
    (results,) = read_rows(connection, last) or [{}]
    return msgspec.convert(
        {
            **row,
            "events": msgspec.json.decode(str(row["events"])),
            "waiting": connection.scalar(waits) or 0,
            **results,
        },
        WebhookTarget,
    )
