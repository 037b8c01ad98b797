"""Coupons as buyers hold and claim them: by a code, else by the command of the room they are in."""

import hashlib
from collections.abc import Mapping
from typing import Final

from backend.contract.base import RejectReason
from backend.contract.coupons import AskCoupon, ClaimCoupon, HeldCoupon, MyCoupons
from backend.contract.problems import ProblemDetails
from backend.features.actor import Actor
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Nothing, Who
from backend.http.api.problems import ApiError, refusal
from backend.http.api.shop_call import person_of, request_of
from backend.http.api.shop_refusals import refuse
from backend.http.request_limits import Pace, retry_after
from backend.room.connection import Venue
from backend.shop.coupons.claiming import NotClaimed, Standing
from backend.shop.coupons.coupons import Coupons, RoomClaim
from backend.shop.idempotency import KeyReused

KEY_LETTERS: Final = 32
_WORDS: Final = {
    RejectReason.COUPON_UNKNOWN: "There is no such coupon. Look at the code again.",
    RejectReason.COUPON_NOT_YET: "The coupon is not given out yet.",
    RejectReason.COUPON_ENDED: "The coupon is not given out any more.",
    RejectReason.COUPON_NONE_LEFT: "All of these coupons were given out.",
    RejectReason.COUPON_ALREADY: "You have as many of these coupons as one buyer gets.",
    RejectReason.NOT_FOLLOWING: "Follow the host first.",
    RejectReason.NOT_WATCHED: "Watch this live session for longer first.",
    RejectReason.ACCOUNTS_ONLY: "Sign in first: guests get none of these.",
    RejectReason.FORBIDDEN: "Staff get no coupons from their own shop.",
}
_STATUS: Final = {
    RejectReason.COUPON_UNKNOWN: 404,
    RejectReason.TOO_FAST: 429,
    RejectReason.UNAVAILABLE: 503,
    RejectReason.FORBIDDEN: 403,
    RejectReason.BLOCKED: 403,
    RejectReason.MALFORMED: 422,
}


class CouponClaimRoutes:
    """The endpoints of coupons for buyers. Claims are paced by address, or codes could be guessed.

    Args:
        rooms: by room id, on this node or elsewhere.
    """

    def __init__(self, rooms: Mapping[str, Venue], coupons: Coupons) -> None:
        self._rooms = rooms
        self._coupons = coupons
        self._claims = Pace(per_second=1, burst=30)

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        path = "/api/v1/my-coupons"
        return [
            Endpoint(
                method="GET",
                path=path,
                summary="List the coupons that one holds, and those that one had.",
                who=Who.MEMBER,
                handle=self.held,
                answer=MyCoupons,
                parameters=Nothing,
                body=Nothing,
            ),
            Endpoint(
                method="POST",
                path=path,
                summary="Claim a coupon by its code, or by its id where its condition is met; "
                "a refusal's `type` is its reason.",
                who=Who.MEMBER,
                handle=self.claim,
                answer=HeldCoupon,
                parameters=Nothing,
                body=AskCoupon,
                status=201,
                is_idempotent=True,
                is_purchase=True,
            ),
        ]

    async def held(self, call: Call[Nothing, Nothing]) -> MyCoupons:
        """List what one holds."""
        return await self._coupons.held(person_of(call))

    async def claim(self, call: Call[Nothing, AskCoupon]) -> HeldCoupon:
        """Claim one."""
        self._claims.take(call.address)
        if not call.body.code:
            return await self._claim_in_room(call)
        claimed = await self._coupons.claim(person_of(call), call.body, request_of(call, "my-coupons"))
        match claimed:
            case HeldCoupon():
                return claimed
            case NotClaimed(why=why, retry_ms=retry_ms):
                raise _refused(why, retry_ms)
            case _:
                raise refuse(claimed)

    async def _claim_in_room(self, call: Call[Nothing, AskCoupon]) -> HeldCoupon:
        claims, coupon_id = call.caller, call.body.coupon_id
        key = f"api-{hashlib.sha256(call.key.encode()).hexdigest()[:KEY_LETTERS]}"
        request = RoomClaim(claims.user_id, coupon_id, key, Standing()).request
        known = await self._coupons.claimed_in_room(request)
        if known is None:
            actor = Actor(claims.user_id, claims.role, version=claims.version)
            rejection = await self._rooms[claims.room].execute(ClaimCoupon(coupon_id, key), actor)
            if rejection is not None:
                raise _refused(rejection.reason, rejection.retry_ms)
            known = await self._coupons.claimed_in_room(request)
        if isinstance(known, KeyReused):
            raise refuse(known)
        if known is None:
            raise refusal(503, "The coupon cannot be given out now.")
        return known


def _refused(reason: RejectReason, retry_ms: int) -> ApiError:
    detail = _WORDS.get(reason, "The room gives you no coupon now.")
    problem = ProblemDetails(
        type=reason.value, title="No coupon was given", status=_STATUS.get(reason, 409), detail=detail
    )
    is_soon = reason in {RejectReason.TOO_FAST, RejectReason.UNAVAILABLE, RejectReason.NOT_WATCHED}
    return ApiError(problem, retry_after(max(1, -(-retry_ms // 1000))) if is_soon else None)
