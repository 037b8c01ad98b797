"""All kinds of campaigns: a new one has a line here."""

from collections.abc import Callable, Mapping
from typing import Final

from backend.contract.campaigns import CampaignKind
from backend.shop.campaigns.auction.auction import AuctionKind
from backend.shop.campaigns.draw.draw import DrawKind
from backend.shop.campaigns.flash_sale.flash_sale import FlashSaleKind
from backend.shop.campaigns.kind import Kind
from backend.shop.campaigns.red_packet.red_packet import RedPacketKind
from backend.shop.campaigns.wheel.wheel import WheelKind

MAKERS: Final[tuple[Callable[[], Kind], ...]] = (
    FlashSaleKind,
    RedPacketKind,
    DrawKind,
    WheelKind,
    AuctionKind,
)


def make_kinds() -> Mapping[CampaignKind, Kind]:
    """Return the kinds by name."""
    return {kind.name: kind for kind in (make() for make in MAKERS)}
