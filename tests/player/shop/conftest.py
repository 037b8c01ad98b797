"""A shop with a real backend behind it, and buyers in real browsers."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext
from sqlalchemy import Connection, delete, insert, update

from backend.contract.auctions import AuctionTerms
from backend.contract.bounds import MAX_INTEGER
from backend.contract.campaigns import Campaign, CampaignReport, NewCampaign
from backend.contract.cards import ShowCard
from backend.contract.cases import Case, CasesPage
from backend.contract.countdown import StartCountdown
from backend.contract.coupons import Coupon, CouponKind, NewCoupon, ShowCoupon
from backend.contract.flash_sale import FlashPrice, FlashSaleTerms
from backend.contract.legal import LegalText
from backend.contract.live import GoLive
from backend.contract.orders import Order, OrdersPage, PaymentMethod
from backend.contract.protocol import Accepted
from backend.contract.sale_settings import Profile, SaleSettings
from backend.contract.shipping import ShippingTemplate
from backend.shop.coins.buying import Grant, Move, move_and_tell
from backend.storage.catalog_tables import LISTINGS, SKUS, SPUS, STOCK
from backend.storage.database import Database
from tests.backend.http.api.shopping import Buyer, answer
from tests.backend.running import RunningBackend, running_backend
from tests.support.browser import PHONE, Screen, new_viewer
from tests.support.shopper import Shopper

TEA = "demo-tea"
HOODIE = "hoodie"
MARKUP = "<img src=x onerror=alert(1)><b>粗体</b>"
# Colour, size, units that are there.
HOODIES = [("燕麦", "S", 3), ("燕麦", "M", 40), ("燕麦", "2XL", 0), ("松绿", "S", 0), ("松绿", "M", 6)]


class Stall:
    """A backend that sells, and what a test does behind the counter."""

    def __init__(self, backend: RunningBackend, folder: Path, browser: Browser) -> None:
        self._backend = backend
        self._host = Buyer(backend, backend.signer.host("main"), "host")
        self._folder = folder
        self._browser = browser
        self._shoppers: list[Shopper] = []

    async def shopper(
        self, screen: Screen = PHONE, locale: str = "zh-CN", context: BrowserContext | None = None
    ) -> Shopper:
        """Let somebody into the room, with a browser of their own where none is given."""
        context = context or await new_viewer(self._browser, screen, locale)
        shopper = await self.newcomer(context)
        await shopper.enter()
        return shopper

    async def newcomer(self, context: BrowserContext) -> Shopper:
        """Give somebody a page who has not come into the room yet."""
        shopper = Shopper(await context.new_page(), f"http://{self._backend.address}/r/main")
        self._shoppers.append(shopper)
        return shopper

    async def browser_of(self, screen: Screen = PHONE, locale: str = "zh-CN") -> BrowserContext:
        """Give somebody a browser of their own."""
        return await new_viewer(self._browser, screen, locale)

    def check(self) -> None:
        """No page may have complained."""
        for shopper in self._shoppers:
            assert shopper.complaints.unexpected() == []

    async def take_all_methods(self) -> None:
        """The host lets orders be paid in every way."""
        await self._take(list(PaymentMethod))

    async def say_where_transfers_go(self, text: str) -> None:
        """The host writes the account that buyers transfer to."""
        settings = answer(SaleSettings, await self._host.get("settings"))
        wanted = msgspec.structs.replace(settings, transfer_text=text)
        answer(SaleSettings, await self._host.put("settings", msgspec.to_builtins(wanted)))

    async def take_returns_at(self, text: str) -> None:
        """The host writes where buyers send goods back to."""
        answer(ShippingTemplate, await self._host.put("settings/shipping", {"return_to": text}))

    async def follow_the_eu(self) -> None:
        """The host sells by the rules of the EU."""
        settings = answer(SaleSettings, await self._host.get("settings"))
        wanted = msgspec.structs.replace(settings, profile=Profile.EU)
        answer(SaleSettings, await self._host.put("settings", msgspec.to_builtins(wanted)))

    async def make_coupon(
        self, title: str, code: str = "", amount_minor: int = 2_000, **terms: object
    ) -> str:
        """The host makes a coupon, for whoever types its code where it has one; return its id."""
        fields = {"ends_at_ms": MAX_INTEGER, "quota": 10, **terms}
        wish = NewCoupon(title, CouponKind.FIXED, 0, amount_minor=amount_minor, code=code, **fields)  # type: ignore[arg-type]
        made = answer(Coupon, await self._host.post("coupons", msgspec.to_builtins(wish)), 201)
        return made.coupon_id

    async def show_coupon(self, coupon_id: str, seconds: int = 600) -> None:
        """The host shows a coupon to the room."""
        async with self._backend.host() as host:
            assert isinstance(await host.act(ShowCoupon(coupon_id, seconds)), Accepted)

    async def stop_coupon(self, coupon_id: str) -> None:
        """The host gives no more of a coupon out."""
        answer(Coupon, await self._host.post(f"coupons/{coupon_id}/stop", {}))

    async def take_online_alone(self) -> None:
        """The host lets orders be paid online alone."""
        await self._take([PaymentMethod.ONLINE])

    async def _take(self, methods: list[PaymentMethod]) -> None:
        settings = answer(SaleSettings, await self._host.get("settings"))
        wanted = msgspec.structs.replace(settings, methods=methods)
        answer(SaleSettings, await self._host.put("settings", msgspec.to_builtins(wanted)))

    async def orders(self) -> list[Order]:
        """All of the room, as the host sees them."""
        return answer(OrdersPage, await self._host.get("orders")).orders

    async def buy(self, sku_id: str) -> None:
        """Somebody elsewhere buys a unit."""
        admission = await self._backend.enter()
        buyer = Buyer(self._backend, admission.token, admission.user_id)
        await buyer.order({"sku_id": sku_id, "quantity": 1})

    async def ship(self, order: Order) -> None:
        """The host sends all of an order."""
        parcel = {"carrier": "顺丰", "tracking": "SF139044712086"}
        answer(Order, await self._host.post(f"orders/{order.order_id}/parcels", parcel), 201)

    async def cases(self) -> list[Case]:
        """All of the room, as the host sees them."""
        return answer(CasesPage, await self._host.get("cases")).cases

    async def answer_case(self, action: str, **body: object) -> Case:
        """The host takes the one case of the room a step further."""
        [case] = await self.cases()
        return answer(Case, await self._host.post(f"cases/{case.case_id}/{action}", body))

    async def write_legal(self, name: str, text: str) -> None:
        """The host writes one of the shop's legal pages."""
        headers = {"Authorization": f"Bearer {self._host.token}", "Idempotency-Key": f"legal-{name}"}
        path = f"/api/v1/legal-texts/{name}"
        answer(LegalText, await self._backend.http.put(path, json={"text": text}, headers=headers))

    async def go_live(self) -> None:
        """The host goes live."""
        async with self._backend.host() as host:
            assert isinstance(await host.act(GoLive()), Accepted)

    async def announce_flash_sale(self, price_minor: int, quota: int, *, countdown_s: int = 20) -> Campaign:
        """The host, who is live, announces a flash sale of the tea, one for each buyer."""
        prices = [FlashPrice(TEA, price_minor, quota)]
        wish = NewCampaign(FlashSaleTerms(TEA, prices, 1, countdown_s))
        return answer(Campaign, await self._host.post("campaigns", msgspec.to_builtins(wish)), 201)

    async def announce(self, terms: Mapping[str, object]) -> None:
        """The host, who is live, announces a campaign."""
        answer(Campaign, await self._host.post("campaigns", {"terms": terms}), 201)

    async def count_down(self, title: str, seconds: int) -> None:
        """The host counts down to something."""
        async with self._backend.host() as host:
            assert isinstance(await host.act(StartCountdown(title, seconds)), Accepted)

    async def hold_an_auction_licence(self) -> None:
        """The shop may hold auctions under the rules of China."""
        settings = answer(SaleSettings, await self._host.get("settings"))
        wanted = msgspec.structs.replace(settings, has_auction_licence=True)
        answer(SaleSettings, await self._host.put("settings", msgspec.to_builtins(wanted)))

    async def announce_auction(self, start_minor: int, *, countdown_s: int, duration_s: int) -> Campaign:
        """The host, who is live, announces an auction of the tea."""
        terms = AuctionTerms(TEA, start_minor, countdown_s=countdown_s, duration_s=duration_s)
        wish = msgspec.to_builtins(NewCampaign(terms, "手作粗陶马克杯"))
        return answer(Campaign, await self._host.post("campaigns", wish), 201)

    async def stop_campaign(self, campaign: Campaign) -> None:
        """The host ends a campaign."""
        path = f"campaigns/{campaign.campaign_id}/stop"
        answer(Campaign, await self._host.post(path, {"reason": "茶湿了"}))

    async def report_of(self, campaign: Campaign) -> CampaignReport:
        """What came of a campaign."""
        path = f"campaigns/{campaign.campaign_id}/report"
        return answer(CampaignReport, await self._host.get(path))

    async def grant_coins(self, coins: int) -> None:
        """Everybody who is in the room gets coins."""
        presence = self._backend.backend.local["main"]._presence
        users = list(presence._connections)

        def give(connection: Connection) -> None:
            grants = [Move("main", Grant("s", user, coins, "test")) for user in users]
            move_and_tell(connection, grants, 1)

        await self._change(give)

    async def show_card(self, product_id: str) -> None:
        """The host explains a product."""
        async with self._backend.host() as host:
            assert isinstance(await host.act(ShowCard(product_id)), Accepted)

    async def reprice(self, sku_id: str, price_minor: int) -> None:
        """The shop changes a price."""
        await self._change(
            lambda connection: connection.execute(
                update(SKUS).where(SKUS.c.sku_id == sku_id).values(price_minor=price_minor)
            )
        )

    async def restock(self, sku_id: str, on_hand: int) -> None:
        """The shop has so many units."""
        await self._change(
            lambda connection: connection.execute(
                update(STOCK).where(STOCK.c.sku_id == sku_id).values(on_hand=on_hand)
            )
        )

    async def retitle(self, spu_id: str, **values: str) -> None:
        """The shop calls a product something else."""
        await self._change(
            lambda connection: connection.execute(
                update(SPUS).where(SPUS.c.spu_id == spu_id).values(**values)
            )
        )

    async def sell_hoodies(self) -> None:
        """The shop lists a product of two specifications, `HOODIES`."""
        await self._change(_add_hoodies)

    async def sell_many(self, count: int) -> None:
        """The shop lists so many cups more."""
        await self._change(lambda connection: _add_cups(connection, count))

    async def clear(self) -> None:
        """The shop takes all products off the room's listing."""
        await self._change(lambda connection: connection.execute(delete(LISTINGS)))

    async def _change(self, act: Callable[[Connection], Any]) -> None:
        def change() -> None:
            database = Database(self._folder)
            with database.transaction() as connection:
                act(connection)
            database.close()

        await asyncio.to_thread(change)


