"""Coupons as staff make, check and stop them."""

from typing import Final

from backend.contract.base import AssistantRight
from backend.contract.coupons import Coupon, CouponCheck, CouponFault, CouponsPage, NewCoupon, OneCoupon
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Nothing
from backend.http.api.problems import refusal
from backend.http.api.shop_call import person_of, request_of
from backend.http.api.shop_refusals import refuse
from backend.shop.coupons.coupons import CodeInUse, Coupons

_FAULTS: Final = {
    CouponFault.NOTHING_OFF: "A coupon takes something off.",
    CouponFault.ENDS_TOO_EARLY: "A coupon ends after it begins.",
    CouponFault.NO_WATCH_TIME: "Say for how long one watches before one gets it.",
    CouponFault.CODE_AND_CONDITION: "Who types a code has to do nothing else: choose one of the two.",
    CouponFault.NO_TITLE: "A coupon has a title that can be read.",
}


PATH: Final = "/api/v1/coupons"


class CouponRoutes:
    """The endpoints of coupons for staff."""

    def __init__(self, coupons: Coupons) -> None:
        self._coupons = coupons

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        return [*self._of_all(), *self._of_one()]

    def _of_all(self) -> list[AnyEndpoint]:
        return [
            Endpoint(
                method="GET",
                path=PATH,
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
                path=PATH,
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
                path=f"{PATH}/check",
                summary="Say whether a coupon could ever take something off, as prices are now.",
                who=AssistantRight.CAMPAIGNS,
                is_shops=True,
                handle=self.check,
                answer=CouponCheck,
                parameters=Nothing,
                body=NewCoupon,
                body_bytes=128 * 1024,
            ),
        ]

    def _of_one(self) -> list[AnyEndpoint]:
        return [
            Endpoint(
                method="POST",
                path=f"{PATH}/{{coupon_id}}/stop",
                summary="Give no more of a coupon out; those that buyers hold still count.",
                who=AssistantRight.CAMPAIGNS,
                is_shops=True,
                handle=self.stop,
                answer=Coupon,
                parameters=OneCoupon,
                body=Nothing,
            ),
        ]

    async def page(self, _call: Call[Nothing, Nothing]) -> CouponsPage:
        """List them."""
        return await self._coupons.page()

    async def make(self, call: Call[Nothing, NewCoupon]) -> Coupon:
        """Make one."""
        made = await self._coupons.make(person_of(call), call.body, request_of(call, "coupons"))
        match made:
            case Coupon():
                return made
            case CouponFault():
                raise refusal(422, _FAULTS[made])
            case CodeInUse(code=code):
                raise refusal(409, f"Another coupon has the code {code}. Choose another one.")
            case _:
                raise refuse(made)

    async def check(self, call: Call[Nothing, NewCoupon]) -> CouponCheck:
        """Say what is to be thought of."""
        return await self._coupons.check(call.body)

    async def stop(self, call: Call[OneCoupon, Nothing]) -> Coupon:
        """Stop one."""
        stopped = await self._coupons.stop(call.parameters.coupon_id)
        if stopped is None:
            raise refusal(404, "There is no such coupon.")
        return stopped
