"""A machine's rules of accessibility in the states of the room, at four sizes."""

from playwright.async_api import expect

from backend.contract.chat import BlockUser, PinDanmu, SendDanmu
from backend.contract.countdown import StartCountdown
from backend.contract.polls import OpenPoll
from backend.contract.profile import SetRoomProfile
from tests.player.conftest import Viewer, Watch
from tests.support.axe import faults_at_all_sizes
from tests.support.browser import Screen
from tests.support.show import Show

SCREEN = Screen(390, 844)


class Walk:
    """A viewer who goes from state to state, and what axe found in each."""

    def __init__(self, viewer: Viewer) -> None:
        self.page = viewer.page
        self.found: dict[str, list[str]] = {}

    def told(self) -> str:
        """All of it, one line a fault."""
        return "\n".join(f"{state}: {fault}" for state, found in self.found.items() for fault in found)

    async def check(self, state: str, root: str = "html") -> None:
        """Note what axe finds below an element."""
        if found := await faults_at_all_sizes(self.page, root):
            self.found[state] = found

    async def check_sheet(self, button: str, sheet: str) -> None:
        """Open a sheet by its button, look at it, and close it."""
        await self.page.locator(button).click()
        await expect(self.page.locator(sheet)).to_be_visible()
        await self.check(sheet, sheet)
        await self.page.locator(f"{sheet} .sheet__close").click()
        await expect(self.page.locator(sheet)).to_be_hidden()


async def test_axe_finds_nothing_from_before_the_live_to_its_end(show: Show, watch: Watch) -> None:
    viewer = await watch(SCREEN)
    walk = Walk(viewer)
    await viewer.until_slate("preview")
    await walk.check("preview")
    await show.go_live()
    await viewer.until_slate("none")
    await expect(viewer.page.locator(".unmute")).to_be_visible()
    await walk.check("sound waits for a tap")
    await viewer.page.locator(".unmute").click()
    await show.pause()
    await viewer.until_slate("paused")
    await walk.check("paused")
    await show.resume()
    await viewer.until_slate("none")
    await show.lose_publisher()
    await viewer.until_slate("lost")
    await walk.check("lost")
    await show.publish()
    await viewer.until_slate("none")
    await show.end()
    await viewer.until_slate("ended")
    await walk.check("ended")
    assert not walk.found, walk.told()


async def test_axe_finds_nothing_where_a_viewer_is_put_out(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch(SCREEN, "en-US")
    walk = Walk(viewer)
    await viewer.until_slate("none")
    await viewer.page.locator(".composer__input").fill("spam")
    await viewer.page.keyboard.press("Enter")
    await expect(viewer.page.locator(".line[data-state=sent]")).to_be_visible()
    await show.do(BlockUser(show.room.snapshot().danmu[-1].author.user_id))
    await viewer.until_slate("blocked")
    await walk.check("blocked")
    assert not walk.found, walk.told()


async def test_axe_finds_nothing_in_a_busy_room(show: Show, watch: Watch) -> None:
    await show.go_live()
    await show.do(SetRoomProfile(1, "春茶小铺", "今晚八点上新，老客下单送茶点"))
    for number in range(6):
        await show.do(SendDanmu(f"一句话 {number}"))
    await show.do(PinDanmu(show.room.snapshot().danmu[-1].danmu_id, 60))
    viewer = await watch(SCREEN)
    walk = Walk(viewer)
    page = viewer.page
    await viewer.until_slate("none")
    await page.locator(".unmute").click()
    await show.show("tea")
    await show.do(StartCountdown("距上新", 300))
    await show.do(OpenPoll("下一个讲哪款？", ["龙井", "普洱"], 0))
    for part in (".card", ".countdown", ".poll", ".pinned"):
        await expect(page.locator(part)).to_be_visible()
    await walk.check("card, countdown, poll, pinned message")
    await page.locator(".line").last.click()
    await page.locator(".composer__input").fill("什么时候上？")
    await page.keyboard.press("Enter")
    await expect(page.locator(".line__reply")).to_be_visible()
    await page.locator(".line").first.click()
    await walk.check("reply")
    await page.keyboard.press("Escape")
    await page.locator(".poll__options button").first.click()
    await walk.check("voted")
    await page.locator(".quality__button").click()
    await walk.check("quality", "quality-badge")
    await page.keyboard.press("Escape")
    await walk.check_sheet(".gift-open", "gift-sheet dialog")
    await walk.check_sheet(".share", "share-sheet dialog")
    await walk.check_sheet(".more", "more-sheet dialog")
    await page.locator(".more").click()
    await page.locator(".account-open").click()
    for view in ("sign_in", "sign_up"):
        form = page.locator(f"form[data-view={view}]")
        await form.locator(".account__send").click()
        await expect(form.locator(".field__fault").first).not_to_be_empty()
        await walk.check(view, "account-sheet dialog")
        await form.locator(".account__turn").click()
    assert not walk.found, walk.told()
