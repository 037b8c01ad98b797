"""A buyer shows the shop what is wrong, and is told where to send it."""

import pytest
from playwright.async_api import FilePayload, expect

from backend.contract.cases import MOST_CASE_PICTURES
from tests.backend.shop.catalog.pictures.drawing import drawn, photo
from tests.player.shop.conftest import MARKUP, Stall
from tests.player.shop.test_cases import open_case
from tests.player.shop.test_shop_layout import check
from tests.support.browser import PHONE, PHONE_ON_ITS_SIDE, Screen
from tests.support.shopper import Shopper


async def choose(shopper: Shopper, *pictures: bytes) -> None:
    """Choose these files to be attached."""
    files = [FilePayload(name="a.jpg", mimeType="image/jpeg", buffer=content) for content in pictures]
    await shopper.view.locator("input[type=file]").set_input_files(files)


@pytest.mark.parametrize(
    ("screen", "locale"),
    [(PHONE, "zh-CN"), (PHONE_ON_ITS_SIDE, "en-US"), (Screen(1440, 900), "en-US")],
    ids=lambda value: getattr(value, "width", value),
)
async def test_a_buyer_attaches_pictures_to_a_return_and_learns_where_to_send_it(
    stall: Stall, screen: Screen, locale: str
) -> None:
    await stall.take_returns_at(f"玫瑰茶铺 0571-8288 0000\n{MARKUP}")
    shopper = await stall.shopper(screen, locale)
    await shopper.buy()
    [order] = await stall.orders()
    await stall.ship(order)
    await expect(shopper.body).to_contain_text("SF139044712086")
    await open_case(shopper, "return")
    await choose(shopper, photo((400, 200)), drawn(size=(300, 300)))
    shots = shopper.view.locator(".shots__image")
    await expect(shots).to_have_count(2)
    await shots.first.evaluate(
        "(image) => image.complete || new Promise((resolve) => (image.onload = resolve))"
    )
    assert await shots.first.evaluate("(image) => [image.naturalWidth, image.naturalHeight]") == [160, 320]
    await check(shopper)
    await shots.first.click()
    large = shopper.view.locator("dialog[open] img")
    await expect(large).to_be_visible()
    await large.click()
    await expect(large).to_be_hidden()
    [case] = await stall.cases()
    assert len(case.pictures) == 2
    await stall.answer_case("approve")
    await expect(shopper.body).to_contain_text("0571-8288 0000")
    await expect(shopper.body).to_contain_text(MARKUP)
    await check(shopper)
    await shopper.page.reload()
    await expect(shots).to_have_count(2)


async def test_no_more_pictures_are_taken_than_a_case_holds_and_others_are_refused(stall: Stall) -> None:
    shopper = await stall.shopper()
    shopper.complaints.expect("/pictures")
    await shopper.buy()
    await open_case(shopper)
    await choose(shopper, b"no picture")
    await expect(shopper.view.get_by_role("alert")).to_contain_text("不是能用的图片")
    await choose(shopper, *(drawn(size=(20 + side, 20)) for side in range(MOST_CASE_PICTURES + 2)))
    await expect(shopper.view.locator(".shots__image")).to_have_count(MOST_CASE_PICTURES)
    await expect(shopper.focus("add_pictures")).to_have_count(0)
