"""Staff for tests: they change products as a client does, each time under a new key."""

from itertools import count
from typing import TypeVar

import msgspec

from backend.contract.products import (
    BatchResult,
    ChangeProduct,
    ChangeSku,
    EditProducts,
    NewProduct,
    NewSku,
    ProductUpdate,
    SeenProduct,
    StaffProduct,
)
from backend.shop.catalog.pictures.folder import PictureFolder
from backend.shop.catalog.products import Products
from backend.shop.catalog.results import ProductRefused
from backend.shop.idempotency import KeyReused, Request
from backend.shop.orders.results import Placed
from backend.shop.people import Person
from backend.shop.shop import Shop
from backend.storage.database import Database
from tests.backend.kinds import as_type
from tests.backend.shop.goods import ROOM, STAFF, home_of, lines_of, order_of, quoted, request_of

Kind = TypeVar("Kind")

SIZES = [NewSku(100, [["size", "S"]], stock=5, code="tea-s"), NewSku(200, [["size", "L"]], stock=2)]


class Desk:
    """A shop with those who change its products."""

    def __init__(self, shop: Shop, database: Database, products: Products, pictures: PictureFolder) -> None:
        self.shop = shop
        self.database = database
        self.products = products
        self.pictures = pictures
        self._keys = count(1)

    def request(self, wish: msgspec.Struct) -> Request:
        return Request("host", "test", f"k{next(self._keys)}", str(hash(msgspec.json.encode(wish))))

    async def try_create(self, wish: NewProduct) -> StaffProduct | ProductRefused | KeyReused:
        return await self.products.create(STAFF, wish, self.request(wish))

    async def create(
        self, title: str = "tea", skus: list[NewSku] | None = None, **fields: object
    ) -> StaffProduct:
        """Add a product, in the room where nothing else is said."""
        values = {"is_in_room": True, **fields}
        wish = NewProduct(title, skus or [NewSku(100, stock=5)], **values)  # type: ignore[arg-type]
        return as_type(StaffProduct, await self.try_create(wish))

    async def try_change(
        self, seen: StaffProduct, *skus: ChangeSku, by: Person = STAFF, **fields: object
    ) -> ProductUpdate | ProductRefused | KeyReused | None:
        """Change a product as it was seen."""
        wish = ChangeProduct(seen.version, skus=list(skus), **fields)  # type: ignore[arg-type]
        return await self.products.change(by, seen.spu_id, wish, self.request(wish))

    async def change(self, seen: StaffProduct, *skus: ChangeSku, **fields: object) -> StaffProduct:
        """Change a product, and return it as it is then."""
        update = as_type(ProductUpdate, await self.try_change(seen, *skus, by=STAFF, **fields))
        assert update.before == seen
        assert await self.see(seen) == update.after
        return update.after

    async def batch(self, products: list[SeenProduct], **fields: object) -> BatchResult:
        """Change many alike."""
        wish = EditProducts(products, **fields)  # type: ignore[arg-type]
        return as_type(BatchResult, await self.products.change_alike(STAFF, wish, self.request(wish)))

    async def see(self, product: StaffProduct) -> StaffProduct:
        """Look at a product again."""
        return as_type(StaffProduct, await self.products.product(product.spu_id))

    async def buy(self, sku_id: str, buyer: str = "ann") -> str:
        """Order one unit, and return the order's id."""
        wanted = order_of(await quoted(self.shop, lines_of(**{sku_id: 1})), address=home_of(buyer))
        placed = await self.shop.place(
            Person(buyer, ROOM), wanted, request_of(buyer, f"k{next(self._keys)}", wanted)
        )
        return as_type(Placed, placed).order.order_id

    async def listed(self) -> list[str]:
        """Return what the room sells."""
        return [one.spu_id for one in (await self.shop.products(ROOM)).products]


def seen(product: StaffProduct) -> SeenProduct:
    """A product as somebody saw it."""
    return SeenProduct(product.spu_id, product.version)
