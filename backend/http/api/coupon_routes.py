"""Coupons: made and stopped by staff, claimed by buyers."""

from typing import Final

from backend.contract.base import AssistantRight
from backend.contract.coupons import (
    ClaimCoupon,
    Coupon,
    CouponKind,
    CouponsPage,
    HeldCoupon,
    MyCoupons,
    NewCoupon,
    OneCoupon,
)
from backend.contract.problems import ProblemDetails
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Nothing, Who
from backend.http.api.problems import ApiError, refusal
from backend.http.api.shop_call import person_of, request_of
from backend.http.api.shop_refusals import refuse
from backend.http.request_limits import Pace
from backend.shop.coupons.coupons import CodeInUse, Coupons, NotClaimed, Unclaimable

_WHY: Final = {
    Unclaimable.UNKNOWN: "There is no such coupon. Look at the code again.",
    Unclaimable.NOT_YET: "The coupon is not given out yet.",
    Unclaimable.ENDED: "The coupon is not given out any more.",
    Unclaimable.NONE_LEFT: "All of these coupons were given out.",
    Unclaimable.ALREADY: "You have as many of these coupons as one buyer gets.",
}


class CouponRoutes:
    """The endpoints of coupons.

    Claims are paced by address, or codes could be guessed.
    """

    def __init__(self, coupons: Coupons) -> None:
        self._coupons = coupons
        self._claims = Pace(per_second=1, burst=30)

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        return [*self._for_staff(), *self._for_buyers()]

    def _for_staff(self) -> list[AnyEndpoint]:
        path = "/api/v1/coupons"
        return [
            Endpoint(
                method="GET",
                path=path,
                summary="List the coupons of the shop, the newest first.",
                who=AssistantRight.CAMPAIGNS,
                is_shops=True,
                handle=self.page,
                answer=CouponsPage,
                parameters=Nothing,
                body=Nothing,
            ),
            Endpoint(
                method="POST",
                path=path,
                summary="Make a coupon.",
                who=AssistantRight.CAMPAIGNS,
                is_shops=True,
                handle=self.make,
                answer=Coupon,
                parameters=Nothing,
                body=NewCoupon,
                status=201,
                is_idempotent=True,
                body_bytes=128 * 1024,
            ),
            Endpoint(
                method="POST",
                path=f"{path}/{{coupon_id}}/stop",
                summary="Give no more of a coupon out; those that buyers hold still count.",
                who=AssistantRight.CAMPAIGNS,
                is_shops=True,
                handle=self.stop,
                answer=Coupon,
                parameters=OneCoupon,
                body=Nothing,
            ),
        ]

    def _for_buyers(self) -> list[AnyEndpoint]:
        path = "/api/v1/my-coupons"
        return [
            Endpoint(
                method="GET",
                path=path,
                summary="List the coupons that one holds.",
                who=Who.MEMBER,
                handle=self.held,
                answer=MyCoupons,
                parameters=Nothing,
                body=Nothing,
            ),
            Endpoint(
                method="POST",
                path=path,
                summary="Claim a coupon, by its id or its code.",
                who=Who.MEMBER,
                handle=self.claim,
                answer=HeldCoupon,
                parameters=Nothing,
                body=ClaimCoupon,
                status=201,
                is_idempotent=True,
            ),
        ]

    async def page(self, _call: Call[Nothing, Nothing]) -> CouponsPage:
        """List them."""
        return await self._coupons.page()

    async def make(self, call: Call[Nothing, NewCoupon]) -> Coupon:
        """Make one."""
        wish = call.body
        off = wish.amount_minor if wish.kind is CouponKind.FIXED else wish.percent_bp
        if off <= 0 or wish.ends_at_ms <= wish.begins_at_ms:
            raise refusal(422, "A coupon takes something off, and ends after it begins.")
        made = await self._coupons.make(person_of(call), wish, request_of(call, "coupons"))
        match made:
            case Coupon():
                return made
            case CodeInUse(code=code):
                raise refusal(409, f"Another coupon has the code {code}. Choose another one.")
            case _:
                raise refuse(made)

    async def stop(self, call: Call[OneCoupon, Nothing]) -> Coupon:
        """Stop one."""
        stopped = await self._coupons.stop(call.parameters.coupon_id)
        if stopped is None:
            raise refusal(404, "There is no such coupon.")
        return stopped

    async def held(self, call: Call[Nothing, Nothing]) -> MyCoupons:
        """List what one holds."""
        return await self._coupons.held(person_of(call))

    async def claim(self, call: Call[Nothing, ClaimCoupon]) -> HeldCoupon:
        """Claim one."""
        self._claims.take(call.address)
        claimed = await self._coupons.claim(person_of(call), call.body, request_of(call, "my-coupons"))
        match claimed:
            case HeldCoupon():
                return claimed
            case NotClaimed(why=why):
                status = 404 if why is Unclaimable.UNKNOWN else 409
                raise ApiError(
                    ProblemDetails(type=why, title="No coupon was given", status=status, detail=_WHY[why])
                )
            case _:
                raise refuse(claimed)
