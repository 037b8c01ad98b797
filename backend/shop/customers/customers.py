"""Customers as the routes of any node use them: their address books."""

from collections.abc import Callable
from typing import Final

import msgspec
from sqlalchemy import Connection

from backend.contract.addresses import AddressBook, SaveAddress, SavedAddress
from backend.shop.customers.address_book import delete_address, find_saved, read_book, save_address
from backend.shop.idempotency import Keeping, KeyReused, Request, write_once
from backend.shop.people import Person
from backend.storage.database import Database
from backend.storage.writer import GroupWriter

CREATED: Final = 201


class Customers:
    """The people who buy.

    All methods may raise `StorageError`, those that write `BusyError` too.

    Args:
        writer: the shop's.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(self, database: Database, writer: GroupWriter, *, clock_ms: Callable[[], int]) -> None:
        self._database = database
        self._writer = writer
        self._clock_ms = clock_ms

    async def addresses(self, person: Person) -> AddressBook:
        """Return the person's addresses."""
        return await self._database.read(lambda connection: read_book(connection, person.buyer_id))

    async def save_address(
        self, person: Person, wish: SaveAddress, request: Request
    ) -> SavedAddress | KeyReused | None:
        """Add or replace an address; None where it is not the person's, or the book is full."""
        return await write_once(
            self._writer,
            request,
            _kept_for(person.buyer_id),
            lambda connection: save_address(connection, person.buyer_id, wish, self._clock_ms()),
            status=CREATED,
            clock_ms=self._clock_ms,
        )

    async def delete_address(self, person: Person, address_id: str) -> bool:
        """Delete an address of the person; return whether there was one."""
        return await self._writer.run(
            lambda connection: delete_address(connection, person.buyer_id, address_id)
        )


class _KeptAddress(msgspec.Struct, frozen=True):
    """What is kept of an answer; rows of earlier versions hold more beside it."""

    address_id: str


def _kept_for(buyer_id: str) -> Keeping[SavedAddress, None]:
    """Return how answers are kept that hold an address of a buyer: by its id."""

    def keep(saved: SavedAddress) -> bytes:
        return msgspec.json.encode(_KeptAddress(saved.address_id))

    def recall(connection: Connection, kept: str) -> SavedAddress | None:
        return find_saved(connection, buyer_id, msgspec.json.decode(kept, type=_KeptAddress).address_id)

    return Keeping[SavedAddress, None](SavedAddress, keep, recall)
