"""Stock as staff move it, and what a room shows."""

from typing import Annotated

import msgspec

from backend.contract.base import AssistantRight
from backend.contract.bounds import UpTo
from backend.contract.listing import MOST_LISTED, PlaceProduct, RoomListing
from backend.contract.problems import ProblemDetails
from backend.contract.stock import MoveStock, SkuStock, StockLedger
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Nothing
from backend.http.api.problems import ApiError, refusal
from backend.http.api.shop_call import person_of, request_of
from backend.http.api.shop_refusals import refuse
from backend.shop.shop import Shop
from backend.shop.stock.counting import StockTooLow

NO_SKU = "The shop has no such SKU with a stock of its own."


class OneSku(msgspec.Struct, frozen=True):
    """Which SKU, by the address."""

    sku_id: Annotated[str, UpTo(160)]


class ListMovements(msgspec.Struct, frozen=True):
    """Which movements; `before` is the `next_before` of the page before."""

    sku_id: Annotated[str, UpTo(160)]
    before: int | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=200)] = 50


class ListedRoom(msgspec.Struct, frozen=True):
    """Which room's listing, by the address."""

    room: Annotated[str, UpTo(64)]


class ListedProduct(msgspec.Struct, frozen=True):
    """Which product of a room's listing, by the address."""

    room: Annotated[str, UpTo(64)]
    spu_id: Annotated[str, UpTo(160)]


class StockRoutes:
    """The endpoints of stock and listing: for the host, and assistants with the right to products."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        return [*self._of_stock(), *self._of_listings()]

    def _of_stock(self) -> list[AnyEndpoint]:
        return [
            Endpoint(
                method="POST",
                path="/api/v1/skus/{sku_id}/stock",
                summary="Move the stock of a SKU, by a delta or by a count, with a reason.",
                who=AssistantRight.PRODUCTS,
                handle=self.move,
                answer=SkuStock,
                parameters=OneSku,
                body=MoveStock,
                is_idempotent=True,
            ),
            Endpoint(
                method="GET",
                path="/api/v1/skus/{sku_id}/movements",
                summary="List the movements of a SKU's stock, the newest first.",
                who=AssistantRight.PRODUCTS,
                handle=self.ledger,
                answer=StockLedger,
                parameters=ListMovements,
                body=Nothing,
            ),
        ]

    def _of_listings(self) -> list[AnyEndpoint]:
        return [
            Endpoint(
                method="POST",
                path="/api/v1/rooms/{room}/listing",
                summary=f"Add a product to what a room shows, or move it; at most {MOST_LISTED}.",
                who=AssistantRight.PRODUCTS,
                handle=self.place,
                answer=RoomListing,
                parameters=ListedRoom,
                body=PlaceProduct,
                is_idempotent=True,
            ),
            Endpoint(
                method="DELETE",
                path="/api/v1/rooms/{room}/listing/{spu_id}",
                summary="Take a product out of what a room shows; the shop still has it.",
                who=AssistantRight.PRODUCTS,
                handle=self.take_out,
                answer=RoomListing,
                parameters=ListedProduct,
                body=Nothing,
            ),
        ]

    async def move(self, call: Call[OneSku, MoveStock]) -> SkuStock:
        """Move stock."""
        if (call.body.delta is None) is (call.body.count is None):
            raise refusal(422, "Send either a delta or a count.")
        sku_id = call.parameters.sku_id
        moved = await self._shop.move_stock(
            person_of(call), sku_id, call.body, request_of(call, f"stock {sku_id}")
        )
        if moved is None:
            raise refusal(404, NO_SKU)
        if isinstance(moved, SkuStock):
            return moved
        raise _too_low(moved) if isinstance(moved, StockTooLow) else refuse(moved)

    async def ledger(self, call: Call[ListMovements, Nothing]) -> StockLedger:
        """List movements."""
        wanted = call.parameters
        ledger = await self._shop.ledger(wanted.sku_id, wanted.before, wanted.limit)
        if ledger is None:
            raise refusal(404, NO_SKU)
        return ledger

    async def place(self, call: Call[ListedRoom, PlaceProduct]) -> RoomListing:
        """Add or move a product."""
        room = _own_room(call, call.parameters.room)
        listing = await self._shop.place_product(room, call.body, request_of(call, f"listing {room}"))
        if listing is None:
            raise refusal(404, f"There is no such product, or the room shows {MOST_LISTED} already.")
        if isinstance(listing, RoomListing):
            return listing
        raise refuse(listing)

    async def take_out(self, call: Call[ListedProduct, Nothing]) -> RoomListing:
        """Take a product out."""
        room = _own_room(call, call.parameters.room)
        return await self._shop.take_out_product(room, call.parameters.spu_id)


def _own_room(call: Call[ListedRoom, PlaceProduct] | Call[ListedProduct, Nothing], room: str) -> str:
    if call.caller.room != room:
        raise refusal(403, "This is another room than your token's.")
    return room


def _too_low(result: StockTooLow) -> ApiError:
    stock = result.stock
    detail = f"There are {stock.on_hand}, and orders hold {stock.reserved} of them."
    return ApiError(
        ProblemDetails(type="stock_too_low", title="There is not so much", status=409, detail=detail)
    )
