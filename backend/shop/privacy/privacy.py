"""What buyers may ask of what the shop knows, as the routes of any node use it."""

from collections.abc import Callable
from typing import Final

from backend.contract.my_data import Erasure, MyData, PrivacySettings
from backend.contract.order_lookup import FindOrder, FoundOrder
from backend.shop.idempotency import KeyReused, Request, whole, write_once
from backend.shop.orders.lookup import look_up
from backend.shop.people import Person
from backend.shop.privacy.erasing import Unfinished, erase_person, read_privacy, write_privacy
from backend.shop.privacy.my_data import read_my_data
from backend.storage.database import Database
from backend.storage.writer import GroupWriter

OK: Final = 200


class Privacy:
    """Who asks, and what they get of the shop's knowledge.

    All methods may raise `StorageError`, those that write `BusyError` too.

    Args:
        writer: the shop's.
        clock_ms: the server's time, in milliseconds since 1970.
        on_erased: called where rooms are to forget somebody.
    """

    def __init__(
        self,
        database: Database,
        writer: GroupWriter,
        *,
        clock_ms: Callable[[], int],
        on_erased: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._writer = writer
        self._clock_ms = clock_ms
        self._on_erased = on_erased

    async def find_order(self, wanted: FindOrder) -> FoundOrder | None:
        """Return an order by its number and phone; None for every other pair."""
        return await self._database.read(lambda connection: look_up(connection, wanted))

    async def my_data(self, person: Person) -> MyData:
        """Return all that the shop knows of a person."""
        return await self._database.read(
            lambda connection: read_my_data(connection, person, self._clock_ms())
        )

    async def erase(self, person: Person, request: Request) -> Erasure | Unfinished | KeyReused:
        """Erase a person; orders and the rooms' logs lose them in time."""
        erased = await write_once(
            self._writer,
            request,
            whole(Erasure),
            lambda connection: erase_person(connection, person, self._clock_ms()),
            status=OK,
            clock_ms=self._clock_ms,
        )
        self._on_erased()
        return erased

    async def settings(self) -> PrivacySettings:
        """Return how long orders keep what names their buyer."""
        return await self._database.read(read_privacy)

    async def save_settings(self, wanted: PrivacySettings, request: Request) -> PrivacySettings | KeyReused:
        """Change it."""
        return await write_once(
            self._writer,
            request,
            whole(PrivacySettings),
            lambda connection: write_privacy(connection, wanted),
            status=OK,
            clock_ms=self._clock_ms,
        )
