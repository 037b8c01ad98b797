"""Campaigns over real HTTP, at a backend that runs."""

import unicodedata

import pytest

from backend.contract import draws, wheels
from backend.contract.campaigns import (
    MAX_REASON,
    MAX_TITLE,
    CampaignsPage,
    CoinBudget,
    Template,
    TemplatesPage,
)
from backend.contract.shop_problems import CampaignPriceProblem
from backend.http.api.campaign_routes import refuse_campaign
from backend.http.api.problems import ApiError
from backend.shop.campaigns.kind import NotArmed
from tests.backend.http.api.shopping import Market, answer, refused

PACKET = {"terms": {"kind": "red_packet", "shares": 2, "coins": 20}, "title": "开播红包"}


async def test_a_viewer_starts_no_campaign_and_sees_no_report(market: Market) -> None:
    buyer = await market.buyer()
    assert (await buyer.post("campaigns", PACKET)).status_code == 403
    assert (await buyer.get("campaigns")).status_code == 403
    assert (await buyer.get("campaigns/none/report")).status_code == 403


async def test_a_campaign_of_a_room_that_is_not_live_is_refused_with_its_remedy(market: Market) -> None:
    response = await market.host.post("campaigns", PACKET)
    assert refused(response) == (409, "not_live")
    assert "Go live" in response.json()["detail"]
    assert answer(CampaignsPage, await market.host.get("campaigns")).campaigns == []


async def test_terms_outside_of_their_limits_are_refused_before_anything_is_looked_at(market: Market) -> None:
    for terms in (
        {"kind": "red_packet", "shares": 0, "coins": 5},
        {"kind": "red_packet", "shares": 2001, "coins": 5000},
        {"kind": "red_packet", "shares": 2, "coins": 2, "countdown_s": 2},
        {"kind": "flash_sale", "spu_id": "tea", "prices": [], "duration_s": 29},
        {"kind": "raffle"},
    ):
        assert (await market.host.post("campaigns", {"terms": terms})).status_code == 422


@pytest.mark.parametrize(
    ("title", "terms"),
    [
        ("x" * (MAX_TITLE + 1), PACKET["terms"]),
        ("", {"kind": "draw", "prize": "x" * (draws.MAX_PRIZE + 1)}),
        ("", {"kind": "draw", "prize": "杯", "word": "x" * (draws.MAX_WORD + 1)}),
        ("", {"kind": "wheel", "prizes": [{"name": "x" * (wheels.MAX_PRIZE + 1), "stock": 1}]}),
    ],
)
async def test_a_text_beyond_its_limit_is_refused_not_cut(market: Market, title: str, terms: object) -> None:
    response = await market.host.post("campaign-templates", {"title": title, "terms": terms})
    assert response.status_code == 422
    assert "longer than it may be" in response.json()["detail"]


async def test_accents_of_their_own_do_not_count_against_a_limit(market: Market) -> None:
    spelt = unicodedata.normalize("NFD", "é" * MAX_TITLE)
    body = {"title": spelt, "terms": PACKET["terms"]}
    kept = answer(Template, await market.host.post("campaign-templates", body), 201)
    assert unicodedata.normalize("NFC", kept.title) == "é" * MAX_TITLE


async def test_a_reason_beyond_its_limit_is_refused(market: Market) -> None:
    response = await market.host.post("campaigns/none/stop", {"reason": "x" * (MAX_REASON + 1)})
    assert response.status_code == 422


async def test_a_template_is_kept_listed_and_deleted(market: Market) -> None:
    kept = answer(Template, await market.host.post("campaign-templates", PACKET), 201)
    assert answer(TemplatesPage, await market.host.get("campaign-templates")).templates == [kept]
    left = await market.host.delete(f"campaign-templates/{kept.template_id}")
    assert answer(TemplatesPage, left).templates == []


async def test_the_cap_of_a_session_is_set_and_lifted(market: Market) -> None:
    assert answer(CoinBudget, await market.host.get("campaign-budget")).session_coins is None
    for session_coins in (500, None):
        changed = await market.host.put("campaign-budget", {"session_coins": session_coins})
        assert answer(CoinBudget, changed).session_coins == session_coins


async def test_a_campaign_that_is_not_there_is_said_to_be_so(market: Market) -> None:
    buyer = await market.buyer()
    assert refused(await buyer.get("campaigns/none/my-part")) == (404, "not_found")
    assert refused(await market.host.post("campaigns/none/stop", {})) == (404, "not_found")


def test_a_price_that_may_not_be_is_refused_with_the_one_that_may() -> None:
    with pytest.raises(ApiError) as raised:
        refuse_campaign(NotArmed("below_floor", "Too low.", "¥79.00"))
    problem = raised.value.problem
    assert isinstance(problem, CampaignPriceProblem)
    assert (problem.type, problem.allowed) == ("below_floor", "¥79.00")
