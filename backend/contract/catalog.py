"""What the shop sells, as buyers see it."""

import msgspec


class ShopSku(msgspec.Struct, frozen=True):
    """One choice of a product's specifications: what is bought.

    Attributes:
        specs: pairs of name and value, such as ["颜色", "燕麦色"]; empty where there is no choice.
        price_minor: of one unit, in the currency's minor unit.
        reference_minor: the price it is compared with; None where there is none.
        left: units that can be bought now, not below 0.
        limit_per_buyer: None where there is none.
    """

    sku_id: str
    specs: list[list[str]]
    price_minor: int
    reference_minor: int | None
    left: int
    limit_per_buyer: int | None


class ShopProduct(msgspec.Struct, frozen=True):
    """A product (SPU) of a room's listing.

    Attributes:
        number: the spoken number, 1..n, in the host's order.
        title, description: plain text, never markup.
        images: paths of the pictures on the backend.
        skus: in the shop's order, at least one.
    """

    spu_id: str
    number: int
    title: str
    description: str
    images: list[str]
    skus: list[ShopSku]


class ShopProducts(msgspec.Struct, frozen=True):
    """What `GET /api/v1/rooms/<room>/products` gives: the room's listing, in the host's order.

    Attributes:
        currency: of all prices (ISO 4217).
    """

    currency: str
    products: list[ShopProduct]
