"""Writes what a room keeps anew without a person, in transactions so short that nobody waits for them.

What was read is compared when it is written: of two nodes that do the same, one writes. The functions block.
"""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

import msgspec
from sqlalchemy import Connection, Table, bindparam, delete, func, select, update

from backend.contract.words_of import erase_words
from backend.erasing.log_pass import Known, LogPass
from backend.log.entries import Entry, Erased, Record
from backend.log.erasings import LogErasing, OutrunError, move_on
from backend.log.event_log import EventLog
from backend.log.upcasting import upcast
from backend.room.history import without_words
from backend.shop.outbox import OutboxBody
from backend.storage.database import Database
from backend.storage.order_tables import SHOP_OUTBOX
from backend.storage.tables import EVENT_LOG, ROOM_CHECKPOINTS, TOLD_EVENTS

MOST_READ: Final = 1000
MOST_WRITTEN: Final = 200

_decode_entry: Final = msgspec.json.Decoder(Entry).decode
_decode_body: Final = msgspec.json.Decoder(OutboxBody).decode
_decode_known: Final = msgspec.json.Decoder(Known).decode
_encode: Final = msgspec.json.Encoder().encode


def last_entry_of(database: Database, erasing: LogErasing) -> int:
    """Return the number of the newest entry that says that the person is gone; 0 for none."""
    for record in EventLog(database, erasing.room_id).backwards(["erased"]):
        if record.entry == Erased(erasing.user_id):
            return record.number
    return 0


def end_of_log(database: Database, erasing: LogErasing) -> int:
    """Return the number after the newest entry of the room."""
    last = select(func.max(EVENT_LOG.c.number)).where(EVENT_LOG.c.room_id == erasing.room_id)
    with database.reading() as connection:
        return (connection.scalar(last) or 0) + 1


def begin(database: Database, erasing: LogErasing, up_to_number: int) -> LogErasing:
    """Write up to which entry the log is to be looked through."""
    begun = msgspec.structs.replace(erasing, up_to_number=up_to_number)
    with database.transaction() as connection:
        move_on(connection, erasing, begun)
    return begun


def rewrite_batch(database: Database, erasing: LogErasing) -> LogErasing | None:
    """Look through the next entries of the log; None where there are no more.

    Raises:
        OutrunError: another node was faster.
    """
    before = _read_batch(database, erasing)
    if not before:
        return None
    walk = LogPass(erasing.user_id, _decode_known(erasing.known) if erasing.known else None)
    number, after = erasing.number, dict[int, str]()
    for number, encoded in before.items():
        # Products keep the ids that they have here: what these mean depends on the number.
        entry = _decode_entry(upcast(encoded))
        erased = walk.without_words(Record(number, 0, "", entry))
        if erased != entry:
            after[number] = _encode(erased).decode()
        if len(after) == MOST_WRITTEN:
            break
    moved = msgspec.structs.replace(erasing, number=number, known=_encode(walk.known).decode())
    with database.transaction() as connection:
        move_on(connection, erasing, moved)
        _write(connection, _LOG, erasing.room_id, before, after)
    return moved


def erase_beside_the_log(database: Database, erasing: LogErasing) -> None:
    """Take the person out of the events that the room told, and out of the last checkpoint.

    A checkpoint of before is dropped: it is made anew from time to time.
    """
    _rewrite_rows(database, _TOLD, erasing)
    is_of_before = ROOM_CHECKPOINTS.c.number < (erasing.up_to_number or 0)
    is_old = ROOM_CHECKPOINTS.c.room_id == erasing.room_id, is_of_before
    with database.transaction() as connection:
        connection.execute(delete(ROOM_CHECKPOINTS).where(*is_old))


def erase_in_outbox(database: Database, erasing: LogErasing) -> None:
    """Take the person out of what the shop has for the room, and of what the room took lately."""
    _rewrite_rows(database, _OUTBOX, erasing)


class _Texts(NamedTuple):
    """A table of a room's with encoded messages in it."""

    table: Table
    number: str
    text: str
    without_words: Callable[[str, str], str]


def _told_without(payload: str, user_id: str) -> str:
    return without_words(payload.encode(), user_id).decode()


def _message_without(body: str, user_id: str) -> str:
    message = _decode_body(body)
    erased = erase_words(message, user_id)
    return body if erased is message else _encode(erased).decode()


_LOG: Final = _Texts(EVENT_LOG, "number", "entry", lambda text, _user_id: text)
_TOLD: Final = _Texts(TOLD_EVENTS, "seq", "payload", _told_without)
_OUTBOX: Final = _Texts(SHOP_OUTBOX, "outbox_id", "body", _message_without)


def _read_batch(database: Database, erasing: LogErasing) -> dict[int, str]:
    columns = EVENT_LOG.c
    query = (
        select(columns.number, columns.entry)
        .where(columns.room_id == erasing.room_id, columns.number > erasing.number)
        .where(columns.number <= (erasing.up_to_number or 0))
        .order_by(columns.number)
        .limit(MOST_READ)
    )
    with database.reading() as connection:
        return {int(row.number): str(row.entry) for row in connection.execute(query)}


def _rewrite_rows(database: Database, texts: _Texts, erasing: LogErasing) -> None:
    number, text = texts.table.c[texts.number], texts.table.c[texts.text]
    # Nearly all rows that name somebody are found by this; a name without an id stands in none.
    is_theirs = texts.table.c.room_id == erasing.room_id, text.contains(erasing.user_id, autoescape=True)
    with database.reading() as connection:
        before = {
            int(row[0]): str(row[1]) for row in connection.execute(select(number, text).where(*is_theirs))
        }
    erased = {one: texts.without_words(encoded, erasing.user_id) for one, encoded in before.items()}
    after = [(one, encoded) for one, encoded in erased.items() if encoded != before[one]]
    for first in range(0, len(after), MOST_WRITTEN):
        with database.transaction() as connection:
            batch = dict(after[first : first + MOST_WRITTEN])
            _write(connection, texts, erasing.room_id, before, batch)


def _write(
    connection: Connection, texts: _Texts, room_id: str, before: Mapping[int, str], after: Mapping[int, str]
) -> None:
    number, text = texts.table.c[texts.number], texts.table.c[texts.text]
    if not after:
        return
    is_of_room = texts.table.c.room_id == room_id
    query = select(number, text).where(is_of_room, number.in_(after))
    now = {int(row[0]): str(row[1]) for row in connection.execute(query)}
    if any(before[one] != encoded for one, encoded in now.items()):
        raise OutrunError
    writing = update(texts.table).where(is_of_room, number == bindparam("this_number"))
    rows = [{"this_number": one, "new_text": after[one]} for one in now]
    if rows:
        connection.execute(writing.values({texts.text: bindparam("new_text")}), rows)
