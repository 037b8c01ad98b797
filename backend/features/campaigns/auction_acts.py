"""Bidding in an auction, as the room looks at it before the shop decides."""

from typing import ClassVar

from typing_extensions import override

from backend.contract.auctions import AuctionShown, PlaceBid
from backend.contract.base import RejectReason
from backend.contract.campaign_commands import CampaignCommand
from backend.contract.campaigns import Campaign
from backend.features.actor import Actor
from backend.features.campaigns.acts import Act, Onlooker
from backend.features.deliveries import Rejection
from backend.shop.campaigns.auction.bidding import TAKES_BIDS, Bidding
from backend.shop.campaigns.kind import CampaignAct


class PlaceABid(Act):
    """Looks at what only the room knows; whether a bid is in time and high enough, the shop says."""

    command: ClassVar = PlaceBid
    detail: ClassVar = AuctionShown

    @override
    def look_at(
        self, command: CampaignCommand, campaign: Campaign, actor: Actor, room: Onlooker, now_ms: int
    ) -> CampaignAct | Rejection:
        auction = campaign.detail
        if not isinstance(auction, AuctionShown) or not isinstance(command, PlaceBid):
            return Rejection(RejectReason.UNKNOWN_CAMPAIGN)
        if now_ms < campaign.opens_at_ms:
            return Rejection(RejectReason.NOT_OPEN, campaign.opens_at_ms - now_ms)
        if campaign.phase not in TAKES_BIDS:
            # Whoever goes on bidding after the end must not keep the shop's writer busy.
            return Rejection(RejectReason.EXPIRED)
        if room.is_muted(actor.user_id, now_ms):
            return Rejection(RejectReason.MUTED)
        if auction.needs_follow and not room.is_follower(actor.user_id):
            return Rejection(RejectReason.NOT_FOLLOWING)
        # The shop knows when it ends, which late bids move, and which keys it had before.
        return Bidding(
            campaign.campaign_id, "", actor.user_id, now_ms, command.max_minor, command.key, actor.origin
        )
