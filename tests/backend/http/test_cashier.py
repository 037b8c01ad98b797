"""The cashier over real HTTP, with and without a browser."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import msgspec
import pytest
from playwright.async_api import Route

from backend.contract.orders import Order
from backend.contract.payments import Attempt
from backend.http.qr import qr_svg
from backend.options import ServeOptions
from tests.backend.http.api.shopping import Buyer, Market, answer, line, open_market
from tests.backend.running import as_problem
from tests.support.alipay_gateway import AlipayGateway, running_alipay_gateway
from tests.support.browser import PHONE, SHELL, Complaints, Screen, new_viewer, open_browser
from tests.support.stripe_gateway import (
    PUBLISHABLE_KEY,
    SECRET_KEY,
    WEBHOOK_SECRET,
    StripeGateway,
    running_stripe_gateway,
)
from tests.support.wechat_gateway import WeChatGateway, running_wechat_gateway

ENGLISH = {"Accept-Language": "en"}
CHINESE = {"Accept-Language": "zh-CN"}


@pytest.fixture
async def market(tmp_path: Path) -> AsyncIterator[Market]:
    """A backend that sells tea."""
    async with open_market(tmp_path) as market:
        yield market


async def to_pay(market: Market) -> tuple[Buyer, Order, Attempt]:
    """An order that waits for its money."""
    buyer = await market.buyer()
    order = await buyer.order(line())
    return buyer, order, await buyer.attempt(order)


async def test_the_cashier_shows_what_is_to_pay_in_the_readers_language(market: Market) -> None:
    _buyer, order, attempt = await to_pay(market)
    english = await market.http.get(attempt.pay_path, headers=ENGLISH)
    chinese = await market.http.get(attempt.pay_path, headers=CHINESE)
    chosen = await market.http.get(f"{attempt.pay_path}?lang=zh", headers=ENGLISH)
    assert english.headers["content-type"] == "text/html; charset=utf-8"
    assert "Pay ¥168.00" in english.text
    assert "支付 ¥168.00" in chinese.text
    assert 'lang="zh-CN"' in chosen.text
    for secret in (order.buyer_id, order.address.name, order.address.phone, order.address.street):
        assert secret not in english.text


async def test_a_cashier_page_loads_its_own_things_only_and_tells_nobody_its_address(market: Market) -> None:
    _buyer, _order, attempt = await to_pay(market)
    for path in (attempt.pay_path, f"{attempt.pay_path}/qr.svg", f"{attempt.pay_path}/state", "/pay/nothing"):
        headers = (await market.http.get(path)).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert (headers["referrer-policy"], headers["cache-control"]) == ("no-referrer", "no-store")


async def test_the_code_of_a_cashier_is_its_own_address(market: Market) -> None:
    _buyer, _order, attempt = await to_pay(market)
    code = await market.http.get(f"{attempt.pay_path}/qr.svg")
    assert code.content == qr_svg(f"http://{market.backend.address}{attempt.pay_path}")


async def test_a_payment_goes_on_after_a_choice(market: Market) -> None:
    buyer, order, attempt = await to_pay(market)
    failed = await market.cashier(attempt, "fail")
    assert (failed.status_code, failed.headers["location"]) == (303, f"{attempt.pay_path}?lang=en")
    again = await market.http.post(f"{attempt.pay_path}/outcome", json={"outcome": "pay"})
    assert again.status_code == 303
    await market.until_paid(buyer, order)
    page = await market.http.get(attempt.pay_path, headers=ENGLISH)
    assert order.number in page.text
    assert 'data-state="paid"' in page.text
    assert (await market.http.get(f"{attempt.pay_path}/state")).json() == {"state": "paid"}


@pytest.mark.parametrize("body", ["", "outcome=", "outcome=riches", "other=pay", "outcome=%FF", "\u00e9"])
async def test_an_outcome_that_is_none_is_malformed(market: Market, body: str) -> None:
    _buyer, _order, attempt = await to_pay(market)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for headers in (form, {"Content-Type": "application/json"}):
        response = await market.http.post(
            f"{attempt.pay_path}/outcome", content=body.encode(), headers=headers
        )
        assert (response.status_code, as_problem(response.content).error) == (422, "malformed")


async def test_a_payment_that_is_not_there_has_a_page_that_says_so(market: Market) -> None:
    page = await market.http.get("/pay/nothing", headers=ENGLISH)
    assert page.status_code == 404
    assert "There is no such payment" in page.text
    assert (await market.http.get("/pay/nothing/state")).status_code == 404
    assert (await market.http.post("/pay/nothing/outcome", data={"outcome": "pay"})).status_code == 404
    assert (await market.http.get("/pay/assets/x/cashier.css")).status_code == 404


async def test_the_addresses_of_payments_cannot_be_tried_out(market: Market) -> None:
    tries = [market.http.get(f"/pay/assets/{number}/x") for number in range(3)]
    tries += [market.http.get(f"/pay/{number:032}/qr.svg") for number in range(300)]
    codes = [response.status_code for response in await asyncio.gather(*tries)]
    assert set(codes) == {404, 200, 429}


async def test_a_cashier_lies_below_the_prefix_of_a_proxy(tmp_path: Path) -> None:
    async with open_market(tmp_path, ServeOptions(prefix="/live")) as market:
        _buyer, _order, attempt = await to_pay(market)
        page = (await market.http.get(f"/live{attempt.pay_path}", headers=ENGLISH)).text
        assert f'action="/live{attempt.pay_path}/outcome?lang=en"' in page
        assert 'href="/live/r/main"' in page


async def test_money_that_does_not_match_is_told_on_the_page(market: Market) -> None:
    _buyer, _order, attempt = await to_pay(market)
    await market.cashier(attempt, "wrong_amount")
    page = await market.http.get(attempt.pay_path, headers=ENGLISH)
    assert "does not match" in page.text


async def test_a_payment_after_a_failure_is_checked_until_it_is_known(market: Market) -> None:
    buyer, order, attempt = await to_pay(market)
    await market.cashier(attempt, "fail")
    async with asyncio.timeout(20):
        while True:
            if (await market.http.get(f"{attempt.pay_path}/state")).json() == {"state": "failed"}:
                break
            await asyncio.sleep(0.5)
    await market.cashier(attempt, "no_webhook")
    state = (await market.http.get(f"{attempt.pay_path}/state")).json()["state"]
    assert state in {"checking", "paid"}
    async with asyncio.timeout(20):
        while True:
            if (await market.http.get(f"{attempt.pay_path}/state")).json() == {"state": "paid"}:
                break
            await asyncio.sleep(0.5)
    assert (await buyer.see(order)).payment_state == "paid"


@pytest.mark.parametrize("screen", [PHONE, Screen(844, 390, is_phone=True), Screen(1440, 900)], ids=str)
async def test_a_buyer_pays_in_a_browser(market: Market, screen: Screen) -> None:
    buyer, order, attempt = await to_pay(market)
    async with open_browser(SHELL) as browser:
        context = await new_viewer(browser, screen, "en-US")
        page = await context.new_page()
        complaints = Complaints(page)
        await page.goto(f"http://{market.backend.address}{attempt.pay_path}")
        width = await page.evaluate("document.documentElement.scrollWidth")
        assert width <= screen.width
        await page.get_by_role("button", name="Pay ¥168.00").click()
        await page.get_by_role("heading", name="Paid").wait_for()
        await page.get_by_role("link", name="Back to the live").last.wait_for()
        assert complaints.unexpected() == []
    assert (await buyer.see(order)).payment_state == "paid"


async def test_a_page_that_waits_hears_that_another_device_paid(market: Market) -> None:
    _buyer, _order, attempt = await to_pay(market)
    async with open_browser(SHELL) as browser:
        page = await (await new_viewer(browser, PHONE, "zh-CN")).new_page()
        await page.goto(f"http://{market.backend.address}{attempt.pay_path}")
        await market.cashier(attempt, "pay")
        await page.get_by_role("heading", name="付款成功").wait_for()


async def test_a_buyer_pays_without_scripts(market: Market) -> None:
    _buyer, _order, attempt = await to_pay(market)
    async with open_browser(SHELL) as browser:
        context = await browser.new_context(java_script_enabled=False, locale="en-US")
        page = await context.new_page()
        await page.goto(f"http://{market.backend.address}{attempt.pay_path}")
        async with page.expect_navigation():
            await page.locator("button[value=pay]").click()
        await page.reload()
        await page.locator("main[data-state=paid]").wait_for()


# --- Stripe's form ---

STRIPE_JS = """
window.Stripe = (key, { locale }) => ({
  elements({ clientSecret }) {
    const field = { on(name, told) { if (name === "ready") setTimeout(told); }, mount(place) {
      const frame = document.createElement("iframe");
      frame.src = "https://js.stripe.com/form";
      document.querySelector(place).append(frame, `${key} ${locale} ${clientSecret}`);
    } };
    return { create: () => field };
  },
  async confirmPayment({ confirmParams }) {
    return window.confirmed(confirmParams.return_url);
  },
});
"""


@pytest.fixture
def gateway() -> Iterator[StripeGateway]:
    """Stripe's stand-in."""
    with running_stripe_gateway() as gateway:
        yield gateway


