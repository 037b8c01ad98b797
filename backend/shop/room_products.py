"""The products of a room in the host's order, numbered as the host speaks of them."""

from collections.abc import Iterable

import msgspec

from backend.contract.shop import Product
from backend.log.shop_entries import ProductLeft
from backend.shop.catalog.listing import read_products
from backend.storage.database import Database


class Catalog:
    """The products of one room, in memory."""

    def __init__(self, products: Iterable[Product] = ()) -> None:
        self._products = {product.product_id: product for product in products}

    @property
    def products(self) -> list[Product]:
        """All of them, in the host's order."""
        return list(self._products.values())

    def get(self, product_id: str) -> Product | None:
        """Return the product, or None."""
        return self._products.get(product_id)

    def replace(self, products: Iterable[Product]) -> None:
        """Show these products instead of all others."""
        self._products = {product.product_id: product for product in products}

    def put(self, product: Product) -> None:
        """Show a product as it is now, at its place."""
        self._products[product.product_id] = product

    def count(self, left: Iterable[ProductLeft]) -> None:
        """Show what is left of some products; all else of them stays."""
        for one in left:
            if product := self._products.get(one.spu_id):
                self.put(msgspec.structs.replace(product, stock=sum(one.skus.values())))


class CatalogStore:
    """What the shop's catalogue has for one room. Its methods block."""

    def __init__(self, database: Database, room_id: str) -> None:
        self._database = database
        self._room_id = room_id

    def load(self) -> Catalog:
        """Read the products; their numbers are 1..n in the host's order."""
        with self._database.reading() as connection:
            return Catalog(read_products(connection, self._room_id))
