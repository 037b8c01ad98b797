"""What a viewer sees and hears of the show, from before it begins to its end."""

import asyncio

import pytest
from playwright.async_api import Browser, expect

from tests.player.conftest import Viewer, Watch
from tests.support.browser import DESKTOP, PHONE, PHONE_ON_ITS_SIDE, SMALL_PHONE, Screen, new_viewer
from tests.support.show import Show

MODULES_LOADED = "performance.getEntriesByType('resource').filter((one) => one.name.endsWith('.js'))"

BESIDE = (
    *("live/stage-controls.js", "shop/shop.js", "shop/product-card.js", "shop/texts.js"),
    *("shop/money.js", "shop/cashier-tab.js"),
    *("core/format.js", "core/markup.js", "core/styles.js"),
    *("chat/chat.js", "chat/chat-composer.js", "chat/chat-line.js", "chat/chat-log.js", "chat/chat-panel.js"),
    *("chat/texts.js", "core/coins.js", "core/feature.js", "core/person-name.js", "core/rejections.js"),
    "core/shared-texts.js",
)

# Notes in `done` when a resource was deleted, and when a connection was closed.
RECORD_CLOSES = """
(() => {
  window.done = [];
  const [ask, { close }] = [fetch, RTCPeerConnection.prototype];
  window.fetch = async (url, options) => {
    const response = await ask(url, options);
    if (options?.method === "DELETE") done.push("deleted");
    return response;
  };
  RTCPeerConnection.prototype.close = function () {
    done.push("closed");
    close.call(this);
  };
})()
"""
# A Firefox that has not loaded its plugin yet: neither its capabilities nor its offers have H.264.
WITHOUT_H264 = """
(() => {
  const { getCapabilities } = RTCRtpReceiver;
  RTCRtpReceiver.getCapabilities = (kind) => {
    const { codecs, ...rest } = getCapabilities.call(RTCRtpReceiver, kind);
    return { codecs: codecs.filter(({ mimeType }) => !/h264/i.test(mimeType)), ...rest };
  };
})();
"""
# Nor do its other ways to play.
PLAYS_NO_H264 = (
    "MediaSource.isTypeSupported = () => false; HTMLMediaElement.prototype.canPlayType = () => '';"
)
# An older one, which cannot be asked.
OFFERS_VP8 = """
delete RTCRtpReceiver.getCapabilities;
const { createOffer } = RTCPeerConnection.prototype;
RTCPeerConnection.prototype.createOffer = async function () {
  const offer = await createOffer.call(this);
  return { type: "offer", sdp: offer.sdp.replaceAll("H264/90000", "VP8/90000") };
};
"""


async def test_the_picture_follows_the_show_from_preview_to_its_end(show: Show, watch: Watch) -> None:
    viewer = await watch()
    phase = viewer.page.locator(".host__phase")
    await viewer.until_slate("preview")
    await expect(viewer.stage).to_contain_text("直播即将开始")
    await expect(phase).to_have_text("未开播")

    await show.go_live()
    await viewer.until_slate("none")
    assert await viewer.frames() > 0
    await expect(phase).to_have_text("直播中")

    await show.pause()
    await viewer.until_slate("paused")
    await expect(phase).to_have_text("暂停中")
    await show.resume()
    await viewer.until_slate("none")

    await show.lose_publisher()
    await viewer.until_slate("lost")
    await show.publish()
    await viewer.until_slate("none")

    await show.end()
    await viewer.until_slate("ended")
    await expect(phase).to_have_text("已结束")


async def test_a_late_viewer_sees_the_picture_and_who_watches(show: Show, watch: Watch) -> None:
    await show.go_live()
    first, second = await watch(), await watch()
    for viewer in (first, second):
        await viewer.until_slate("none")
        await expect(viewer.page.locator(".viewers")).to_have_attribute("aria-label", "2 人在看")
    await second.page.close()
    await expect(first.page.locator(".viewers")).to_have_attribute("aria-label", "1 人在看")


async def test_h264_and_stereo_opus_are_played_and_the_sound_waits_for_the_viewers_tap(
    show: Show, watch: Watch
) -> None:
    await show.go_live()
    viewer = await watch()
    await viewer.until_slate("none")
    assert "stereo=1" in show.whep.offers[-1]
    assert "VP8" not in show.whep.offers[-1]
    stats = await viewer.stats()
    assert (stats["video"]["codec"], stats["audio"]["codec"]) == ("video/H264", "audio/opus")
    assert await is_muted(viewer)

    await viewer.page.get_by_role("button", name="点击开启声音").click()
    assert not await is_muted(viewer)
    await expect(viewer.page.locator(".unmute")).to_be_hidden()
    async with asyncio.timeout(10):
        while (await viewer.stats())["audio"]["energy"] == 0:
            await viewer.page.wait_for_timeout(100)


async def is_muted(viewer: Viewer) -> bool:
    return bool(await viewer.page.evaluate("document.querySelector('video').muted"))


