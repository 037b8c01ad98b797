"""A room that is live and draws, for tests; it can be killed and started again."""

import asyncio
import hashlib
from collections.abc import Iterator
from itertools import count
from typing import Final

import msgspec
from sqlalchemy import select, update

from backend.contract.addresses import Address, SaveAddress
from backend.contract.campaigns import (
    Campaign,
    CampaignKind,
    CampaignReport,
    MyPart,
    NewCampaign,
    StopCampaign,
)
from backend.contract.draws import DrawShown, DrawTerms
from backend.contract.my_data import Erasure, MyData
from backend.contract.orders import Order
from backend.contract.prizes import MyPrize
from backend.fairness.draw import hash_of_nonce
from backend.keeping.check_stock import check_stock
from backend.shop.campaigns.campaigns import Campaigns
from backend.shop.campaigns.draw.claiming import ClaimResult, Prizes
from backend.shop.campaigns.draw.entering import Entering, Revealing
from backend.shop.campaigns.kind import ActResult
from backend.shop.campaigns.kinds import make_kinds
from backend.shop.customers.address_book import save_address
from backend.shop.idempotency import Request
from backend.shop.orders.reading import find_order
from backend.shop.outbox import CampaignMoved, CoinsGranted
from backend.shop.people import Person
from backend.shop.privacy.erasing import erase_person
from backend.shop.privacy.privacy import Privacy
from backend.storage.database import Database
from backend.storage.order_tables import SHOP_OUTBOX
from backend.storage.tables import LIVE_SESSIONS
from backend.storage.writer import GroupWriter
from tests.backend.kinds import as_type
from tests.backend.shop.campaigns.conftest import go_live
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import ROOM, STAFF, check_books, home_of, open_rooms, stock_of
from tests.support.accounts import make_account
from tests.support.adults import let_be_adults

TOLD: Final = frozenset({"campaign_moved", "coins_granted"})
CUP: Final = "cup"
PEOPLE = tuple(f"v_{number}" for number in range(12))
OPEN_MS = 300_000
DRAIN_MS = 2_000


def nonce_of(user_id: str) -> str:
    """The number that somebody's device drew."""
    return hashlib.sha256(user_id.encode()).hexdigest()[:32]