@pytest.fixture
async def stripe_market(tmp_path: Path, gateway: StripeGateway) -> AsyncIterator[Market]:
    """A backend that sells tea for money of Stripe's test mode."""
    keys = {
        "secret_key": SECRET_KEY,
        "publishable_key": PUBLISHABLE_KEY,
        "webhook_secret": WEBHOOK_SECRET,
        "api": gateway.url,
    }
    lines = [f'{name} = "{value}"\n' for name, value in keys.items()]
    file = tmp_path / "payments.toml"
    file.write_text("[stripe]\n" + "".join(lines))
    file.chmod(0o600)
    async with open_market(tmp_path) as market:
        yield market


async def test_a_webhook_of_stripes_pays_an_order_over_http(
    stripe_market: Market, gateway: StripeGateway
) -> None:
    buyer, order, attempt = await to_pay(stripe_market)
    assert attempt.provider == "stripe"
    intent = gateway.find(attempt.attempt_id)
    gateway.pay(intent)
    headers, body = gateway.webhook(gateway.see(intent))
    path = "/api/v1/webhooks/stripe"
    first = await stripe_market.http.post(path, headers=headers, content=body)
    second = await stripe_market.http.post(path, headers=headers, content=body)
    assert (first.json(), second.json()) == ({"result": "paid"}, {"result": "replayed"})
    assert (await buyer.see(order)).payment_state == "paid"
    forged = await stripe_market.http.post(path, headers=headers, content=body.replace(b"16800", b"1"))
    assert forged.status_code == 400


