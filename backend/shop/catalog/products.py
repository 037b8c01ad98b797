"""The shop's catalogue for its staff: products are read, added, changed and removed."""

from collections.abc import Callable
from typing import Final, TypeVar

import msgspec
from sqlalchemy import Connection

from backend.contract.listing import RoomListing
from backend.contract.products import (
    BatchItem,
    BatchResult,
    ChangeProduct,
    EditProducts,
    NewProduct,
    ProductRemoval,
    ProductsPage,
    ProductUpdate,
    StaffProduct,
)
from backend.shop.catalog.arranging import read_order
from backend.shop.catalog.batch import batch_item
from backend.shop.catalog.changing import change_alike, change_product
from backend.shop.catalog.creating import create_product
from backend.shop.catalog.pictures.folder import PictureFolder
from backend.shop.catalog.removing import remove_product
from backend.shop.catalog.results import ChangedMeanwhile, ProductRefused
from backend.shop.catalog.staff_reading import PagePlace, ProductFilter, read_page, read_product
from backend.shop.catalog.writing import Writing, writing_of
from backend.shop.idempotency import KeyReused, Request, whole, write_once
from backend.shop.people import Person
from backend.storage.database import Database
from backend.storage.writer import GroupWriter

Accepted = TypeVar("Accepted", bound=msgspec.Struct)
Refused = TypeVar("Refused")

OK: Final = 200
CREATED: Final = 201


class Products:
    """The products of a shop.

    All methods may raise `StorageError`, those that write `BusyError` too.

    Args:
        writer: the shop's.
        pictures: those that were uploaded.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(
        self,
        database: Database,
        writer: GroupWriter,
        *,
        pictures: PictureFolder,
        clock_ms: Callable[[], int],
    ) -> None:
        self._database = database
        self._writer = writer
        self._pictures = pictures
        self._clock_ms = clock_ms

    async def page(self, wanted: ProductFilter, after: PagePlace | None, limit: int) -> ProductsPage:
        """Return a page of all products, the newest first."""
        return await self._database.read(lambda connection: read_page(connection, wanted, after, limit))

    async def product(self, spu_id: str) -> StaffProduct | None:
        """Return a product; None where there is none."""
        return await self._database.read(lambda connection: read_product(connection, spu_id))

    async def listing(self, room_id: str) -> RoomListing:
        """Return what a room lists in the host's order, on the shelf or not."""
        return await self._database.read(lambda connection: RoomListing(read_order(connection, room_id)))

    async def create(
        self, person: Person, wish: NewProduct, request: Request
    ) -> StaffProduct | ProductRefused | KeyReused:
        """Add a product."""

        def act(connection: Connection) -> StaffProduct | ProductRefused:
            return create_product(
                connection,
                wish,
                room_id=person.room_id,
                has_picture=self._pictures.has,
                writing=self._writing(connection, person),
            )

        return await self._once(request, StaffProduct, act, CREATED)

    async def change(
        self, person: Person, spu_id: str, wish: ChangeProduct, request: Request
    ) -> ProductUpdate | ProductRefused | KeyReused | None:
        """Change a product; None where there is none."""

        def act(connection: Connection) -> ProductUpdate | ProductRefused | None:
            return change_product(
                connection,
                spu_id,
                wish,
                has_picture=self._pictures.has,
                writing=self._writing(connection, person),
            )

        return await self._once(request, ProductUpdate, act, OK)

    async def change_alike(
        self, person: Person, wish: EditProducts, request: Request
    ) -> BatchResult | KeyReused:
        """Change many products in one transaction, each where it can be."""

        def act(connection: Connection) -> BatchResult:
            answers = change_alike(connection, wish, self._writing(connection, person))
            items: list[BatchItem] = [
                batch_item(seen.spu_id, answer) for seen, answer in zip(wish.products, answers, strict=True)
            ]
            return BatchResult(items)

        return await self._once(request, BatchResult, act, OK)

    async def remove(
        self, person: Person, spu_id: str, version: int
    ) -> ProductRemoval | ChangedMeanwhile | None:
        """Delete a product, or retire one that was sold; None where there is none."""
        return await self._writer.run(
            lambda connection: remove_product(connection, spu_id, version, self._writing(connection, person))
        )

    def _writing(self, connection: Connection, person: Person) -> Writing:
        return writing_of(connection, person, self._clock_ms())

    async def _once(
        self,
        request: Request,
        accepted: type[Accepted],
        act: Callable[[Connection], Accepted | Refused],
        status: int,
    ) -> Accepted | Refused | KeyReused:
        keeping = whole(accepted)
        return await write_once(self._writer, request, keeping, act, status=status, clock_ms=self._clock_ms)
