"""Auctions in real browsers, told by a socket between page and room, state by state."""

import asyncio
import json
import re
from collections.abc import Sequence
from typing import Any, Final

import msgspec
import pytest_asyncio
from playwright.async_api import Locator, Route, WebSocketRoute, expect

from backend.contract.auctions import STEPS, AuctionShown, MyBid, step_of
from backend.contract.base import Author, RejectReason, Role
from backend.contract.campaigns import Campaign, CampaignChanged, CampaignPhase, MyPart
from backend.contract.protocol import Accepted, Rejected, Sampled
from tests.player.shop.conftest import TEA, Stall, stall
from tests.support.browser import PHONE, Screen
from tests.support.shopper import ADDRESS, Shopper

__all__ = ["Stall", "stall"]

JAY: Final = Author("jay", "阿杰", Role.VIEWER, is_follower=False)
MAN: Final = Author("man", "小满", Role.VIEWER, is_follower=False)
SHIPPING_MINOR: Final = 800
LEFT_MS: Final = 91_000


class Bidder:
    """A viewer's page, and the parts of an auction on it."""

    def __init__(self, shopper: Shopper) -> None:
        self.shopper = shopper
        self.page = shopper.page
        self.pill = self.page.locator(".auction-pill")
        self.said = self.page.locator(".auction__said")
        self.dialog = shopper.dialog
        self.sheet = self.page.locator(".auction:not([hidden])")
        self.badge = self.sheet.locator(".auction__badge")
        self.clock = self.sheet.locator(".auction__clock")
        self.amount = self.sheet.locator(".auction__amount")
        self.body = self.sheet.locator(".shop__body")
        self.main = self.sheet.locator(".auction__main")
        self.max_row = self.sheet.locator(".auction__max .auction__row")
        self.max_field = self.sheet.locator("#auction-max")

    async def open(self) -> None:
        """Tap the pill."""
        await self.pill.click()
        await expect(self.sheet).to_be_visible()

    async def until_stage(self, stage: str) -> None:
        """Wait until the viewer stands so."""
        await expect(self.sheet).to_have_attribute("data-stage", stage)

    async def fill_address(self) -> None:
        """From the sheet, fill in an address and come back."""
        await self.sheet.locator("[data-focus='address']").click()
        for name, value in ADDRESS.items():
            await self.page.locator(f"#shop-address-{name}").fill(value)
        await self.shopper.focus("save").click()
        await expect(self.sheet).to_be_visible()

    async def bid_up_to(self, amount: str) -> None:
        """Set a maximum."""
        await self.max_row.click()
        await self.max_field.fill(amount)
        await self.max_field.press("Enter")

    def button(self, name: str) -> Locator:
        """What can be pressed by this name."""
        return self.sheet.get_by_role("button", name=name, exact=True)


class ToldAuction:
    """An auction that is on one page alone: a test says what the room and the shop answer."""

    def __init__(self, bidder: Bidder) -> None:
        self.bidder = bidder
        self.mine = MyBid()
        self.asked: list[dict[str, Any]] = []
        self.written: list[tuple[str, Any]] = []
        self.own = ""
        self._refusals: list[RejectReason] = []
        self._lines: list[WebSocketRoute] = []
        self._version = 0
        self._went_on = asyncio.Event()
        self._went_on.set()

    async def listen(self) -> None:
        """Stand between the page and its room."""
        await self.bidder.page.route_web_socket(re.compile("^ws"), self._connect)
        await self.bidder.page.route("**/api/v1/campaigns/**", self._answer)

    def _connect(self, line: WebSocketRoute) -> None:
        server = line.connect_to_server()
        self._lines.append(line)

        def hear(text: str | bytes) -> None:
            frame = json.loads(text)
            if frame["type"] == "hello":
                self.own = frame["user_id"]
            line.send(text)

        server.on_message(hear)
        line.on_message(lambda text: self._ask(line, server, text))

    def _ask(self, line: WebSocketRoute, server: WebSocketRoute, text: str | bytes) -> None:
        frame = json.loads(text)
        if frame["type"] != "act" or frame["command"]["type"] != "place_bid":
            server.send(text)
            return
        self.asked.append(frame["command"])
        request_id = frame["request_id"]
        refusal = self._refusals.pop(0) if self._refusals else None
        answer = Rejected(request_id, refusal) if refusal else Accepted(request_id)
        line.send(msgspec.json.encode(answer).decode())

    async def _answer(self, route: Route) -> None:
        if route.request.method == "POST":
            body: dict[str, Any] = route.request.post_data_json or {}
            self.written.append((route.request.url.rsplit("/", 1)[-1], body))
            if "address_id" in body:
                self.mine = msgspec.structs.replace(
                    self.mine, address_id=body["address_id"], shipping_minor=SHIPPING_MINOR
                )
        await self._went_on.wait()
        answer = msgspec.json.encode(MyPart(bid=self.mine)).decode()
        await route.fulfill(body=answer, content_type="application/json")

    def refuse(self, *reasons: RejectReason) -> None:
        """Refuse the next bids so."""
        self._refusals += reasons

    async def tell(
        self,
        phase: CampaignPhase = CampaignPhase.OPEN,
        *,
        left_ms: float = LEFT_MS,
        people: Sequence[Author] = (JAY, MAN),
        reason: str = "",
        **detail: object,
    ) -> None:
        """The room says how the auction is."""
        now_ms = await self.bidder.page.evaluate("Date.now()")
        self._version += 1
        price_minor = detail.pop("price_minor", 30_000)
        assert isinstance(price_minor, int)
        given: dict[str, Any] = {"next_minor": price_minor + step_of(price_minor), **detail}
        shown = AuctionShown(TEA, TEA, "CNY", 30_000, price_minor, steps=list(STEPS), **given)
        is_before = phase is CampaignPhase.PREHEAT
        opens_at_ms = int(now_ms + (left_ms if is_before else left_ms - 120_000))
        closes_at_ms = int(now_ms + (left_ms + 120_000 if is_before else left_ms))
        named = [*people, Author(self.own, "我自己", Role.VIEWER, is_follower=False)]
        campaign = Campaign(
            "01auction", self._version, "手作粗陶马克杯", phase, opens_at_ms, closes_at_ms, None, reason,
            shown, named,
        )  # fmt: skip
        event = json.loads(msgspec.json.encode(CampaignChanged(campaign)))
        frame = json.loads(msgspec.json.encode(Sampled([])))
        self._lines[-1].send(json.dumps({**frame, "events": [event]}))


class Salesroom:
    """Lets bidders into a room."""

    def __init__(self, stall: Stall) -> None:
        self.stall = stall

    async def bidder(self, screen: Screen = PHONE, locale: str = "zh-CN") -> Bidder:
        """Let somebody in who sees the room's own auctions."""
        shopper = await self.stall.shopper(screen, locale)
        await shopper.see_live()
        return Bidder(shopper)

    async def told(self, screen: Screen = PHONE, locale: str = "zh-CN", scheme: str = "light") -> ToldAuction:
        """Let somebody in who sees an auction that the test tells of."""
        shopper = await self.stall.newcomer(await self.stall.browser_of(screen, locale))
        await shopper.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        auction = ToldAuction(Bidder(shopper))
        await auction.listen()
        await shopper.enter()
        await shopper.see_live()
        return auction


@pytest_asyncio.fixture(loop_scope="session")
async def salesroom(stall: Stall) -> Salesroom:
    """See `Salesroom`."""
    await stall.go_live()
    return Salesroom(stall)
