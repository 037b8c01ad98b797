"""A room that is live and auctions its goods, for tests; it can be killed and started again."""

import asyncio
from collections.abc import Iterator
from itertools import count
from typing import Final

import msgspec
from sqlalchemy import insert, select, update

from backend.contract.addresses import Address, SaveAddress
from backend.contract.auctions import MOST_DEFAULTS, AuctionShown, AuctionTerms, MyBid, OfferAnswer
from backend.contract.base import RejectReason
from backend.contract.campaigns import Campaign, CampaignReport, MyPart, NewCampaign, StopCampaign
from backend.contract.orders import Order
from backend.contract.sale_settings import Profile
from backend.shop.campaigns.auction.auctions import BidderResult
from backend.shop.campaigns.auction.bidding import Bidding
from backend.shop.campaigns.closing import DRAINED_AFTER_MS
from backend.shop.campaigns.kind import ActResult
from backend.shop.customers.address_book import save_address
from backend.shop.customers.buyer_keys import account_key
from backend.shop.idempotency import Request
from backend.shop.orders.cancel import cancel_order
from backend.shop.orders.reading import find_order
from backend.shop.outbox import CampaignMoved
from backend.shop.outcomes import Closing, Paid
from backend.shop.people import Person
from backend.shop.settings import write_profile
from backend.shop.shop import Shop
from backend.storage.auction_tables import AUCTION_DEFAULTS
from backend.storage.campaign_tables import CAMPAIGNS
from backend.storage.database import Database
from backend.storage.order_tables import ORDERS, SHOP_OUTBOX
from backend.storage.tables import LIVE_SESSIONS
from tests.backend.kinds import as_type
from tests.backend.shop.campaigns.conftest import go_live
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import (
    ROOM,
    STAFF,
    check_books,
    home_of,
    open_rooms,
    put_on_sale,
    stock_of,
    take_all_methods,
)

SKU: Final = "vase"
START: Final = 1000
COUNTDOWN_MS: Final = 10_000
DURATION_MS: Final = 60_000
PAY_MS: Final = 5 * 60_000


