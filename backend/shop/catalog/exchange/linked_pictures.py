"""Fetches the pictures that lines of a file name by links, and gives them to their products."""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, Protocol

import msgspec
from sqlalchemy import Connection

from backend.contract.exchange import PictureRefusal
from backend.contract.products import MOST_PICTURES, ChangeProduct, ProductUpdate, StaffProduct
from backend.shop.catalog.changing import change_read
from backend.shop.catalog.exchange.planning import is_link, named_pictures
from backend.shop.catalog.exchange.rows import Goods
from backend.shop.catalog.pictures.encoder import PicturesBusyError
from backend.shop.catalog.pictures.fetching import FetchError
from backend.shop.catalog.pictures.folder import PictureFolder
from backend.shop.catalog.pictures.pictures import Pictures
from backend.shop.catalog.pictures.reencoding import PictureError
from backend.shop.catalog.staff_reading import read_product
from backend.shop.catalog.writing import writing_of
from backend.shop.people import Person
from backend.storage.database import Database
from backend.storage.writer import GroupWriter

MOST_FETCHED: Final = 200
# A product more is followed to its end, which may take as long again.
FETCH_FOR_S: Final = 30.0
_AT_ONCE: Final = 4
_CHANGED: Final = "The product changed or went meanwhile. Add the picture to it."


class Fetches(Protocol):
    """Fetches the bytes behind a link; see `PictureFetcher`."""

    async def fetch(self, link: str) -> bytes:
        """Return them, or raise `FetchError`."""


class NamedPictures(msgspec.Struct, frozen=True):
    """The pictures that a file names for a product, the links among them.

    Attributes:
        place: of the product in the file, the first is 0.
    """

    place: int
    spu_id: str
    names: list[str]

    @property
    def links(self) -> list[str]:
        """Those that are somewhere else."""
        return [name for name in self.names if is_link(name)]


class Fetched(msgspec.Struct, frozen=True):
    """What became of links.

    Attributes:
        count: pictures that products got.
        left: links that wait.
        next: the place of the first product whose links wait; None where none do.
    """

    count: int = 0
    left: int = 0
    refused: list[PictureRefusal] = []
    next: int | None = None


def linked_of(place: int, goods: Goods, spu_id: str) -> NamedPictures | None:
    """Return the pictures of a product if links are among them."""
    named = NamedPictures(place, spu_id, named_pictures(goods)[:MOST_PICTURES])
    return named if named.links else None


class LinkedPictures:
    """Gives products the pictures behind links.

    Args:
        database: is read from.
        writer: the shop's.
        fetcher: gets what is behind a link.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(
        self,
        database: Database,
        writer: GroupWriter,
        pictures: Pictures,
        folder: PictureFolder,
        fetcher: Fetches,
        *,
        clock_ms: Callable[[], int],
    ) -> None:
        self._database = database
        self._writer = writer
        self._pictures = pictures
        self._folder = folder
        self._fetcher = fetcher
        self._clock_ms = clock_ms
        # For all imports together: each picture that comes takes memory.
        self._places = asyncio.Semaphore(_AT_ONCE)

    async def add(self, wanted: Sequence[NamedPictures], person: Person) -> Fetched:
        """Fetch pictures for products that have fewer than a file names, for a while.

        Who goes on at the place where it ended follows no link twice, not even one that leads nowhere.
        """
        until_s = time.monotonic() + FETCH_FOR_S
        count = 0
        refused: list[PictureRefusal] = []
        for number, named in enumerate(wanted):
            if count + len(refused) >= MOST_FETCHED or time.monotonic() > until_s:
                left = sum(len(one.links) for one in wanted[number:])
                return Fetched(count, left, refused, named.place)
            if await asyncio.to_thread(self._has_as_many, named):
                continue
            found, failed = await self._fetch_all(named.links)
            given = await self._give(named.spu_id, found, person) if found else 0
            if given is None:
                failed += [PictureRefusal(link, _CHANGED) for link in found]
            count += given or 0
            refused += failed
        return Fetched(count, 0, refused)

    def _has_as_many(self, named: NamedPictures) -> bool:
        with self._database.reading() as connection:
            product = read_product(connection, named.spu_id)
        return product is None or len(product.pictures) >= len(named.names)

    async def _fetch_all(self, links: Sequence[str]) -> tuple[dict[str, str], list[PictureRefusal]]:
        """Return the names of pictures by their links, and the links that lead to none."""

        async def one(link: str) -> str | PictureRefusal:
            async with self._places:
                try:
                    stored = await self._pictures.take(await self._fetcher.fetch(link))
                except (FetchError, PictureError, PicturesBusyError, OSError) as error:
                    return PictureRefusal(link, str(error))
                return stored.picture.name

        answers = dict(zip(links, await asyncio.gather(*map(one, links)), strict=True))
        names = {link: answer for link, answer in answers.items() if isinstance(answer, str)}
        return names, [answer for answer in answers.values() if isinstance(answer, PictureRefusal)]

    async def _give(self, spu_id: str, found: Mapping[str, str], person: Person) -> int | None:
        """Return how many pictures a product has more; None where it refuses them."""

        def act(connection: Connection) -> int | None:
            product = read_product(connection, spu_id)
            if product is None:
                return None
            wish = ChangeProduct(product.version, pictures=_gallery(product, found.values()))
            writing = writing_of(connection, person, self._clock_ms())
            made = change_read(connection, product, wish, has_picture=self._folder.has, writing=writing)
            if not isinstance(made, ProductUpdate):
                return None
            return len(made.after.pictures) - len(product.pictures)

        return await self._writer.run(act)


def _gallery(product: StaffProduct, names: Iterable[str]) -> list[str]:
    had = [picture.name for picture in product.pictures]
    return list(dict.fromkeys([*had, *names]))[:MOST_PICTURES]
