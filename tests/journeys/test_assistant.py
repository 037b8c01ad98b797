"""An assistant on another computer: invited by the host, at work beside two viewers, and taken out again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import cv2
import httpx
import msgspec
import numpy as np
import pytest
from playwright.async_api import Browser, Page, expect
from websockets.asyncio.client import connect

from backend.contract.base import AssistantRight
from backend.contract.http import Admission
from backend.contract.invitation import code_digest, new_code
from backend.contract.live import GoLive
from backend.contract.protocol import Accepted, Private
from backend.contract.staff import Assistant, AssistantsChanged, InviteAssistant, RevokeAssistant
from studio.staff.membership import Membership
from tests.backend.running import Client, as_admission
from tests.support.browser import DESKTOP, new_viewer
from tests.support.desktop import Desktop
from tests.support.programs import Ready, run_assistant, run_backend
from tests.support.watching import Watcher

JOIN_TITLE = "Help in a room"
RIGHTS = [AssistantRight.PRODUCTS, AssistantRight.CHAT, AssistantRight.NUMBERS]
MENU_ROW_MUTE_LONG = 6  # reply, copy, pin, delete, one minute, ten minutes
AMBER = np.array([36, 178, 255])  # the theme's `warn`, in which a gift is marked: blue, green, red
NEAR = 40
WAIT_S = 20


async def enter(ready: Ready, token: str) -> httpx.Response:
    """Ask to be let in."""
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(trust_env=False) as http:
        return await http.post(f"{ready.url}/api/rooms/{ready.room}/enter", headers=headers)


@asynccontextmanager
async def host_of(ready: Ready) -> AsyncIterator[Client]:
    """The host, live, by a socket: their studio's dialogs have tests of their own."""
    admission: Admission = as_admission(await enter(ready, ready.host_token))
    base = ready.url.replace("http", "ws", 1)
    address = f"{base}{admission.socket_path}?ticket={admission.ticket}"
    async with connect(address, compression=None, proxy=None) as socket:
        client = Client(socket)
        await client.join()
        assert isinstance(await client.act(GoLive()), Accepted)
        yield client


async def invite(host: Client, room: str) -> str:
    """Invite somebody, and return the code."""
    code = new_code()
    digest = await asyncio.to_thread(code_digest, code, room)
    answer = await host.act(InviteAssistant(digest, RIGHTS, code_hours=1, grant_hours=1))
    assert isinstance(answer, Accepted)
    return code


async def until_online(host: Client) -> Assistant:
    """Wait until the assistant is in, as the host is told."""
    while True:
        match await host.next():
            case Private(event=AssistantsChanged(assistants=[Assistant(is_online=True) as found])):
                return found


async def say(page: Page, text: str) -> None:
    """Write in the player's chat."""
    await page.locator(".composer__input").fill(text)
    await page.locator(".composer__input").press("Enter")


async def amber(desktop: Desktop, path: Path) -> int:
    """How many pixels of the assistant's window have the colour of a gift's mark."""
    await desktop.screenshot(path)
    picture = cv2.imread(str(path))
    assert picture is not None
    return int((np.abs(picture.astype(int) - AMBER).max(axis=2) < NEAR).sum())


async def until_amber(desktop: Desktop, path: Path, least: int) -> None:
    """Wait until so many pixels have that colour: the window is painted when it comes to it."""
    async with asyncio.timeout(WAIT_S):
        while await amber(desktop, path) < least:  # noqa: ASYNC110  X tells nobody
            await asyncio.sleep(0.1)


async def join_by_hand(desktop: Desktop, code: str) -> None:
    """Type the code and a name into the assistant's window."""
    await desktop.activate(JOIN_TITLE)
    await desktop.write(code)
    await desktop.press("Tab", JOIN_TITLE)
    await desktop.write("Xiao Wang")
    await desktop.press("Return", JOIN_TITLE)


def kept(rooms: Path) -> Membership | None:
    """What the assistant's studio keeps of the room it is in."""
    paths = list(rooms.glob("*.json"))
    return msgspec.json.decode(paths[0].read_bytes(), type=Membership) if paths else None


async def until_forgotten(rooms: Path) -> None:
    """Wait until the assistant's studio keeps no token any more."""
    async with asyncio.timeout(WAIT_S):
        while kept(rooms) is not None:  # noqa: ASYNC110  another process
            await asyncio.sleep(0.1)


