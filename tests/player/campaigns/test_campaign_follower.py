"""The player opens a campaign by the server's clock, and follows the one that matters."""

from typing import Any

from playwright.async_api import Page

FOLLOW = """async ([events, nows]) => {
    const { CampaignFollower } = await import("/campaigns/campaign-follower.js");
    const shown = [];
    let now = nows[0];
    const one = new CampaignFollower("red_packet", () => now, (it) => shown.push(
        it && [it.campaign.campaign_id, it.phase,
            ["ended", "void"].includes(it.phase) ? it.over_ms : it.left_ms]));
    for (const event of events) one.apply(event);
    for (const next of nows.slice(1)) { now = next; one.tick(); }
    return shown;
}"""


def campaign(campaign_id: str, phase: str = "preheat", kind: str = "red_packet") -> dict[str, Any]:
    return {
        "campaign_id": campaign_id,
        "phase": phase,
        "opens_at_ms": 10_000,
        "closes_at_ms": 20_000,
        "detail": {"kind": kind},
    }


def snapshot(*campaigns: dict[str, Any]) -> dict[str, Any]:
    return {"type": "snapshot", "campaigns": list(campaigns), "live": {"session_id": "s-1"}}


def changed(one: dict[str, Any]) -> dict[str, Any]:
    return {"type": "campaign_changed", "campaign": one}


async def followed(page: Page, events: list[dict[str, Any]], *nows: int | None) -> list[Any]:
    found: list[Any] = await page.evaluate(FOLLOW, [events, list(nows)])
    return found


async def test_a_campaign_opens_at_its_instant_without_a_word_of_the_room(lan_page: Page) -> None:
    shown = await followed(lan_page, [snapshot(campaign("a"))], 9_990, 10_000, 19_000)
    assert shown == [["a", "preheat", 10], ["a", "open", 10_000], ["a", "open", 1_000]]


async def test_nothing_opens_before_the_servers_time_is_known(lan_page: Page) -> None:
    assert await followed(lan_page, [snapshot(campaign("a"))], None, 9_000) == [["a", "preheat", 1_000]]


async def test_the_newest_that_runs_is_shown_before_one_that_is_over(lan_page: Page) -> None:
    events = [snapshot(campaign("a", "open"), campaign("b", "ended")), changed(campaign("c"))]
    shown = await followed(lan_page, events, 9_000)
    assert [one[0] for one in shown] == ["a", "c"]


async def test_a_new_live_begins_without_the_campaigns_of_the_last_one(lan_page: Page) -> None:
    same, ended, new = ({"type": "live_changed", "live": {"session_id": one}} for one in ("s-1", "", "s-2"))
    shown = await followed(lan_page, [snapshot(campaign("a", "ended")), same, ended, new], 30_000)
    assert [one and one[0] for one in shown] == ["a", None]


async def test_other_kinds_are_left_alone(lan_page: Page) -> None:
    events = [snapshot(campaign("a", kind="draw")), changed(campaign("b", kind="flash_sale"))]
    assert await followed(lan_page, events, 9_000) == [None]


async def test_one_that_was_over_before_the_page_came_is_so_since_its_time_was_up(lan_page: Page) -> None:
    stopped = {**campaign("a", "void"), "closes_at_ms": 90_000}
    shown = await followed(lan_page, [snapshot(campaign("b", "ended"))], 60_000, 80_000)
    assert shown == [["b", "ended", 40_000], ["b", "ended", 60_000]]
    shown = await followed(lan_page, [snapshot(stopped)], 60_000, 80_000)
    assert shown == [["a", "void", 0], ["a", "void", 20_000]]
