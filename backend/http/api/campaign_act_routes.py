"""What viewers do in campaigns, over HTTP: the same commands as over the socket, decided by the same room."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from backend.contract.auctions import BidWish, PlaceBid
from backend.contract.base import RejectReason
from backend.contract.campaigns import MyPart, OneCampaign
from backend.contract.draws import DrawCommand, DrawEntry, DrawNonce, EnterDraw, RevealNonce
from backend.contract.problems import ProblemDetails
from backend.contract.red_packets import ClaimPacket
from backend.contract.wheels import SpinKey, SpinWheel
from backend.features.actor import Actor
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Nothing, Who
from backend.http.api.problems import ApiError, refusal
from backend.http.api.shop_call import person_of
from backend.http.request_limits import retry_after
from backend.room.connection import Venue
from backend.shop.campaigns.campaigns import Campaigns

AnyAct = ClaimPacket | DrawCommand | SpinWheel | PlaceBid

_STATUS: Final = {
    RejectReason.TOO_FAST: 429,
    RejectReason.UNAVAILABLE: 503,
    RejectReason.UNKNOWN_CAMPAIGN: 404,
    RejectReason.FORBIDDEN: 403,
    RejectReason.IS_STAFF: 403,
    RejectReason.AGE_UNCONFIRMED: 403,
    RejectReason.NOT_ELIGIBLE: 403,
    RejectReason.ACCOUNT_TOO_NEW: 403,
    RejectReason.PHONE_MISSING: 403,
    RejectReason.PHONE_USED: 403,
    RejectReason.NETWORK_FULL: 403,
    RejectReason.NOT_FOLLOWING: 403,
    RejectReason.NOT_WATCHED: 403,
    RejectReason.WORD_UNSAID: 403,
    RejectReason.NOT_BOUGHT: 403,
    RejectReason.WON_LATELY: 403,
    RejectReason.ACCOUNTS_ONLY: 403,
    RejectReason.MUTED: 403,
    RejectReason.BLOCKED: 403,
    RejectReason.NOT_REGISTERED: 403,
    RejectReason.BARRED: 403,
}
_WORDS: Final = {
    RejectReason.NOT_OPEN: "It has not begun yet; the server's clock counts.",
    RejectReason.ALREADY: "You took part already (GET /api/v1/campaigns/{campaign_id}/my-part).",
    RejectReason.NONE_LEFT: "Others were faster: nothing is left.",
    RejectReason.EXPIRED: "It is over.",
    RejectReason.NOT_ELIGIBLE: "You have no entry and no prize in it, or your bids were taken out.",
    RejectReason.ACCOUNT_TOO_NEW: "Your account was too new when it opened: see `account_minutes` of it.",
    RejectReason.PHONE_MISSING: "Save an address with a phone first (POST /api/v1/addresses).",
    RejectReason.PHONE_USED: "Somebody takes part with your phone: it counts once.",
    RejectReason.NETWORK_FULL: "As many take part from your network as may: see `per_network` of it.",
    RejectReason.COUPON_ALREADY: "You have as many of its coupons as one buyer gets.",
    RejectReason.ACCOUNTS_ONLY: "Sign in first: it is for people with an account.",
    RejectReason.NOT_FOLLOWING: "Only who follows the host takes part.",
    RejectReason.NOT_WATCHED: "Watch a little longer first.",
    RejectReason.WORD_UNSAID: "Say the draw's word in the chat first.",
    RejectReason.NOT_BOUGHT: "Say the draw's word in the chat, which is free, or buy in this live session.",
    RejectReason.WON_LATELY: "Who won in the last 30 days is left out.",
    RejectReason.BID_TOO_LOW: "Others bid more, or you did: see `next_minor` of the auction.",
    RejectReason.NOT_REGISTERED: "Say first where it goes (POST /api/v1/campaigns/{campaign_id}/register).",
    RejectReason.BARRED: "Who left two won auctions unpaid bids no more in this shop.",
    RejectReason.TOO_MANY: "You bid too often in this auction.",
    RejectReason.MALFORMED: "Give 64 hexadecimal digits for the hash, 32 for the number that it is of.",
    RejectReason.AGE_UNCONFIRMED: "Confirm your age first (POST /api/v1/me/age).",
    RejectReason.UNKNOWN_CAMPAIGN: "There is no such campaign in this room.",
}


class CampaignActRoutes:
    """The endpoints of acts in campaigns; the same act twice is refused by the campaign itself.

    Args:
        rooms: by room id, on this node or elsewhere.
        campaigns: know what came of an act.
        origin: digests an address, to count by.
    """

    def __init__(
        self, rooms: Mapping[str, Venue], campaigns: Campaigns, *, origin: Callable[[str], str]
    ) -> None:
        self._rooms = rooms
        self._campaigns = campaigns
        self._origin = origin

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        return [*self._of_draws(), *self._of_packets_and_wheels(), *self._of_auctions()]

    def _of_draws(self) -> list[AnyEndpoint]:
        return [
            Endpoint(
                method="POST",
                path="/api/v1/campaigns/{campaign_id}/enter",
                summary="Take part in a draw; a refusal's `type` is its reason.",
                who=Who.MEMBER,
                handle=self.enter,
                answer=MyPart,
                parameters=OneCampaign,
                body=DrawEntry,
                is_purchase=True,
            ),
            Endpoint(
                method="POST",
                path="/api/v1/campaigns/{campaign_id}/reveal",
                summary="Reveal the number that one entered a draw with, once its list is fixed.",
                who=Who.MEMBER,
                handle=self.reveal,
                answer=MyPart,
                parameters=OneCampaign,
                body=DrawNonce,
                is_purchase=True,
            ),
        ]

    def _of_packets_and_wheels(self) -> list[AnyEndpoint]:
        return [
            Endpoint(
                method="POST",
                path="/api/v1/campaigns/{campaign_id}/claim",
                summary="Take a share of a red packet; a refusal's `type` is its reason.",
                who=Who.MEMBER,
                handle=self.claim,
                answer=MyPart,
                parameters=OneCampaign,
                body=Nothing,
                is_purchase=True,
            ),
            Endpoint(
                method="POST",
                path="/api/v1/campaigns/{campaign_id}/spin",
                summary="Spin a wheel; the same key spins once. A refusal's `type` is its reason.",
                who=Who.MEMBER,
                handle=self.spin,
                answer=MyPart,
                parameters=OneCampaign,
                body=SpinKey,
                is_purchase=True,
            ),
        ]

    def _of_auctions(self) -> list[AnyEndpoint]:
        return [
            Endpoint(
                method="POST",
                path="/api/v1/campaigns/{campaign_id}/bid",
                summary="Bid in an auction; the same key bids once. A refusal's `type` is its reason.",
                who=Who.MEMBER,
                handle=self.bid,
                answer=MyPart,
                parameters=OneCampaign,
                body=BidWish,
                is_purchase=True,
            ),
        ]

    async def claim(self, call: Call[OneCampaign, Nothing]) -> MyPart:
        """Take a share of a red packet."""
        return await self._act(call, ClaimPacket(call.parameters.campaign_id))

    async def enter(self, call: Call[OneCampaign, DrawEntry]) -> MyPart:
        """Take part in a draw."""
        return await self._act(call, EnterDraw(call.parameters.campaign_id, call.body.nonce_hash))

    async def reveal(self, call: Call[OneCampaign, DrawNonce]) -> MyPart:
        """Reveal the number that one entered with."""
        return await self._act(call, RevealNonce(call.parameters.campaign_id, call.body.nonce))

    async def spin(self, call: Call[OneCampaign, SpinKey]) -> MyPart:
        """Spin a wheel."""
        return await self._act(call, SpinWheel(call.parameters.campaign_id, call.body.key))

    async def bid(self, call: Call[OneCampaign, BidWish]) -> MyPart:
        """Bid in an auction."""
        wish = call.body
        return await self._act(call, PlaceBid(call.parameters.campaign_id, wish.max_minor, wish.key))

    async def _act(self, call: Call[OneCampaign, Any], command: AnyAct) -> MyPart:
        claims = call.caller
        origin = self._origin(call.address)
        actor = Actor(claims.user_id, claims.role, version=claims.version, origin=origin)
        rejection = await self._rooms[claims.room].execute(command, actor, call.received_at_ms)
        if rejection is not None:
            raise refused_act(rejection.reason, rejection.retry_ms)
        part = await self._campaigns.part_of(person_of(call), call.parameters.campaign_id)
        if part is None:
            raise refusal(404, _WORDS[RejectReason.UNKNOWN_CAMPAIGN])
        return part


def refused_act(reason: RejectReason, retry_ms: int = 0) -> ApiError:
    """Return what is answered where a campaign does not take what somebody does."""
    problem = ProblemDetails(
        type=reason.value,
        title="The campaign does not take this",
        status=_STATUS.get(reason, 409),
        detail=_WORDS.get(reason, "The room refuses it; nothing has changed."),
    )
    is_soon = reason in {RejectReason.TOO_FAST, RejectReason.UNAVAILABLE}
    return ApiError(problem, retry_after(max(1, -(-retry_ms // 1000))) if is_soon else None)