class DrawDesk:
    """The campaigns of a shop whose room is live.

    Attributes:
        campaigns, prizes: made again by `restart`.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock
        open_rooms(database)
        go_live(database)
        let_be_adults(database, *PEOPLE)
        self._keys: Iterator[int] = count()
        self._start()

    def _start(self) -> None:
        self.writer = GroupWriter(self.database)
        kinds = make_kinds()
        self.campaigns = Campaigns(self.database, self.writer, kinds, clock_ms=self.clock)
        draws = kinds[CampaignKind.DRAW]
        self.prizes = Prizes(self.database, self.writer, draws, clock_ms=self.clock)

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

    async def try_to_open(self, **terms: object) -> object:
        """Open a draw, or be refused."""
        chosen = msgspec.convert({"kind": "draw", "prize": "保温杯", **terms}, DrawTerms)
        return await self.campaigns.arm(STAFF, NewCampaign(chosen, "福袋"), self.key("campaigns"))

    async def open(self, **terms: object) -> Campaign:
        """Open a draw."""
        return as_type(Campaign, await self.try_to_open(**terms))

    async def wait(self, ms: int) -> None:
        """Let time go by, and do what is due then."""
        self.clock.turn(ms)
        await self.campaigns._timer.sweep()

    async def enter(
        self, draw: Campaign, *user_ids: str, in_ms: int = 0, origin: str = ""
    ) -> list[ActResult]:
        """Let people enter at once, from one network; `in_ms`: when the server received it, from now."""
        at_ms = self.clock() + in_ms
        acts = [
            Entering(one, ROOM, user_id, at_ms, hash_of_nonce(one, nonce_of(user_id)), origin)
            for one in (draw.campaign_id,)
            for user_id in user_ids
        ]
        return list(await asyncio.gather(*(self.campaigns.act(act) for act in acts)))

    async def reveal(self, draw: Campaign, *user_ids: str) -> list[ActResult]:
        """Let devices reveal their numbers at once."""
        acts = [
            Revealing(draw.campaign_id, ROOM, user_id, self.clock(), nonce_of(user_id))
            for user_id in user_ids
        ]
        return list(await asyncio.gather(*(self.campaigns.act(act) for act in acts)))

    async def until_drawing(self, draw: Campaign, *user_ids: str) -> None:
        """Let people enter, and the time come at which the list is fixed."""
        assert await self.enter(draw, *user_ids) == [None] * len(user_ids)
        await self.wait(OPEN_MS)
        await self.wait(DRAIN_MS)

    async def stop(self, draw: Campaign, reason: str = "奖品坏了") -> object:
        """Call a draw off."""
        return await self.campaigns.stop(STAFF, draw.campaign_id, StopCampaign(reason), self.key("stop"))

    async def close_early(self, draw: Campaign) -> object:
        """Bring the result forward."""
        return await self.campaigns.close_early(STAFF, draw.campaign_id, self.key("close"))

    async def bundle(self, draw: Campaign) -> str | None:
        """Return the file to check it with."""
        return await self.campaigns.bundle(Person("v_0", ROOM), draw.campaign_id)

    async def part_of(self, draw: Campaign, user_id: str) -> MyPart:
        """Return what somebody has of a draw."""
        return as_type(MyPart, await self.campaigns.part_of(Person(user_id, ROOM), draw.campaign_id))

    async def report(self, draw: Campaign) -> CampaignReport:
        """Return what came of a draw."""
        return as_type(CampaignReport, await self.campaigns.report(STAFF, draw.campaign_id))

    async def shown(self, draw: Campaign) -> Campaign:
        """Return how it is now."""
        page = await self.campaigns.page(STAFF)
        return next(one for one in page.campaigns if one.campaign_id == draw.campaign_id)

    async def data_of(self, user_id: str) -> MyData:
        """Return what the shop knows of somebody."""
        privacy = Privacy(self.database, self.writer, clock_ms=self.clock)
        return await privacy.my_data(Person(user_id, ROOM))

    # --- Goods ---

    async def draw_goods(self, *user_ids: str, **terms: object) -> Campaign:
        """Let people win units of `CUP`."""
        draw = await self.open(**{"sku_id": CUP, **terms})
        await self.until_drawing(draw, *user_ids)
        await self.reveal(draw, *user_ids)
        await self.wait(0)
        return await self.shown(draw)

    async def saved(self, user_id: str, address: Address | None = None) -> str:
        """Return the id of an address that somebody has in their book: home, where none is given."""
        wish = SaveAddress(address or home_of(user_id))
        saved = await self.writer.run(
            lambda connection: save_address(connection, user_id, wish, self.clock())
        )
        assert saved is not None
        return saved.address_id

    async def claim(self, draw: Campaign, user_id: str, *, in_ms: int = 0) -> ClaimResult:
        """Let somebody claim what they won; `in_ms`: when the server received it, from now."""
        address_id, at_ms = await self.saved(user_id), self.clock() + in_ms
        return await self.prizes.claim(Person(user_id, ROOM), draw.campaign_id, address_id, at_ms)

    async def prize_of(self, draw: Campaign, user_id: str) -> MyPrize | None:
        """Return what goods somebody won."""
        return (await self.part_of(draw, user_id)).prize

    async def order_of(self, draw: Campaign, user_id: str) -> Order:
        """Return the order of what somebody won."""
        prize = as_type(MyPrize, await self.prize_of(draw, user_id))
        with self.database.reading() as connection:
            return as_type(Order, find_order(connection, prize.order_id))

    async def pass_on(self, ms: int = 0) -> None:
        """Let time go by, and pass on what was not claimed."""
        self.clock.turn(ms)
        await self.prizes.pass_on()

    def stock(self) -> tuple[int, int, int]:
        """Return what of `CUP` is on hand, reserved and sold; the books must be right."""
        check_books(self.database)
        with self.database.reading() as connection:
            assert list(check_stock(connection)) == []
        return stock_of(self.database, CUP)

    def end_session(self) -> None:
        """End the live session."""
        with self.database.transaction() as connection:
            connection.execute(update(LIVE_SESSIONS).values(ended_at_ms=2))

    def erase(self, *user_ids: str) -> None:
        """Erase the accounts of these people, as they ask for it."""
        for user_id in user_ids:
            person = Person(user_id, ROOM)
            make_account(self.database, user_id, 0)
            with self.database.shop_transaction() as connection:
                as_type(Erasure, erase_person(connection, person, self.clock()))

    def told(self) -> list[Campaign]:
        """Return what the room was told of draws, the oldest first."""
        return [one.campaign for one in self._outbox() if isinstance(one, CampaignMoved)]

    def granted(self) -> list[tuple[str, int]]:
        """Return who was told that they got coins, and how many."""
        return [(one.user_id, one.coins) for one in self._outbox() if isinstance(one, CoinsGranted)]

    def _outbox(self) -> list[CampaignMoved | CoinsGranted]:
        with self.database.reading() as connection:
            bodies = list(connection.scalars(select(SHOP_OUTBOX.c.body).order_by(SHOP_OUTBOX.c.outbox_id)))
        known = [body for body in bodies if msgspec.json.decode(body)["type"] in TOLD]
        return [msgspec.json.decode(body, type=CampaignMoved | CoinsGranted) for body in known]


def detail_of(campaign: Campaign) -> DrawShown:
    """Return what everybody sees of a draw."""
    return as_type(DrawShown, campaign.detail)
