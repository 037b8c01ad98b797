"""What the chapter of a recording is called at a moment: what is explained, and what runs."""

from backend.contract.campaigns import Campaign, CampaignChanged, CampaignPhase
from backend.contract.cards import CardHidden, CardShown
from backend.contract.protocol import Snapshot
from studio.connection.room_protocol import RoomUpdate


class ChapterTitles:
    """Follows the room.

    Attributes:
        title: the product on air and the open campaigns; empty while there are none.
    """

    def __init__(self) -> None:
        self._product = ""
        self._campaigns: dict[str, str] = {}

    @property
    def title(self) -> str:
        """What the chapter is called now."""
        return " · ".join([self._product] * bool(self._product) + list(self._campaigns.values()))

    def apply(self, update: RoomUpdate) -> bool:
        """Take an update of the room; says whether the title is another one now."""
        before = self.title
        match update:
            case Snapshot(card=card, campaigns=campaigns):
                self._product = card.product.title if card is not None else ""
                self._campaigns = {}
                for campaign in campaigns:
                    self._take_campaign(campaign)
            case CardShown(card=card):
                self._product = card.product.title
            case CardHidden():
                self._product = ""
            case CampaignChanged(campaign=campaign):
                self._take_campaign(campaign)
        return self.title != before

    def _take_campaign(self, campaign: Campaign) -> None:
        if campaign.phase is CampaignPhase.OPEN:
            self._campaigns[campaign.campaign_id] = campaign.title
        else:
            self._campaigns.pop(campaign.campaign_id, None)
