"""What a room sells, as everybody sees it, and how staff change it."""

from typing import Annotated, Final

import msgspec

from backend.contract.base import AssistantRight as AssistantRight
from backend.contract.base import Author
from backend.contract.base import Message as Message
from backend.contract.base import Role as Role
from backend.contract.bounds import Id, Reason, UpTo
from backend.contract.chat import RoomRules
from backend.contract.profile import RoomProfile

MAX_TITLE: Final = 100
MAX_PRICE_MINOR: Final = 99_999_999
MAX_STOCK: Final = 9_999_999


class Product(msgspec.Struct, frozen=True):
    """A product as a card shows it.

    Attributes:
        product_id: identifies the product in its room.
        number: the spoken number, 1..n, in the host's order.
        title: plain text, never markup.
        price_minor: what one unit costs at least, in the currency's minor unit.
        reference_minor: the price it is compared with; None where there is none.
        stock: units left of all its SKUs, not below 0.
        image_url: path of the picture on the backend; empty where there is none.
        version: grows with each change, though not with a purchase; who changes the product says which one
            they saw.
        currency: of its prices (ISO 4217).
        sku_count: choices of specifications that are on sale; the price of several is not changed here.
        is_from: whether some of them cost more than `price_minor`.
    """

    product_id: str
    number: int
    title: str
    price_minor: int
    reference_minor: int | None
    stock: int
    image_url: str
    version: int = 1
    currency: str = "CNY"
    sku_count: int = 1
    is_from: bool = False


class EditProduct(Message, frozen=True, tag="edit_product"):
    """Change a product; None leaves a field as it is.

    Title and stock need the right to products, the price that to prices.

    Attributes:
        version: of the product that the editor saw; another one is refused as a `conflict`.
        title: 1 to `MAX_TITLE` characters, plain text.
        price_minor: 0 to `MAX_PRICE_MINOR`.
        stock: 0 to `MAX_STOCK` units that can be bought.
        stock_from: what the editor saw there: the stock moves by the difference, whatever sells meanwhile.
            None where `stock` was counted.
        reason: why the stock moves.
    """

    product_id: Id
    version: int
    title: Annotated[str, UpTo(2 * MAX_TITLE)] | None = None
    price_minor: int | None = None
    stock: int | None = None
    stock_from: int | None = None
    reason: Reason = ""


class ProductChanged(Message, frozen=True, tag="product_changed"):
    """A product as it is now, on air or not."""

    product: Product


class Conflict(msgspec.Struct, frozen=True):
    """Another editor was first: who, when, and what there is now; what does not concern it is None.

    Attributes:
        by: None where that is not known any more.
    """

    by: Author | None
    at_ms: int
    version: int
    product: Product | None = None
    rules: RoomRules | None = None
    words: list[str] | None = None
    profile: RoomProfile | None = None


class ProductsChanged(Message, frozen=True, tag="products_changed"):
    """The catalogue changed; read it again."""


class Catalog(msgspec.Struct, frozen=True):
    """What `GET /api/rooms/<room>/products` gives, in the host's order."""

    products: list[Product]