class AuctionDesk:
    """The shop of a room that is live.

    Attributes:
        shop: made again by `restart`.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock
        open_rooms(database)
        take_all_methods(database)
        put_on_sale(database, SKU, price_minor=50_000, stock=3)
        go_live(database)
        with database.transaction() as connection:
            write_profile(connection, Profile.OTHER)
        self._keys: Iterator[int] = count()
        self.shop = Shop(database, clock_ms=clock)

    async def restart(self) -> None:
        """End what runs, and start it again from the database alone."""
        await self.close()
        self.shop = Shop(self.database, clock_ms=self.clock)

    async def close(self) -> None:
        """Write what waits, then end."""
        await asyncio.to_thread(self.shop.close)

    def key(self, route: str) -> Request:
        """Return a key that nobody used."""
        return Request("host", route, f"k{next(self._keys)}", "hash")

    # --- Staff ---

    async def try_to_announce(self, **terms: object) -> object:
        """Announce an auction, or be refused."""
        known = {"kind": "auction", "sku_id": SKU, "start_minor": START, "duration_s": DURATION_MS // 1000}
        chosen = msgspec.convert({**known, **terms}, AuctionTerms)
        return await self.shop.campaigns.arm(STAFF, NewCampaign(chosen, "花瓶"), self.key("campaigns"))

    async def announced(self, **terms: object) -> Campaign:
        """Announce an auction."""
        return as_type(Campaign, await self.try_to_announce(**terms))

    async def opened(self, *bidders: str, **terms: object) -> Campaign:
        """Announce an auction, let people register, and wait until it is open."""
        campaign = await self.announced(**terms)
        for user_id in bidders:
            await self.registered(campaign, user_id)
        await self.wait(COUNTDOWN_MS)
        return campaign

    async def stop(self, campaign: Campaign, reason: str = "花瓶碎了") -> object:
        """Call an auction off."""
        wish = StopCampaign(reason)
        return await self.shop.campaigns.stop(STAFF, campaign.campaign_id, wish, self.key("stop"))

    async def report(self, campaign: Campaign) -> CampaignReport:
        """Return what came of an auction."""
        found = await self.shop.campaigns.report(STAFF, campaign.campaign_id)
        return as_type(CampaignReport, found)

    # --- Time ---

    async def wait(self, ms: int) -> None:
        """Let time go by, and do what is due then."""
        self.clock.turn(ms)
        await self.sweep()

    async def sweep(self) -> None:
        """Do what is due now."""
        await self.shop.campaigns._timer.sweep()

    async def over(self) -> None:
        """Let the bids that came in time be decided, and the result be found."""
        self.clock.turn(max(self.now().closes_at_ms - self.clock(), 0))
        await self.sweep()
        await self.wait(DRAINED_AFTER_MS)

    async def expire(self, by_ms: int = PAY_MS) -> None:
        """Let the time to pay go by, and everything happen that it brings."""

        async def close(_order_id: str) -> Closing:
            return Closing.CLOSED

        self.clock.turn(by_ms)
        await self.shop.expiry_timer(close).sweep()
        await self.sweep()

    def end_session(self) -> None:
        """End the live session."""
        with self.database.transaction() as connection:
            connection.execute(update(LIVE_SESSIONS).values(ended_at_ms=2))

    # --- Bidders ---

    async def register(
        self, campaign: Campaign, user_id: str, address: Address | None = None
    ) -> BidderResult:
        """Let somebody say where it goes: home, where nothing else is named."""
        wish = SaveAddress(address or home_of(user_id))
        saved = await self.shop.writer.run(
            lambda connection: save_address(connection, user_id, wish, self.clock())
        )
        assert saved is not None
        person = Person(user_id, ROOM)
        return await self.shop.auctions.register(person, campaign.campaign_id, saved.address_id)

    async def keep_default(self, user_id: str, address: Address) -> None:
        """Let somebody's address book propose an address."""
        wish = SaveAddress(address, is_default=True)
        await self.shop.writer.run(lambda connection: save_address(connection, user_id, wish, self.clock()))

    def bar(self, user_id: str) -> None:
        """Let somebody have left as many auctions unpaid as bar a bidder."""
        with self.database.transaction() as connection:
            some_id = connection.scalar(select(CAMPAIGNS.c.campaign_id))
            for number in range(MOST_DEFAULTS):
                copy = CAMPAIGNS.select().where(CAMPAIGNS.c.campaign_id == some_id)
                row = dict(connection.execute(copy).mappings().one())
                row.update(campaign_id=f"old-{number}", phase="void", next_at_ms=None)
                connection.execute(insert(CAMPAIGNS).values(row))
                default = {"buyer_key": account_key(user_id), "campaign_id": f"old-{number}", "at_ms": 1}
                connection.execute(insert(AUCTION_DEFAULTS).values(default))

    async def registered(self, campaign: Campaign, user_id: str) -> MyBid:
        """Let somebody say where it goes who may."""
        bid = as_type(MyPart, await self.register(campaign, user_id)).bid
        assert bid is not None
        return bid

    async def bid(
        self,
        campaign: Campaign,
        user_id: str,
        max_minor: int,
        key: str = "",
        *,
        in_ms: int = 0,
        origin: str = "",
    ) -> ActResult:
        """Let somebody bid; `in_ms`: when the server received it, from now."""
        key = key or f"b{next(self._keys)}"
        at_ms = self.clock() + in_ms
        act = Bidding(campaign.campaign_id, ROOM, user_id, at_ms, max_minor, key, origin)
        return await self.shop.campaigns.act(act)

    async def answer(self, campaign: Campaign, user_id: str, answer: OfferAnswer) -> BidderResult:
        """Let somebody answer what is offered to them."""
        return await self.shop.auctions.answer_offer(Person(user_id, ROOM), campaign.campaign_id, answer)

    async def bid_of(self, campaign: Campaign, user_id: str) -> MyBid:
        """Return what somebody has of an auction."""
        part = await self.shop.campaigns.part_of(Person(user_id, ROOM), campaign.campaign_id)
        bid = as_type(MyPart, part).bid
        assert bid is not None
        return bid

    async def order_of(self, campaign: Campaign, user_id: str) -> Order:
        """Return the order that somebody won."""
        bid = await self.bid_of(campaign, user_id)
        with self.database.reading() as connection:
            return as_type(Order, find_order(connection, bid.order_id))

    async def pay(self, order: Order) -> Paid:
        """Pay an order."""
        paid = await self.shop.writer.run(
            lambda connection: self.shop.paid_orders.pay_order(
                connection, order.order_id, actor="provider:x", reason="", now_ms=self.clock()
            )
        )
        await self.sweep()
        return paid

    async def cancel(self, order: Order, actor: str) -> None:
        """Let somebody cancel an order."""
        await self.shop.writer.run(
            lambda connection: cancel_order(
                connection, order.order_id, actor=actor, reason="", at_ms=self.clock()
            )
        )

    # --- What became of it ---

    def orders(self) -> list[str]:
        """Return the orders there are."""
        with self.database.reading() as connection:
            return [str(order_id) for order_id in connection.scalars(select(ORDERS.c.order_id))]

    def defaults(self) -> set[str]:
        """Return who left an auction unpaid."""
        with self.database.reading() as connection:
            keys = [str(key) for key in connection.scalars(select(AUCTION_DEFAULTS.c.buyer_key))]
        return {key.removeprefix("user:") for key in keys if key.startswith("user:")}

    def told(self) -> list[Campaign]:
        """Return what the room was told of auctions, the oldest first."""
        with self.database.reading() as connection:
            bodies = list(connection.scalars(select(SHOP_OUTBOX.c.body).order_by(SHOP_OUTBOX.c.outbox_id)))
        moved = [body for body in bodies if '"campaign_moved"' in str(body)]
        return [msgspec.json.decode(body, type=CampaignMoved).campaign for body in moved]

    def now(self) -> Campaign:
        """Return what the room was told last."""
        return self.told()[-1]

    def auction(self) -> AuctionShown:
        """Return the auction as the room was told last."""
        return as_type(AuctionShown, self.now().detail)

    def stock(self) -> tuple[int, int, int]:
        """Return what is on hand, reserved and sold; the books must be right."""
        check_books(self.database)
        return stock_of(self.database, SKU)


ACCEPTED = None
TOO_LOW = RejectReason.BID_TOO_LOW
EXPIRED = RejectReason.EXPIRED