async def test_only_the_page_with_stripes_form_lets_stripes_things_in(stripe_market: Market) -> None:
    _buyer, _order, attempt = await to_pay(stripe_market)
    page = await stripe_market.http.get(attempt.pay_path, headers=ENGLISH)
    policy = page.headers["content-security-policy"]
    assert "script-src 'self' https://js.stripe.com" in policy
    assert "unsafe" not in policy
    assert 'src="https://js.stripe.com/v3/"' in page.text
    assert SECRET_KEY not in page.text
    assert 'name="outcome"' not in page.text
    for path in ("/pay/nothing", f"{attempt.pay_path}/state", "/r/main"):
        assert "stripe" not in (await stripe_market.http.get(path)).headers["content-security-policy"]
    assert (await stripe_market.cashier(attempt, "pay")).status_code == 404


async def test_a_form_that_cannot_be_had_is_told_and_money_on_its_way_is_waited_for(
    stripe_market: Market, gateway: StripeGateway
) -> None:
    _buyer, _order, attempt = await to_pay(stripe_market)
    gateway.is_down = True
    page = await stripe_market.http.get(attempt.pay_path, headers=ENGLISH)
    assert "does not open" in page.text
    assert "js.stripe.com" not in page.text
    gateway.is_down = False
    assert "js.stripe.com" in (await stripe_market.http.get(attempt.pay_path, headers=ENGLISH)).text
    gateway.delay(gateway.find(attempt.attempt_id))
    await until_shown(stripe_market, attempt, "checking")
    page = await stripe_market.http.get(attempt.pay_path, headers=ENGLISH)
    assert 'data-state="checking"' in page.text


