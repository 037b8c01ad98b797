"""The whole path of a purchase, in a real browser and at a real backend: from the card to the paid order."""

import re

import pytest
from playwright.async_api import Route, expect

from backend.contract.orders import PaymentState
from tests.player.shop.conftest import HOODIE, MARKUP, TEA, Stall
from tests.support.browser import PHONE, PHONE_ON_ITS_SIDE, Screen
from tests.support.shopper import ADDRESS, choose_outcome

WIDE = Screen(1440, 900)


@pytest.mark.parametrize(
    ("screen", "locale"),
    [(PHONE, "zh-CN"), (PHONE_ON_ITS_SIDE, "en-US"), (WIDE, "zh-CN")],
    ids=lambda value: getattr(value, "width", value),
)
async def test_a_buyer_pays_what_is_on_the_card_and_sees_the_order(
    stall: Stall, screen: Screen, locale: str
) -> None:
    shopper = await stall.shopper(screen, locale)
    await stall.show_card(TEA)
    await shopper.page.locator(".card__buy").click()
    await expect(shopper.view.locator(".shop__name")).to_have_text("明前龙井 绿茶礼盒 250g")
    await shopper.focus("buy").click()
    await shopper.fill_address()
    await expect(shopper.pay_button).to_contain_text("¥168.00")
    cashier = await shopper.pay()
    await shopper.until_stage("pending")
    await choose_outcome(cashier)
    await shopper.until_stage("paid")
    [order] = await stall.orders()
    assert (order.payment_state, order.total_minor) == (PaymentState.PAID, 16_800)
    await expect(shopper.result).to_contain_text(order.number[6:11])
    await shopper.focus("order").click()
    await expect(shopper.body).to_contain_text("已付款" if locale == "zh-CN" else "Paid")


async def test_a_buyer_who_comes_back_needs_four_taps_from_card_to_paid(stall: Stall) -> None:
    shopper = await stall.shopper()
    await shopper.go_to_checkout()
    await shopper.fill_address()
    await shopper.page.goto("about:blank")
    await stall.show_card(TEA)
    await shopper.enter()
    await shopper.page.locator(".card__buy").click()
    await shopper.focus("buy").click()
    cashier = await shopper.pay()
    await choose_outcome(cashier)
    await shopper.until_stage("paid")


async def test_the_video_and_the_chat_go_on_beside_the_shop_on_a_desktop(stall: Stall) -> None:
    shopper = await stall.shopper(WIDE)
    await shopper.open_list()
    field = shopper.page.locator(".composer__input")
    await field.fill("在看")
    await field.press("Enter")
    await expect(shopper.page.locator(".line")).to_contain_text(["在看"])
    await expect(shopper.dialog).to_be_visible()
    frame, panel = await shopper.page.locator(".frame").bounding_box(), await shopper.dialog.bounding_box()
    assert frame is not None
    assert panel is not None
    assert frame["x"] + frame["width"] <= panel["x"]
    assert panel["width"] == pytest.approx(420, abs=0.5)


async def test_the_cashiers_way_back_leads_to_the_room_that_it_was_opened_from(stall: Stall) -> None:
    shopper = await stall.shopper()
    await shopper.go_to_checkout()
    await shopper.fill_address()
    cashier = await shopper.pay()
    async with cashier.expect_event("close"):
        await cashier.locator(".foot button").first.click()
        await cashier.locator(".foot a").first.click()
    await shopper.until_stage("paid")


async def test_a_cashier_that_the_browser_does_not_open_is_opened_by_the_buyer(stall: Stall) -> None:
    shopper = await stall.shopper()
    await shopper.page.evaluate("() => { window.realOpen = window.open; window.open = () => null; }")
    await shopper.go_to_checkout()
    await shopper.fill_address()
    await shopper.pay_button.click()
    await shopper.until_stage("pending")
    await expect(shopper.result).to_contain_text("没有打开收银台")
    await shopper.page.evaluate("() => { window.open = window.realOpen; }")
    await choose_outcome(await shopper.pay())
    await shopper.until_stage("paid")


