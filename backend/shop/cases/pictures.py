"""The pictures that buyers attach to their cases: in the database, where they go with the person."""

from collections.abc import Callable
from enum import Enum

import msgspec
from sqlalchemy import Connection, func, insert, select

from backend.contract.cases import MOST_CASE_PICTURES, MOST_ORDER_PICTURES, Case
from backend.contract.orders import Order
from backend.shop.cases.results import CaseNotAllowedNow, TooManyPictures
from backend.shop.cases.store import find_case
from backend.shop.catalog.pictures.encoder import PictureEncoder
from backend.shop.catalog.pictures.names import name_of
from backend.shop.catalog.pictures.reencoding import EncodedPicture
from backend.shop.orders.reading import find_order
from backend.shop.outbox import OutboxMessage, order_as_now, write_outbox
from backend.shop.people import Person
from backend.storage.case_tables import CASE_PICTURES, CASES
from backend.storage.database import Database
from backend.storage.writer import GroupWriter

_PICTURE = CASE_PICTURES.c

PictureRefusal = CaseNotAllowedNow | TooManyPictures
"""Why a picture is not kept."""


class PictureSize(Enum):
    """Which of a picture: as large as it is kept, or a small one."""

    WHOLE = "content"
    SMALL = "thumbnail"


class CasePicture(msgspec.Struct, frozen=True):
    """A picture as it is kept, and whose."""

    buyer_id: str
    content: bytes


class CasePictures:
    """Takes pictures in and gives them out. A None means: there is no such thing, or it is not the person's.

    All methods may raise `StorageError`.

    Args:
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(self, database: Database, writer: GroupWriter, *, clock_ms: Callable[[], int]) -> None:
        self._database = database
        self._writer = writer
        self._clock_ms = clock_ms
        # One of its own: buyers hold up no staff.
        self._encoder = PictureEncoder()

    async def take(self, person: Person, case_id: str, content: bytes) -> Case | PictureRefusal | None:
        """Attach a picture to an open case of the person's own, encoded anew; the same again is kept once.

        Raises:
            PictureError: it is none, or larger than is taken.
            PicturesBusyError: too many wait.
            BusyError: too much is written.
        """
        # Before a picture costs anything.
        found = await self._database.read(lambda connection: _takes(connection, person, case_id))
        if not isinstance(found, Case):
            return found
        encoded = await self._encoder.encode(content)
        return await self._writer.run(
            lambda connection: _attach(connection, person, case_id, encoded, self._clock_ms())
        )

    async def read(self, person: Person, case_id: str, name: str, size: PictureSize) -> CasePicture | None:
        """Return a picture, to the case's buyer and the staff of its room."""

        def read(connection: Connection) -> CasePicture | None:
            case = find_case(connection, case_id)
            if case is None or not person.may_see(case):
                return None
            is_this = (_PICTURE.case_id == case_id, _PICTURE.name == name)
            found = connection.scalar(select(_PICTURE[size.value]).where(*is_this))
            return None if found is None else CasePicture(case.buyer_id, bytes(found))

        return await self._database.read(read)


def _takes(connection: Connection, person: Person, case_id: str) -> Case | PictureRefusal | None:
    case = find_case(connection, case_id)
    if case is None or case.buyer_id != person.buyer_id:
        return None
    if case.closed_at_ms is not None:
        return CaseNotAllowedNow(case)
    if len(case.pictures) >= MOST_CASE_PICTURES or _of_order(connection, case) >= MOST_ORDER_PICTURES:
        return TooManyPictures()
    return case


def _of_order(connection: Connection, case: Case) -> int:
    cases = select(CASES.c.case_id).where(CASES.c.order_id == case.order_id)
    return connection.scalar(select(func.count()).where(_PICTURE.case_id.in_(cases))) or 0


def _attach(
    connection: Connection, person: Person, case_id: str, encoded: EncodedPicture, at_ms: int
) -> Case | PictureRefusal | None:
    found = _takes(connection, person, case_id)
    name = name_of(encoded.content)
    if not isinstance(found, Case) or name in found.pictures:
        return found
    newest = connection.scalar(select(func.max(_PICTURE.number)).where(_PICTURE.case_id == case_id)) or 0
    row = {"case_id": case_id, "name": name, "number": newest + 1}
    kept = {"content": encoded.content, "thumbnail": encoded.thumbnail}
    connection.execute(insert(CASE_PICTURES).values(**row, **kept))
    order = find_order(connection, found.order_id)
    if order is not None:
        _tell_room(connection, order, found, at_ms)
    return find_case(connection, case_id)


def _tell_room(connection: Connection, order: Order, case: Case, at_ms: int) -> None:
    """Let staff see it at once."""
    body = msgspec.structs.replace(order_as_now(order), case_state=case.state)
    write_outbox(connection, [OutboxMessage(order.room_id, "", body)], at_ms)
