"""How staff change what is sold: each change knows the one before it, so that nobody overwrites another."""

from typing import ClassVar, Protocol

import msgspec
from typing_extensions import override

from backend.contract.base import AssistantRight, Author, Message, RejectReason
from backend.contract.shop import (
    MAX_PRICE_MINOR,
    MAX_STOCK,
    MAX_TITLE,
    Conflict,
    EditProduct,
    Product,
    ProductChanged,
)
from backend.features.actor import Actor
from backend.features.cards.product_companion import ProductCompanion
from backend.features.deliveries import Decision, Delivery, Rejection, ToAll
from backend.features.feature import Anyone, AuthorOf, Feature
from backend.features.products import Products
from backend.log.entries import ProductEdited, Record
from backend.plain_text import clean
from backend.shop.room_products import CatalogStore


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


class ProductEdits(Feature[ProductEditsState]):
    """Knows each product as it will be once all that was decided is saved.

    Args:
        shop: what is saved, and so shown, already.
        author: how others see who edits.
        store: has the products' rows; None where there are none.
    """

    name = "products"
    state_type = ProductEditsState
    commands: ClassVar = {EditProduct: Anyone.STAFF}
    entries = (ProductEdited,)

    def __init__(
        self, shop: Shop, state: ProductEditsState | None, author: AuthorOf, store: CatalogStore | None = None
    ) -> None:
        self.state = state or ProductEditsState()
        self._shop = shop
        self._author = author
        self.companions = (ProductCompanion(store),) if store else ()

    def get(self, product_id: str) -> Product | None:
        """Return a product with all that was decided."""
        kept, edited = self._shop.get(product_id), self.state.edited.get(product_id)
        if kept is None or edited is None or edited.product.version <= kept.version:
            return kept
        return edited.product

    @override
    def decide(self, command: Message, actor: Actor, now_ms: int) -> Decision:
        match command:
            case EditProduct():
                return self._edit(command, actor)
        return super().decide(command, actor, now_ms)

    def _edit(self, command: EditProduct, actor: Actor) -> Decision:
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
        return (ProductEdited(self._author(actor), product, after),)

    @override
    def apply(self, record: Record) -> list[Delivery]:
        if not isinstance(record.entry, ProductEdited):
            return []
        after = record.entry.after
        self.state.edited[after.product_id] = Edited(after, record.entry.by, record.at_ms)
        return [ToAll(ProductChanged(after))]

    @override
    def saved(self, record: Record) -> None:
        # Everybody sees a change when it is saved, and not before.
        if isinstance(record.entry, ProductEdited):
            self._shop.put(record.entry.after)

    def _conflict(self, product: Product) -> Conflict:
        edited = self.state.edited.get(product.product_id)
        if edited is None or edited.product.version != product.version:
            return Conflict(None, 0, product.version, product=product)
        return Conflict(edited.by, edited.at_ms, product.version, product=product)


def _is_allowed(command: EditProduct, actor: Actor) -> bool:
    wants_price = command.price_minor is not None
    wants_else = command.title is not None or command.stock is not None
    return (not wants_price or actor.may(AssistantRight.PRICES)) and (
        not wants_else or actor.may(AssistantRight.PRODUCTS)
    )


def _changed(product: Product, command: EditProduct) -> Product | RejectReason:
    title = product.title if command.title is None else clean(command.title, MAX_TITLE)
    if isinstance(title, RejectReason):
        return title
    price_minor = product.price_minor if command.price_minor is None else command.price_minor
    stock = product.stock if command.stock is None else command.stock
    # What was there before the bounds were drawn may stay.
    if (price_minor != product.price_minor and price_minor not in range(MAX_PRICE_MINOR + 1)) or (
        stock != product.stock and stock not in range(MAX_STOCK + 1)
    ):
        return RejectReason.MALFORMED
    return msgspec.structs.replace(product, title=title, price_minor=price_minor, stock=stock)
