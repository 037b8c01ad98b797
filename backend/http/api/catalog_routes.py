"""What the shop sells, and what it would cost."""

from typing import Annotated

import msgspec

from backend.contract.bounds import UpTo
from backend.contract.catalog import ShopProducts
from backend.contract.orders import AskQuote, Quote
from backend.contract.shop_problems import AddressProblem, SkuProblem
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Nothing, Who
from backend.http.api.shop_call import person_of
from backend.http.api.shop_refusals import refuse
from backend.shop.shop import Shop


class OneRoom(msgspec.Struct, frozen=True):
    """Which room, by the address."""

    room: Annotated[str, UpTo(64)]


class CatalogRoutes:
    """The endpoints of the catalogue."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        return [
            Endpoint(
                method="GET",
                path="/api/v1/rooms/{room}/products",
                summary="List what a room sells, in the host's order.",
                who=Who.ANYONE,
                handle=self.products,
                answer=ShopProducts,
                parameters=OneRoom,
                body=Nothing,
            ),
            Endpoint(
                method="POST",
                path="/api/v1/quotes",
                summary="Say what lines cost: reductions, shipping, tax, the exact sum. It orders nothing.",
                who=Who.MEMBER,
                handle=self.quote,
                answer=Quote,
                parameters=Nothing,
                body=AskQuote,
                problems={409: (SkuProblem,), 422: (AddressProblem,)},
            ),
        ]

    async def products(self, call: Call[OneRoom, Nothing]) -> ShopProducts:
        """List what a room sells; nothing where there is no such room."""
        return await self._shop.products(call.parameters.room)

    async def quote(self, call: Call[Nothing, AskQuote]) -> Quote:
        """Return the exact sum of what is wanted."""
        quote = await self._shop.quote(person_of(call), call.body)
        if isinstance(quote, Quote):
            return quote
        raise refuse(quote)
