"""The shop: catalogue, quotes, orders and stock put together, for the routes of any node."""

import asyncio
from collections.abc import Callable
from typing import Final, TypeVar

import msgspec
from sqlalchemy import Connection

from backend.contract.base import Author
from backend.contract.campaigns import CampaignKind
from backend.contract.catalog import ShopProducts
from backend.contract.listing import PlaceProduct, RoomListing
from backend.contract.orders import (
    AskQuote,
    Order,
    OrdersPage,
    OrderState,
    PaymentMethod,
    PaymentState,
    PlaceOrder,
    ShipOrder,
)
from backend.contract.stock import MoveStock, SkuStock, StockLedger
from backend.shop.campaigns.auction.auctions import Auctions
from backend.shop.campaigns.campaigns import Campaigns
from backend.shop.campaigns.draw.claiming import Prizes
from backend.shop.campaigns.kinds import make_kinds
from backend.shop.cases.refunds_at_once import give_back_held_shipping
from backend.shop.catalog.announcing import announce_stock
from backend.shop.catalog.arranging import place_product, take_out_product
from backend.shop.catalog.editing import EditResult, ProductEdit, edit_product
from backend.shop.catalog.listing import read_listing
from backend.shop.coins.coins import Coins
from backend.shop.coupons.coupons import Coupons
from backend.shop.customers.address_book import find_address
from backend.shop.customers.address_check import BadAddress, checked_address
from backend.shop.customers.buyer_keys import keys_of, read_key_secret
from backend.shop.idempotency import Keeping, KeyReused, Request, whole, write_once
from backend.shop.orders.cancel import cancel_order
from backend.shop.orders.clocks import OrderClocks
from backend.shop.orders.expiry import AskClosing, ExpiryTimer
from backend.shop.orders.flash_refusals import refusal_of
from backend.shop.orders.kept import orders_for
from backend.shop.orders.known import Placing
from backend.shop.orders.parcels import confirm_delivery, ship_order
from backend.shop.orders.paying import PaidOrders
from backend.shop.orders.place import PlaceOrders
from backend.shop.orders.quoting import QuoteResult, quote_for
from backend.shop.orders.reading import OrderFilter, find_order, read_page
from backend.shop.orders.results import (
    AddressMissing,
    NotAllowedNow,
    NotInOrder,
    PaymentUnderWay,
    PlaceResult,
)
from backend.shop.payments.by_hand import record_sale
from backend.shop.people import Person
from backend.shop.settings import read_settings
from backend.shop.stock.counting import StockTooLow, move_by_staff, read_ledger
from backend.storage.database import Database
from backend.storage.writer import GroupWriter

Accepted = TypeVar("Accepted", bound=msgspec.Struct)
Refused = TypeVar("Refused")
Missing = TypeVar("Missing")

OK: Final = 200
CREATED: Final = 201


