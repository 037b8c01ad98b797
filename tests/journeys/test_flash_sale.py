"""A flash sale: from a saved template in the host's real window, bought in a real browser, and reported."""

import asyncio
from pathlib import Path

import httpx
import msgspec
import pytest
from playwright.async_api import Browser, expect

from backend.contract.campaigns import (
    Campaign,
    CampaignPhase,
    CampaignReport,
    CampaignsPage,
    EndReason,
    TemplatesPage,
)
from backend.contract.flash_sale import FlashPrice, FlashSaleShown, FlashSaleTerms
from tests.support.browser import new_viewer
from tests.support.desktop import Desktop
from tests.support.programs import Ready, run_studio
from tests.support.shopper import Shopper, choose_outcome
from widgets.campaigns.kind_faces import FACES

FORM = "New: Flash sale"
REPORT = "Result: Flash sale"
TO_THE_TEMPLATE = " ".join(["Tab"] * len(FACES))
WAIT_S = 30


async def read(ready: Ready, path: str) -> bytes:
    """What the API answers the host."""
    headers = {"Authorization": f"Bearer {ready.host_token}"}
    async with httpx.AsyncClient(trust_env=False) as http:
        return (await http.get(f"{ready.url}/api/v1/{path}", headers=headers)).content


async def until_saved(ready: Ready) -> FlashSaleTerms:
    """Wait until there is a template, and return what is in it."""
    async with asyncio.timeout(WAIT_S):
        while True:
            page = msgspec.json.decode(await read(ready, "campaign-templates"), type=TemplatesPage)
            if page.templates:
                [template] = page.templates
                assert isinstance(template.terms, FlashSaleTerms)
                return template.terms
            await asyncio.sleep(0.2)


async def until_phase(ready: Ready, phase: CampaignPhase) -> Campaign:
    """Wait until the only campaign is there."""
    async with asyncio.timeout(WAIT_S):
        while True:
            page = msgspec.json.decode(await read(ready, "campaigns"), type=CampaignsPage)
            if [one.phase for one in page.campaigns] == [phase]:
                return page.campaigns[0]
            await asyncio.sleep(0.2)


@pytest.mark.journey
async def test_a_flash_sale_starts_from_a_template_in_two_steps_is_bought_and_reported(
    desktop: Desktop, browser: Browser, tmp_path: Path
) -> None:
    async with run_studio(desktop.display, tmp_path, "--port", "0", "--demo", "--go-live") as studio:
        shopper = Shopper(await (await new_viewer(browser)).new_page(), studio.ready.viewer_url)
        await shopper.enter()
        slate = shopper.page.locator("video-stage")
        await expect(slate).to_have_attribute("data-slate", "none", timeout=20_000)
        await desktop.press("ctrl+1")

        await desktop.press_until("ctrl+k space", "Livestall", FORM)
        await desktop.press("Tab Tab", FORM)
        await desktop.write("99")
        await desktop.press("Tab", FORM)
        await desktop.write("1")
        await desktop.screenshot(tmp_path / "form.png")
        await desktop.press("Tab Tab Tab Tab space", FORM)
        saved = await until_saved(studio.ready)
        assert saved.prices == [FlashPrice("", 9_900, 1)]
        await asyncio.sleep(2)  # no other process is told when the window shows the template

        # The first step shows the campaigns, the second starts the one that was saved.
        await desktop.press("ctrl+k")
        await desktop.press(f"{TO_THE_TEMPLATE} space")
        await until_phase(studio.ready, CampaignPhase.OPEN)
        await shopper.page.locator(".card__buy").click()
        await expect(shopper.focus("buy")).to_have_text("立即抢购 ¥99")
        await shopper.focus("buy").click()
        await shopper.fill_address()
        cashier = await shopper.pay()
        await desktop.screenshot(tmp_path / "running.png")
        await choose_outcome(cashier)
        await shopper.until_stage("paid")

        sold = await until_phase(studio.ready, CampaignPhase.ENDED)
        assert isinstance(sold.detail, FlashSaleShown)
        assert (sold.detail.sold, sold.end_reason) == (1, EndReason.NONE_LEFT)
        content = await read(studio.ready, f"campaigns/{sold.campaign_id}/report")
        report = msgspec.json.decode(content, type=CampaignReport)
        assert {one.outcome: one.count for one in report.outcomes} == {"accepted": 1}
        assert (report.received, report.people, report.gmv_minor) == (1, 1, 9_900)
        await desktop.press_until(f"ctrl+k {TO_THE_TEMPLATE} Tab Tab space", "Livestall", REPORT)
        await desktop.screenshot(tmp_path / "report.png")
        assert shopper.complaints.unexpected() == []
