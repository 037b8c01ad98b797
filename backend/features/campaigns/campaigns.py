"""The campaigns of a room: shown as the shop says they are; what viewers do in them, the shop decides."""

from typing import Any, ClassVar

import msgspec
from typing_extensions import override

from backend.contract.base import Message, RejectReason, Role
from backend.contract.campaign_commands import CampaignCommand
from backend.contract.campaigns import MOST_OVER, OVER, Campaign, CampaignChanged
from backend.features.actor import Actor
from backend.features.campaigns.acts import CampaignShop, Onlooker
from backend.features.campaigns.all_acts import ACTS
from backend.features.campaigns.named import named_in
from backend.features.deliveries import Decision, Delegated, Delivery, Rejection, ToAll
from backend.features.feature import Anyone, AuthorOf, Feature
from backend.log.entries import Record
from backend.log.shop_entries import ShopCampaignMoved
from backend.shop.campaigns.kind import CampaignAct


class CampaignsState(msgspec.Struct):
    """What is folded: campaigns of this session by id, the newest last; few of those that are over."""

    shown: dict[str, Campaign] = msgspec.field(default_factory=dict)


class CampaignsFeature(Feature[CampaignsState]):
    """Shows campaigns and hands on what viewers do in them.

    Args:
        onlooker: what the room knows of its people.
        author: how others see who is named in a campaign.
        shop: decides; without one nobody takes part in anything.
        room_id: of what the shop is asked.
    """

    name = "campaigns"
    state_type = CampaignsState
    commands: ClassVar = {act.command: Anyone.ANYONE for act in ACTS}
    entries = (ShopCampaignMoved,)

    def __init__(
        self,
        state: CampaignsState | None = None,
        *,
        onlooker: Onlooker,
        author: AuthorOf,
        shop: CampaignShop | None = None,
        room_id: str = "",
    ) -> None:
        self.state = state or CampaignsState()
        self._onlooker = onlooker
        self._author = author
        self._shop = shop
        self._room_id = room_id
        self._acts = {act.command: act for act in ACTS}

    @override
    def decide(self, command: Message, actor: Actor, now_ms: int) -> Decision:
        shop = self._shop
        if shop is None:
            return Rejection(RejectReason.UNAVAILABLE)
        if not isinstance(command, CampaignCommand):
            return super().decide(command, actor, now_ms)
        act, campaign = self._acts[type(command)], self._campaign_of(command)
        if campaign is None:
            return Rejection(RejectReason.UNKNOWN_CAMPAIGN)
        asked: CampaignAct | Rejection
        if actor.role is not Role.VIEWER:
            asked = Rejection(RejectReason.IS_STAFF)  # who sells here takes nothing from the viewers
        else:
            asked = act.look_at(command, campaign, actor, self._onlooker, now_ms)
        if isinstance(asked, Rejection):
            self.count_refusal(command, asked.reason, now_ms)
            return asked
        told = msgspec.structs.replace(asked, room_id=self._room_id)
        return Delegated(lambda: shop.act(told), lambda reason: None if reason is None else Rejection(reason))

    @override
    def count_refusal(self, command: Message, reason: RejectReason, at_ms: int) -> None:
        if not isinstance(command, CampaignCommand) or self._shop is None:
            return
        campaign = self._campaign_of(command)
        if campaign is not None and self._acts[type(command)].is_counted:
            self._shop.count_refusal(campaign.campaign_id, reason, at_ms)

    def _campaign_of(self, command: CampaignCommand) -> Campaign | None:
        """Return the campaign that a command is for; None where there is none in which it can be done."""
        campaign = self.state.shown.get(command.campaign_id)
        is_its_kind = campaign is not None and isinstance(campaign.detail, self._acts[type(command)].detail)
        return campaign if is_its_kind else None

    @override
    def apply(self, record: Record) -> list[Delivery]:
        if not isinstance(record.entry, ShopCampaignMoved):
            return []
        campaign, shown = record.entry.campaign, self.state.shown
        known = shown.get(campaign.campaign_id)
        if known is not None and known.version >= campaign.version:
            return []
        if campaign.phase in OVER:
            shown.pop(campaign.campaign_id, None)  # those that ended last are shown on, not those begun last
        shown[campaign.campaign_id] = campaign
        over = [one.campaign_id for one in shown.values() if one.phase in OVER]
        for campaign_id in over[:-MOST_OVER]:
            del shown[campaign_id]
        return [ToAll(CampaignChanged(self._with_names(campaign)))]

    @override
    def begin_session(self, session_id: str) -> list[Delivery]:
        # What still closes or is drawn is shown again when it moves on.
        self.state.shown.clear()
        return []

    @override
    def show(self) -> dict[str, Any]:
        return {"campaigns": [self._with_names(campaign) for campaign in self.state.shown.values()]}

    def _with_names(self, campaign: Campaign) -> Campaign:
        people = [self._author(Actor(user_id, Role.VIEWER)) for user_id in named_in(campaign.detail)]
        return msgspec.structs.replace(campaign, people=people) if people else campaign
