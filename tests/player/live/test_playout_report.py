"""The player tells how far it is behind, now and then."""

from typing import Any

from playwright.async_api import Page

REPORTS = """async (measured) => {
    const { PlayoutReport } = await import("/live/playout-report.js");
    const said = [];
    const report = new PlayoutReport((command) => said.push(command));
    for (const [latency_ms, now] of measured) report.apply({ latency_ms }, now);
    return said;
}"""


async def said(page: Page, *measured: tuple[float | None, int]) -> list[int]:
    commands: list[dict[str, Any]] = await page.evaluate(REPORTS, list(measured))
    assert all(command["type"] == "report_playout" for command in commands)
    return [command["delay_ms"] for command in commands]


async def test_a_delay_is_reported_once_and_again_after_about_a_minute(lan_page: Page) -> None:
    assert await said(lan_page, (312.4, 1_000), (500, 5_000), (700, 80_000)) == [312, 700]


async def test_nothing_is_reported_before_there_is_a_picture(lan_page: Page) -> None:
    assert await said(lan_page, (None, 1_000), (300, 2_000)) == [300]


async def test_an_absurd_delay_stays_within_what_the_room_takes(lan_page: Page) -> None:
    assert await said(lan_page, (9e9, 1_000)) == [60_000]
