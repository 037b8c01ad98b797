"""Gifts over HTTP: the same command as over the socket, decided by the same room."""

import hashlib
from collections.abc import Mapping
from typing import Final

from backend.contract.base import RejectReason
from backend.contract.coins import GiveGift, GivenGift
from backend.contract.gifts import SendGift
from backend.contract.problems import ProblemDetails
from backend.features.actor import Actor
from backend.features.deliveries import Rejection
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Nothing, Who
from backend.http.api.problems import ApiError
from backend.http.api.shop_call import request_of
from backend.http.api.shop_refusals import refuse
from backend.http.request_limits import retry_after
from backend.room.connection import Venue
from backend.shop.coins.given import GivenGifts
from backend.shop.idempotency import KeyReused

ROUTE: Final = "gifts"
KEY_LETTERS: Final = 32
_STATUS: Final = {
    RejectReason.TOO_FAST: 429,
    RejectReason.UNAVAILABLE: 503,
    RejectReason.MALFORMED: 422,
    RejectReason.UNKNOWN_GIFT: 404,
    RejectReason.FORBIDDEN: 403,
    RejectReason.AGE_UNCONFIRMED: 403,
    RejectReason.MUTED: 403,
    RejectReason.BLOCKED: 403,
}
_WORDS: Final = {
    RejectReason.NOT_ENOUGH_COINS: "You have not so many coins. Buy some first (POST /api/v1/coin-orders).",
    RejectReason.AGE_UNCONFIRMED: "Confirm your age first (POST /api/v1/me/age).",
    RejectReason.NOT_LIVE: "This live session does not take gifts any more; nothing was paid.",
    RejectReason.UNKNOWN_GIFT: "There is no such gift (GET /api/gifts).",
}


class GiftRoutes:
    """The endpoint of gifts.

    Args:
        rooms: by room id, on this node or elsewhere.
        given: knows what was given by which key.
    """

    def __init__(self, rooms: Mapping[str, Venue], given: GivenGifts) -> None:
        self._rooms = rooms
        self._given = given

    def endpoints(self) -> list[AnyEndpoint]:
        """Return it."""
        return [
            Endpoint(
                method="POST",
                path="/api/v1/gifts",
                summary="Give gifts to the room, paid with coins; a refusal's `type` is its reason.",
                who=Who.MEMBER,
                handle=self.give,
                answer=GivenGift,
                parameters=Nothing,
                body=GiveGift,
                is_idempotent=True,
                is_purchase=True,
            )
        ]

    async def give(self, call: Call[Nothing, GiveGift]) -> GivenGift:
        """Give gifts, once a key."""
        request, wish = request_of(call, ROUTE), call.body
        known = await self._given.find(request)
        if known is None:
            key = f"api-{hashlib.sha256(call.key.encode()).hexdigest()[:KEY_LETTERS]}"
            command = SendGift(wish.session_id, key, wish.gift_id, wish.count, wish.text)
            claims = call.caller
            actor = Actor(claims.user_id, claims.role, version=claims.version)
            rejection = await self._rooms[claims.room].execute(command, actor)
            if rejection is not None:
                raise _refused(rejection)
            known = await self._given.keep(request, GivenGift(wish.session_id, wish.gift_id, wish.count))
        if isinstance(known, KeyReused):
            raise refuse(known)
        return known


def _refused(rejection: Rejection) -> ApiError:
    reason = rejection.reason
    detail = _WORDS.get(reason, "The room refuses it; nothing was paid.")
    problem = ProblemDetails(
        type=reason.value, title="The gift is refused", status=_STATUS.get(reason, 409), detail=detail
    )
    is_soon = reason in {RejectReason.TOO_FAST, RejectReason.UNAVAILABLE}
    seconds = max(1, -(-rejection.retry_ms // 1000))
    return ApiError(problem, retry_after(seconds) if is_soon else None)