@pytest.mark.parametrize("screen", [PHONE, Screen(1440, 900)], ids=str)
async def test_a_buyer_pays_by_stripes_form_in_a_browser(
    stripe_market: Market, gateway: StripeGateway, screen: Screen
) -> None:
    buyer, order, attempt = await to_pay(stripe_market)
    intent = gateway.find(attempt.attempt_id)
    answers = [{"error": {"message": "Your card was declined."}}, {}]

    def confirmed(return_url: str) -> object:
        assert return_url == f"http://{stripe_market.backend.address}{attempt.pay_path}?lang=en"
        if len(answers) == 1:
            gateway.pay(intent)
        return answers.pop(0)

    async with open_browser(SHELL) as browser:
        context = await new_viewer(browser, screen, "en-US")
        page = await context.new_page()
        complaints = Complaints(page)
        await page.expose_function("confirmed", confirmed)
        await page.route(
            "https://js.stripe.com/**",
            lambda route: route.fulfill(
                body=STRIPE_JS if route.request.url.endswith("/v3/") else "",
                content_type="text/javascript" if route.request.url.endswith("/v3/") else "text/html",
            ),
        )
        await page.goto(f"http://{stripe_market.backend.address}{attempt.pay_path}")
        pay = page.get_by_role("button", name="Pay ¥168.00")
        await page.get_by_text(f"{PUBLISHABLE_KEY} en {intent}_secret").wait_for()
        assert await page.evaluate("document.documentElement.scrollWidth") <= screen.width
        await pay.click()
        await page.get_by_text("Your card was declined.").wait_for()
        await pay.click()
        await page.get_by_role("heading", name="Paid").wait_for()
        assert complaints.unexpected() == []
    assert (await buyer.see(order)).payment_state == "paid"


async def test_a_page_whose_form_is_blocked_says_so(stripe_market: Market) -> None:
    _buyer, _order, attempt = await to_pay(stripe_market)
    async with open_browser(SHELL) as browser:
        page = await (await new_viewer(browser, PHONE, "zh-CN")).new_page()
        await page.route("https://js.stripe.com/**", lambda route: route.abort())
        await page.goto(f"http://{stripe_market.backend.address}{attempt.pay_path}")
        await page.get_by_text("付款表单暂时打不开").wait_for()


# --- WeChat Pay and Alipay ---


@pytest.fixture
def wechat() -> Iterator[WeChatGateway]:
    """WeChat Pay's stand-in."""
    with running_wechat_gateway() as gateway:
        yield gateway


@pytest.fixture
def alipay() -> Iterator[AlipayGateway]:
    """Alipay's stand-in."""
    with running_alipay_gateway() as gateway:
        yield gateway


@pytest.fixture
async def place_market(tmp_path: Path, wechat: WeChatGateway, alipay: AlipayGateway) -> AsyncIterator[Market]:
    """A backend that sells tea for money of both."""
    parts = {"wechat": msgspec.to_builtins(wechat.keys()), "alipay": msgspec.to_builtins(alipay.keys())}
    lines = []
    for name, keys in parts.items():
        lines += [f"[{name}]", *(f'{field} = """{value}"""' for field, value in keys.items())]
    file = tmp_path / "payments.toml"
    file.write_text("\n".join(lines))
    file.chmod(0o600)
    async with open_market(tmp_path) as market:
        yield market


async def to_pay_with(market: Market, provider: str, device: str = "desktop") -> tuple[Buyer, Order, Attempt]:
    """An order that waits for its money at a provider."""
    buyer = await market.buyer()
    order = await buyer.order(line())
    body = {"provider": provider, "device": device}
    attempt = answer(Attempt, await buyer.post(f"orders/{order.order_id}/attempts", body), 201)
    return buyer, order, attempt


async def until_shown(market: Market, attempt: Attempt, state: str) -> None:
    """Wait until the page would show a state; it asks the provider every 3 s at most."""
    async with asyncio.timeout(20):
        while True:
            if (await market.http.get(f"{attempt.pay_path}/state")).json() == {"state": state}:
                return
            await asyncio.sleep(0.2)


async def test_a_shop_that_takes_both_offers_both_and_no_play_money(place_market: Market) -> None:
    buyer = await place_market.buyer()
    offered = (await buyer.get("payment-methods")).json()["providers"]
    assert offered == [{"provider": "wechat", "is_test": True}, {"provider": "alipay", "is_test": True}]
    assert (await place_market.http.post("/pay/x/outcome", data={"outcome": "pay"})).status_code == 404


@pytest.mark.parametrize("provider", ["wechat", "alipay"])
async def test_the_page_of_a_code_moves_on_without_any_webhook(
    place_market: Market, wechat: WeChatGateway, alipay: AlipayGateway, provider: str
) -> None:
    buyer, order, attempt = await to_pay_with(place_market, provider)
    page = await place_market.http.get(attempt.pay_path, headers=CHINESE)
    assert "data:image/svg+xml;base64," in page.text
    assert "stripe" not in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]
    (wechat if provider == "wechat" else alipay).pay(attempt.attempt_id)
    await until_shown(place_market, attempt, "paid")
    assert (await buyer.see(order)).payment_state == "paid"


