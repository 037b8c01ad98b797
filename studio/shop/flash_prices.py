"""What products cost in the flash sale that is announced or open, as the room tells it."""

from backend.contract.campaigns import OVER, Campaign, CampaignChanged
from backend.contract.flash_sale import FlashSaleShown
from backend.contract.live import LiveChanged
from backend.contract.protocol import Snapshot
from studio.connection.room_protocol import RoomUpdate


class FlashPrices:
    """Follows the flash sales of the room's live."""

    def __init__(self) -> None:
        self._campaigns: dict[str, Campaign] = {}
        self._session_id = ""

    def apply(self, update: RoomUpdate) -> bool:
        """Take an update of the room in; return whether it is one of campaigns."""
        match update:
            case Snapshot(campaigns=campaigns, live=live):
                self._campaigns = {one.campaign_id: one for one in campaigns}
                self._session_id = live.session_id
            case CampaignChanged(campaign=campaign):
                self._campaigns[campaign.campaign_id] = campaign
            case LiveChanged(live=live) if live.session_id not in ("", self._session_id):
                self._campaigns, self._session_id = {}, live.session_id
            case _:
                return False
        return True

    @property
    def of_products(self) -> dict[str, int]:
        """The lowest flash price of each product in a sale, by the ids that the room's list has."""
        prices: dict[str, int] = {}
        for campaign in self._campaigns.values():
            sale = campaign.detail
            if campaign.phase in OVER or not isinstance(sale, FlashSaleShown) or not sale.offers:
                continue
            # A shop of several rooms puts the room before a product's id.
            for product_id in (sale.spu_id, sale.spu_id.rpartition(":")[2]):
                prices[product_id] = min(one.price_minor for one in sale.offers)
        return prices
