"""The pictures of a shop's products and rooms: taken in, and deleted where nothing shows them."""

import asyncio
from typing import Final

import msgspec
from sqlalchemy import Connection, func, select

from backend.contract.pictures import PicturesRemoval, StoredPicture
from backend.shop.catalog.pictures.encoder import PictureEncoder
from backend.shop.catalog.pictures.folder import PictureFolder
from backend.shop.catalog.pictures.names import picture_of
from backend.storage.catalog_tables import SPUS
from backend.storage.database import Database
from backend.storage.order_tables import ORDER_LINES
from backend.storage.tables import ROOM_PROFILES
from backend.storage.writer import GroupWriter

_DECODE_NAMES: Final = msgspec.json.Decoder(list[str]).decode


class PictureInUse(msgspec.Struct, frozen=True):
    """A product, a room or an order shows the picture."""

    name: str


class _Shown(msgspec.Struct, frozen=True):
    """The names that something shows, and the newest order among what was read."""

    names: set[str]
    newest_order: str


class Pictures:
    """Takes pictures in and deletes them.

    Args:
        database: is read from.
        writer: the shop's; what is deleted is decided between its changes of products.
    """

    def __init__(self, folder: PictureFolder, database: Database, writer: GroupWriter) -> None:
        self._folder = folder
        self._database = database
        self._writer = writer
        self._encoder = PictureEncoder()

    async def take(self, content: bytes) -> StoredPicture:
        """Keep a picture, encoded anew.

        Raises:
            PictureError: it is none, or larger than is taken.
            PicturesBusyError: too many wait.
            OSError: it cannot be kept.
        """
        encoded = await self._encoder.encode(content)
        name = await asyncio.to_thread(self._folder.save, encoded)
        return StoredPicture(picture_of(name), encoded.width, encoded.height)

    async def delete(self, name: str) -> PicturesRemoval | PictureInUse | None:
        """Delete a picture that nothing shows; None where none of this name was uploaded."""
        before = await self._database.read(_shown)
        if name in before.names:
            return PictureInUse(name)

        def act(connection: Connection) -> PicturesRemoval | PictureInUse | None:
            if name in _shown(connection, before.newest_order).names:
                return PictureInUse(name)
            return PicturesRemoval([name]) if self._folder.delete(name) else None

        return await self._writer.run(act)

    async def delete_unused(self) -> PicturesRemoval:
        """Delete all that nothing shows and that were not uploaded just now."""
        before = await self._database.read(_shown)

        def act(connection: Connection) -> PicturesRemoval:
            shown = before.names | _shown(connection, before.newest_order).names
            return PicturesRemoval(self._folder.delete_unused(shown))

        return await self._writer.run(act)


def _shown(connection: Connection, after_order: str = "") -> _Shown:
    """Return what products and rooms show, and what orders showed their buyers: those after one are few."""
    of_products = {
        name for images in connection.scalars(select(SPUS.c.images)) for name in _DECODE_NAMES(images)
    }
    of_rooms = {
        name
        for row in connection.execute(select(ROOM_PROFILES.c.avatar, ROOM_PROFILES.c.cover))
        for name in row
    }
    is_later = ORDER_LINES.c.order_id > after_order
    of_orders = connection.scalars(select(ORDER_LINES.c.image).where(is_later).distinct())
    newest = connection.scalar(select(func.max(ORDER_LINES.c.order_id))) or ""
    return _Shown(of_products | of_rooms | set(of_orders), newest)
