"""The cashier's card form in a browser, with a stand-in for Stripe's own script."""

from collections.abc import AsyncIterator
from typing import Final
from urllib.parse import urlsplit

import msgspec
import pytest
from playwright.async_api import Page, Route

from backend.http.cashier import FILES
from backend.http.cashier_page import draw
from backend.http.cashier_view import CashierState
from backend.shop.payments.card_form import CardForm
from tests.backend.http.test_cashier_page import VIEW
from tests.support.browser import SHELL, open_browser

ADDRESS: Final = "https://shop.example.com/pay/1"
STRIPE: Final = """
window.asked = 0;
window.Stripe = () => ({
  elements: () => ({ create: () => ({
    on: (name, act) => { if (name === "ready") queueMicrotask(act); },
    mount: (place) => { document.querySelector(place).textContent = "fields"; },
  }) }),
  confirmPayment: async () => { window.asked += 1; return window.answer ?? {}; },
});
"""


async def answer(route: Route) -> None:
    """Serve the page, its files, and Stripe's stand-in."""
    path = urlsplit(route.request.url).path
    if path == "/v3/":
        await route.fulfill(body=STRIPE, content_type="text/javascript")
    elif path.startswith("/pay/assets/"):
        await route.fulfill(path=FILES / path.rsplit("/", 1)[-1])
    elif path == "/pay/1/state":
        await route.fulfill(json={"state": "waiting"})
    else:
        await route.fulfill(body=draw(WAITING), content_type="text/html")


WAITING: Final = msgspec.structs.replace(
    VIEW,
    state=CashierState.WAITING,
    assets="/pay/assets/1",
    has_outcomes=False,
    card=CardForm("pk_test_1", "pi_1_secret_2"),
)


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    """A browser's page that finds the shop and Stripe."""
    async with open_browser(SHELL) as browser:
        page = await browser.new_page(viewport={"width": 390, "height": 844})
        await page.route("**/*", answer)
        yield page


async def test_a_card_that_was_taken_waits_for_the_payment_and_shows_no_form(page: Page) -> None:
    await page.goto(ADDRESS)
    await page.click("#card-pay:enabled")
    await page.wait_for_selector(f"text={WAITING.texts.checking_more}")
    assert await page.locator("#card, #card-pay, .clock").count() == 0
    assert await page.evaluate("window.asked") == 1


async def test_a_buyer_who_comes_back_from_their_bank_waits_for_the_payment(page: Page) -> None:
    await page.goto(f"{ADDRESS}?payment_intent_client_secret=pi_1_secret_2&redirect_status=succeeded")
    await page.wait_for_selector(f"text={WAITING.texts.checking_more}")
    assert await page.locator("#card-fields, #card-pay").count() == 0
    assert "secret" not in page.url


async def test_a_card_that_was_refused_may_be_tried_again(page: Page) -> None:
    await page.goto(ADDRESS)
    await page.evaluate("window.answer = { error: { message: 'declined' } }")
    await page.click("#card-pay:enabled")
    await page.wait_for_selector("#card-note:visible")
    assert await page.inner_text("#card-note") == "declined"
    await page.wait_for_selector("#card-pay:enabled")
