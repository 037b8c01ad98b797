"""The shop's catalogue as its staff read and change it."""

from typing import Annotated, Final, Literal

import msgspec
from msgspec import UNSET

from backend.contract.base import AssistantRight
from backend.contract.bounds import UpTo
from backend.contract.listing import RoomListing
from backend.contract.product_problems import (
    CodeProblem,
    PictureProblem,
    ProductFieldProblem,
    ProductProblem,
    ReferenceProblem,
)
from backend.contract.products import (
    BatchResult,
    ChangeProduct,
    EditProducts,
    NewProduct,
    ProductRemoval,
    ProductsPage,
    ProductUpdate,
    SpuId,
    StaffProduct,
)
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Nothing
from backend.http.api.problems import ApiError, refusal
from backend.http.api.product_refusals import no_product, refuse_product
from backend.http.api.shop_call import person_of, request_of
from backend.http.api.stock_routes import ListedRoom
from backend.shop.catalog.products import Products
from backend.shop.catalog.staff_reading import PagePlace, ProductFilter

MAX_SEARCH: Final = 100
MAX_PRODUCT_BYTES: Final = 120 * 1024
MAX_BATCH_BYTES: Final = 1024 * 1024


class ListProducts(msgspec.Struct, frozen=True):
    """Which products; what is not sent keeps all.

    Attributes:
        search: words, each of which stands in the title, the category, a tag, or a code or a specification.
        cursor: the `next` of the page before.
    """

    search: Annotated[str, UpTo(MAX_SEARCH)] = ""
    status: Literal["", "on_shelf", "off_shelf"] = ""
    category: Annotated[str, UpTo(MAX_SEARCH)] = ""
    tag: Annotated[str, UpTo(MAX_SEARCH)] = ""
    cursor: Annotated[str, UpTo(200)] = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=200)] = 50


class OneProduct(msgspec.Struct, frozen=True):
    """Which product, by the address."""

    spu_id: SpuId


class SeenVersion(msgspec.Struct, frozen=True):
    """Which product, and in which version it was seen."""

    spu_id: SpuId
    version: int


