"""How staff change what is sold: each change knows the one before it, so that nobody overwrites another."""

from typing import Final, Protocol

import msgspec

from backend.contract.base import AssistantRight, Author, RejectReason
from backend.contract.shop import (
    MAX_PRICE_FEN,
    MAX_STOCK,
    MAX_TITLE,
    Conflict,
    EditProduct,
    Product,
    ProductChanged,
)
from backend.features.actor import Actor
from backend.features.deliveries import Delivery, Rejection, ToAll
from backend.features.live.show import Products
from backend.log.entries import ProductEdited
from backend.plain_text import clean

PRICES_FEN: Final = range(MAX_PRICE_FEN + 1)
STOCKS: Final = range(MAX_STOCK + 1)


class Shop(Products, Protocol):
    """The products as everybody sees them."""

    def put(self, product: Product) -> None:
        """Show a product as it is now."""


class Edited(msgspec.Struct, frozen=True):
    """The last change of a product."""

    product: Product
    by: Author
    at_ms: int


class ProductEditsState(msgspec.Struct):
    """What is folded: the last change of each product that was changed, by product id."""

    edited: dict[str, Edited] = msgspec.field(default_factory=dict)


class ProductEdits:
    """Knows each product as it will be once all that was decided is kept.

    Args:
        shop: what is kept, and so shown, already.
    """

    def __init__(self, shop: Shop, state: ProductEditsState | None = None) -> None:
        self.state = state or ProductEditsState()
        self._shop = shop

    def get(self, product_id: str) -> Product | None:
        """Return a product with all that was decided."""
        kept, edited = self._shop.get(product_id), self.state.edited.get(product_id)
        if kept is None or edited is None or edited.product.version <= kept.version:
            return kept
        return edited.product

    def decide(self, command: EditProduct, actor: Actor, by: Author) -> tuple[ProductEdited, ...] | Rejection:
        """Return the change that a command makes; nothing where all is so already."""
        if not _is_allowed(command, actor):
            return Rejection(RejectReason.FORBIDDEN)
        product = self.get(command.product_id)
        if product is None:
            return Rejection(RejectReason.UNKNOWN_PRODUCT)
        changed = _changed(product, command)
        if isinstance(changed, RejectReason):
            return Rejection(changed)
        if changed == product:
            return ()
        if command.version != product.version:
            return Rejection(RejectReason.CONFLICT, conflict=self._conflict(product))
        after = msgspec.structs.replace(changed, version=product.version + 1)
        return (ProductEdited(by, product, after),)

    def take(self, entry: ProductEdited, at_ms: int) -> list[Delivery]:
        """Take in a change."""
        self.state.edited[entry.after.product_id] = Edited(entry.after, entry.by, at_ms)
        return [ToAll(ProductChanged(entry.after))]

    def show(self, product: Product) -> None:
        """Let everybody see a change that is kept."""
        self._shop.put(product)

    def _conflict(self, product: Product) -> Conflict:
        edited = self.state.edited.get(product.product_id)
        if edited is None or edited.product.version != product.version:
            return Conflict(None, 0, product.version, product=product)
        return Conflict(edited.by, edited.at_ms, product.version, product=product)


def _is_allowed(command: EditProduct, actor: Actor) -> bool:
    wants_price = command.price_fen is not None
    wants_else = command.title is not None or command.stock is not None
    return (not wants_price or actor.may(AssistantRight.PRICES)) and (
        not wants_else or actor.may(AssistantRight.PRODUCTS)
    )


def _changed(product: Product, command: EditProduct) -> Product | RejectReason:
    title = product.title if command.title is None else clean(command.title, MAX_TITLE)
    if isinstance(title, RejectReason):
        return title
    price_fen = product.price_fen if command.price_fen is None else command.price_fen
    stock = product.stock if command.stock is None else command.stock
    # What was there before the bounds were drawn may stay.
    if (price_fen != product.price_fen and price_fen not in PRICES_FEN) or (
        stock != product.stock and stock not in STOCKS
    ):
        return RejectReason.MALFORMED
    return msgspec.structs.replace(product, title=title, price_fen=price_fen, stock=stock)