def _add_hoodies(connection: Connection) -> None:
    images = '["hoodie.svg", "tea.svg"]'
    now = {"created_at_ms": 0, "updated_at_ms": 0}
    connection.execute(insert(SPUS).values(spu_id=HOODIE, title="套头帽衫", images=images, **now))
    for place, (colour, size, units) in enumerate(HOODIES):
        sku_id = f"{HOODIE}-{place}"
        specs = f'[["颜色", "{colour}"], ["尺码", "{size}"]]'
        row = {"sku_id": sku_id, "spu_id": HOODIE, "specs": specs, "position": place}
        connection.execute(insert(SKUS).values(**row, price_minor=25_900, limit_per_buyer=2))
        connection.execute(insert(STOCK).values(sku_id=sku_id, on_hand=units))
    connection.execute(insert(LISTINGS).values(room_id="main", spu_id=HOODIE, position=90))


def _add_cups(connection: Connection, count: int) -> None:
    for number in range(1, count + 1):
        sku_id = f"cup-{number}"
        connection.execute(
            insert(SPUS).values(spu_id=sku_id, title=f"杯子 {number}", created_at_ms=0, updated_at_ms=0)
        )
        connection.execute(insert(SKUS).values(sku_id=sku_id, spu_id=sku_id, price_minor=100 * number))
        connection.execute(insert(STOCK).values(sku_id=sku_id, on_hand=number))
        connection.execute(insert(LISTINGS).values(room_id="main", spu_id=sku_id, position=90 + number))


@pytest_asyncio.fixture(loop_scope="session")
async def stall(tmp_path: Path, browser: Browser) -> AsyncIterator[Stall]:
    """See `Stall`."""
    async with running_backend(tmp_path) as backend:
        stall = Stall(backend, tmp_path, browser)
        yield stall
        stall.check()
