"""The page comes back by itself, without a reload: the room's socket, the picture, and both."""

import asyncio
from pathlib import Path

from playwright.async_api import expect

from tests.player.conftest import PRODUCTS, Viewer, Watch
from tests.support.show import Show

# Counts what the elements are told, by the type of the event.
COUNT_EVENTS = """
(() => {
  window.told = [];
  const define = customElements.define.bind(customElements);
  customElements.define = (name, type) => {
    const apply = type.prototype.apply;
    if (name === "room-header") type.prototype.apply = function (event) {
      window.told.push(event.type);
      return apply.call(this, event);
    };
    define(name, type);
  };
})();
"""


async def mark(viewer: Viewer) -> None:
    await viewer.page.evaluate("window.sameDocument = true")


async def is_same_page(viewer: Viewer) -> bool:
    return bool(await viewer.page.evaluate("window.sameDocument === true"))


async def test_a_cut_socket_resumes_and_tells_each_missed_event_once(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch()
    await viewer.page.add_init_script(COUNT_EVENTS)
    await viewer.page.reload()
    viewer.complaints.expect("WebSocket")
    await viewer.until_slate("none")
    # A page that is cut off before all its parts are there is another matter.
    await viewer.page.wait_for_load_state("networkidle")
    await mark(viewer)
    await viewer.page.context.set_offline(True)
    assert show.drop_sockets() >= 1
    await expect(viewer.page.locator(".connection")).to_have_text("连接断开，正在重连…")
    await viewer.page.evaluate("told.length = 0")
    await show.show("tea")
    await show.hide()
    await show.show("lipstick")
    viewer.complaints.expect("ERR_INTERNET_DISCONNECTED")
    await viewer.page.context.set_offline(False)

    await expect(viewer.page.locator(".card__title")).to_have_text(PRODUCTS[1].title)
    await expect(viewer.page.locator(".connection")).to_be_empty()
    told: list[str] = await viewer.page.evaluate("told")
    assert [one for one in told if one.startswith("card_")] == ["card_shown", "card_hidden", "card_shown"]
    assert await is_same_page(viewer)


async def test_a_backend_that_started_anew_gives_room_and_picture_back(
    show: Show, watch: Watch, tmp_path: Path
) -> None:
    other = Show(PRODUCTS, "春茶小铺", tmp_path)
    try:
        async with other.running():
            await other.go_live()
            viewer = await watch(url=other.url)
            viewer.complaints.expect("WebSocket", "ERR_", "503")
            await viewer.until_slate("none")
            await mark(viewer)
            epoch = (await viewer.stats())["epoch"]
        await expect(viewer.page.locator(".connection")).not_to_be_empty()
        async with other.running():
            await other.go_live()
            await other.show("tea")
            await expect(viewer.card).to_be_visible(timeout=20_000)
            assert (await viewer.stats())["epoch"] != epoch
            await until_new_frames(viewer)
            assert await is_same_page(viewer)
            await viewer.page.close()
    finally:
        other.close()


async def test_a_session_that_goes_on_is_kept_when_the_backend_started_anew(
    show: Show, watch: Watch, tmp_path: Path
) -> None:
    other = Show(PRODUCTS, "春茶小铺", tmp_path)
    other.relay_outlives_backend = True
    try:
        async with other.running():
            await other.go_live()
            viewer = await watch(url=other.url)
            viewer.complaints.expect("WebSocket", "ERR_")
            await viewer.until_slate("none")
            epoch = (await viewer.stats())["epoch"]
        async with other.running():
            await other.go_live()
            await until_epoch_after(epoch, viewer)
            await until_new_frames(viewer)
            assert len(other.whep.offers) == 1
            await viewer.page.close()
            await other.whep.cut()
    finally:
        other.close()


async def test_a_session_that_was_asked_for_before_the_new_backends_snapshot_is_kept(
    show: Show, watch: Watch, tmp_path: Path
) -> None:
    other = Show(PRODUCTS, "春茶小铺", tmp_path)
    try:
        async with other.running():
            await other.go_live()
            viewer = await watch(url=other.url)
            viewer.complaints.expect("WebSocket", "ERR_", "503")
            await viewer.until_slate("none")
            epoch = (await viewer.stats())["epoch"]
            await viewer.page.route("**/enter", lambda route: route.abort())
        other.whep.offers.clear()
        async with other.running():
            await other.go_live()
            await until_new_frames(viewer)
            await viewer.page.unroute("**/enter")
            await until_epoch_after(epoch, viewer)
            await until_new_frames(viewer)
            assert len(other.whep.offers) == 1
            await viewer.page.close()
    finally:
        other.close()


async def until_epoch_after(epoch: str, viewer: Viewer) -> None:
    """Wait until the page has a new backend's snapshot."""
    async with asyncio.timeout(30):
        while (await viewer.stats())["epoch"] == epoch:
            await viewer.page.wait_for_timeout(100)


async def until_new_frames(viewer: Viewer) -> None:
    """Wait until the picture moves."""
    await viewer.until_slate("none")
    before = await viewer.frames()
    async with asyncio.timeout(20):
        while await viewer.frames() in range(before + 10):
            await viewer.page.wait_for_timeout(100)


async def test_a_picture_that_stalls_is_asked_for_again(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch()
    await viewer.until_slate("none")
    await mark(viewer)
    asked = len(show.whep.offers)
    # Nothing has come any more: neither pictures nor sound.
    show.whep.freeze()
    async with asyncio.timeout(20):
        while len(show.whep.offers) == asked:
            await viewer.page.wait_for_timeout(100)
    await until_new_frames(viewer)
    assert await is_same_page(viewer)


async def test_a_relay_that_forgot_us_is_asked_again(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch()
    await viewer.until_slate("none")
    asked = len(show.whep.offers)
    await show.whep.cut()
    async with asyncio.timeout(20):
        while len(show.whep.offers) == asked:
            await viewer.page.wait_for_timeout(100)
    await until_new_frames(viewer)


async def test_without_a_publisher_the_relay_is_left_in_peace_until_there_is_one(
    show: Show, watch: Watch
) -> None:
    show.whep.rejection = "nobody publishes here"
    await show.go_live()
    await show.lose_publisher()
    viewer = await watch()
    viewer.complaints.expect("404")
    await viewer.until_slate("lost")
    await viewer.page.wait_for_timeout(3_000)
    assert len(show.whep.offers) == 1
    show.whep.rejection = None
    await show.publish()
    await viewer.until_slate("none")
    await until_new_frames(viewer)


async def test_a_picture_that_never_comes_through_is_told_with_its_likely_cause(
    show: Show, watch: Watch
) -> None:
    show.whep.rejection = "the relay is full"
    await show.go_live()
    viewer = await watch()
    viewer.complaints.expect("404")
    await viewer.until_slate("unreachable")
    await expect(viewer.stage).to_contain_text("UDP")
    show.whep.rejection = None
    await viewer.until_slate("none")


async def test_a_viewer_stays_the_same_one_after_a_reload(show: Show, watch: Watch) -> None:
    viewer = await watch()
    await viewer.until_slate("preview")
    token = await viewer.page.evaluate("localStorage.getItem('livestall.token.studio')")
    await viewer.page.reload()
    await viewer.until_slate("preview")
    assert await viewer.page.evaluate("localStorage.getItem('livestall.token.studio')") == token
    assert token


async def test_a_token_the_backend_does_not_know_any_more_is_dropped(show: Show, watch: Watch) -> None:
    viewer = await watch()
    await viewer.until_slate("preview")
    await viewer.page.evaluate("localStorage.setItem('livestall.token.studio', 'of another backend')")
    viewer.complaints.expect("401")
    await viewer.page.reload()
    await viewer.until_slate("preview")
