"""Who imports and exports files for tests, with links that have pictures behind them."""

import asyncio

import msgspec

from backend.contract.exchange import ImportReport, ImportUndone, PicturesOf, StockOf
from backend.contract.products import StaffProduct
from backend.contract.sale_settings import Profile
from backend.shop.catalog.exchange.exchange import Exchange, ImportWish
from backend.shop.catalog.exchange.linked_pictures import LinkedPictures
from backend.shop.catalog.pictures.fetching import FetchError
from backend.shop.catalog.pictures.pictures import Pictures
from backend.shop.catalog.staff_reading import ProductFilter
from backend.shop.settings import write_profile
from tests.backend.kinds import as_type
from tests.backend.shop.catalog.desk import Desk
from tests.backend.shop.catalog.pictures.drawing import drawn
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import STAFF

TWO = "title,code,price,stock\n茶,tea,49.00,5\n杯,cup,9.5,3\n"


class Album:
    """Links with pictures behind some of them."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.opens = asyncio.Event()
        self.opens.set()
        self.is_asked = asyncio.Event()

    async def fetch(self, link: str) -> bytes:
        self.asked.append(link)
        self.is_asked.set()
        await self.opens.wait()
        if "gone" in link:
            raise FetchError("It is gone.")
        return drawn(size=(10 + len(self.asked), 10))


class Files:
    """Who imports and exports files."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self.desk = desk
        self.album = Album()
        writer = desk.shop.writer
        pictures = Pictures(desk.pictures, desk.database, writer)
        linked = LinkedPictures(desk.database, writer, pictures, desk.pictures, self.album, clock_ms=clock)
        self.exchange = Exchange(desk.database, writer, folder=desk.pictures, linked=linked, clock_ms=clock)

    async def take(
        self,
        content: bytes | str,
        *,
        dry: bool = False,
        stock: StockOf = StockOf.LEAVE,
        pictures: PicturesOf = PicturesOf.LEAVE,
        pictures_after: int = 0,
        key: str = "",
        in_room: bool = False,
    ) -> ImportReport:
        """Import a file, under a new key where none is given."""
        content = content.encode() if isinstance(content, str) else content
        request = self.desk.request(msgspec.Raw(b"1"))  # type: ignore[arg-type]
        request = msgspec.structs.replace(request, key=key or request.key)
        wish = ImportWish(
            is_dry_run=dry,
            stock_of=stock,
            pictures=pictures,
            pictures_after=pictures_after,
            is_in_room=in_room,
        )
        return as_type(ImportReport, await self.exchange.import_file(STAFF, content, wish, request))

    def follow(self, profile: Profile) -> None:
        """Let the shop follow another profile's rules."""
        with self.desk.database.transaction() as connection:
            write_profile(connection, profile)

    async def all(self) -> list[StaffProduct]:
        """Return all products, the newest first."""
        page = await self.desk.products.page(ProductFilter(), None, 200)
        return page.products

    async def undo(self, key: str) -> ImportUndone | None:
        """Take back what was imported under a key."""
        request = self.desk.request(msgspec.Raw(b"1"))  # type: ignore[arg-type]
        return await self.exchange.undo(STAFF, msgspec.structs.replace(request, key=key))
