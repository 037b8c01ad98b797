"""All kinds of campaigns that the studio starts: a new one has a line here."""

from typing import Final

from widgets.campaigns.auction.auction_face import AuctionFace
from widgets.campaigns.draw.draw_face import DrawFace
from widgets.campaigns.flash_sale.flash_sale_face import FlashSaleFace
from widgets.campaigns.kind_face import KindFace
from widgets.campaigns.red_packet.packet_face import PacketFace
from widgets.campaigns.wheel.wheel_face import WheelFace

FACES: Final[tuple[KindFace, ...]] = (
    FlashSaleFace(),
    PacketFace(),
    DrawFace(),
    WheelFace(),
    AuctionFace(),
)