async def test_the_first_tap_anywhere_gives_sound_and_does_what_it_does_besides(
    show: Show, watch: Watch
) -> None:
    await show.go_live()
    viewer = await watch()
    await viewer.until_slate("none")
    likes = viewer.page.locator(".like")
    await expect(likes).to_be_visible()
    await viewer.page.touchscreen.tap(180, 470)
    await expect(viewer.page.locator(".unmute")).to_be_hidden()
    assert not await is_muted(viewer)
    assert await likes.get_attribute("data-likes") == "0"

    await viewer.page.get_by_role("button", name="静音").click()
    await viewer.page.touchscreen.tap(180, 470)
    assert await is_muted(viewer)

    await viewer.page.reload()
    await viewer.until_slate("none")
    await likes.click()
    await expect(likes).to_have_attribute("data-likes", "1")
    assert not await is_muted(viewer)


async def test_a_tap_before_the_show_gives_sound_to_its_first_picture(show: Show, watch: Watch) -> None:
    viewer = await watch()
    await viewer.until_slate("preview")
    await viewer.page.touchscreen.tap(180, 470)
    await show.go_live()
    await viewer.until_slate("none")
    assert not await is_muted(viewer)


@pytest.mark.parametrize("browser_without", [WITHOUT_H264, OFFERS_VP8], ids=["asked", "offered"])
async def test_a_browser_without_h264_is_told_what_helps_and_asks_for_no_picture(
    show: Show, watch: Watch, browser_without: str
) -> None:
    await show.go_live()
    await show.show("tea")
    viewer = await watch()
    await viewer.page.add_init_script(browser_without + PLAYS_NO_H264)
    await viewer.page.reload()
    show.whep.offers.clear()
    await viewer.until_slate("no_h264")
    await expect(viewer.stage).to_contain_text("OpenH264")
    await expect(viewer.card).to_be_visible()
    await viewer.page.locator(".composer__input").fill("我先听着")
    await viewer.page.keyboard.press("Enter")
    await expect(viewer.page.locator(".chat__list")).to_contain_text("我先听着")
    await show.lose_publisher()
    await show.publish()
    await expect(viewer.stage).to_have_attribute("data-slate", "no_h264")
    assert show.whep.offers == []