class ProductRoutes:
    """The endpoints of products: for the host, and assistants with the rights to products and prices."""

    def __init__(self, products: Products) -> None:
        self._products = products

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        return [*self._of_reading(), *self._of_one(), self._of_many()]

    def _of_reading(self) -> list[AnyEndpoint]:
        return [
            Endpoint(
                method="GET",
                path="/api/v1/products",
                summary="List the products of the shop, the newest first, on the shelf or not.",
                who=AssistantRight.PRODUCTS,
                or_right=AssistantRight.PRICES,
                handle=self.page,
                answer=ProductsPage,
                parameters=ListProducts,
                body=Nothing,
            ),
            Endpoint(
                method="GET",
                path="/api/v1/products/{spu_id}",
                summary="Return a product with all that the shop knows of it.",
                who=AssistantRight.PRODUCTS,
                or_right=AssistantRight.PRICES,
                handle=self.product,
                answer=StaffProduct,
                parameters=OneProduct,
                body=Nothing,
            ),
            Endpoint(
                method="GET",
                path="/api/v1/rooms/{room}/listing",
                summary="List which products a room shows, in the host's order, on the shelf or not.",
                who=AssistantRight.PRODUCTS,
                or_right=AssistantRight.PRICES,
                handle=self.listing,
                answer=RoomListing,
                parameters=ListedRoom,
                body=Nothing,
            ),
        ]

    def _of_one(self) -> list[AnyEndpoint]:
        fields = (ProductFieldProblem, ReferenceProblem)
        return [
            Endpoint(
                method="POST",
                path="/api/v1/products",
                summary="Add a product with its SKUs. It needs the rights to products and to prices.",
                who=AssistantRight.PRODUCTS,
                or_right=AssistantRight.PRICES,
                handle=self.create,
                answer=StaffProduct,
                parameters=Nothing,
                body=NewProduct,
                status=201,
                is_idempotent=True,
                body_bytes=MAX_PRODUCT_BYTES,
                problems={404: (PictureProblem,), 409: (CodeProblem,), 422: fields},
            ),
            Endpoint(
                method="PATCH",
                path="/api/v1/products/{spu_id}",
                summary="Change a product and its SKUs, as it was seen. Prices need the right to prices.",
                who=AssistantRight.PRODUCTS,
                or_right=AssistantRight.PRICES,
                handle=self.change,
                answer=ProductUpdate,
                parameters=OneProduct,
                body=ChangeProduct,
                is_idempotent=True,
                body_bytes=MAX_PRODUCT_BYTES,
                problems={404: (PictureProblem,), 409: (ProductProblem, CodeProblem), 422: fields},
            ),
            Endpoint(
                method="DELETE",
                path="/api/v1/products/{spu_id}",
                summary="Delete a product; one that orders have is taken off the shelf and out of all rooms.",
                who=AssistantRight.PRODUCTS,
                handle=self.remove,
                answer=ProductRemoval,
                parameters=SeenVersion,
                body=Nothing,
                problems={409: (ProductProblem,)},
            ),
        ]

    def _of_many(self) -> AnyEndpoint:
        return Endpoint(
            method="POST",
            path="/api/v1/products/batch",
            summary="Change many products alike, each where it can be, in one transaction.",
            who=AssistantRight.PRODUCTS,
            or_right=AssistantRight.PRICES,
            handle=self.change_alike,
            answer=BatchResult,
            parameters=Nothing,
            body=EditProducts,
            is_idempotent=True,
            body_bytes=MAX_BATCH_BYTES,
        )

    async def page(self, call: Call[ListProducts, Nothing]) -> ProductsPage:
        """List products."""
        wanted = call.parameters
        after = PagePlace.read(wanted.cursor) if wanted.cursor else None
        if wanted.cursor and after is None:
            raise refusal(422, "The cursor is none of ours. Begin with the first page.")
        return await self._products.page(
            ProductFilter(wanted.search, wanted.status, wanted.category, wanted.tag), after, wanted.limit
        )

    async def product(self, call: Call[OneProduct, Nothing]) -> StaffProduct:
        """Return a product."""
        product = await self._products.product(call.parameters.spu_id)
        if product is None:
            raise no_product()
        return product

    async def listing(self, call: Call[ListedRoom, Nothing]) -> RoomListing:
        """List what the caller's room shows."""
        if call.caller.room != call.parameters.room:
            raise refusal(403, "This is another room than your token's.")
        return await self._products.listing(call.parameters.room)

    async def create(self, call: Call[Nothing, NewProduct]) -> StaffProduct:
        """Add a product."""
        need_rights(call.rights, AssistantRight.PRODUCTS, AssistantRight.PRICES)
        made = await self._products.create(person_of(call), call.body, request_of(call, "products"))
        if isinstance(made, StaffProduct):
            return made
        raise refuse_product(made)

    async def change(self, call: Call[OneProduct, ChangeProduct]) -> ProductUpdate:
        """Change a product."""
        need_rights(call.rights, *_rights_of_change(call.body))
        spu_id = call.parameters.spu_id
        made = await self._products.change(
            person_of(call), spu_id, call.body, request_of(call, f"product {spu_id}")
        )
        if made is None:
            raise no_product()
        if isinstance(made, ProductUpdate):
            return made
        raise refuse_product(made)

    async def remove(self, call: Call[SeenVersion, Nothing]) -> ProductRemoval:
        """Remove a product."""
        wanted = call.parameters
        removed = await self._products.remove(person_of(call), wanted.spu_id, wanted.version)
        if removed is None:
            raise no_product()
        if isinstance(removed, ProductRemoval):
            return removed
        raise refuse_product(removed)

    async def change_alike(self, call: Call[Nothing, EditProducts]) -> BatchResult:
        """Change many products."""
        need_rights(call.rights, *_rights_of_batch(call.body))
        if UNSET not in {call.body.price_change_bp, call.body.price_change_minor}:
            raise refusal(422, "Change prices by a percentage or by an amount: send one of the two.")
        made = await self._products.change_alike(
            person_of(call), call.body, request_of(call, "products batch")
        )
        if isinstance(made, BatchResult):
            return made
        raise refuse_product(made)


def need_rights(had: frozenset[AssistantRight], *needed: AssistantRight) -> None:
    """Refuse who lacks one of the rights that a request needs (403)."""
    missing = [right for right in needed if right not in had]
    if missing:
        raise _no_right(missing[0])


def _no_right(right: AssistantRight) -> ApiError:
    return refusal(403, f"This needs the right to {right.value}. Ask the host for it.")


def _rights_of_change(wish: ChangeProduct) -> set[AssistantRight]:
    prices = {"price_minor", "reference_minor", "floor_minor"}
    needed = set()
    for sku in wish.skus:
        sent = {name for name, value in msgspec.structs.asdict(sku).items() if value is not UNSET} - {
            "sku_id"
        }
        if sent & prices:
            needed.add(AssistantRight.PRICES)
        if sent - prices:
            needed.add(AssistantRight.PRODUCTS)
    own = (wish.title, wish.description, wish.category, wish.tags, wish.pictures, wish.is_on_shelf)
    if wish.new_skus:
        needed |= {AssistantRight.PRICES, AssistantRight.PRODUCTS}
    return needed | ({AssistantRight.PRODUCTS} if any(value is not UNSET for value in own) else set())


def _rights_of_batch(wish: EditProducts) -> set[AssistantRight]:
    needed = set()
    if any(value is not UNSET for value in (wish.price_change_bp, wish.price_change_minor)):
        needed.add(AssistantRight.PRICES)
    is_else = wish.is_on_shelf is not UNSET or wish.category is not UNSET or wish.add_tags or wish.remove_tags
    if is_else:
        needed.add(AssistantRight.PRODUCTS)
    undone = [seen.restore for seen in wish.products if seen.restore is not None]
    if undone:
        needed.add(AssistantRight.PRODUCTS)
    if any(values.prices for values in undone):
        needed.add(AssistantRight.PRICES)
    return needed
