"""E-mails as they are kept. Each function is part of the caller's transaction."""

import logging

import msgspec
from sqlalchemy import Connection, and_, delete, func, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from backend.contract.addresses import Address
from backend.contract.mail import Mail, MailKind, MailPage, MailSettings, ReadMails
from backend.contract.orders import BuyerLanguage
from backend.contract.outgoing_webhooks import MessageState
from backend.shop.mail.writing import MailFacts, read_mail_settings
from backend.shop.sending import GIVES_UP_AFTER_MS, UNREADABLE, Outcome
from backend.storage.database import read_rows
from backend.storage.mail_tables import MAILS
from backend.storage.order_tables import ORDERS

log = logging.getLogger("livestall.mail")

_MAIL = MAILS.c
_SHOWN = [*(_MAIL[name] for name in Mail.__struct_fields__ if name != "number"), ORDERS.c.number]
_CHINESE = frozenset({"CN", "HK", "MO", "TW"})
LANE = "mail"


class DueMail(msgspec.Struct, frozen=True):
    """An e-mail to send, with all that it tells; `to` is empty where the buyer was erased."""

    mail_id: str
    kind: MailKind
    facts: MailFacts
    to: str
    room_id: str
    language: BuyerLanguage
    settings: MailSettings
    tries: int
    gives_up_at_ms: int

    @property
    def lane(self) -> str:
        """See `Sendable`: there is one mail server."""
        return LANE

    @property
    def message_id(self) -> str:
        """See `Sendable`."""
        return self.mail_id


class Counts(msgspec.Struct, frozen=True):
    """How the e-mails of a room stand; see `MailStatus`."""

    waiting: int
    given_up: int
    last_error: str


def take_due(connection: Connection, *, most: int, now_ms: int, until_ms: int) -> list[DueMail]:
    """Take e-mails to send, the oldest first; nobody else takes them before `until_ms`.

    One that cannot be read is given up, and holds up no other.

    While the shop sends none, those that are too old by now are given up.
    """
    settings = read_mail_settings(connection)
    if not settings.host:
        values = {"state": MessageState.GIVEN_UP.value, "due_at_ms": None}
        connection.execute(update(MAILS).where(_too_old(now_ms)).values(values))
        return []
    query = (
        select(MAILS, ORDERS.c.language, ORDERS.c.address)
        .join(ORDERS, ORDERS.c.order_id == _MAIL.order_id)
        .where(_MAIL.due_at_ms <= now_ms)
        .order_by(_MAIL.due_at_ms, _MAIL.mail_id)
        .limit(most)
    )
    due = []
    for row in read_rows(connection, query):
        try:
            due.append(_due(row, settings))
        except msgspec.MsgspecError as error:
            _give_up(connection, str(row["mail_id"]), error)
    ids = [one.mail_id for one in due]
    if ids:
        connection.execute(update(MAILS).where(_MAIL.mail_id.in_(ids)).values(due_at_ms=until_ms))
    return due


def _give_up(connection: Connection, mail_id: str, error: msgspec.MsgspecError) -> None:
    log.error("%s is given up, it cannot be read: %s", mail_id, error)
    values = {
        "state": MessageState.GIVEN_UP.value,
        "due_at_ms": None,
        "last_error": f"{UNREADABLE}: {error}"[:200],
    }
    connection.execute(update(MAILS).where(_MAIL.mail_id == mail_id).values(values))


def _too_old(now_ms: int) -> ColumnElement[bool]:
    return and_(_MAIL.due_at_ms.is_not(None), _MAIL.gives_up_at_ms <= now_ms)


def record_outcome(
    connection: Connection, mail_id: str, outcome: Outcome, *, now_ms: int, next_at_ms: int | None
) -> None:
    """Record what came of sending one, and when it is sent again; None where it is not."""
    state = MessageState.WAITING if next_at_ms is not None else MessageState.GIVEN_UP
    values = {
        "state": MessageState.DELIVERED.value if outcome.is_taken else state.value,
        "tries": _MAIL.tries + 1,
        "due_at_ms": next_at_ms,
        "last_error": outcome.error[:200],
        "last_sent_at_ms": now_ms,
    }
    waits = (_MAIL.mail_id == mail_id, _MAIL.state == MessageState.WAITING.value)
    connection.execute(update(MAILS).where(*waits).values(values))


