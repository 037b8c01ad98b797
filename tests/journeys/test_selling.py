"""A sale: bought and paid in a real browser, then seen, shipped and refunded in the host's real window."""

import asyncio
from pathlib import Path

import httpx
import msgspec
import pytest
from playwright.async_api import Browser, expect

from backend.contract.cases import Case, CasesPage, CaseState
from backend.contract.orders import Order, OrdersPage, ParcelState, PaymentState
from tests.support.browser import PHONE, PHONE_ON_ITS_SIDE, Screen, new_viewer
from tests.support.desktop import Desktop
from tests.support.programs import Ready, run_studio
from tests.support.shopper import Shopper, choose_outcome

ORDERS = "Orders"
SHIP = "Ship"
TRACKING = "SF139044712086"
WAIT_S = 20


async def orders_of(ready: Ready) -> list[Order]:
    """The room's orders, as the host may read them."""
    return msgspec.json.decode(await read(ready, "orders"), type=OrdersPage).orders


async def cases_of(ready: Ready) -> list[Case]:
    """The room's cases, as the host may read them."""
    return msgspec.json.decode(await read(ready, "cases"), type=CasesPage).cases


async def read(ready: Ready, path: str) -> bytes:
    """What the API answers the host."""
    headers = {"Authorization": f"Bearer {ready.host_token}"}
    async with httpx.AsyncClient(trust_env=False) as http:
        return (await http.get(f"{ready.url}/api/v1/{path}", headers=headers)).content


async def until_shipped(ready: Ready) -> Order:
    """Wait until the host has shipped the only order."""
    async with asyncio.timeout(WAIT_S):
        while True:
            [order] = await orders_of(ready)
            if order.parcels:
                return order
            await asyncio.sleep(0.2)


async def until_case(ready: Ready, state: CaseState) -> None:
    """Wait until the only case stands so."""
    async with asyncio.timeout(WAIT_S):
        while True:
            if [one.state for one in await cases_of(ready)] == [state]:
                return
            await asyncio.sleep(0.2)


async def ask_for_refund(shopper: Shopper) -> None:
    """From the order, ask for the money of all its units, as the goods came broken."""
    await shopper.focus("case_open").click()
    await shopper.focus("case-kind=refund_only").check()
    await shopper.focus("case-why=broken").check()
    await shopper.focus("send").click()
    await expect(shopper.view.locator(".steps")).to_be_visible()


@pytest.mark.parametrize(
    "screen", [PHONE, PHONE_ON_ITS_SIDE, Screen(1440, 900)], ids=lambda one: f"{one.width}x{one.height}"
)
@pytest.mark.journey
async def test_what_a_viewer_buys_and_pays_is_shipped_by_the_host_and_refunded_after_a_case(
    desktop: Desktop, browser: Browser, tmp_path: Path, screen: Screen
) -> None:
    async with run_studio(desktop.display, tmp_path, "--port", "0", "--demo", "--go-live") as studio:
        shopper = Shopper(await (await new_viewer(browser, screen)).new_page(), studio.ready.viewer_url)
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
        await desktop.press_until("Down s", ORDERS, SHIP)
        await desktop.write(TRACKING)
        await desktop.screenshot(tmp_path / "ship.png")
        await desktop.press("Return", SHIP)
        shipped = await until_shipped(studio.ready)
        assert [(one.tracking, one.state) for one in shipped.parcels] == [(TRACKING, ParcelState.SHIPPED)]

        await shopper.focus("order").click()
        await expect(shopper.body).to_contain_text(TRACKING)
        await ask_for_refund(shopper)
        await until_case(studio.ready, CaseState.REQUESTED)
        for step, state in (("Approve", CaseState.APPROVED), ("Refund", CaseState.REFUNDED)):
            await asyncio.sleep(2)  # no other process is told when the window shows the case so
            await desktop.press_until("Escape Return Tab space", ORDERS, step)
            await desktop.screenshot(tmp_path / f"{step}.png")
            await desktop.press("Return", step)
            await until_case(studio.ready, state)
        await expect(shopper.view.locator(".shop__now")).to_have_text("已退款")
        [order] = await orders_of(studio.ready)
        assert order.payment_state is PaymentState.REFUNDED
        assert shopper.complaints.unexpected() == []
