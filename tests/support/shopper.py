"""A buyer in a real browser: what a person taps to buy in the player."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Locator, Page, Route, expect

from tests.support.browser import Complaints

ADDRESS = {
    "name": "林悦",
    "phone": "138 0013 8000",
    "province": "浙江省",
    "city": "杭州市",
    "district": "西湖区",
    "street": "文三路 90 号",
}


CLOSED_WITHIN_S = 20.0
# A stream of the page's own: what plays it need not know that nobody publishes.
LIVE = """() => {
  const stage = document.querySelector("video-stage");
  const canvas = Object.assign(document.createElement("canvas"), { width: 360, height: 640 });
  const pen = canvas.getContext("2d");
  const draw = () => {
    pen.fillStyle = "#8cc8ff";
    pen.fillRect(0, 0, 360, 320);
    pen.fillStyle = "#3f8f4f";
    pen.fillRect(0, 320, 360, 320);
  };
  setInterval(draw, 100);
  draw();
  stage.querySelector("video").srcObject = canvas.captureStream(10);
  stage.dataset.slate = "none";
  stage.dispatchEvent(new CustomEvent("picture"));
}"""


class Shopper:
    """A page of a room whose shop is used."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.complaints = Complaints(page)
        # Nobody publishes here.
        self.complaints.expect("/whep/")
        self.dialog = page.locator("dialog.shop")
        self.view = page.locator(".shop__view:not([hidden])")
        self.body = self.view.locator(".shop__body")
        self.pay_button = self.view.locator(".shop__pay")
        self.result = self.view.locator(".result")

    async def enter(self) -> None:
        """Come into the room; the shop can be opened then."""
        await self.page.goto(self.url)
        await expect(self.page.locator(".shop-open")).to_be_visible()

    async def see_live(self) -> None:
        """Let a picture come, as if the host published one: half sky, half grass."""
        await self.page.evaluate(LIVE)

    async def open_list(self) -> None:
        """Tap the bag."""
        await self.page.locator(".shop-open").click()
        await expect(self.view.locator("li.goods").first).to_be_visible()

    async def open_product(self, title: str) -> None:
        """Go to a product's page by the list."""
        await self.open_list()
        await self.row(title).get_by_role("button").click()
        await expect(self.view.locator(".shop__name")).to_be_visible()

    @asynccontextmanager
    async def losing_answers(self, path: str) -> AsyncIterator[None]:
        """Let the shop do what is asked of it at a path, and its answers be lost, while the block runs."""
        self.complaints.expect("ERR_FAILED")
        done = asyncio.Event()

        async def lose(route: Route) -> None:
            if route.request.method != "POST":
                await route.continue_()
                return
            await route.fetch()
            done.set()
            await route.abort()

        await self.page.route(path, lose)
        yield
        async with asyncio.timeout(CLOSED_WITHIN_S):
            await done.wait()
        await self.page.unroute(path, lose)

    def row(self, title: str) -> Locator:
        """A product's row."""
        return self.view.locator("li.goods").filter(has_text=title)

    async def go_to_checkout(self, title: str = "明前龙井") -> None:
        """Go there with one unit of what is chosen at first."""
        await self.open_product(title)
        await self.focus("buy").click()
        await expect(self.view.locator(".total")).to_be_visible()

    async def fill_address(self) -> None:
        """From the checkout, fill in an address and come back."""
        await self.focus("address").click()
        for name, value in ADDRESS.items():
            await self.page.locator(f"#shop-address-{name}").fill(value)
        await self.focus("save").click()
        await expect(self.pay_button).to_be_enabled()

    async def pay(self) -> Page:
        """Tap the button that pays, and give the cashier's page that opens."""
        async with self.page.context.expect_page() as opened:
            await self.pay_button.click()
        return await opened.value

    async def buy(self, title: str = "明前龙井") -> None:
        """Buy and pay one unit, and look at the order."""
        await self.go_to_checkout(title)
        await self.fill_address()
        cashier = await self.pay()
        await cashier.locator(".foot button").first.click()
        # A page that is closed while it goes elsewhere may never say that it is.
        await expect(cashier.locator(".foot a").first).to_be_visible()
        await cashier.close()
        await self.until_stage("paid")
        await self.focus("order").click()
        await expect(self.body.locator(".axes")).to_be_visible()

    def focus(self, name: str) -> Locator:
        """What the keyboard can reach by this name in the view that is shown."""
        return self.view.locator(f"[data-focus='{name}']")

    async def until_stage(self, stage: str) -> None:
        """Wait until the payment stands so."""
        await expect(self.result).to_have_attribute("data-stage", stage)


async def choose_outcome(cashier: Page, index: int = 0) -> None:
    """Tap a button at the cashier's foot (paying is the first, failing the second), read what it says, leave.

    A tab that closes while its next page is still loading may never report its end: the page comes first.
    """
    async with cashier.expect_navigation():
        await cashier.locator(".foot button").nth(index).click()
    async with asyncio.timeout(CLOSED_WITHIN_S):
        await cashier.close()
