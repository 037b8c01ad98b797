"""Opens a room from what is kept of it: alone in this process, or for as long as a lease is ours."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from backend.cluster.lease import Lease
from backend.cluster.outbox import FencedOutbox, load_history
from backend.contract.base import Author, RejectReason
from backend.contract.coupons import HeldCoupon, ShowCoupon
from backend.features.audience.default_names import BY_LANGUAGE
from backend.features.audience.names import Names
from backend.features.chat.blocked_words import WordFile
from backend.features.feature_set import FeatureSet, QueuedCommand
from backend.features.gifts.catalog import GiftShelf, read_gifts
from backend.features.insights.shares import Shares
from backend.features.live.store import RoomStore
from backend.features.surroundings import Surroundings
from backend.identity.accounts import AccountStore
from backend.log.entries import Entry
from backend.log.event_log import EventLog
from backend.log.shop_entries import ListingChanged, ProductEdited, ShopStockCounted
from backend.money.wallet import NotMoved, Purse
from backend.options import DEFAULT_ROOM, ServeOptions
from backend.room.history import History
from backend.room.log_store import LogStore
from backend.room.room import Room
from backend.shop.catalog.editing import EditResult, ProductEdit
from backend.shop.catalog.seed import seed_listing
from backend.shop.coins.buying import GiftWish, Grant
from backend.shop.coins.purses import PurseReader, Purses
from backend.shop.coupons.cards import CardWish
from backend.shop.coupons.claiming import NotClaimed
from backend.shop.coupons.coupons import RoomClaim
from backend.shop.demo import DEMO_COINS, DEMO_PRODUCTS
from backend.shop.idempotency import KeyReused
from backend.shop.outbox_reader import OutboxReader
from backend.shop.room_products import Catalog, CatalogStore
from backend.shop.shop import Shop
from backend.storage.database import Database
from backend.storage.outbox import Outbox

BLOCKED_WORDS: Final = "blocked-words.txt"
NEW_FOR_MS: Final = 10 * 60_000
GIFTS: Final = Path(__file__).parent.parent / "resources" / "gifts"


def make_shelf(options: ServeOptions) -> GiftShelf:
    """Return what viewers can give; demo coins only where there is a demo."""
    return GiftShelf(read_gifts(GIFTS), demo_coins=DEMO_COINS if options.has_demo else 0)


class RoomOpening:
    """One room of a backend, as it is kept. Its methods block.

    Args:
        accounts: those of the shop.
        shop: changes what the room sells.

    Attributes:
        catalog: what the room sells, for the routes; of a room that another node may own, a copy.
    """

    def __init__(
        self,
        room_id: str,
        options: ServeOptions,
        folder: Path,
        *,
        database: Database,
        accounts: AccountStore,
        shop: Shop,
        clock_ms: Callable[[], int],
    ) -> None:
        self.room_id = room_id
        self._accounts = accounts
        self._shop = shop
        self._database = database
        self._clock_ms = clock_ms
        self._words = folder / BLOCKED_WORDS
        self._shelf = make_shelf(options)
        self._names = BY_LANGUAGE[options.language]
        self._catalog_store = CatalogStore(database, room_id)
        opened = RoomStore(database, room_id).open(self._names.room, clock_ms())
        self._title = opened.title
        if options.has_demo or (opened.is_new and room_id == DEFAULT_ROOM):
            with database.transaction() as connection:
                seed_listing(connection, room_id, DEMO_PRODUCTS, clock_ms())
        self.catalog = self._catalog_store.load()

    def _new_names(self) -> dict[str, str]:
        # Further back than a transaction takes, than clocks differ, and than a database is away.
        return self._accounts.names(self._clock_ms() - NEW_FOR_MS)

    def refresh_catalog(self) -> None:
        """Show the products as they are kept now."""
        self.catalog.replace(self._catalog_store.load().products)

    def open(self, history: History) -> Room:
        """Open the room where no other process can own it."""
        return self._open(history, self.catalog, None)

    def open_owned(self, lease: Lease) -> Room:
        """Open the room for as long as the lease is ours."""
        history = load_history(self._database, lease)
        return self._open(history, self._catalog_store.load(), FencedOutbox(lease))

    def _open(self, history: History, catalog: Catalog, outbox: Outbox | None) -> Room:
        word_file, shares, rows = WordFile(self._words), Shares(), RoomStore(self._database, self.room_id)

        room_shop = _RoomShop(self._shop, self.room_id)
        purses = Purses(PurseReader(self._database, clock_ms=self._clock_ms).read)

        def make(encoded: bytes | None) -> FeatureSet:
            word_file.refresh()
            purses.refresh()
            around = Surroundings(
                catalog,
                word_file,
                shelf=self._shelf,
                names=self._names,
                owned=Names(self._title, self._accounts.names(), self._new_names),
                shares=shares,
                room_id=self.room_id,
                shop=room_shop,
                gift_shop=room_shop,
                coupon_shop=room_shop,
                purses=purses,
                campaign_shop=self._shop.campaigns,
            )
            return FeatureSet(around, encoded)

        log = EventLog(self._database, self.room_id, outbox)
        store = LogStore(log, make, lambda features: features.recover(rows.load()))
        return Room(
            self.room_id,
            self._title,
            store=store,
            history=history,
            clock_ms=self._clock_ms,
            mailbox=_Mailbox(OutboxReader(self._database, self.room_id), catalog, self._catalog_store),
        )


class _RoomShop:
    """The shop, for one room (see `ProductShop`, `GiftShop` and `CouponShop`)."""

    def __init__(self, shop: Shop, room_id: str) -> None:
        self._shop = shop
        self._room_id = room_id

    async def edit(self, edit: ProductEdit, by: Author) -> EditResult:
        return await self._shop.edit_product(self._room_id, edit, by)

    async def give(self, wish: GiftWish) -> Purse | NotMoved:
        return await self._shop.coins.give(self._room_id, wish)

    async def grant(self, grant: Grant) -> Purse | NotMoved:
        return await self._shop.coins.grant(self._room_id, grant)

    async def show_coupon(self, session_id: str, command: ShowCoupon) -> RejectReason | None:
        wish = CardWish(self._room_id, session_id, command.coupon_id, command.seconds)
        return await self._shop.coupons.show(wish)

    async def claim_coupon(self, asked: RoomClaim) -> HeldCoupon | NotClaimed | KeyReused:
        return await self._shop.coupons.claim_in_room(asked)


class _Mailbox:
    """The shop's messages; before the room hears of a change of its products, `catalog` has it."""

    def __init__(self, reader: OutboxReader, catalog: Catalog, store: CatalogStore) -> None:
        self._reader = reader
        self._catalog = catalog
        self._store = store

    def read(self, most: int) -> Sequence[Entry | QueuedCommand]:
        entries = self._reader.read(most)
        if any(isinstance(entry, ProductEdited | ListingChanged) for entry in entries):
            self._catalog.replace(self._store.load().products)
        for entry in entries:
            # Some twenty a second in a sale: what they say is enough.
            if isinstance(entry, ShopStockCounted):
                self._catalog.count(entry.products)
        return entries