async def test_a_double_tap_places_one_order(stall: Stall) -> None:
    shopper = await stall.shopper()
    await shopper.go_to_checkout()
    await shopper.fill_address()
    async with shopper.page.context.expect_page():
        await shopper.pay_button.evaluate("button => { button.click(); button.click(); button.click(); }")
    await shopper.until_stage("pending")
    assert len(await stall.orders()) == 1


async def test_an_order_whose_answer_is_lost_is_placed_once(stall: Stall) -> None:
    shopper = await stall.shopper()
    shopper.complaints.expect("ERR_CONNECTION_RESET", "ERR_FAILED")
    await shopper.go_to_checkout()
    await shopper.fill_address()
    keys: list[str | None] = []

    async def lose_the_first_answer(route: Route) -> None:
        keys.append(route.request.headers.get("idempotency-key"))
        response = await route.fetch()
        if len(keys) == 1:
            await route.abort("connectionreset")
        else:
            await route.fulfill(response=response)

    await shopper.page.route("**/api/v1/orders", lose_the_first_answer)
    await shopper.pay_button.click()
    await expect(shopper.view.get_by_role("alert")).to_contain_text("不会重复扣款")
    await shopper.until_stage("pending")
    assert len(keys) == 2
    assert keys[0] == keys[1]
    assert len(await stall.orders()) == 1


