"""What viewers do in campaigns, as their room looks at it before the shop decides."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from typing import ClassVar, Protocol

import msgspec

from backend.contract.base import RejectReason
from backend.contract.campaign_commands import CampaignCommand
from backend.contract.campaigns import Campaign, CampaignDetail
from backend.features.actor import Actor
from backend.features.deliveries import Rejection
from backend.shop.campaigns.kind import ActResult, CampaignAct


class CampaignShop(Protocol):
    """The shop's campaigns, for one room."""

    def act(self, act: CampaignAct) -> Awaitable[ActResult]:
        """Decide what a viewer does, in its turn."""

    def count_refusal(self, campaign_id: str, reason: RejectReason, at_ms: int) -> None:
        """Count a request that the room refuses."""


class Onlooker(msgspec.Struct, frozen=True):
    """What only the room knows of its people.

    Attributes:
        is_follower: whether a user follows the host.
        is_muted: whether a user may not speak now.
        watched_s: seconds of this live session that a user watched until a time.
        is_present: whether a user is here now.
        has_said: whether a user said the word of a draw, which its id names.
    """

    is_follower: Callable[[str], bool]
    is_muted: Callable[[str, int], bool]
    watched_s: Callable[[str, int], int]
    is_present: Callable[[str], bool]
    has_said: Callable[[str, str], bool] = lambda _campaign_id, _user_id: False


class Act(ABC):
    """A command of viewers in a campaign.

    Attributes:
        command: its type; it names the campaign.
        detail: how a campaign is shown in which it can be done.
        is_counted: whether it is a request of the report.
    """

    command: ClassVar[type[CampaignCommand]]
    detail: ClassVar[type[CampaignDetail]]
    is_counted: ClassVar[bool] = True

    @abstractmethod
    def look_at(
        self, command: CampaignCommand, campaign: Campaign, actor: Actor, room: Onlooker, now_ms: int
    ) -> CampaignAct | Rejection:
        """Return what the shop is asked, or why the room refuses it."""
