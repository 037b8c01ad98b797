"""A sale: bought and paid in a real browser, seen and shipped in the host's real window."""

import asyncio
from pathlib import Path

import httpx
import msgspec
import pytest
from playwright.async_api import BrowserContext, expect

from backend.contract.orders import Order, OrdersPage, ParcelState, PaymentState
from tests.support.desktop import Desktop
from tests.support.programs import Ready, run_studio
from tests.support.shopper import Shopper, choose_outcome

ORDERS = "Orders"
SHIP = "Ship"
TRACKING = "SF139044712086"
WAIT_S = 20


async def orders_of(ready: Ready) -> list[Order]:
    """The room's orders, as the host may read them."""
    headers = {"Authorization": f"Bearer {ready.host_token}"}
    async with httpx.AsyncClient(trust_env=False) as http:
        response = await http.get(f"{ready.url}/api/v1/orders", headers=headers)
    return msgspec.json.decode(response.content, type=OrdersPage).orders


async def until_shipped(ready: Ready) -> Order:
    """Wait until the host has shipped the only order."""
    async with asyncio.timeout(WAIT_S):
        while True:
            [order] = await orders_of(ready)
            if order.parcels:
                return order
            await asyncio.sleep(0.2)


@pytest.mark.journey
async def test_what_a_viewer_buys_and_pays_is_shipped_by_the_host_and_seen_by_the_buyer(
    desktop: Desktop, phone: BrowserContext, tmp_path: Path
) -> None:
    async with run_studio(desktop.display, tmp_path, "--port", "0", "--demo", "--go-live") as studio:
        shopper = Shopper(await phone.new_page(), studio.ready.viewer_url)
        await shopper.enter()
        slate = shopper.page.locator("video-stage")
        await expect(slate).to_have_attribute("data-slate", "none", timeout=20_000)
        await desktop.press("ctrl+1")
        await shopper.page.locator(".card__buy").click()
        await shopper.focus("buy").click()
        await shopper.fill_address()
        cashier = await shopper.pay()
        await choose_outcome(cashier)
        await shopper.until_stage("paid")
        [order] = await orders_of(studio.ready)
        assert order.payment_state is PaymentState.PAID

        await desktop.press("ctrl+r")
        await desktop.activate(ORDERS)
        await asyncio.sleep(1)  # the first page is being read; no other process is told when it is there
        await desktop.press("Down s", ORDERS)
        await desktop.screenshot(tmp_path / "orders.png")
        await desktop.activate(SHIP)
        await desktop.write(TRACKING)
        await desktop.screenshot(tmp_path / "ship.png")
        await desktop.press("Return", SHIP)
        shipped = await until_shipped(studio.ready)
        assert [(one.tracking, one.state) for one in shipped.parcels] == [(TRACKING, ParcelState.SHIPPED)]

        await shopper.focus("order").click()
        await expect(shopper.body).to_contain_text(TRACKING)
        assert shopper.complaints.unexpected() == []
