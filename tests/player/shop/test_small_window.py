"""The live goes on in a small window while a page of the shop covers the picture of a phone."""

import pytest
from playwright.async_api import expect

from tests.player.shop.conftest import Stall
from tests.support.browser import PHONE, PHONE_ON_ITS_SIDE, Screen
from tests.support.shopper import Shopper


async def open_orders(stall: Stall, screen: Screen = PHONE) -> Shopper:
    """A viewer of a live at the list of orders, which covers the picture."""
    shopper = await stall.shopper(screen)
    await shopper.see_live()
    await shopper.open_list()
    await expect(shopper.page.locator(".mini")).to_be_hidden()
    await shopper.view.get_by_role("button", name="我的订单").click()
    await expect(shopper.view).to_contain_text("还没有订单")
    return shopper


async def test_the_picture_goes_on_and_a_tap_leads_back_to_it(stall: Stall) -> None:
    shopper = await open_orders(stall)
    await shopper.page.evaluate(
        "new Promise((done) => document.querySelector('.mini video').requestVideoFrameCallback(done))"
    )
    await shopper.page.get_by_role("button", name="回到直播间").click()
    await expect(shopper.dialog).to_be_hidden()
    assert await shopper.page.evaluate("document.querySelector('.mini video').srcObject") is None


async def test_a_dragged_window_snaps_to_the_nearest_corner_and_stays_open(stall: Stall) -> None:
    shopper = await open_orders(stall)
    mini = shopper.page.locator(".mini")
    box = await mini.bounding_box()
    assert box is not None
    assert (box["x"], round(box["y"] + box["height"])) == (12, 844 - 88)
    mouse = shopper.page.mouse
    await mouse.move(box["x"] + 48, box["y"] + 85)
    await mouse.down()
    await mouse.move(300, 200, steps=4)
    await mouse.up()
    await expect(mini).to_have_attribute("data-corner", "top right")
    await expect(shopper.dialog).to_be_visible()
    await shopper.page.locator(".mini__back").focus()
    await shopper.page.keyboard.press("ArrowDown")
    await shopper.page.keyboard.press("ArrowLeft")
    await expect(mini).to_have_attribute("data-corner", "bottom left")


async def test_a_closed_window_leaves_a_way_back_to_the_live(stall: Stall) -> None:
    shopper = await open_orders(stall)
    await shopper.page.get_by_role("button", name="关闭小窗").click()
    await expect(shopper.page.locator(".mini")).to_be_hidden()
    await shopper.page.get_by_role("button", name="回到直播间").click()
    await expect(shopper.dialog).to_be_hidden()
    await shopper.open_list()
    await shopper.view.get_by_role("button", name="我的订单").click()
    await expect(shopper.page.locator(".mini")).to_be_visible()


async def test_its_sound_button_is_the_rooms(stall: Stall) -> None:
    shopper = await open_orders(stall)
    muted = "document.querySelector('video-stage video').muted"
    assert await shopper.page.evaluate(muted) is False
    sound = shopper.page.locator(".mini__sound")
    await expect(sound).to_have_attribute("aria-label", "静音")
    await sound.click()
    assert await shopper.page.evaluate(muted) is True
    await expect(sound).to_have_attribute("aria-label", "打开声音")
    await sound.click()
    assert await shopper.page.evaluate(muted) is False
    assert await shopper.page.evaluate("document.querySelector('.mini video').muted") is True


async def test_a_form_has_it_in_its_head(stall: Stall) -> None:
    shopper = await stall.shopper()
    await shopper.see_live()
    await shopper.go_to_checkout()
    await shopper.focus("address").click()
    await expect(shopper.page.locator(".mini")).to_be_visible()
    box = await shopper.page.locator(".mini").bounding_box()
    assert box == {"x": 390 - 8 - 44, "y": 4, "width": 44, "height": 44}
    await shopper.view.locator(".shop__close").click()
    await expect(shopper.dialog).to_be_hidden()


@pytest.mark.parametrize("screen", [PHONE_ON_ITS_SIDE, Screen(1440, 900)], ids=["side", "desktop"])
async def test_where_the_picture_stands_beside_the_shop_there_is_none(stall: Stall, screen: Screen) -> None:
    shopper = await open_orders(stall, screen)
    await expect(shopper.page.locator(".mini")).to_be_hidden()
