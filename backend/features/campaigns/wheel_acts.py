"""Spinning a wheel, as the room looks at it before the shop decides."""

from typing import ClassVar

from typing_extensions import override

from backend.contract.base import RejectReason
from backend.contract.campaign_commands import CampaignCommand
from backend.contract.campaigns import Campaign
from backend.contract.wheels import SpinWheel, WheelShown
from backend.features.actor import Actor
from backend.features.campaigns.acts import Act, Onlooker
from backend.features.deliveries import Rejection
from backend.shop.campaigns.kind import CampaignAct
from backend.shop.campaigns.wheel.spinning import Spinning


class Spin(Act):
    """Looks at what only the room knows; whether slots are left, the shop says, which knows all keys."""

    command: ClassVar = SpinWheel
    detail: ClassVar = WheelShown

    @override
    def look_at(
        self, command: CampaignCommand, campaign: Campaign, actor: Actor, room: Onlooker, now_ms: int
    ) -> CampaignAct | Rejection:
        wheel = campaign.detail
        if not isinstance(wheel, WheelShown) or not isinstance(command, SpinWheel):
            return Rejection(RejectReason.UNKNOWN_CAMPAIGN)
        if now_ms < campaign.opens_at_ms:
            return Rejection(RejectReason.NOT_OPEN, campaign.opens_at_ms - now_ms)
        if room.is_muted(actor.user_id, now_ms):
            return Rejection(RejectReason.MUTED)
        if wheel.needs_follow and not room.is_follower(actor.user_id):
            return Rejection(RejectReason.NOT_FOLLOWING)
        return Spinning(campaign.campaign_id, "", actor.user_id, now_ms, command.key, actor.origin)