class Shop:
    """One shop with all its rooms.

    All methods may raise `StorageError`, those that write `BusyError` too.

    Args:
        clock_ms: the server's time, in milliseconds since 1970.

    Attributes:
        writer: through which everything of the shop is written, payments too.
        paid_orders: what payments do to orders.
        coins: the wallets.
        coupons: what buyers get to pay less.
        campaigns: of all rooms.
        auctions: what their bidders do besides bidding.
        prizes: the goods that people won in draws.
    """

    def __init__(self, database: Database, *, clock_ms: Callable[[], int]) -> None:
        self._database = database
        self._clock_ms = clock_ms
        self.writer = GroupWriter(database)
        self.paid_orders = PaidOrders()
        self.coins = Coins(self.writer, clock_ms=clock_ms)
        self.coupons = Coupons(database, self.writer, clock_ms=clock_ms)
        kinds = make_kinds()
        self.campaigns = Campaigns(database, self.writer, kinds, clock_ms=clock_ms)
        self.auctions = Auctions(self.writer, kinds[CampaignKind.AUCTION], clock_ms=clock_ms)
        self.prizes = Prizes(database, self.writer, kinds[CampaignKind.DRAW], clock_ms=clock_ms)
        self._placing = PlaceOrders(clock_ms)
        self._key_secret: bytes | None = None

    async def run(self, ask_closing: AskClosing) -> None:
        """End what was not paid in time, and let time pass for parcels, orders and prizes, for ever.

        Args:
            ask_closing: see `ExpiryTimer`.
        """
        timer = self.expiry_timer(ask_closing)
        clocks = OrderClocks(self._database, self.writer, clock_ms=self._clock_ms)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(timer.run())
            tasks.create_task(clocks.run())
            tasks.create_task(self.campaigns.run())
            tasks.create_task(self.prizes.run())

    def expiry_timer(self, ask_closing: AskClosing) -> ExpiryTimer:
        """Return what ends orders that were not paid in time."""

        def after_end(connection: Connection, order: Order) -> None:
            now_ms = self._clock_ms()
            give_back_held_shipping(connection, order, self.paid_orders, actor="timer", at_ms=now_ms)

        return ExpiryTimer(
            self._database,
            self.writer,
            ask_closing=ask_closing,
            clock_ms=self._clock_ms,
            after_end=after_end,
        )

    def close(self) -> None:
        """Write what waits, then end. This blocks."""
        self.writer.close()

    async def products(self, room_id: str) -> ShopProducts:
        """Return what a room shows."""

        def read(connection: Connection) -> ShopProducts:
            return ShopProducts(read_settings(connection).currency, read_listing(connection, room_id))

        return await self._database.read(read)

    async def edit_product(self, room_id: str, edit: ProductEdit, by: Author) -> EditResult:
        """Change a product that the room shows."""
        return await self.writer.run(
            lambda connection: edit_product(connection, room_id, edit, by=by, now_ms=self._clock_ms())
        )

    async def move_stock(
        self, person: Person, sku_id: str, wish: MoveStock, request: Request
    ) -> SkuStock | StockTooLow | KeyReused | None:
        """Move the stock of a SKU; None where there is none, or it is made of others."""

        def act(connection: Connection) -> SkuStock | StockTooLow | None:
            now_ms = self._clock_ms()
            moved = move_by_staff(connection, sku_id, wish, actor=person.user_id, now_ms=now_ms)
            if isinstance(moved, SkuStock):
                announce_stock(connection, {sku_id}, now_ms)
            return moved

        return await self._once(request, whole(SkuStock), act, OK)

    async def ledger(self, sku_id: str, before: int | None, limit: int) -> StockLedger | None:
        """Return the movements of a SKU."""
        return await self._database.read(lambda connection: read_ledger(connection, sku_id, before, limit))

    async def place_product(
        self, room_id: str, wish: PlaceProduct, request: Request
    ) -> RoomListing | KeyReused | None:
        """Add a product to a room's listing, or move it; None as in `place_product` of the catalogue."""
        return await self._once(
            request,
            whole(RoomListing),
            lambda connection: place_product(
                connection, room_id, wish.spu_id, wish.position, self._clock_ms()
            ),
            OK,
        )

    async def take_out_product(self, room_id: str, spu_id: str) -> RoomListing:
        """Take a product out of a room's listing."""
        return await self.writer.run(
            lambda connection: take_out_product(connection, room_id, spu_id, self._clock_ms())
        )

    async def quote(self, person: Person, asked: AskQuote) -> QuoteResult:
        """Return the exact sum of what a person wants of what their room sells."""
        return await self._database.read(
            lambda connection: quote_for(connection, person, asked, self._clock_ms())
        )

    async def place(
        self, person: Person, wanted: PlaceOrder, request: Request, received_at_ms: int | None = None
    ) -> PlaceResult:
        """Place an order of the person, whom the request must name as its actor.

        `received_at_ms` is when the server got the request; None for now.
        """
        received_at_ms = self._clock_ms() if received_at_ms is None else received_at_ms
        address = wanted.address
        if address is None and wanted.address_id is not None:
            address_id = wanted.address_id
            address = await self._database.read(
                lambda connection: find_address(connection, person.buyer_id, address_id)
            )
        if address is None:
            return AddressMissing()
        checked = checked_address(address)
        if isinstance(checked, BadAddress):
            return checked
        if self._key_secret is None:
            self._key_secret = await self._database.read(read_key_secret)
        keys = keys_of(person.buyer_id, checked, self._key_secret)
        item = Placing(request, person.room_id, wanted, checked, keys, person.is_guest, received_at_ms)
        decided = await self.writer.run_bulk(self._placing, item)
        reason = refusal_of(decided.result)
        if decided.sale is not None and reason is not None:
            self.campaigns.count_refusal(decided.sale.campaign_id, reason, received_at_ms)
        return decided.result

    async def orders(
        self,
        person: Person,
        *,
        state: OrderState | None = None,
        payment_state: PaymentState | None = None,
        cursor: str | None = None,
        limit: int = 20,
    ) -> OrdersPage:
        """Return a page of orders, the newest first: those of staff's room, else the person's own."""
        whose = (
            OrderFilter(room_id=person.room_id) if person.is_staff else OrderFilter(buyer_id=person.buyer_id)
        )
        wanted = msgspec.structs.replace(whose, state=state, payment_state=payment_state)
        return await self._database.read(
            lambda connection: read_page(connection, wanted, cursor=cursor, limit=limit)
        )

    async def order(self, person: Person, order_id: str) -> Order | None:
        """Return an order; None where there is none, or it is none of the person's business."""
        return await self._database.read(lambda connection: _visible(connection, person, order_id))

    async def cancel(
        self, person: Person, order_id: str, reason: str, request: Request
    ) -> Order | NotAllowedNow | PaymentUnderWay | KeyReused | None:
        """Cancel an order that no attempt to pay waits for; None as in `order`."""

        def act(connection: Connection) -> Order | NotAllowedNow | PaymentUnderWay | None:
            if _visible(connection, person, order_id) is None:
                return None
            actor, now_ms = person.user_id, self._clock_ms()
            ended = cancel_order(connection, order_id, actor=actor, reason=reason, at_ms=now_ms)
            if isinstance(ended, Order):
                give_back_held_shipping(connection, ended, self.paid_orders, actor=actor, at_ms=now_ms)
            return find_order(connection, order_id) if isinstance(ended, Order) else ended

        return await self._once(request, orders_for(person), act, OK)

    async def ship(
        self, person: Person, order_id: str, wish: ShipOrder, request: Request
    ) -> Order | NotAllowedNow | NotInOrder | KeyReused | None:
        """Send a parcel; None as in `order`, and for buyers."""

        def act(connection: Connection) -> Order | NotAllowedNow | NotInOrder | None:
            order = find_order(connection, order_id)
            if order is None or not person.is_staff_of(order):
                return None
            return ship_order(connection, order_id, wish, actor=person.user_id, at_ms=self._clock_ms())

        return await self._once(request, orders_for(person), act, CREATED)

    async def confirm_payment(
        self, person: Person, order_id: str, reason: str, request: Request
    ) -> Order | NotAllowedNow | KeyReused | None:
        """Take in that staff saw the money of a transfer or of the courier; None as in `ship`."""

        def act(connection: Connection) -> Order | NotAllowedNow | None:
            order = find_order(connection, order_id)
            if order is None or not person.is_staff_of(order):
                return None
            is_open = order.state is OrderState.OPEN and order.payment_state is PaymentState.UNPAID
            if not is_open or order.method is PaymentMethod.ONLINE:
                return NotAllowedNow(order)
            now_ms = self._clock_ms()
            self.paid_orders.pay_order(
                connection, order_id, actor=person.user_id, reason=reason, now_ms=now_ms
            )
            record_sale(connection, order, now_ms)
            return find_order(connection, order_id)

        return await self._once(request, orders_for(person), act, OK)

    async def confirm_delivery(
        self, person: Person, order_id: str, parcel_id: str | None, request: Request
    ) -> Order | NotAllowedNow | KeyReused | None:
        """Take in that parcels arrived, all on their way where none is named; None as in `order`."""

        def act(connection: Connection) -> Order | NotAllowedNow | None:
            order = _visible(connection, person, order_id)
            if order is None:
                return None
            actor, now_ms = person.user_id, self._clock_ms()
            return confirm_delivery(connection, order, parcel_id, actor=actor, at_ms=now_ms)

        return await self._once(request, orders_for(person), act, OK)

    async def _once(
        self,
        request: Request,
        keeping: Keeping[Accepted, Missing],
        act: Callable[[Connection], Accepted | Refused],
        status: int,
    ) -> Accepted | Missing | Refused | KeyReused:
        return await write_once(self.writer, request, keeping, act, status=status, clock_ms=self._clock_ms)


def _visible(connection: Connection, person: Person, order_id: str) -> Order | None:
    order = find_order(connection, order_id)
    if order is None:
        return None
    return order if person.may_see(order) else None
