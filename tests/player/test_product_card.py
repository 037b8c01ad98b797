"""The explain card in the viewer's picture."""

from playwright.async_api import expect

from tests.player.conftest import LONG_TITLE, Watch
from tests.support.browser import PHONE
from tests.support.show import Show


async def test_the_card_pops_and_goes_with_the_hosts_click(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch()
    await viewer.until_slate("none")
    await expect(viewer.card).to_be_hidden()
    await show.show("tea")
    await expect(viewer.card).to_be_visible()
    await expect(viewer.card).to_contain_text("1号")
    await expect(viewer.card).to_contain_text("明前龙井 绿茶礼盒 250g")
    await expect(viewer.page.locator(".card__price")).to_have_text("¥168")
    await expect(viewer.page.locator(".card__market-price")).to_have_text("¥238")
    await expect(viewer.page.locator(".card__stock")).to_have_text("库存 120 件")
    announcement = viewer.page.locator(".card__announcement")
    await expect(announcement).to_have_text("主播正在讲解1号：明前龙井 绿茶礼盒 250g，¥168")
    await viewer.page.wait_for_function("() => document.querySelector('.card__image').naturalWidth > 0")
    await show.hide()
    await expect(viewer.card).to_be_hidden()


async def test_who_comes_later_sees_the_card_too(show: Show, watch: Watch) -> None:
    await show.go_live()
    await show.show("lipstick")
    viewer = await watch(PHONE, "en-US")
    await expect(viewer.card).to_be_visible()
    await expect(viewer.page.locator(".card__number")).to_have_text("No. 2")
    await expect(viewer.page.locator(".card__price")).to_have_text("¥129.90")
    await expect(viewer.page.locator(".card__stock")).to_have_text("Only 3 left")
    await expect(viewer.page.locator(".card__market-price")).to_be_hidden()
    await expect(viewer.page.locator(".card__image")).to_be_hidden()


async def test_a_quick_change_of_cards_ends_with_the_last(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch()
    await viewer.until_slate("none")
    for _ in range(3):
        await show.show("tea")
        await show.hide()
        await show.show("sold_out")
    await expect(viewer.page.locator(".card__title")).to_have_text(LONG_TITLE)
    await viewer.page.wait_for_timeout(800)
    await expect(viewer.card).to_be_visible()
    await expect(viewer.card).to_have_css("opacity", "1")
    await expect(viewer.page.locator(".card__stock")).to_have_text("已售罄")


async def test_markup_in_a_title_stays_text(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch()
    await show.show("markup")
    await expect(viewer.page.locator(".card__title")).to_have_text("<img src=x onerror=alert(1)><b>粗体</b>")
    assert await viewer.page.locator(".card__title *").count() == 0


async def test_a_picture_that_is_missing_leaves_a_drawing_in_its_place(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch()
    viewer.complaints.expect("404")
    await show.show("no_picture")
    await expect(viewer.card).to_be_visible()
    await expect(viewer.page.locator(".card__image")).to_be_hidden()
    await expect(viewer.page.locator(".card__market-price")).to_be_hidden()
    await show.show("tea")
    await expect(viewer.page.locator(".card__image")).to_be_visible()


async def test_a_viewer_may_put_the_card_away_until_the_next(show: Show, watch: Watch) -> None:
    await show.go_live()
    await show.show("tea")
    viewer = await watch()
    await viewer.page.get_by_role("button", name="收起商品卡").click()
    await expect(viewer.card).to_be_hidden()
    await show.show("lipstick")
    await expect(viewer.card).to_be_visible()
