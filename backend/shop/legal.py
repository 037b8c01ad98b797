"""The shop's texts about the law, kept beside its other settings."""

from collections.abc import Callable, Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection, select

from backend.contract.legal import LegalName, LegalNames, LegalText
from backend.shop.idempotency import KeyReused, Request, whole, write_once
from backend.shop.settings import read_profile, write_setting
from backend.storage.catalog_tables import SHOP_SETTINGS
from backend.storage.database import Database
from backend.storage.writer import GroupWriter

OK: Final = 200
_PREFIX: Final = "legal_"
_decode = msgspec.json.Decoder(LegalText).decode


class LegalTexts:
    """Reads and writes the texts.

    All methods may raise `StorageError`, those that write `BusyError` too.

    Args:
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(self, database: Database, writer: GroupWriter, *, clock_ms: Callable[[], int]) -> None:
        self._database = database
        self._writer = writer
        self._clock_ms = clock_ms

    async def names(self) -> LegalNames:
        """Return which texts there are, in the order of their names, and whose rules the shop follows."""
        texts = await self._read(list(LegalName))
        return LegalNames([one.name for one in texts if one.text], await self._database.read(read_profile))

    async def find(self, name: LegalName) -> LegalText:
        """Return a text, empty where it is not written."""
        [text] = await self._read([name])
        return text

    async def write(self, name: LegalName, text: str, request: Request) -> LegalText | KeyReused:
        """Write a text over what it was."""

        def act(connection: Connection) -> LegalText:
            written = LegalText(name, text, self._clock_ms())
            write_setting(connection, _row_of(name), msgspec.json.encode(written).decode())
            return written

        keeping = whole(LegalText)
        return await write_once(self._writer, request, keeping, act, status=OK, clock_ms=self._clock_ms)

    async def _read(self, names: Sequence[LegalName]) -> list[LegalText]:
        query = select(SHOP_SETTINGS).where(SHOP_SETTINGS.c.name.in_([_row_of(name) for name in names]))

        def read(connection: Connection) -> dict[str, str]:
            return {str(name): str(value) for name, value in connection.execute(query)}

        kept = await self._database.read(read)
        return [
            _decode(kept[_row_of(name)]) if _row_of(name) in kept else LegalText(name, "", None)
            for name in names
        ]


def _row_of(name: LegalName) -> str:
    return f"{_PREFIX}{name}"
