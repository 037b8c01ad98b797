"""Imports and exports the catalogue: files are read beside the loop, and applied in small transactions."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection

from backend.contract.exchange import FileFormat, ImportReport, ImportUndone, PicturesOf, StockOf
from backend.contract.products import StaffProduct
from backend.shop.catalog.exchange.applying import Applied, Applying, apply_all
from backend.shop.catalog.exchange.linked_pictures import LinkedPictures, NamedPictures, linked_of
from backend.shop.catalog.exchange.own_csv import write_csv
from backend.shop.catalog.exchange.own_json import write_json
from backend.shop.catalog.exchange.reading import read_file
from backend.shop.catalog.exchange.reporting import Tally, sound_goods
from backend.shop.catalog.exchange.rows import Fault, Goods
from backend.shop.catalog.exchange.undoing import summed, undo_product
from backend.shop.catalog.pictures.folder import PictureFolder
from backend.shop.catalog.staff_reading import PagePlace, ProductFilter, read_page
from backend.shop.catalog.writing import Writing, writing_of
from backend.shop.currency import read_currency
from backend.shop.idempotency import KeyReused, Request, find_answers, whole, write_once
from backend.shop.people import Person
from backend.storage.database import Database
from backend.storage.writer import GroupWriter

OK: Final = 200
# In one transaction: so long do purchases wait.
AT_ONCE: Final = 10
_A_PAGE: Final = 200
MOST_ROUTE: Final = 64


class ImportWish(msgspec.Struct, frozen=True, kw_only=True):
    """How a file is imported.

    Attributes:
        pictures_after: links of so many products were followed before, under the same key.
        is_in_room: whether the importer's room shows what is new, after all others.
    """

    is_dry_run: bool = False
    format: FileFormat = FileFormat.AUTO
    stock_of: StockOf = StockOf.LEAVE
    pictures: PicturesOf = PicturesOf.LEAVE
    pictures_after: int = 0
    is_in_room: bool = False


class BatchDone(msgspec.Struct, frozen=True):
    """What became of some products of a file, one entry each."""

    answers: list[Applied | list[Fault]]


class Exchange:
    """The catalogue as files.

    Args:
        writer: the shop's.
        folder: of the pictures that were uploaded.
        linked: fetches pictures by their links.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(
        self,
        database: Database,
        writer: GroupWriter,
        *,
        folder: PictureFolder,
        linked: LinkedPictures,
        clock_ms: Callable[[], int],
    ) -> None:
        self._database = database
        self._writer = writer
        self._folder = folder
        self._linked = linked
        self._clock_ms = clock_ms
        # One at a time: a file of the largest kind takes much memory.
        self._turn = asyncio.Lock()

    async def import_file(
        self, person: Person, content: bytes, wish: ImportWish, request: Request
    ) -> ImportReport | KeyReused:
        """Import a file; each product of it is taken whole or not at all.

        The same again under the same key does nothing twice.

        Raises:
            FileError: nothing of the file can be taken.
            BusyError, StorageError: it may be sent again with the same key, and goes on where it was.
        """
        linked: list[NamedPictures] = []
        async with self._turn:
            tally = await self._take(person, content, wish, request, linked)
        if isinstance(tally, KeyReused):
            return tally
        # Others import meanwhile: a place that answers late holds up nobody.
        if wish.pictures is PicturesOf.FETCH and not wish.is_dry_run:
            waiting = [one for one in linked if one.place >= wish.pictures_after]
            tally.pictures = await self._linked.add(waiting, person)
        return tally.report()

    async def _take(
        self, person: Person, content: bytes, wish: ImportWish, request: Request, linked: list[NamedPictures]
    ) -> Tally | KeyReused:
        """Apply a file; `linked` gets the products that it names links for."""
        currency = await self._database.read(read_currency)
        found, parsed = await asyncio.to_thread(read_file, content, wish.format, currency)
        tally = Tally(found, parsed, currency, is_dry_run=wish.is_dry_run)
        goods = sound_goods(parsed, tally)
        for number, start in enumerate(range(0, len(goods), AT_ONCE)):
            batch = goods[start : start + AT_ONCE]
            answers = await self._apply(person, batch, wish, _part(request, number))
            if isinstance(answers, KeyReused):
                return answers
            tally.count(batch, answers.answers)
            linked += _linked(start, batch, answers.answers)
        return tally

    async def undo(self, person: Person, request: Request) -> ImportUndone | None:
        """Take the import of this request back; None where nothing is known of it.

        The same again does nothing twice. What was fetched by links stays.
        """
        async with self._turn:
            batches = await self._database.read(lambda connection: _kept_batches(connection, request))
            tally = [
                await self._undo(person, batch, _undo_of(request, number))
                for number, batch in reversed(list(enumerate(batches)))
            ]
        return summed(tally) if batches else None

    async def _undo(self, person: Person, batch: BatchDone, request: Request) -> ImportUndone:
        def act(connection: Connection) -> ImportUndone:
            writing = writing_of(connection, person, self._clock_ms())
            taken = [one for one in batch.answers if isinstance(one, Applied)]
            return summed(
                [
                    undo_product(connection, one, has_picture=self._folder.has, writing=writing)
                    for one in reversed(taken)
                ]
            )

        keeping = whole(ImportUndone)
        done = await write_once(self._writer, request, keeping, act, status=OK, clock_ms=self._clock_ms)
        return ImportUndone() if isinstance(done, KeyReused) else done

    async def export(self, kind: FileFormat) -> bytes:
        """Return all products as a file: JSON, or else CSV."""

        def write(connection: Connection) -> bytes:
            products, currency = _all_products(connection), read_currency(connection)
            return (write_json if kind is FileFormat.JSON else write_csv)(products, currency)

        return await self._database.read(write)

    async def _apply(
        self, person: Person, batch: Sequence[Goods], wish: ImportWish, request: Request
    ) -> BatchDone | KeyReused:
        def act(connection: Connection) -> BatchDone:
            writing: Writing = writing_of(connection, person, self._clock_ms())
            applying = Applying(
                wish.stock_of, self._folder.has, writing, person.room_id, is_in_room=wish.is_in_room
            )
            return BatchDone(apply_all(connection, batch, applying))

        def try_out(connection: Connection) -> BatchDone:
            with connection.begin_nested() as savepoint:
                done = act(connection)
                savepoint.rollback()
            return done

        if wish.is_dry_run:
            return await self._writer.run(try_out)
        keeping = whole(BatchDone)
        return await write_once(self._writer, request, keeping, act, status=OK, clock_ms=self._clock_ms)


