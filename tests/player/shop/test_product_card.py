"""The explain card in the viewer's picture."""

import msgspec
from playwright.async_api import expect

from backend.contract.cards import Card, CardShown
from backend.contract.protocol import Reliable
from backend.contract.shop import EditProduct, ProductChanged
from tests.player.conftest import LONG_TITLE, PRODUCTS, Watch
from tests.player.core.test_socket import ScriptedRoom, open_page, snapshot
from tests.support.animations import finish_animations
from tests.support.browser import PHONE, Screen
from tests.support.show import Show

# Which of the card's figures lie under something else, or are cut off.
COVERED = """() => [".card__price", ".card__market-price", ".card__stock", ".card__buy"].filter((name) => {
  const part = document.querySelector(name);
  const { left, top, right, bottom } = part.getBoundingClientRect();
  const corners = [[left + 2, top + 4], [right - 2, bottom - 4]];
  return !corners.every(([x, y]) => part.contains(document.elementFromPoint(x, y)));
})"""


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


async def test_both_prices_are_in_sight_on_every_screen(show: Show, watch: Watch) -> None:
    await show.go_live()
    await show.show("tea")
    viewer = await watch(Screen(320, 568, is_phone=True))
    await expect(viewer.page.locator(".card__buy")).to_be_visible()
    await viewer.page.locator(".unmute").click()
    await finish_animations(viewer.card)
    for price, market_price in (("168", "¥238"), ("1,299.50", "¥1,899")):
        await viewer.page.locator(".card__whole").evaluate("(one, text) => one.textContent = text", price)
        await viewer.page.locator(".card__market-price").evaluate(
            "(one, text) => one.textContent = text", market_price
        )
        for width, height in ((320, 568), (390, 844), (568, 320), (667, 375), (844, 390)):
            await viewer.page.set_viewport_size({"width": width, "height": height})
            assert await viewer.page.evaluate(COVERED) == [], (width, height, price)


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


async def test_an_open_card_follows_its_product_as_it_changes(show: Show, watch: Watch) -> None:
    room = ScriptedRoom()
    room.answers = [snapshot(1, Card(PRODUCTS[0], 0))]
    viewer = await open_page(room, watch)
    await viewer.page.goto(show.url)
    await expect(viewer.page.locator(".card__title")).to_have_text(PRODUCTS[0].title)
    await viewer.page.evaluate("window.sameDocument = true")
    changed = msgspec.structs.replace(PRODUCTS[0], title="雨前龙井 100g", price_minor=9_950, stock=7)
    room.say(Reliable(2, ProductChanged(changed)))
    await expect(viewer.page.locator(".card__title")).to_have_text("雨前龙井 100g")
    await expect(viewer.page.locator(".card__price")).to_have_text("¥99.50")
    await expect(viewer.page.locator(".card__stock")).to_have_text("仅剩 7 件")
    announcement = viewer.page.locator(".card__announcement")
    await expect(announcement).to_have_text("主播正在讲解1号：雨前龙井 100g，¥99.50")
    room.say(Reliable(3, ProductChanged(msgspec.structs.replace(changed, stock=0))))
    await expect(viewer.page.locator(".card__stock")).to_have_text("已售罄")
    assert await viewer.page.evaluate("window.sameDocument")


async def test_a_change_of_another_product_or_of_one_put_away_leaves_the_card_alone(
    show: Show, watch: Watch
) -> None:
    room = ScriptedRoom()
    room.answers = [snapshot(1, Card(PRODUCTS[0], 0))]
    viewer = await open_page(room, watch)
    await viewer.page.goto(show.url)
    await expect(viewer.card).to_be_visible()
    room.say(Reliable(2, ProductChanged(msgspec.structs.replace(PRODUCTS[1], title="别的"))))
    room.say(Reliable(3, ProductChanged(msgspec.structs.replace(PRODUCTS[0], stock=11))))
    await expect(viewer.page.locator(".card__stock")).to_have_text("仅剩 11 件")
    await expect(viewer.page.locator(".card__title")).to_have_text(PRODUCTS[0].title)
    await viewer.page.get_by_role("button", name="收起商品卡").click()
    await expect(viewer.card).to_be_hidden()
    room.say(Reliable(4, ProductChanged(msgspec.structs.replace(PRODUCTS[0], stock=10))))
    room.say(Reliable(5, CardShown(Card(PRODUCTS[1], 0))))
    await expect(viewer.page.locator(".card__title")).to_have_text(PRODUCTS[1].title)


async def test_the_hosts_change_is_on_the_card(show: Show, watch: Watch) -> None:
    await show.go_live()
    await show.show("tea")
    viewer = await watch()
    await expect(viewer.card).to_be_visible()
    await show.do(EditProduct("tea", 1, title="雨前龙井", price_minor=9_900, stock=5))
    await expect(viewer.card).to_contain_text("雨前龙井")
    await expect(viewer.page.locator(".card__price")).to_have_text("¥99")
    await expect(viewer.page.locator(".card__stock")).to_have_text("仅剩 5 件")


async def test_a_product_in_several_sizes_shows_its_lowest_price(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch(PHONE, "en-US")
    await show.show("sizes")
    await expect(viewer.page.locator(".card__price")).to_have_text("¥39and up")
