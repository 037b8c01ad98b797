"""Coins: bought like goods, seen by who has them, and sold as the host wants it; and who is old enough."""

from typing import Annotated, Final

import msgspec

from backend.contract.bounds import MAX_INTEGER
from backend.contract.coins import (
    BuyCoins,
    CoinHistory,
    CoinSettings,
    CoinShop,
    ConfirmAge,
    ConfirmedAge,
)
from backend.contract.orders import Order
from backend.contract.problems import ProblemDetails
from backend.contract.shop_problems import (
    AgeProblem,
    MethodProblem,
    PackageProblem,
    UnpaidProblem,
)
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Nothing, Who
from backend.http.api.problems import ApiError, refusal
from backend.http.api.shop_call import person_of, request_of
from backend.http.api.shop_refusals import no_order, refuse
from backend.shop.idempotency import FOR_EVER, KeyReused
from backend.shop.orders.results import MethodOff, UnpaidTooMuch
from backend.shop.topup.ordering import AgeUnconfirmed, CoinRefusal, NotForSellers, PackageGone
from backend.shop.topup.top_ups import TooYoung, TopUps

NOT_FOR_SELLERS: Final = "Who sells here buys no coins here: the host's wallet gives nothing to the own room."


class ListMoves(msgspec.Struct, frozen=True):
    """Which movements.

    Attributes:
        before: the `next` of the page before.
    """

    before: Annotated[int, msgspec.Meta(ge=0, le=MAX_INTEGER)] | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 20


class CoinRoutes:
    """The endpoints of coins."""

    def __init__(self, top_ups: TopUps) -> None:
        self._top_ups = top_ups

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        return [*self._of_wallets(), *self._of_buying(), *self._of_the_host()]

    def _of_wallets(self) -> list[AnyEndpoint]:
        path = "/api/v1/coins"
        return [
            Endpoint(
                method="GET",
                path=path,
                summary="Show the caller's coins, and which can be bought for what.",
                who=Who.MEMBER,
                handle=self.show,
                answer=CoinShop,
                parameters=Nothing,
                body=Nothing,
            ),
            Endpoint(
                method="GET",
                path=f"{path}/history",
                summary="List what coins the caller got and gave, the newest first.",
                who=Who.MEMBER,
                handle=self.history,
                answer=CoinHistory,
                parameters=ListMoves,
                body=Nothing,
            ),
        ]

    def _of_buying(self) -> list[AnyEndpoint]:
        return [
            Endpoint(
                method="POST",
                path="/api/v1/me/age",
                summary="Confirm that the caller is old enough to buy and to give coins; once is enough.",
                who=Who.MEMBER,
                handle=self.confirm_age,
                answer=ConfirmedAge,
                parameters=Nothing,
                body=ConfirmAge,
                problems={403: (AgeProblem,)},
            ),
            Endpoint(
                method="POST",
                path="/api/v1/coin-orders",
                summary="Order coins; the order is paid like any other, and its coins come with the money.",
                who=Who.MEMBER,
                handle=self.place,
                answer=Order,
                parameters=Nothing,
                body=BuyCoins,
                status=201,
                is_idempotent=True,
                is_purchase=True,
                problems={403: (AgeProblem,), 409: (PackageProblem, MethodProblem, UnpaidProblem)},
            ),
        ]

    def _of_the_host(self) -> list[AnyEndpoint]:
        path = "/api/v1/settings/coins"
        return [
            Endpoint(
                method="GET",
                path=path,
                summary="Show which coins the shop sells for what, and whether it does.",
                who=Who.HOST,
                handle=self.settings,
                answer=CoinSettings,
                parameters=Nothing,
                body=Nothing,
            ),
            Endpoint(
                method="PUT",
                path=path,
                summary="Change which coins the shop sells; orders that stand keep their price.",
                who=Who.HOST,
                handle=self.save_settings,
                answer=CoinSettings,
                parameters=Nothing,
                body=CoinSettings,
                is_shops=True,
                is_idempotent=True,
            ),
        ]

    async def show(self, call: Call[Nothing, Nothing]) -> CoinShop:
        """Show what the caller has and can buy."""
        return await self._top_ups.shown(person_of(call))

    async def history(self, call: Call[ListMoves, Nothing]) -> CoinHistory:
        """List what the caller got and gave."""
        wanted = call.parameters
        return await self._top_ups.history(person_of(call), wanted.before, wanted.limit)

    async def confirm_age(self, call: Call[Nothing, ConfirmAge]) -> ConfirmedAge:
        """Keep what the caller says."""
        result = await self._top_ups.confirm_age(person_of(call), call.body.age)
        if isinstance(result, TooYoung):
            text = f"Who is under {result.age} may neither buy nor give coins."
            raise _too_young("too_young", text, result.age)
        return result

    async def place(self, call: Call[Nothing, BuyCoins]) -> Order:
        """Order coins; a price that the shop does not ask for is refused."""
        result = await self._top_ups.place(person_of(call), call.body, request_of(call, FOR_EVER))
        if isinstance(result, Order):
            return result
        raise no_order() if result is None else _refused(result)

    async def settings(self, _call: Call[Nothing, Nothing]) -> CoinSettings:
        """Show what the shop sells."""
        return await self._top_ups.settings()

    async def save_settings(self, call: Call[Nothing, CoinSettings]) -> CoinSettings:
        """Change what the shop sells."""
        result = await self._top_ups.save_settings(call.body, request_of(call, "settings coins"))
        if isinstance(result, CoinSettings):
            return result
        raise refuse(result)


def _refused(result: CoinRefusal | KeyReused) -> ApiError:
    match result:
        case AgeUnconfirmed(age=age):
            text = f"Coins are for people of {age} and over. Confirm your age first (POST /api/v1/me/age)."
            return _too_young("age_unconfirmed", text, age)
        case PackageGone(settings=settings):
            return ApiError(_package_gone(settings))
        case NotForSellers():
            return refusal(403, NOT_FOR_SELLERS)
        case MethodOff() | UnpaidTooMuch() | KeyReused():
            return refuse(result)


def _package_gone(settings: CoinSettings) -> ProblemDetails:
    return PackageProblem(
        type="package_gone",
        title="The shop does not sell these coins" if settings.is_on else "The shop sells no coins",
        status=409,
        detail="Choose one of the packages as they are now." if settings.is_on else "Coins are not for sale.",
        is_on=settings.is_on,
        packages=settings.packages if settings.is_on else [],
    )


def _too_young(kind: str, text: str, age: int) -> ApiError:
    title = "The age is not confirmed" if kind == "age_unconfirmed" else "Too young for coins"
    return ApiError(AgeProblem(type=kind, title=title, status=403, detail=text, age=age))
