"""How staff change what is sold: the shop decides, and the room hears of it like all others."""

from typing import ClassVar, Protocol

import msgspec
from typing_extensions import override

from backend.contract.base import AssistantRight, Author, Message, RejectReason
from backend.contract.bounds import MAX_NAME
from backend.contract.shop import (
    MAX_TITLE,
    Conflict,
    EditProduct,
    Product,
    ProductChanged,
    ProductsChanged,
)
from backend.contract.words_of import erase_words
from backend.features.actor import Actor
from backend.features.deliveries import Decision, Delegated, Delivery, Rejection, ToAll
from backend.features.feature import Anyone, AuthorOf, Feature
from backend.features.products import Products
from backend.log.entries import Record
from backend.log.shop_entries import ListingChanged, ProductEdited
from backend.plain_text import clean
from backend.shop.catalog.editing import Edited as EditedInShop
from backend.shop.catalog.editing import EditResult, ProductEdit, RefusedEdit, StaleEdit


class ShownProducts(Products, Protocol):
    """The products as everybody sees them."""

    def put(self, product: Product) -> None:
        """Show a product as it is now."""


class ProductShop(Protocol):
    """The shop, for the products of one room."""

    async def edit(self, edit: ProductEdit, by: Author) -> EditResult:
        """Change a product; what came of it reaches the room by the shop's messages."""


class Edited(msgspec.Struct, frozen=True):
    """The last change of a product."""

    product: Product
    by: Author
    at_ms: int


class ProductEditsState(msgspec.Struct):
    """What is folded: the last change of each product that was changed, by product id."""

    edited: dict[str, Edited] = msgspec.field(default_factory=dict)


class ProductEdits(Feature[ProductEditsState]):
    """Passes edits on to the shop, and shows what the shop says of products.

    Args:
        shown: what everybody sees.
        author: how others see who edits.
        shop: decides; without one nothing can be changed.
    """

    name = "products"
    state_type = ProductEditsState
    commands: ClassVar = {EditProduct: Anyone.STAFF}
    entries = (ProductEdited, ListingChanged)

    def __init__(
        self,
        shown: ShownProducts,
        state: ProductEditsState | None,
        author: AuthorOf,
        shop: ProductShop | None = None,
    ) -> None:
        self.state = state or ProductEditsState()
        self._shown = shown
        self._author = author
        self._shop = shop

    def get(self, product_id: str) -> Product | None:
        """Return a product with all that the log says of it."""
        shown, edited = self._shown.get(product_id), self.state.edited.get(product_id)
        if shown is None or edited is None or edited.product.version <= shown.version:
            return shown
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
        if self.get(command.product_id) is None:
            return Rejection(RejectReason.UNKNOWN_PRODUCT)
        title = None if command.title is None else clean(command.title, MAX_TITLE)
        if isinstance(title, RejectReason):
            return Rejection(title)
        shop = self._shop
        if shop is None:
            return Rejection(RejectReason.UNAVAILABLE)
        by = self._author(actor)
        edit = ProductEdit(
            command.product_id,
            command.version,
            title,
            command.price_minor,
            command.stock,
            command.stock_from,
            command.reason,
        )
        return Delegated(lambda: shop.edit(edit, by), self._answer)

    def _answer(self, result: EditResult) -> Rejection | None:
        match result:
            case EditedInShop():
                return None
            case StaleEdit(product=product):
                return Rejection(RejectReason.CONFLICT, conflict=self._conflict(product))
            case RefusedEdit(reason=reason):
                return Rejection(reason)

    @override
    def apply(self, record: Record) -> list[Delivery]:
        match record.entry:
            case ProductEdited(by=by, after=after):
                self.state.edited[after.product_id] = Edited(after, self._named(by), record.at_ms)
                return [ToAll(ProductChanged(after))]
            case ListingChanged():
                return [ToAll(ProductsChanged())]
        return []

    @override
    def erase(self, user_id: str) -> list[Delivery]:
        edited = self.state.edited
        for product_id, one in edited.items():
            edited[product_id] = erase_words(one, user_id)
        return []

    @override
    def saved(self, record: Record) -> None:
        # Everybody sees a change when it is saved, and not before; what was read since is newer.
        if isinstance(record.entry, ProductEdited):
            after = record.entry.after
            shown = self._shown.get(after.product_id)
            if shown is not None and shown.version < after.version:
                self._shown.put(after)

    def _named(self, by: Author) -> Author:
        # What was changed over the API comes without the name that the room has for who did it.
        return self._author(Actor(by.user_id, by.role)) if by.name == by.user_id[:MAX_NAME] else by

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