async def test_an_order_on_its_way_at_a_reload_is_placed_once(stall: Stall) -> None:
    shopper = await stall.shopper()
    shopper.complaints.expect("ERR_FAILED")
    await shopper.go_to_checkout()
    await shopper.fill_address()

    async def lose_the_answer(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await shopper.page.route("**/api/v1/orders", lose_the_answer)
    await shopper.pay_button.click()
    await expect(shopper.view.get_by_role("alert")).to_contain_text("不会重复扣款")
    await shopper.page.unroute("**/api/v1/orders")
    await shopper.page.reload()
    await shopper.until_stage("pending")
    assert len(await stall.orders()) == 1


async def test_a_reload_loses_nothing_that_was_typed(stall: Stall) -> None:
    await stall.take_all_methods()
    shopper = await stall.shopper()
    await shopper.go_to_checkout()
    await shopper.focus("address").click()
    await shopper.page.locator("#shop-address-name").fill("林悦")
    await shopper.page.reload()
    await expect(shopper.page.locator("#shop-address-name")).to_have_value("林悦")
    await shopper.page.go_back()
    await shopper.fill_address()
    await shopper.view.locator("textarea").fill("轻放")
    await shopper.focus("method=transfer").check()
    await shopper.page.reload()
    await expect(shopper.view.locator("textarea")).to_have_value("轻放")
    await expect(shopper.focus("method=transfer")).to_be_checked()
    await shopper.pay_button.click()
    await shopper.until_stage("placed")
    assert [order.note for order in await stall.orders()] == ["轻放"]


async def test_a_pasted_line_fills_the_address(stall: Stall) -> None:
    shopper = await stall.shopper()
    await shopper.go_to_checkout()
    await shopper.focus("address").click()
    await shopper.view.locator("textarea").fill("浙江省杭州市西湖区文三路 90 号 林悦 13800138000")
    await expect(shopper.view).to_contain_text("已识别 6 项")
    await shopper.focus("save").click()
    await expect(shopper.body).to_contain_text("浙江省 杭州市 西湖区 文三路 90 号")


async def test_a_payment_that_fails_can_be_tried_again(stall: Stall) -> None:
    shopper = await stall.shopper()
    await shopper.go_to_checkout()
    await shopper.fill_address()
    await choose_outcome(await shopper.pay(), 1)
    await shopper.until_stage("unpaid")
    await expect(shopper.result).to_contain_text("没有扣款")
    await choose_outcome(await shopper.pay())
    await shopper.until_stage("paid")
    [order] = await stall.orders()
    assert order.payment_state is PaymentState.PAID


async def test_a_changed_price_is_shown_beside_the_old_one_and_never_paid_silently(stall: Stall) -> None:
    shopper = await stall.shopper()
    shopper.complaints.expect("409")
    await shopper.go_to_checkout()
    await shopper.fill_address()
    await stall.reprice(TEA, 17_800)
    await shopper.pay_button.click()
    changed = shopper.body.locator(".sum")
    await expect(changed.locator("s").first).to_have_text("¥168.00")
    await expect(changed).to_contain_text("¥178.00")
    await expect(shopper.pay_button).to_contain_text("¥178.00")
    assert await stall.orders() == []
    cashier = await shopper.pay()
    await choose_outcome(cashier)
    await shopper.until_stage("paid")
    assert [order.total_minor for order in await stall.orders()] == [17_800]


async def test_what_sold_out_meanwhile_is_refused_with_what_is_kept(stall: Stall) -> None:
    shopper = await stall.shopper()
    shopper.complaints.expect("409")
    await shopper.go_to_checkout()
    await shopper.fill_address()
    await shopper.view.locator("textarea").fill("轻放")
    await stall.restock(TEA, 0)
    await shopper.pay_button.click()
    await expect(shopper.view.get_by_role("alert")).to_contain_text("没有下单，也没有扣款")
    await expect(shopper.view.locator("textarea")).to_have_value("轻放")
    assert await stall.orders() == []
    await shopper.view.get_by_role("button", name="看其他商品").click()
    await expect(shopper.row("明前龙井")).to_contain_text("已售罄")


async def test_one_takes_as_many_as_are_left(stall: Stall) -> None:
    shopper = await stall.shopper()
    shopper.complaints.expect("409")
    await shopper.open_product("明前龙井")
    await shopper.focus("more").click()
    await shopper.focus("more").click()
    await shopper.focus("buy").click()
    await shopper.fill_address()
    await stall.restock(TEA, 2)
    await shopper.pay_button.click()
    await shopper.view.get_by_role("button", name="改为 2 件").click()
    await expect(shopper.pay_button).to_contain_text("¥336.00")
    await shopper.pay()
    assert [order.lines[0].quantity for order in await stall.orders()] == [2]


async def test_a_choice_leads_to_its_sku_and_shows_what_is_left_of_each(stall: Stall) -> None:
    await stall.sell_hoodies()
    shopper = await stall.shopper()
    await shopper.open_product("套头帽衫")
    await expect(shopper.focus("尺码=S")).to_contain_text("剩 3")
    await expect(shopper.focus("尺码=2XL")).to_contain_text("售罄")
    await shopper.focus("颜色=松绿").click()
    await expect(shopper.focus("尺码=M")).to_have_attribute("aria-checked", "true")
    await shopper.focus("more").click()
    await expect(shopper.focus("more")).to_be_disabled()
    await shopper.focus("buy").click()
    await shopper.fill_address()
    await expect(shopper.body).to_contain_text("松绿 / M × 2")
    await shopper.pay()
    [order] = await stall.orders()
    assert [(line.sku_id, line.quantity) for line in order.lines] == [(f"{HOODIE}-4", 2)]


async def test_what_is_sold_out_cannot_be_bought(stall: Stall) -> None:
    await stall.sell_hoodies()
    shopper = await stall.shopper()
    await shopper.open_product("套头帽衫")
    await shopper.focus("尺码=2XL").click()
    await expect(shopper.focus("buy")).to_be_disabled()
    await expect(shopper.view).to_contain_text("已售罄，请换一个规格")


@pytest.mark.parametrize(("method", "words"), [("transfer", "转账"), ("cash_on_delivery", "收到包裹时付")])
async def test_an_order_can_be_paid_otherwise(stall: Stall, method: str, words: str) -> None:
    await stall.take_all_methods()
    shopper = await stall.shopper()
    await shopper.go_to_checkout()
    await shopper.fill_address()
    await shopper.focus(f"method={method}").check()
    await shopper.pay_button.click()
    await shopper.until_stage("placed")
    await expect(shopper.result).to_contain_text(words)
    assert [order.method for order in await stall.orders()] == [method]


async def test_a_transfer_says_where_the_money_goes(stall: Stall) -> None:
    await stall.take_all_methods()
    await stall.say_where_transfers_go(f"{MARKUP}\n6225 8888 0000 1234")
    shopper = await stall.shopper()
    await shopper.go_to_checkout()
    await shopper.fill_address()
    await shopper.focus("method=transfer").check()
    await shopper.pay_button.click()
    await shopper.until_stage("placed")
    await expect(shopper.result).to_contain_text("6225 8888 0000 1234")
    await expect(shopper.result).to_contain_text(MARKUP)
    await shopper.focus("order").click()
    await expect(shopper.view).to_contain_text("6225 8888 0000 1234")


async def test_the_checkout_offers_no_method_that_the_shop_does_not_take(stall: Stall) -> None:
    shopper = await stall.shopper()
    await shopper.go_to_checkout()
    await expect(shopper.view.locator("fieldset.methods input")).to_have_count(1)
    await expect(shopper.view.locator("fieldset.methods input")).to_have_value("online")


async def test_a_method_that_the_shop_turned_off_meanwhile_is_refused_and_gone(stall: Stall) -> None:
    await stall.take_all_methods()
    shopper = await stall.shopper()
    await shopper.go_to_checkout()
    await shopper.fill_address()
    await shopper.focus("method=cash_on_delivery").check()
    await stall.take_online_alone()
    shopper.complaints.expect("/api/v1/orders")
    await shopper.pay_button.click()
    await expect(shopper.view.get_by_role("alert")).to_contain_text("请另选一种")
    await expect(shopper.view.locator("fieldset.methods input")).to_have_count(1)
    assert await stall.orders() == []


async def test_a_reload_finds_choice_address_and_payment_again(stall: Stall) -> None:
    await stall.sell_hoodies()
    shopper = await stall.shopper()
    await shopper.open_product("套头帽衫")
    await shopper.focus("颜色=松绿").click()
    await shopper.page.reload()
    await expect(shopper.focus("颜色=松绿")).to_have_attribute("aria-checked", "true")
    await shopper.focus("buy").click()
    await shopper.fill_address()
    await shopper.page.reload()
    await expect(shopper.body).to_contain_text(ADDRESS["street"])
    cashier = await shopper.pay()
    await shopper.page.reload()
    await shopper.until_stage("pending")
    await choose_outcome(cashier)
    await shopper.until_stage("paid")
    assert len(shopper.page.context.pages) == 1
    assert len(await stall.orders()) == 1


async def test_the_way_back_goes_one_view_back_and_then_to_the_room(stall: Stall) -> None:
    shopper = await stall.shopper()
    await shopper.go_to_checkout()
    await shopper.page.go_back()
    await expect(shopper.view.locator(".shop__name")).to_be_visible()
    await shopper.page.go_back()
    await expect(shopper.view.locator("li.goods").first).to_be_visible()
    await shopper.page.go_forward()
    await expect(shopper.view.locator(".shop__name")).to_be_visible()
    await shopper.page.go_back()
    await shopper.page.go_back()
    await expect(shopper.dialog).to_be_hidden()
    await expect(shopper.page).to_have_url(re.compile("/r/main$"))


async def test_a_closed_shop_leaves_nothing_in_the_history(stall: Stall) -> None:
    shopper = await stall.shopper()
    await shopper.page.goto(f"{shopper.url}?from=link")
    await shopper.go_to_checkout()
    await shopper.page.keyboard.press("Escape")
    await expect(shopper.dialog).to_be_hidden()
    await shopper.page.wait_for_function("() => history.state === null")
    await shopper.page.go_back()
    await expect(shopper.page).not_to_have_url(re.compile("from=link"))


async def test_without_a_line_paying_waits_and_says_so(stall: Stall) -> None:
    shopper = await stall.shopper()
    shopper.complaints.expect("ERR_INTERNET_DISCONNECTED", "WebSocket")
    await shopper.go_to_checkout()
    await shopper.fill_address()
    await shopper.page.context.set_offline(True)
    await expect(shopper.pay_button).to_be_disabled()
    await expect(shopper.pay_button).to_have_text("等待网络…")
    await expect(shopper.view.get_by_role("alert")).to_contain_text("填好的内容都在")
    await stall.reprice(TEA, 15_000)
    await shopper.page.context.set_offline(False)
    await expect(shopper.pay_button).to_contain_text("¥150.00")
    await expect(shopper.body.locator("s").first).to_have_text("¥168.00")


async def test_texts_of_the_shop_are_never_markup(stall: Stall) -> None:
    await stall.retitle(TEA, title=MARKUP, description=MARKUP)
    shopper = await stall.shopper()
    await shopper.open_product(MARKUP)
    await expect(shopper.view.locator(".shop__name")).to_have_text(MARKUP)
    await expect(shopper.view.locator(".shop__prose")).to_have_text(MARKUP)
    await shopper.focus("buy").click()
    await shopper.fill_address()
    await shopper.pay()
    await shopper.focus("live").click()
    await shopper.open_list()
    await shopper.view.get_by_role("button", name="我的订单").click()
    await shopper.view.get_by_role("button", name=re.compile("查看")).first.click()
    await expect(shopper.body).to_contain_text(MARKUP)
    assert await shopper.page.locator("img[onerror], .shop b:text('粗体')").count() == 0


async def test_the_keyboard_alone_buys(stall: Stall) -> None:
    shopper = await stall.shopper(WIDE)
    keyboard = shopper.page.keyboard

    async def reach(name: str) -> None:
        for _ in range(60):
            focused = await shopper.page.evaluate("document.activeElement?.dataset.focus ?? ''")
            if focused == name:
                return
            await keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {name}")

    await shopper.page.locator(".shop-open").focus()
    await keyboard.press("Enter")
    await expect(shopper.row("明前龙井")).to_be_visible()
    await reach(TEA)
    await keyboard.press("Enter")
    await expect(shopper.focus("buy")).to_be_visible()
    await reach("buy")
    await keyboard.press("Enter")
    await expect(shopper.focus("address")).to_be_visible()
    await reach("address")
    await keyboard.press("Enter")
    await expect(shopper.page.locator("#shop-address-name")).to_be_visible()
    for name in ("name", "phone", "province", "city", "district", "postcode", "street"):
        while await shopper.page.evaluate("document.activeElement?.name") != name:
            await keyboard.press("Tab")
        await keyboard.type(ADDRESS.get(name, "310012"))
    await keyboard.press("Enter")
    await expect(shopper.pay_button).to_be_enabled()
    await reach("pay")
    async with shopper.page.context.expect_page() as opened:
        await keyboard.press("Enter")
    await choose_outcome(await opened.value)
    await shopper.until_stage("paid")
    await keyboard.press("Escape")
    await expect(shopper.dialog).to_be_hidden()
    await expect(shopper.page.locator(".shop-open")).to_be_focused()


async def test_card_and_list_show_at_once_what_others_leave(stall: Stall) -> None:
    await stall.restock(TEA, 2)
    await stall.show_card(TEA)
    shopper = await stall.shopper(WIDE)
    await shopper.open_list()
    row, stock = shopper.row("明前龙井"), shopper.page.locator(".card__stock")
    await expect(row).to_contain_text("仅剩 2 件")
    await stall.buy(TEA)
    await expect(stock).to_have_text("仅剩 1 件")
    await expect(row).to_contain_text("仅剩 1 件")
    await stall.buy(TEA)
    await expect(stock).to_have_text("已售罄")
    await expect(row).to_contain_text("已售罄")
    late = await stall.shopper()
    await expect(late.page.locator(".card__stock")).to_have_text("已售罄")


async def test_a_payment_is_seen_on_the_buyers_other_pages_at_once(stall: Stall) -> None:
    shopper = await stall.shopper()
    await shopper.go_to_checkout()
    await shopper.fill_address()
    cashier = await shopper.pay()
    other = await stall.shopper(context=shopper.page.context)
    await other.open_list()
    await other.view.get_by_role("button", name="我的订单").click()
    await expect(other.view.locator("li.box")).to_contain_text("待付款")
    await choose_outcome(cashier)
    await expect(other.view.locator("li.box")).to_contain_text("已付款")
    await shopper.until_stage("paid")


async def test_the_checkout_shows_who_takes_online_payments_and_pays_with_the_chosen_one(
    stall: Stall,
) -> None:
    shopper = await stall.shopper()
    two = [{"provider": "stripe", "is_test": False}, {"provider": "sandbox", "is_test": True}]
    await shopper.page.route(
        "**/api/v1/payment-methods", lambda route: route.fulfill(json={"providers": two})
    )
    await shopper.go_to_checkout()
    await shopper.fill_address()
    await expect(shopper.focus("method=onlinestripe")).to_be_checked()
    await expect(shopper.body).to_contain_text("银行卡")
    await shopper.focus("method=onlinesandbox").check()
    cashier = await shopper.pay()
    await choose_outcome(cashier)
    await shopper.until_stage("paid")
