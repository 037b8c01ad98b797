"""A room that is live and gives red packets, for tests; it can be killed and started again."""

import asyncio
from collections.abc import Iterator
from itertools import count

import msgspec
from sqlalchemy import select, update

from backend.contract.base import RejectReason
from backend.contract.campaigns import Campaign, CampaignReport, MyPart, NewCampaign, StopCampaign
from backend.contract.my_data import MyData
from backend.contract.red_packets import RedPacketShown, RedPacketTerms
from backend.keeping.check_money import check_money
from backend.money.ledger import balances
from backend.money.wallet import COINS, GRANTS
from backend.shop.campaigns.campaigns import Campaigns
from backend.shop.campaigns.closing import DRAINED_AFTER_MS
from backend.shop.campaigns.kind import ActResult
from backend.shop.campaigns.kinds import make_kinds
from backend.shop.campaigns.red_packet.claiming import ShareClaim
from backend.shop.idempotency import Request
from backend.shop.outbox import CampaignMoved
from backend.shop.people import Person
from backend.shop.privacy.privacy import Privacy
from backend.storage.database import Database
from backend.storage.order_tables import SHOP_OUTBOX
from backend.storage.packet_tables import RED_PACKET_CLAIMS
from backend.storage.tables import LIVE_SESSIONS
from backend.storage.writer import GroupWriter
from tests.backend.kinds import as_type
from tests.backend.shop.campaigns.conftest import go_live
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import ROOM, STAFF, open_rooms
from tests.support.adults import let_be_adults

COUNTDOWN_MS = 10_000
ADULTS = ("anna", "bert", "carl", "dora")


class PacketDesk:
    """The campaigns of a shop whose room is live.

    Attributes:
        campaigns: made again by `restart`.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock
        open_rooms(database)
        go_live(database)
        let_be_adults(database, *ADULTS)
        self._keys: Iterator[int] = count()
        self._start()

    def _start(self) -> None:
        self.writer = GroupWriter(self.database)
        self.campaigns = Campaigns(self.database, self.writer, make_kinds(), clock_ms=self.clock)

    async def restart(self) -> None:
        """End what runs, and start it again from the database alone."""
        await self.close()
        self._start()

    async def die(self, other: Database) -> None:
        """Let another node, with a line of its own to the database, go on alone."""
        await self.close()
        self.database = other
        self._start()

    async def close(self) -> None:
        """Write what waits, then end."""
        await asyncio.to_thread(self.writer.close)

    def key(self, route: str) -> Request:
        """Return a key that nobody used."""
        return Request("host", route, f"k{next(self._keys)}", "hash")

    async def arm(self, shares: int = 3, coins: int = 100, **terms: object) -> Campaign:
        """Announce a packet."""
        return as_type(Campaign, await self.try_to_arm(shares, coins, **terms))

    async def try_to_arm(self, shares: int = 3, coins: int = 100, **terms: object) -> object:
        """Announce a packet, or be refused."""
        chosen = msgspec.convert(
            {"kind": "red_packet", "shares": shares, "coins": coins, **terms}, RedPacketTerms
        )
        return await self.campaigns.arm(STAFF, NewCampaign(chosen, "红包"), self.key("campaigns"))

    async def opened(self, shares: int = 3, coins: int = 100, **terms: object) -> Campaign:
        """Announce a packet, and wait until it is open."""
        campaign = await self.arm(shares, coins, **terms)
        await self.wait(COUNTDOWN_MS)
        return campaign

    async def wait(self, ms: int) -> None:
        """Let time go by, and do what is due then."""
        self.clock.turn(ms)
        await self.sweep()

    async def sweep(self) -> None:
        """Do what is due now."""
        await self.campaigns._timer.sweep()

    async def claim(self, campaign: Campaign, user_id: str, *, origin: str = "", in_ms: int = 0) -> ActResult:
        """Let somebody claim a share; `in_ms`: when the server received it, from now."""
        at_ms = self.clock() + in_ms
        return await self.campaigns.act(ShareClaim(campaign.campaign_id, ROOM, user_id, at_ms, origin))

    async def stop(self, campaign: Campaign, reason: str = "") -> object:
        """End a packet early."""
        return await self.campaigns.stop(STAFF, campaign.campaign_id, StopCampaign(reason), self.key("stop"))

    async def end(self, campaign: Campaign, reason: str = "") -> None:
        """End a packet early, and wait until what came in time is decided."""
        as_type(Campaign, await self.stop(campaign, reason))
        await self.wait(DRAINED_AFTER_MS)

    async def data_of(self, user_id: str) -> MyData:
        """Return what the shop knows of somebody."""
        privacy = Privacy(self.database, self.writer, clock_ms=self.clock)
        return await privacy.my_data(Person(user_id, ROOM))

    async def part_of(self, campaign: Campaign, user_id: str) -> MyPart:
        """Return what somebody has of a packet."""
        return as_type(MyPart, await self.campaigns.part_of(Person(user_id, ROOM), campaign.campaign_id))

    async def report(self, campaign: Campaign) -> CampaignReport:
        """Return what came of a packet."""
        return as_type(CampaignReport, await self.campaigns.report(STAFF, campaign.campaign_id))

    # --- What became of it ---

    def told(self) -> list[Campaign]:
        """Return what the room was told, the oldest first."""
        with self.database.reading() as connection:
            bodies = connection.scalars(select(SHOP_OUTBOX.c.body).order_by(SHOP_OUTBOX.c.outbox_id))
            return [msgspec.json.decode(body, type=CampaignMoved).campaign for body in bodies]

    def now(self) -> Campaign:
        """Return what the room was told last."""
        return self.told()[-1]

    def packet(self) -> RedPacketShown:
        """Return the packet as the room was told last."""
        return as_type(RedPacketShown, self.now().detail)

    def coins(self) -> dict[str, int]:
        """Return what each account of coins has; the books must be right, and sum up to 0."""
        with self.database.reading() as connection:
            assert list(check_money(connection)) == []
            held = {one.account: one.amount_minor for one in balances(connection) if one.currency == COINS}
        assert sum(held.values()) == 0
        return {account: coins for account, coins in held.items() if coins}

    def given(self) -> int:
        """Return how many coins people got, all of them the shop's; nothing is set aside any more."""
        coins = self.coins()
        assert not [account for account in coins if account.startswith("campaigns:")]
        return -coins.get(GRANTS, 0)

    def places(self) -> list[tuple[int, str]]:
        """Return who has which share."""
        claim = RED_PACKET_CLAIMS.c
        with self.database.reading() as connection:
            found = connection.execute(select(claim.place, claim.user_id).order_by(claim.place))
            return [(int(place), str(user_id)) for place, user_id in found]

    def end_session(self) -> None:
        """End the live session."""
        with self.database.transaction() as connection:
            connection.execute(update(LIVE_SESSIONS).values(ended_at_ms=2))


ACCEPTED = None
NOT_OPEN = RejectReason.NOT_OPEN
ALREADY = RejectReason.ALREADY
NONE_LEFT = RejectReason.NONE_LEFT
EXPIRED = RejectReason.EXPIRED