@pytest.mark.journey
async def test_an_assistant_works_beside_two_viewers_until_the_host_takes_it_back(
    desktop: Desktop, browser: Browser, tmp_path: Path
) -> None:
    rooms = tmp_path / "helper" / "assist" / "rooms"
    async with run_backend(tmp_path / "shop", "--port", "0", "--demo") as shop, host_of(shop.ready) as host:
        contexts = [await new_viewer(browser), await new_viewer(browser, DESKTOP, "en-US")]
        viewers = [await Watcher.open(context, shop.ready.viewer_url) for context in contexts]
        pages = [viewer.page for viewer in viewers]
        async with run_assistant(desktop.display, tmp_path / "helper", shop.ready.viewer_url):
            await join_by_hand(desktop, await invite(host, shop.ready.room))
            grant = await until_online(host)
            assert (grant.name, grant.rights) == ("Xiao Wang", RIGHTS)

            await they_talk(desktop, *pages)
            await they_see_a_gift(desktop, pages[0], pages[1], tmp_path)
            await a_card_is_shown(desktop, *pages)
            await order_is_kept(desktop, *pages)

            membership = kept(rooms)
            assert membership is not None
            token = membership.token
            assert (await enter(shop.ready, token)).status_code == 200
            assert isinstance(await host.act(RevokeAssistant(grant.grant_id, "thank you")), Accepted)
            await until_forgotten(rooms)
            assert (await enter(shop.ready, token)).status_code == 403
            await desktop.screenshot(tmp_path / "dismissed.png")
        assert [viewer.errors for viewer in viewers] == [[], []]


async def they_talk(desktop: Desktop, first: Page, second: Page) -> None:
    """What one writes all others read, and the assistant is marked as one."""
    lists = [page.locator(".chat__list") for page in (first, second)]
    await say(first, "hello from the first")
    await expect(lists[1]).to_contain_text("hello from the first")
    await desktop.press("ctrl+t")
    await desktop.write("ask me anything")
    await desktop.press("Return")
    for shown, badge in zip(lists, ("助理", "Staff"), strict=True):
        line = shown.locator(".line", has_text="ask me anything")
        await expect(line).to_contain_text("Xiao Wang")
        await expect(line).to_contain_text(badge)


async def they_see_a_gift(desktop: Desktop, giver: Page, other: Page, folder: Path) -> None:
    """A gift is seen by the other viewer and by the assistant."""
    before = await amber(desktop, folder / "before.png")
    await giver.locator(".composer__input").blur()  # the keyboard of a phone covers the buttons
    await giver.locator(".gift-open").click()
    await giver.locator(".gifts__claim").click()
    await giver.locator("[data-gift=rose]").click()
    await giver.locator(".gifts__send").click()
    await giver.locator(".age__yes").click()
    await expect(other.locator(".banner__combo")).to_have_text("×1")
    await until_amber(desktop, folder / "gift.png", before + 60)


async def a_card_is_shown(desktop: Desktop, *pages: Page) -> None:
    """The assistant shows a product to everybody, and takes it off."""
    await desktop.press("ctrl+1")
    for page in pages:
        await expect(page.locator("product-card .card")).to_be_visible()
    await desktop.press("ctrl+0")
    for page in pages:
        await expect(page.locator("product-card .card")).to_be_hidden()


async def order_is_kept(desktop: Desktop, first: Page, second: Page) -> None:
    """The assistant deletes one danmu, and mutes who goes on."""
    shown = first.locator(".chat__list")
    await say(second, "buy followers here")
    await expect(shown).to_contain_text("buy followers here")
    await desktop.press("ctrl+t")
    await desktop.press("Up")
    await desktop.press("Delete")
    await expect(shown).not_to_contain_text("buy followers here")

    await say(second, "then I write it again")
    await expect(shown).to_contain_text("then I write it again")
    await desktop.press("ctrl+t")
    await desktop.press("Up")
    await desktop.press("m")
    await desktop.press(" ".join(["Down"] * MENU_ROW_MUTE_LONG))
    await desktop.press("Return")
    await expect(shown).not_to_contain_text("then I write it again")
    await expect(second.locator(".composer__input")).to_be_disabled()
