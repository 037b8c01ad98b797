"""Claiming a share of a red packet, as the room looks at it before the shop decides."""

from typing import ClassVar

from typing_extensions import override

from backend.contract.base import RejectReason
from backend.contract.campaign_commands import CampaignCommand
from backend.contract.campaigns import OVER, Campaign
from backend.contract.red_packets import ClaimPacket, RedPacketShown
from backend.features.actor import Actor
from backend.features.campaigns.acts import Act, Onlooker
from backend.features.deliveries import Rejection
from backend.shop.campaigns.kind import CampaignAct
from backend.shop.campaigns.red_packet.claiming import ShareClaim


class ClaimShare(Act):
    """Refuses what need not come to the shop: most of a crowd come when no share is left."""

    command: ClassVar = ClaimPacket
    detail: ClassVar = RedPacketShown

    @override
    def look_at(
        self, command: CampaignCommand, campaign: Campaign, actor: Actor, room: Onlooker, now_ms: int
    ) -> CampaignAct | Rejection:
        packet = campaign.detail
        if not isinstance(packet, RedPacketShown):
            return Rejection(RejectReason.UNKNOWN_CAMPAIGN)
        if now_ms < campaign.opens_at_ms:
            return Rejection(RejectReason.NOT_OPEN, campaign.opens_at_ms - now_ms)
        if packet.left == 0:
            return Rejection(RejectReason.NONE_LEFT)
        if campaign.phase in OVER or now_ms >= campaign.closes_at_ms:
            return Rejection(RejectReason.EXPIRED)
        if refused := _may_not(packet, actor.user_id, room, now_ms):
            return refused
        return ShareClaim(campaign.campaign_id, "", actor.user_id, now_ms, actor.origin)


def _may_not(packet: RedPacketShown, user_id: str, room: Onlooker, now_ms: int) -> Rejection | None:
    if room.is_muted(user_id, now_ms):
        return Rejection(RejectReason.MUTED)
    if packet.needs_follow and not room.is_follower(user_id):
        return Rejection(RejectReason.NOT_FOLLOWING)
    return None
