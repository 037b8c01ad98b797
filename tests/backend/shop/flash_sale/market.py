"""A room that is live, a flash sale in it, and people who buy."""

from sqlalchemy import select

from backend.contract.addresses import Address
from backend.contract.campaigns import Campaign, NewCampaign, StopCampaign
from backend.contract.flash_sale import FlashPrice, FlashSaleShown, FlashSaleTerms
from backend.contract.orders import AskQuote, Order, PaymentMethod, PlaceOrder, Quote, WantedLine
from backend.shop.campaigns.kind import NotArmed
from backend.shop.flash_sale.deciding import Missed
from backend.shop.flash_sale.sales import FlashSale, find_sale
from backend.shop.idempotency import KeyReused, Request
from backend.shop.orders.results import FlashMissed, Placed, PlaceResult
from backend.shop.outcomes import Closing, Paid
from backend.shop.people import Person
from backend.shop.shop import Shop
from backend.storage.catalog_tables import STOCK
from backend.storage.database import Database, read_rows
from tests.backend.shop.campaigns.conftest import go_live
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import ROOM, STAFF, check_books, home_of, lines_of, request_of

COUNTDOWN_MS = 10_000
DURATION_MS = 60_000
PRICE = 60


class Market:
    """A sale of tea, and what the test does with it.

    Attributes:
        campaign_id: of the sale that was announced last.
    """

    def __init__(self, database: Database, shop: Shop, clock: Clock) -> None:
        self.database = database
        self.shop = shop
        self.clock = clock
        self.campaign_id = ""
        self._keys = 0
        go_live(database)

    async def arm(self, *prices: FlashPrice, per_buyer: int | None = 1) -> Campaign | NotArmed:
        """Announce a sale."""
        wish = FlashSaleTerms(
            "tea",
            list(prices),
            per_buyer,
            countdown_s=COUNTDOWN_MS // 1000,
            duration_s=DURATION_MS // 1000,
        )
        armed = await self.shop.campaigns.arm(STAFF, NewCampaign(wish), self._request("campaigns"))
        assert not isinstance(armed, KeyReused)
        if isinstance(armed, Campaign):
            self.campaign_id = armed.campaign_id
        return armed

    async def announced(self, quota: int = 2, price: int = PRICE, per_buyer: int | None = 1) -> Campaign:
        """Announce a sale that is allowed."""
        armed = await self.arm(FlashPrice("tea", price, quota), per_buyer=per_buyer)
        assert isinstance(armed, Campaign), armed
        return armed

    async def running(self, quota: int = 2, price: int = PRICE, per_buyer: int | None = 1) -> Campaign:
        """Announce a sale and let it open."""
        campaign = await self.announced(quota, price, per_buyer)
        await self.turn(COUNTDOWN_MS)
        return campaign

    async def turn(self, by_ms: int) -> None:
        """Let time go by, and everything happen that it brings."""
        self.clock.turn(by_ms)
        await self.sweep()

    async def sweep(self) -> None:
        """Do what the timer of campaigns does."""
        await self.shop.campaigns._timer.sweep()

    async def over(self) -> None:
        """Let the sale end, and its quota go back."""
        await self.turn(DURATION_MS)
        await self.turn(10_000)

    async def stop(self) -> object:
        """Stop the sale as staff do."""
        wish = StopCampaign("The tea is wet")
        return await self.shop.campaigns.stop(STAFF, self.campaign_id, wish, self._request("stop"))

    async def quote(self, buyer: str = "ann", *, early: bool = False, **units: int) -> Quote:
        """Ask for a quote; `early` asks for the sale's prices before it opens."""
        asked = AskQuote(
            lines_of(**(units or {"tea": 1})),
            address=home_of(buyer),
            campaign_id=self.campaign_id if early else None,
        )
        quote = await self.shop.quote(Person(buyer, ROOM), asked)
        assert isinstance(quote, Quote), quote
        return quote

    async def place(
        self,
        buyer: str,
        quote: Quote,
        *,
        received_at_ms: int | None = None,
        method: PaymentMethod = PaymentMethod.ONLINE,
        address: Address | None = None,
    ) -> PlaceResult:
        """Order what was quoted."""
        lines = [WantedLine(line.sku_id, line.quantity) for line in quote.lines]
        wanted = PlaceOrder(lines, quote.hash, method, address=address or home_of(buyer))
        self._keys += 1
        request = request_of(buyer, f"k{self._keys}", wanted)
        return await self.shop.place(Person(buyer, ROOM), wanted, request, received_at_ms)

    async def buy(self, buyer: str = "ann", **units: int) -> PlaceResult:
        """Buy at what it costs now."""
        return await self.place(buyer, await self.quote(buyer, early=False, **units))

    async def bought(self, buyer: str = "ann", **units: int) -> Order:
        """Buy what can be had."""
        placed = await self.buy(buyer, **units)
        assert isinstance(placed, Placed), placed
        return placed.order

    async def pay(self, order: Order) -> Paid:
        """Pay an order."""
        return await self.shop.writer.run(
            lambda connection: self.shop.paid_orders.pay_order(
                connection, order.order_id, actor="provider:x", reason="", now_ms=self.clock.now_ms
            )
        )

    async def expire(self) -> None:
        """Let go what was not paid in time."""

        async def close(_order_id: str) -> Closing:
            return Closing.CLOSED

        await self.shop.expiry_timer(close).sweep()

    def sale(self) -> FlashSale:
        """Return the sale as it is kept."""
        with self.database.reading() as connection:
            sale = find_sale(connection, self.campaign_id)
        assert sale is not None
        return sale

    async def shown(self) -> tuple[Campaign, FlashSaleShown]:
        """Return the sale as everybody sees it."""
        page = await self.shop.campaigns.page(STAFF)
        [campaign] = [one for one in page.campaigns if one.campaign_id == self.campaign_id]
        assert isinstance(campaign.detail, FlashSaleShown)
        return campaign, campaign.detail

    def free(self) -> int:
        """Return the units of tea that anybody can buy at the usual price."""
        with self.database.reading() as connection:
            [row] = read_rows(connection, select(STOCK).where(STOCK.c.sku_id == "tea"))
        return int(str(row["on_hand"])) - int(str(row["reserved"]))

    def check(self) -> None:
        """Assert that no unit was made, lost or sold twice."""
        check_books(self.database)
        offer = self.sale().offers["tea"]
        assert offer.left >= 0
        with self.database.reading() as connection:
            [stock] = read_rows(connection, select(STOCK).where(STOCK.c.sku_id == "tea"))
        assert int(str(stock["on_hand"])) + int(str(stock["sold"])) == 10
        assert offer.reserved + offer.sold + offer.returned + offer.left == offer.quota

    def _request(self, route: str) -> Request:
        self._keys += 1
        return Request("host", route, f"s{self._keys}", "hash")


def missed(result: PlaceResult) -> Missed:
    """Return why a purchase did not get the sale's price."""
    assert isinstance(result, FlashMissed), result
    return result.missed


def is_flash(quote: Quote) -> bool:
    """Return whether a quote is at a sale's price."""
    return bool(quote.lines[0].campaign_id)
