"""The pictures of a shop's products: taken in, and deleted where nothing shows them."""

import asyncio
import threading
from typing import Final

import msgspec
from sqlalchemy import Connection, select

from backend.contract.pictures import PicturesRemoval, StoredPicture
from backend.shop.catalog.pictures.folder import PictureFolder
from backend.shop.catalog.pictures.names import picture_of
from backend.shop.catalog.pictures.reencoding import encode_anew
from backend.storage.catalog_tables import SPUS
from backend.storage.order_tables import ORDER_LINES
from backend.storage.writer import GroupWriter

_DECODE_NAMES: Final = msgspec.json.Decoder(list[str]).decode


class PictureInUse(msgspec.Struct, frozen=True):
    """A product or an order shows the picture."""

    name: str


class Pictures:
    """Takes pictures in and deletes them.

    Args:
        writer: the shop's; what is deleted is decided between its changes of products.
    """

    def __init__(self, folder: PictureFolder, writer: GroupWriter) -> None:
        self._folder = folder
        self._writer = writer
        # One at a time: a decoded picture takes much memory.
        self._turn = threading.Lock()

    async def take(self, content: bytes) -> StoredPicture:
        """Keep a picture, encoded anew.

        Raises:
            PictureError: it is none, or larger than is taken.
            OSError: it cannot be kept.
        """
        return await asyncio.to_thread(self.take_now, content)

    def take_now(self, content: bytes) -> StoredPicture:
        """Do as `take`; this blocks."""
        with self._turn:
            encoded = encode_anew(content)
            name = self._folder.save(encoded)
        return StoredPicture(picture_of(name), encoded.width, encoded.height)

    async def delete(self, name: str) -> PicturesRemoval | PictureInUse | None:
        """Delete a picture that nothing shows; None where none of this name was uploaded."""

        def act(connection: Connection) -> PicturesRemoval | PictureInUse | None:
            if name in _used(connection):
                return PictureInUse(name)
            return PicturesRemoval([name]) if self._folder.delete(name) else None

        return await self._writer.run(act)

    async def delete_unused(self) -> PicturesRemoval:
        """Delete all that nothing shows and that were not uploaded just now."""
        return await self._writer.run(
            lambda connection: PicturesRemoval(self._folder.delete_unused(_used(connection)))
        )


def _used(connection: Connection) -> set[str]:
    """Return the names that products show, and that orders showed their buyers."""
    of_products = {
        name for images in connection.scalars(select(SPUS.c.images)) for name in _DECODE_NAMES(images)
    }
    return of_products | set(connection.scalars(select(ORDER_LINES.c.image).distinct()))