@pytest.mark.parametrize("provider", ["wechat", "alipay"])
async def test_within_wechats_browser_nothing_is_begun(
    place_market: Market, wechat: WeChatGateway, provider: str
) -> None:
    _buyer, _order, attempt = await to_pay_with(place_market, provider, "phone")
    headers = {**CHINESE, "User-Agent": "Mozilla/5.0 (iPhone) MicroMessenger/8.0.50 Mobile"}
    page = await place_market.http.get(attempt.pay_path, headers=headers)
    assert "在浏览器打开" in page.text
    assert wechat.payments == {}


async def test_money_that_a_place_has_and_that_does_not_match_is_told_on_its_page(
    place_market: Market, wechat: WeChatGateway
) -> None:
    _buyer, _order, attempt = await to_pay_with(place_market, "wechat")
    wechat.pay(attempt.attempt_id, 1)
    await until_shown(place_market, attempt, "put_aside")
    _buyer, _order, other = await to_pay_with(place_market, "wechat")
    wechat.decline(other.attempt_id)
    await until_shown(place_market, other, "failed")


async def test_webhooks_of_both_pay_over_http_and_alipays_is_answered_in_its_word(
    place_market: Market, wechat: WeChatGateway, alipay: AlipayGateway
) -> None:
    _buyer, _order, one = await to_pay_with(place_market, "wechat")
    wechat.pay(one.attempt_id)
    headers, body = wechat.told(one.attempt_id)
    path = "/api/v1/webhooks/wechat"
    answers = [await place_market.http.post(path, headers=headers, content=body) for _ in range(2)]
    assert [each.json() for each in answers] == [{"result": "paid"}, {"result": "replayed"}]
    _buyer, _order, two = await to_pay_with(place_market, "alipay")
    await place_market.http.get(two.pay_path)
    alipay.pay(two.attempt_id)
    headers, body = alipay.told(two.attempt_id)
    path = "/pay/webhooks/alipay"
    answers = [await place_market.http.post(path, headers=headers, content=body) for _ in range(2)]
    assert [(each.status_code, each.text) for each in answers] == [(200, "success")] * 2
    forged = await place_market.http.post(path, headers=headers, content=body.replace(b"168.00", b"1.00"))
    assert (forged.status_code, forged.text) == (400, "fail")
    unknown = signed_for_nobody(alipay, two.attempt_id)
    early = await place_market.http.post(path, headers=headers, content=unknown)
    assert (early.status_code, early.text) == (503, "fail")


def signed_for_nobody(alipay: AlipayGateway, attempt_id: str) -> bytes:
    """A genuine webhook of an attempt that the shop has not heard of yet."""
    return alipay.told(attempt_id, 2, out_trade_no="f" * 32)[1]


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
@pytest.mark.parametrize("screen", [PHONE, Screen(1440, 900)], ids=str)
async def test_a_buyer_pays_at_a_place_in_a_browser(
    place_market: Market, wechat: WeChatGateway, screen: Screen, language: str
) -> None:
    device = "phone" if screen.is_phone else "desktop"
    buyer, order, attempt = await to_pay_with(place_market, "wechat", device)
    async with open_browser(SHELL) as browser:
        context = await new_viewer(browser, screen, language)
        page = await context.new_page()
        complaints = Complaints(page)
        referrers = []

        async def at_wechat(route: Route) -> None:
            referrers.append((await route.request.all_headers()).get("referer", ""))
            wechat.pay(attempt.attempt_id)
            back = dict(parse_qsl(urlsplit(route.request.url).query))["redirect_url"]
            await route.fulfill(status=302, headers={"Location": back})

        await page.route("https://wx.tenpay.com/**", at_wechat)
        await page.goto(f"http://{place_market.backend.address}{attempt.pay_path}")
        assert await page.evaluate("document.documentElement.scrollWidth") <= screen.width
        if screen.is_phone:
            await page.locator("a[referrerpolicy]").click()
        else:
            assert await page.locator(".qr img").evaluate("image => image.naturalWidth") > 0
            wechat.pay(attempt.attempt_id)
        await page.locator("main[data-state=paid]").wait_for()
        assert complaints.unexpected() == []
    assert referrers == ([f"http://{place_market.backend.address}/"] if screen.is_phone else [])
    assert (await buyer.see(order)).payment_state == "paid"
