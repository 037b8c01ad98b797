"""A room on air with campaigns and viewers in real browsers: what the tests of all kinds share."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from playwright.async_api import Browser, Locator, expect

from backend.contract.campaigns import Campaign
from backend.contract.live import GoLive
from backend.contract.protocol import Accepted
from tests.backend.http.api.shopping import Buyer, answer
from tests.backend.running import RunningBackend, running_backend
from tests.support.browser import PHONE, Screen, new_viewer
from tests.support.shopper import Shopper

# Each answer of the room to the element's next commands, in place of the room's own.
REFUSE = """(element, reason) => {
  const act = async () => ({ type: "rejected", reason, retry_ms: 0 });
  element.tools = { ...element.tools, act };
}"""
# The server's clock, as the element sees it, runs so far ahead from now on.
LATER = """(element, later_ms) => {
  const { clock } = element.tools;
  element.tools = { ...element.tools, clock: { now: () => clock.now() + later_ms } };
}"""


class CampaignViewer:
    """A viewer's page, and the parts of one kind of campaign on it.

    Attributes:
        name: of the pill's class and the sheet's.
        element_name: of the custom element.
    """

    name: ClassVar[str]
    element_name: ClassVar[str]

    def __init__(self, shopper: Shopper) -> None:
        self.page = shopper.page
        self.complaints = shopper.complaints
        self.element = self.page.locator(self.element_name)
        self.pill = self.page.locator(f".{self.name}-pill")
        self.sheet = self.page.locator(f"dialog.{self.name}")
        self.told = self.sheet.locator(f".{self.name}__told")
        self.main = self.sheet.locator(f".{self.name}__main")

    async def open(self) -> None:
        """Tap the pill."""
        await self.pill.click()
        await expect(self.sheet).to_be_visible()

    async def refuse(self, reason: str) -> None:
        """Let the room refuse all that this viewer does with the campaign from now on."""
        await self.element.evaluate(REFUSE, reason)

    async def pass_time(self, later_ms: int) -> None:
        """Let the server's clock run ahead, as this viewer's campaign sees it."""
        await self.element.evaluate(LATER, later_ms)

    async def press_over_a_second(self, button: Locator, clock: Locator) -> None:
        """Press a button of the sheet, and let it go once the countdown shows another second."""
        await button.scroll_into_view_if_needed()
        box = await button.bounding_box()
        assert box is not None
        await self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        await self.page.mouse.down()
        await expect(clock).not_to_have_text(await clock.inner_text())
        await self.page.mouse.up()


Viewer = TypeVar("Viewer", bound=CampaignViewer)


class CampaignRoom(Generic[Viewer]):
    """What the host does, and who looks on."""

    viewer_type: type[Viewer]

    def __init__(self, backend: RunningBackend, browser: Browser) -> None:
        self.backend = backend
        self._browser = browser
        self._host = Buyer(backend, backend.signer.host("main"), "host")
        self._viewers: list[Viewer] = []

    async def viewer(self, screen: Screen = PHONE, locale: str = "zh-CN", *, motion: str = "") -> Viewer:
        """Let somebody in; `motion`: what they prefer."""
        context = await new_viewer(self._browser, screen, locale)
        page = await context.new_page()
        if motion == "reduce":
            await page.emulate_media(reduced_motion="reduce")
        shopper = Shopper(page, f"http://{self.backend.address}/r/main")
        await shopper.enter()
        await shopper.see_live()
        viewer = self.viewer_type(shopper)
        self._viewers.append(viewer)
        return viewer

    async def announce(self, terms: Mapping[str, object], title: str = "") -> Campaign:
        """Announce a campaign."""
        response = await self._host.post("campaigns", {"terms": terms, "title": title})
        return answer(Campaign, response, 201)

    async def close(self, campaign: Campaign) -> None:
        """Bring the result forward."""
        answer(Campaign, await self._host.post(f"campaigns/{campaign.campaign_id}/close", {}))

    async def call_off(self, campaign: Campaign, reason: str) -> None:
        """Stop it."""
        path = f"campaigns/{campaign.campaign_id}/stop"
        answer(Campaign, await self._host.post(path, {"reason": reason}))

    async def go_live(self) -> None:
        """Go live."""
        async with self.backend.host() as host:
            assert isinstance(await host.act(GoLive()), Accepted)

    def check(self) -> None:
        """No page may have complained."""
        for viewer in self._viewers:
            assert viewer.complaints.unexpected() == []


Room = TypeVar("Room", bound=CampaignRoom)  # type: ignore[type-arg]  # of whichever viewers


@asynccontextmanager
async def on_air(room_type: type[Room], tmp_path: Path, browser: Browser) -> AsyncIterator[Room]:
    """Run such a room on a backend of its own; no page of it may have complained at the end."""
    async with running_backend(tmp_path) as backend:
        room = room_type(backend, browser)
        await room.go_live()
        yield room
        room.check()
