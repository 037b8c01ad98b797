"""Fetches the pictures that lines of a file name by links, and gives them to their products."""

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Final, Protocol

import msgspec
from sqlalchemy import Connection

from backend.contract.exchange import PictureRefusal
from backend.contract.products import MOST_PICTURES, ChangeProduct, StaffProduct
from backend.shop.catalog.changing import change_read
from backend.shop.catalog.exchange.planning import is_link, named_pictures
from backend.shop.catalog.exchange.rows import Goods
from backend.shop.catalog.pictures.fetching import FetchError
from backend.shop.catalog.pictures.folder import PictureFolder
from backend.shop.catalog.pictures.pictures import Pictures
from backend.shop.catalog.pictures.reencoding import PictureError
from backend.shop.catalog.staff_reading import read_product
from backend.shop.catalog.writing import writing_of
from backend.shop.people import Person
from backend.storage.writer import GroupWriter

MOST_FETCHED: Final = 200
FETCH_FOR_S: Final = 60.0
_AT_ONCE: Final = 4
_NOT_HERE: Final = "No picture of this name was uploaded here. Upload it, and add it to the product."


class Fetches(Protocol):
    """Fetches the bytes behind a link; see `PictureFetcher`."""

    async def fetch(self, link: str) -> bytes:
        """Return them, or raise `FetchError`."""


class Linking(msgspec.Struct, frozen=True):
    """Products of a file with their ids, and who imports it."""

    products: Sequence[tuple[Goods, str]]
    person: Person


class Fetched(msgspec.Struct, frozen=True):
    """What became of links: how many pictures products have now, how many wait, and which are refused."""

    count: int
    left: int
    refused: list[PictureRefusal]


class LinkedPictures:
    """Gives products the pictures behind links.

    Args:
        writer: the shop's.
        fetcher: gets what is behind a link.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(
        self,
        writer: GroupWriter,
        pictures: Pictures,
        folder: PictureFolder,
        fetcher: Fetches,
        *,
        clock_ms: Callable[[], int],
    ) -> None:
        self._writer = writer
        self._pictures = pictures
        self._folder = folder
        self._fetcher = fetcher
        self._clock_ms = clock_ms

    async def add(self, linking: Linking) -> Fetched:
        """Fetch pictures for products that have fewer than their lines name, for a while."""
        until_s = time.monotonic() + FETCH_FOR_S
        count = left = 0
        refused: list[PictureRefusal] = []
        for goods, spu_id in linking.products:
            named = named_pictures(goods)[:MOST_PICTURES]
            links = [name for name in named if is_link(name)]
            if not links or await self._has_as_many(spu_id, len(named)):
                continue
            if count + len(refused) >= MOST_FETCHED or time.monotonic() > until_s:
                left += len(links)
                continue
            names, failed = await self._fetch_all(links)
            refused += failed
            if names:
                count += await self._give(spu_id, names, linking.person)
        return Fetched(count, left, refused)

    async def _has_as_many(self, spu_id: str, count: int) -> bool:
        def read(connection: Connection) -> bool:
            product = read_product(connection, spu_id)
            return product is None or len(product.pictures) >= count

        return await self._writer.run(read)

    async def _fetch_all(self, links: Sequence[str]) -> tuple[list[str], list[PictureRefusal]]:
        places = asyncio.Semaphore(_AT_ONCE)

        async def one(link: str) -> str | PictureRefusal:
            async with places:
                try:
                    stored = await self._pictures.take(await self._fetcher.fetch(link))
                except (FetchError, PictureError, OSError) as error:
                    return PictureRefusal(link, str(error))
                return stored.picture.name

        answers = await asyncio.gather(*(one(link) for link in links))
        names = [answer for answer in answers if isinstance(answer, str)]
        return names, [answer for answer in answers if isinstance(answer, PictureRefusal)]

    async def _give(self, spu_id: str, names: Sequence[str], person: Person) -> int:
        def act(connection: Connection) -> int:
            product = read_product(connection, spu_id)
            if product is None:
                return 0
            wish = ChangeProduct(product.version, pictures=_gallery(product, names))
            writing = writing_of(connection, person, self._clock_ms())
            change_read(connection, product, wish, has_picture=self._folder.has, writing=writing)
            return len(names)

        return await self._writer.run(act)


def _gallery(product: StaffProduct, names: Sequence[str]) -> list[str]:
    had = [picture.name for picture in product.pictures]
    return list(dict.fromkeys([*had, *names]))[:MOST_PICTURES]
