"""A room that is live and lets its viewers spin wheels, for tests."""

from collections.abc import Sequence
from typing import Final

import msgspec
from sqlalchemy import select

from backend.contract.campaigns import Campaign, NewCampaign
from backend.contract.wheels import WheelPrize, WheelShown, WheelTerms
from backend.shop.campaigns.kind import ActResult
from backend.shop.campaigns.wheel.spinning import Spinning
from backend.storage.wheel_tables import WHEEL_SPINS
from tests.backend.kinds import as_type
from tests.backend.shop.campaigns.red_packet.desk import COUNTDOWN_MS, PacketDesk
from tests.backend.shop.goods import ROOM, STAFF

PRIZES: Final = (
    WheelPrize("一等奖", 1, coins=100),
    WheelPrize("二等奖", 2, coins=10),
    WheelPrize("保温杯", 1),
)
BLANKS: Final = 2
SLOTS: Final = 6
COINS: Final = 120


class WheelDesk(PacketDesk):
    """Campaigns of a shop whose room is live, with wheels in it."""

    async def try_to_announce(
        self, prizes: Sequence[WheelPrize] = PRIZES, blanks: int = BLANKS, **terms: object
    ) -> object:
        """Announce a wheel, or be refused."""
        chosen = msgspec.convert(
            {"kind": "wheel", "prizes": msgspec.to_builtins(list(prizes)), "blanks": blanks, **terms},
            WheelTerms,
        )
        return await self.campaigns.arm(STAFF, NewCampaign(chosen, "转盘"), self.key("campaigns"))

    async def announced(
        self, prizes: Sequence[WheelPrize] = PRIZES, blanks: int = BLANKS, **terms: object
    ) -> Campaign:
        """Announce a wheel."""
        return as_type(Campaign, await self.try_to_announce(prizes, blanks, **terms))

    async def spinnable(
        self, prizes: Sequence[WheelPrize] = PRIZES, blanks: int = BLANKS, **terms: object
    ) -> Campaign:
        """Announce a wheel, and wait until it is open."""
        campaign = await self.announced(prizes, blanks, **terms)
        await self.wait(COUNTDOWN_MS)
        return campaign

    async def spin(
        self, campaign: Campaign, user_id: str, key: str = "k", *, in_ms: int = 0, origin: str = ""
    ) -> ActResult:
        """Let somebody spin; `in_ms`: when the server received it, from now."""
        at_ms = self.clock() + in_ms
        return await self.campaigns.act(Spinning(campaign.campaign_id, ROOM, user_id, at_ms, key, origin))

    def wheel(self) -> WheelShown:
        """Return the wheel as the room was told last."""
        return as_type(WheelShown, self.now().detail)

    def spins(self) -> list[tuple[int, str, int | None]]:
        """Return each slot that was taken, by whom, and the prize."""
        spin = WHEEL_SPINS.c
        query = select(spin.place, spin.user_id, spin.prize).order_by(spin.place)
        with self.database.reading() as connection:
            return [(int(place), str(user_id), prize) for place, user_id, prize in connection.execute(query)]
