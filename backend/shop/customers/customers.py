"""Customers as the routes of any node use them: their address books."""

import asyncio
from collections.abc import Callable
from typing import Final

from backend.contract.addresses import AddressBook, SaveAddress, SavedAddress
from backend.shop.customers.address_book import delete_address, read_book, save_address
from backend.shop.idempotency import KeyReused, Request, once
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

        def read() -> AddressBook:
            with self._database.reading() as connection:
                return read_book(connection, person.buyer_id)

        return await asyncio.to_thread(read)

    async def save_address(
        self, person: Person, wish: SaveAddress, request: Request
    ) -> SavedAddress | KeyReused | None:
        """Add or replace an address; None where it is not the person's, or the book is full."""
        return await self._writer.run(
            lambda connection: once(
                connection,
                request,
                SavedAddress,
                lambda: save_address(connection, person.buyer_id, wish, self._clock_ms()),
                status=CREATED,
                at_ms=self._clock_ms(),
            )
        )

    async def delete_address(self, person: Person, address_id: str) -> bool:
        """Delete an address of the person; return whether there was one."""
        return await self._writer.run(
            lambda connection: delete_address(connection, person.buyer_id, address_id)
        )
