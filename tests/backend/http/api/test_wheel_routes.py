"""Wheels over real HTTP and a real socket, at a backend that runs."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.contract.campaigns import Campaign, CampaignPhase, MyPart
from backend.contract.live import GoLive
from backend.contract.protocol import Accepted
from backend.contract.wheels import SpinWheel, WheelShown
from backend.fairness.deck import BLANK, deck_of
from tests.backend.http.api.shopping import Buyer, Market, answer, open_market, refused
from tests.backend.http.api.test_campaign_act_routes import grown_up, until
from tests.backend.kinds import as_type

PRIZES = [{"name": "金币", "stock": 1, "coins": 20}, {"name": "保温杯", "stock": 1}]
WHEEL = {"terms": {"kind": "wheel", "prizes": PRIZES, "blanks": 1, "countdown_s": 3}, "title": "转盘"}


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[Market]:
    """A room on air."""
    async with open_market(tmp_path) as market:
        async with market.backend.host() as host:
            assert isinstance(await host.act(GoLive()), Accepted)
        yield market


async def spin(buyer: Buyer, campaign: Campaign, key: str = "k") -> object:
    """Return the slots that one took, or the kind of the refusal."""
    response = await buyer.post(f"campaigns/{campaign.campaign_id}/spin", {"key": key})
    if response.status_code != 200:
        return refused(response)
    return [spin.place for spin in answer(MyPart, response).spins]


async def test_spins_take_the_slots_in_their_order_and_anybody_can_compute_them_anew(live: Market) -> None:
    anna, bert, carl = [await grown_up(live) for _ in range(3)]
    async with live.backend.client() as viewer:
        await viewer.join()
        campaign = answer(Campaign, await live.host.post("campaigns", WHEEL), 201)
        await until(viewer, CampaignPhase.PREHEAT)
        assert await spin(anna, campaign) == (409, "not_open")
        await until(viewer, CampaignPhase.OPEN)
        assert await spin(live.host, campaign) == (403, "is_staff")
        assert await spin(anna, campaign) == [0]
        assert await spin(anna, campaign) == [0]
        assert await spin(anna, campaign, "another") == (409, "already")
        async with live.backend.client(bert.token) as tab:
            await tab.join()
            assert isinstance(await tab.act(SpinWheel(campaign.campaign_id, "k")), Accepted)
        assert await spin(carl, campaign) == [2]
        ended = await until(viewer, CampaignPhase.ENDED)
    wheel = as_type(WheelShown, ended.detail)
    path = f"campaigns/{campaign.campaign_id}/my-part"
    parts = [answer(MyPart, await buyer.get(path)) for buyer in (anna, bert, carl)]
    deck = deck_of(campaign.campaign_id, [1, 1], 1, bytes.fromhex(wheel.secret))
    assert [spin.prize for part in parts for spin in part.spins] == [
        None if slot == BLANK else slot for slot in deck
    ]
    assert [one.user_id for one in ended.people] == [one.user_id for one in wheel.winners]
    assert sum(part.coins for part in parts) == 20


@pytest.mark.parametrize(
    "terms",
    [
        {"prizes": []},
        {"prizes": [{"name": "a", "stock": 1}] * 9},
        {"prizes": [{"name": "a", "stock": 0}]},
        {"prizes": PRIZES, "spins_each": 11},
        {"prizes": PRIZES, "duration_s": 29},
    ],
)
async def test_a_wheel_beyond_its_limits_is_no_wheel(live: Market, terms: dict[str, object]) -> None:
    response = await live.host.post("campaigns", {"terms": {"kind": "wheel", **terms}})
    assert response.status_code in {400, 422}
