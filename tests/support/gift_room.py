"""A room that sells gifts on a real database: its queue and the shop, without sockets."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from backend.features.feature_set import FeatureSet
from backend.features.gifts.catalog import GiftShelf
from backend.features.live.store import RoomStore
from backend.log.event_log import EventLog
from backend.money.wallet import NotMoved, Purse
from backend.room.feed import SampledFeed
from backend.room.history import History
from backend.room.hub import Hub
from backend.room.log_store import LogStore
from backend.room.mailbox import MailWatch
from backend.room.processor import CommandProcessor
from backend.room.reliable_lane import ReliableLane
from backend.shop.coins.buying import GiftWish, Grant
from backend.shop.coins.purses import PurseReader, Purses
from backend.shop.outbox_reader import OutboxReader
from backend.shop.shop import Shop
from backend.storage.database import Database
from tests.backend.room.talk import GIFTS, make_features
from tests.support.adults import let_be_adults


class Till:
    """The shop's wallets, for one room (see `GiftShop`); who gets coins is old enough."""

    def __init__(self, database: Database, shop: Shop, room_id: str) -> None:
        self._database = database
        self._shop = shop
        self._room_id = room_id

    async def give(self, wish: GiftWish) -> Purse | NotMoved:
        """See `GiftShop.give`."""
        return await self._shop.coins.give(self._room_id, wish)

    async def grant(self, grant: Grant) -> Purse | NotMoved:
        """See `GiftShop.grant`."""
        await asyncio.to_thread(let_be_adults, self._database, grant.user_id)
        return await self._shop.coins.grant(self._room_id, grant)


class GiftRoom:
    """The queue of a room, and its mail.

    Args:
        shop: of the room's node.
    """

    def __init__(self, database: Database, shop: Shop, room_id: str = "main") -> None:
        RoomStore(database, room_id).open("Room", 0)
        self.now_ms = 1000
        purses = Purses(PurseReader(database, clock_ms=lambda: self.now_ms).read)
        shelf, till = GiftShelf(GIFTS, demo_coins=1000), Till(database, shop, room_id)

        def make(encoded: bytes | None) -> FeatureSet:
            purses.refresh()
            return make_features(encoded=encoded, shelf=shelf, room_id=room_id, gift_shop=till, purses=purses)

        self.store = LogStore(EventLog(database, room_id), make)
        hub = Hub(lambda: 0.0)
        self.feed = SampledFeed(hub)
        self.mail = MailWatch(OutboxReader(database, room_id))
        self.processor = CommandProcessor(
            self.store,
            lane=ReliableLane(History("e"), hub),
            feed=self.feed,
            clock_ms=lambda: self.now_ms,
            hear=self._hear,
        )

    async def _hear(self) -> None:
        await self.mail.empty(self.processor.accept)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["GiftRoom"]:
        """Serve until the block ends; what came while nobody was here counts first."""
        await self.mail.empty(self.processor.accept_first)
        async with asyncio.TaskGroup() as tasks:
            working = tasks.create_task(self.processor.run())
            yield self
            working.cancel()