def has_work(connection: Connection, *, now_ms: int, before_ms: int) -> bool:
    """Return whether `take_due` has something to do, or one is to clear that was over before a time."""
    is_sending = bool(read_mail_settings(connection).host)
    is_due = _MAIL.due_at_ms <= now_ms if is_sending else _too_old(now_ms)
    is_over = and_(_MAIL.due_at_ms.is_(None), _MAIL.created_at_ms < before_ms)
    return connection.scalar(select(_MAIL.mail_id).where(or_(is_due, is_over)).limit(1)) is not None


def clear_mails(connection: Connection, before_ms: int, most: int) -> None:
    """Forget some that were over before a time."""
    is_over = (_MAIL.due_at_ms.is_(None), _MAIL.created_at_ms < before_ms)
    old = list(connection.scalars(select(_MAIL.mail_id).where(*is_over).limit(most)))
    if old:
        connection.execute(delete(MAILS).where(_MAIL.mail_id.in_(old)))


def counts_of(connection: Connection, room_id: str) -> Counts:
    """Return how the e-mails of a room stand."""
    query = select(_MAIL.state, func.count()).where(_MAIL.room_id == room_id).group_by(_MAIL.state)
    by_state = {str(state): int(count) for state, count in connection.execute(query)}
    failed = (
        select(_MAIL.last_error)
        .where(_MAIL.room_id == room_id, _MAIL.state != MessageState.DELIVERED.value, _MAIL.last_error != "")
        .order_by(_MAIL.last_sent_at_ms.desc())
        .limit(1)
    )
    return Counts(
        by_state.get(MessageState.WAITING, 0),
        by_state.get(MessageState.GIVEN_UP, 0),
        connection.scalar(failed) or "",
    )


def read_page(connection: Connection, room_id: str, wanted: ReadMails) -> MailPage:
    """Return a page of a room's e-mails, the newest first."""
    conditions: list[ColumnElement[bool]] = [_MAIL.room_id == room_id]
    if wanted.state is not None:
        conditions.append(_MAIL.state == wanted.state.value)
    if wanted.cursor is not None:
        conditions.append(_MAIL.mail_id < wanted.cursor)
    found = _read(connection, conditions, wanted.limit + 1)
    mails = found[: wanted.limit]
    return MailPage(mails, mails[-1].mail_id if len(found) > wanted.limit else None)


def send_again(connection: Connection, room_id: str, mail_id: str, now_ms: int) -> Mail | None:
    """Let an e-mail that was given up be sent for another day, and return it; None where there is none."""
    is_this = [_MAIL.room_id == room_id, _MAIL.mail_id == mail_id]
    values = {
        "state": MessageState.WAITING.value,
        "tries": 0,
        "due_at_ms": now_ms,
        "gives_up_at_ms": now_ms + GIVES_UP_AFTER_MS,
    }
    was_given_up = _MAIL.state == MessageState.GIVEN_UP.value
    connection.execute(update(MAILS).where(*is_this, was_given_up).values(values))
    found = _read(connection, is_this, 1)
    return found[0] if found else None


def _read(connection: Connection, conditions: list[ColumnElement[bool]], limit: int) -> list[Mail]:
    query = (
        select(*_SHOWN)
        .join(ORDERS, ORDERS.c.order_id == _MAIL.order_id)
        .where(*conditions)
        .order_by(_MAIL.mail_id.desc())
        .limit(limit)
    )
    return msgspec.convert(read_rows(connection, query), list[Mail])


def _due(row: dict[str, object], settings: MailSettings) -> DueMail:
    address = msgspec.json.decode(str(row["address"]), type=Address)
    # An order of an earlier version has no language: its place has one.
    of_place = BuyerLanguage.ZH if address.country in _CHINESE else BuyerLanguage.EN
    values = {
        **row,
        "facts": msgspec.json.decode(str(row["facts"]), type=MailFacts),
        "language": row["language"] or of_place,
        "to": address.email,
        "settings": settings,
    }
    return msgspec.convert(values, DueMail)
