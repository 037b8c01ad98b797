"""What all commands of viewers in campaigns have."""

from backend.contract.base import Message
from backend.contract.bounds import Id


class CampaignCommand(Message, frozen=True):
    """A command of a viewer in a campaign, which it names."""

    campaign_id: Id