def _part(request: Request, number: int) -> Request:
    return msgspec.structs.replace(request, key=f"{request.key}:{number}")


def _undo_of(request: Request, number: int) -> Request:
    part = _part(request, number)
    return msgspec.structs.replace(part, route=f"undo {part.route}"[:MOST_ROUTE], body_hash="")


def _kept_batches(connection: Connection, request: Request) -> list[BatchDone]:
    """Return what the parts of an import did, as their answers were kept."""
    found: list[BatchDone] = []
    while True:
        part = _part(request, len(found))
        kept = find_answers(connection, [part]).get(part.identity)
        if kept is None:
            return found
        found.append(msgspec.json.decode(kept.answer, type=BatchDone))


def _linked(
    start: int, batch: Sequence[Goods], answers: Sequence[Applied | list[Fault]]
) -> Iterator[NamedPictures]:
    for place, (goods, answer) in enumerate(zip(batch, answers, strict=True), start):
        named = linked_of(place, goods, answer.spu_id) if isinstance(answer, Applied) else None
        if named is not None:
            yield named


def _all_products(connection: Connection) -> Iterable[StaffProduct]:
    place: PagePlace | None = None
    while True:
        page = read_page(connection, ProductFilter(), place, _A_PAGE)
        yield from page.products
        if page.next is None:
            return
        place = PagePlace.read(page.next)
