"""Keeps the event log on disk, many entries a transaction, and checkpoints so that a start reads little."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final, Protocol

import msgspec
from sqlalchemy import Connection, Select, delete, func, insert, or_, select
from sqlalchemy.exc import IntegrityError

from backend.contract.protocol import Reliable
from backend.log.entries import Entry, Record
from backend.log.upcasting import FormerProducts, upcast
from backend.storage.database import Database, StorageError, read_rows
from backend.storage.outbox import NoOutbox, Outbox
from backend.storage.tables import EVENT_LOG, FORMER_PRODUCTS, ROOM_CHECKPOINTS

PAGE: Final = 2000
WINDOW: Final = 20_000
MATCHES: Final = 500

_decode_entry = msgspec.json.Decoder(Entry).decode


class Checkpoint(msgspec.Struct, frozen=True):
    """The folds of a room as they were after the entry of this number, encoded."""

    number: int
    folds: bytes


class Companion(Protocol):
    """What is written in the same transaction as the log, so that both are saved or neither is."""

    def write(self, connection: Connection, records: Sequence[Record]) -> None:
        """Write what these records mean to it; what it raises undoes the transaction."""


class EventLog:
    """The log of one room. It only grows, but for who is erased from it. Everything but `save` blocks.

    Args:
        outbox: saves what all hear of the records.
    """

    def __init__(self, database: Database, room_id: str, outbox: Outbox | None = None) -> None:
        self._database = database
        self._room_id = room_id
        self._outbox = outbox or NoOutbox()
        self._former: FormerProducts | None = None

    @property
    def is_fenced(self) -> bool:
        """See `Outbox.is_fenced`."""
        return self._outbox.is_fenced

    async def save(
        self,
        records: Sequence[Record],
        events: Sequence[Reliable] = (),
        companions: Sequence[Companion] = (),
    ) -> None:
        """Return when all is safely on disk; raise `StorageError` when nothing is."""
        await asyncio.to_thread(self.append, records, events, companions)

    def append(
        self,
        records: Sequence[Record],
        events: Sequence[Reliable] = (),
        companions: Sequence[Companion] = (),
    ) -> None:
        """Write records and events in one transaction; the records' numbers go on from the last one's.

        Args:
            records: what happened, oldest first.
            events: what all hear of it.
            companions: write beside it, in this order, before the records themselves.

        Raises:
            StorageError: nothing is written.
        """
        rows = [
            {
                "room_id": self._room_id,
                "number": record.number,
                "at_ms": record.at_ms,
                "session_id": record.session_id,
                "media_ms": record.media_ms,
                "entry": msgspec.json.encode(record.entry).decode(),
            }
            for record in records
        ]
        with self._writing() as connection:
            self._outbox.write(connection, events)
            for companion in companions:
                companion.write(connection, records)
            if rows:
                connection.execute(insert(EVENT_LOG), rows)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self._database.transaction() as connection:
                yield connection
        except IntegrityError as error:
            cause = " ".join(str(error.orig).split())
            raise StorageError(
                f"The log of the room {self._room_id} does not go on from what is on disk ({cause}): another "
                "process serves the room, or its database was changed. Nothing was kept. Stop the other "
                "process; otherwise look at the database with `main.py check`."
            ) from error

    def after(self, number: int) -> Iterator[Record]:
        """Yield the records above this number, oldest first, read in pages."""
        while page := self._page(number):
            yield from page
            number = page[-1].number

    def _page(self, number: int) -> list[Record]:
        query: Select[tuple[object, ...]] = (
            select(EVENT_LOG)
            .where(EVENT_LOG.c.room_id == self._room_id, EVENT_LOG.c.number > number)
            .order_by(EVENT_LOG.c.number)
            .limit(PAGE)
        )
        return self._read(query)

    def backwards(self, tags: Sequence[str], before: int | None = None) -> Iterator[Record]:
        """Yield the records with these tags below a number, newest first.

        Looks through so few numbers a transaction, and takes so few records, that no writer has to wait.
        """
        with self._database.transaction() as connection:
            last = select(func.max(EVENT_LOG.c.number)).where(EVENT_LOG.c.room_id == self._room_id)
            top = connection.scalar(last) or 0
        top = top if before is None else min(top, before - 1)
        while top > 0:
            above = max(0, top - WINDOW)
            records = self._window(tags, above, top)
            yield from records
            top = records[-1].number - 1 if len(records) == MATCHES else above

    def _window(self, tags: Sequence[str], above: int, top: int) -> list[Record]:
        is_wanted = or_(*(EVENT_LOG.c.entry.startswith(f'{{"type":"{tag}"', autoescape=True) for tag in tags))
        query: Select[tuple[object, ...]] = (
            select(EVENT_LOG)
            .where(EVENT_LOG.c.room_id == self._room_id, EVENT_LOG.c.number > above)
            .where(EVENT_LOG.c.number <= top, is_wanted)
            .order_by(EVENT_LOG.c.number.desc())
            .limit(MATCHES)
        )
        return self._read(query)

    def _read(self, query: Select[tuple[object, ...]]) -> list[Record]:
        with self._database.transaction() as connection:
            if self._former is None:
                self._former = _read_former(connection, self._room_id)
            return [_record(row, self._former) for row in read_rows(connection, query)]

    def checkpoint(self) -> Checkpoint | None:
        """Return the last checkpoint; None where there is none."""
        query = select(ROOM_CHECKPOINTS).where(ROOM_CHECKPOINTS.c.room_id == self._room_id)
        with self._database.transaction() as connection:
            rows = read_rows(connection, query)
        if not rows:
            return None
        return Checkpoint(msgspec.convert(rows[0]["number"], int), upcast(str(rows[0]["folds"])).encode())

    def save_checkpoint(self, checkpoint: Checkpoint) -> None:
        """Put a checkpoint in the place of the last one; raise `StorageError` when it is not."""
        row = {"room_id": self._room_id, "number": checkpoint.number, "folds": checkpoint.folds.decode()}
        with self._writing() as connection:
            connection.execute(delete(ROOM_CHECKPOINTS).where(ROOM_CHECKPOINTS.c.room_id == self._room_id))
            connection.execute(insert(ROOM_CHECKPOINTS).values(row))


def _read_former(connection: Connection, room_id: str) -> FormerProducts:
    query = select(FORMER_PRODUCTS).where(FORMER_PRODUCTS.c.room_id == room_id)
    rows = connection.execute(query).all()
    return FormerProducts(
        {row.product_id: row.spu_id for row in rows}, max((row.up_to_number for row in rows), default=0)
    )


def _record(row: dict[str, object], former: FormerProducts) -> Record:
    number = msgspec.convert(row["number"], int)
    ids = former.ids if number <= former.up_to_number else None
    return Record(
        number=number,
        at_ms=msgspec.convert(row["at_ms"], int),
        session_id=str(row["session_id"]),
        entry=_decode_entry(upcast(str(row["entry"]), ids)),
        media_ms=msgspec.convert(row["media_ms"], int | None),
    )