async def test_space_mutes_and_f_fills_the_screen(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch(DESKTOP)
    await viewer.until_slate("none")
    await viewer.page.keyboard.press("Space")
    assert not await is_muted(viewer)
    await viewer.page.keyboard.press("Space")
    assert await is_muted(viewer)
    await viewer.page.keyboard.press("f")
    await viewer.page.wait_for_function("() => document.fullscreenElement !== null")
    await viewer.page.keyboard.press("f")
    await viewer.page.wait_for_function("() => document.fullscreenElement === null")


async def test_every_control_can_be_reached_and_seen_by_keyboard(show: Show, watch: Watch) -> None:
    await show.go_live()
    await show.show("tea")
    viewer = await watch(DESKTOP, "en-US")
    await viewer.until_slate("none")
    await expect(viewer.page.locator(".quality__button")).to_be_visible()
    names = set()
    for _ in range(7):
        await viewer.page.keyboard.press("Tab")
        focused = viewer.page.locator(":focus-visible")
        assert "solid" in await focused.evaluate("(one) => getComputedStyle(one).outlineStyle")
        names.add(await focused.evaluate("(one) => one.getAttribute('aria-label') ?? one.textContent.trim()"))
    assert {"Tap for sound", "Sound on", "Full screen", "Close the card"} < names


async def test_no_more_than_eight_modules_stand_before_the_first_frame(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch()
    await viewer.until_slate("none")
    eager: list[str] = await viewer.page.evaluate(
        "[...document.querySelectorAll('link[rel=modulepreload]:not([data-beside]), script')]"
        ".map((one) => one.href ?? one.src)"
    )
    loaded: list[str] = await viewer.page.evaluate(
        f"(async () => {{ const {{ first_frame_ms }} = await livestall.stats(); return {MODULES_LOADED}"
        ".filter((one) => one.startTime < first_frame_ms).map((one) => one.name) })()"
    )
    assert len(eager) == 8
    # These are asked for beside it, and the first frame does not wait for them.
    beside = {one for one in loaded if one.endswith(BESIDE)}
    assert set(eager) <= set(loaded) <= {*eager, *beside}


async def test_leaving_the_page_frees_the_relay(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch()
    await viewer.until_slate("none")
    await viewer.page.goto("about:blank")
    async with asyncio.timeout(10):
        while show.whep.peers:
            await viewer.page.wait_for_timeout(50)
    assert len(show.whep.deleted) == 1


async def test_the_resource_is_deleted_before_the_connection_is_closed(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch()
    await viewer.until_slate("none")
    await viewer.page.evaluate(RECORD_CLOSES)
    await show.end()
    await viewer.page.wait_for_function("() => done.includes('closed')")
    assert await viewer.page.evaluate("done") == ["deleted", "closed"]


async def test_an_ended_show_frees_the_relay_and_may_begin_again(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch()
    await viewer.until_slate("none")
    await show.end()
    await viewer.until_slate("ended")
    async with asyncio.timeout(10):
        while show.whep.peers:
            await viewer.page.wait_for_timeout(50)
    await show.go_live()
    await viewer.until_slate("none")
    assert await viewer.frames() > 0


@pytest.mark.parametrize(
    ("screen", "locale"),
    [(PHONE, "zh-CN"), (SMALL_PHONE, "en-US"), (PHONE_ON_ITS_SIDE, "zh-CN"), (DESKTOP, "en-US")],
    ids=lambda value: getattr(value, "width", value),
)
async def test_nothing_overflows_and_nothing_is_cut_off(
    show: Show, watch: Watch, screen: Screen, locale: str
) -> None:
    await show.go_live()
    await show.show("sold_out")
    viewer = await watch(screen, locale)
    await viewer.until_slate("none")
    await expect(viewer.card).to_be_visible()
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert await viewer.page.evaluate(overflow) <= 0
    for selector in (".host", ".viewers", ".unmute", ".card", ".card__prices", ".sound", ".fullscreen"):
        box = await viewer.page.locator(selector).bounding_box()
        assert box is not None, selector
        assert box["x"] >= 0, selector
        assert box["y"] >= 0, selector
        assert box["x"] + box["width"] <= screen.width, selector
        assert box["y"] + box["height"] <= screen.height, selector
    assert await viewer.page.locator(".card__prices").evaluate("(one) => one.offsetHeight") <= 32


@pytest.mark.parametrize(
    ("size", "screen", "fit"),
    [
        ((360, 640), PHONE, "cover"),
        ((360, 640), DESKTOP, "cover"),
        ((640, 360), DESKTOP, "cover"),
        ((640, 360), PHONE, "contain"),
        ((360, 640), PHONE_ON_ITS_SIDE, "contain"),
    ],
)
async def test_the_picture_fills_the_screen_where_little_is_lost_by_it(
    show: Show, watch: Watch, size: tuple[int, int], screen: Screen, fit: str
) -> None:
    show.whep.size = size
    await show.go_live()
    viewer = await watch(screen)
    await viewer.until_slate("none")
    await expect(viewer.stage).to_have_attribute("data-fit", fit)


async def test_the_page_speaks_the_browsers_language(show: Show, watch: Watch) -> None:
    for locale, lang, words in (("zh-CN", "zh-CN", "直播即将开始"), ("fr-FR", "en", "Starting soon")):
        viewer = await watch(PHONE, locale)
        await expect(viewer.page.locator("html")).to_have_attribute("lang", lang)
        await expect(viewer.page.locator(".slate__title")).to_have_text(words)
    assert show.room.snapshot().presence.viewers == 2


async def test_a_room_that_does_not_exist_is_told_plainly(show: Show, watch: Watch) -> None:
    viewer = await watch(url=show.url + "-of-nobody")
    viewer.complaints.expect("404")
    await viewer.until_slate("no_room")
    await expect(viewer.stage).to_contain_text("没有这个直播间")


@pytest.mark.parametrize(
    ("locale", "words"), [("zh-CN", "新来的访客要等到"), ("en-US", "new guests wait until")]
)
async def test_a_new_guest_who_is_held_back_reads_how_long_and_comes_in_by_itself(
    show: Show, browser: Browser, locale: str, words: str
) -> None:
    viewer = Viewer(await (await new_viewer(browser, PHONE, locale)).new_page())
    viewer.complaints.expect("429")
    await viewer.page.clock.install()
    rejection = {"error": "held_back", "message": "wait"}
    await viewer.page.route(
        "**/enter",
        lambda route: route.fulfill(status=429, headers={"Retry-After": "600"}, json=rejection),
        times=1,
    )
    await viewer.page.goto(show.url)
    await viewer.until_slate("held_back")
    await expect(viewer.page.locator(".slate__hint")).to_contain_text(words)
    await viewer.page.clock.fast_forward("10:05")
    await viewer.until_slate("preview")
    assert viewer.complaints.unexpected() == []


async def test_quality_shows_latency_and_its_figures_on_a_tap(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch(DESKTOP, "en-US")
    await viewer.until_slate("none")
    button = viewer.page.get_by_role("button", name="Playback quality")
    await button.click()
    details = viewer.page.locator(".quality__details")
    await expect(details).to_contain_text("360×640")
    await expect(details).to_contain_text("measured", timeout=20_000)
    await viewer.page.keyboard.press("Escape")
    await expect(details).to_be_hidden()


async def test_calm_motion_is_respected(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch()
    await viewer.page.emulate_media(reduced_motion="reduce")
    await show.show("tea")
    await expect(viewer.card).to_be_visible()
    running = "() => document.getAnimations().filter((one) => one.playState === 'running').length === 0"
    await viewer.page.wait_for_function(running)
