"""The products of a room in the host's order, numbered as the host speaks of them."""

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import Connection, insert, select, update

from backend.contract.shop import Product
from backend.storage.database import Database, StorageError, read_rows
from backend.storage.tables import PRODUCTS

IMAGE_PATH = "/media/products/"


class NewProduct(msgspec.Struct, frozen=True):
    """A product as it is put into a catalogue; `image` is a file's name, empty for none. Prices in fen."""

    product_id: str
    title: str
    price_fen: int
    market_price_fen: int | None
    stock: int
    image: str
    version: int = 1


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


class CatalogStore:
    """The products of one room on disk. Its methods block."""

    def __init__(self, database: Database, room_id: str) -> None:
        self._database = database
        self._room_id = room_id

    def load(self) -> Catalog:
        """Read the products; their numbers are 1..n in the host's order."""
        is_ours = PRODUCTS.c.room_id == self._room_id
        with self._database.transaction() as connection:
            query = select(PRODUCTS).where(is_ours).order_by(PRODUCTS.c.position)
            found = [msgspec.convert(row, NewProduct) for row in read_rows(connection, query)]
        return Catalog(_as_shown(number, product) for number, product in enumerate(found, start=1))

    def write(self, connection: Connection, product: Product) -> None:
        """Keep a change of a product, within a transaction.

        Raises:
            StorageError: it is not what was changed any more, or gone.
        """
        is_this = (
            PRODUCTS.c.room_id == self._room_id,
            PRODUCTS.c.product_id == product.product_id,
            PRODUCTS.c.version == product.version - 1,
        )
        values = {name: getattr(product, name) for name in ("title", "stock", "version")}
        values["price_fen"] = product.price_minor
        if connection.execute(update(PRODUCTS).where(*is_this).values(values)).rowcount != 1:
            raise StorageError(
                f"The product {product.product_id} is not the one that was changed: another program wrote to "
                "the database. End that program; the change can be made again."
            )

    def seed(self, products: Sequence[NewProduct]) -> None:
        """Fill the catalogue if it is empty; a host's own products are never touched."""
        is_ours = PRODUCTS.c.room_id == self._room_id
        with self._database.transaction() as connection:
            if connection.scalar(select(PRODUCTS.c.product_id).where(is_ours).limit(1)) is not None:
                return
            for position, product in enumerate(products):
                row = {"room_id": self._room_id, "position": position, **msgspec.structs.asdict(product)}
                connection.execute(insert(PRODUCTS).values(row))


def _as_shown(number: int, product: NewProduct) -> Product:
    return Product(
        product_id=product.product_id,
        number=number,
        title=product.title,
        price_minor=product.price_fen,
        reference_minor=product.market_price_fen,
        stock=product.stock,
        image_url=f"{IMAGE_PATH}{product.image}" if product.image else "",
        version=product.version,
    )
