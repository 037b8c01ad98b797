"""All that viewers do in campaigns: a new kind has a line here, for each of its acts."""

from typing import Final

from backend.features.campaigns.acts import Act
from backend.features.campaigns.auction_acts import PlaceABid
from backend.features.campaigns.draw_acts import Enter, Reveal
from backend.features.campaigns.packet_acts import ClaimShare
from backend.features.campaigns.wheel_acts import Spin

ACTS: Final[tuple[Act, ...]] = (ClaimShare(), Enter(), Reveal(), Spin(), PlaceABid())
