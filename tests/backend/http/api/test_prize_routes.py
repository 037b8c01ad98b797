"""Goods won in a draw, over real HTTP at a backend that runs: listed, claimed with an address, and sent."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.contract.addresses import SavedAddress
from backend.contract.campaigns import Campaign, CampaignChanged, CampaignPhase, CampaignReport, MyPart
from backend.contract.draws import RevealNonce
from backend.contract.live import GoLive
from backend.contract.orders import Order, PaymentState
from backend.contract.prizes import MyPrizes, PrizeCounts
from backend.contract.protocol import Accepted
from backend.fairness.draw import hash_of_nonce
from tests.backend.http.api.shopping import CUP, HOME, Buyer, Market, answer, open_market, refused
from tests.backend.kinds import as_type
from tests.backend.running import Client
from tests.support.adults import say_age

NONCE = "0a" * 16
TERMS = {"kind": "draw", "prize": "蓝色的杯子", "sku_id": CUP}


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[Market]:
    """A room on air."""
    async with open_market(tmp_path) as market:
        async with market.backend.host() as host:
            assert isinstance(await host.act(GoLive()), Accepted)
        yield market


async def until(client: Client, phase: CampaignPhase) -> None:
    while True:
        event = as_type(CampaignChanged, await client.hears(CampaignChanged))
        if event.campaign.phase is phase:
            return


async def won_by(live: Market, winner: Buyer) -> Campaign:
    """Hold a draw that somebody alone takes part in."""
    await say_age(live.http, winner.token)
    async with live.backend.client(winner.token) as tab:
        await tab.join()
        draw = answer(Campaign, await live.host.post("campaigns", {"terms": TERMS, "title": ""}), 201)
        await until(tab, CampaignPhase.OPEN)
        hashed = hash_of_nonce(draw.campaign_id, NONCE)
        answer(MyPart, await winner.post(f"campaigns/{draw.campaign_id}/enter", {"nonce_hash": hashed}))
        answer(Campaign, await live.host.post(f"campaigns/{draw.campaign_id}/close", {}))
        await until(tab, CampaignPhase.DRAWING)
        assert isinstance(await tab.act(RevealNonce(draw.campaign_id, NONCE)), Accepted)
        await until(tab, CampaignPhase.ENDED)
    return draw


async def test_goods_that_were_won_are_listed_claimed_and_an_order_like_others(live: Market) -> None:
    anna, bert = await live.buyer(), await live.buyer()
    draw = await won_by(live, anna)
    path = f"campaigns/{draw.campaign_id}/prize"

    [prize] = answer(MyPrizes, await anna.get("me/prizes")).prizes
    assert (prize.campaign_id, prize.prize, prize.goods.sku_id) == (draw.campaign_id, "蓝色的杯子", CUP)
    assert answer(MyPrizes, await bert.get("me/prizes")).prizes == []
    assert (await anna.post(path, {"address_id": "nothing"})).status_code == 422
    saved = answer(SavedAddress, await anna.post("addresses", {"address": HOME}), 201)
    body = {"address_id": saved.address_id}
    assert refused(await bert.post(path, body)) == (403, "not_eligible")
    assert refused(await anna.post("campaigns/nothing/prize", body)) == (404, "unknown_campaign")

    claimed = answer(MyPart, await anna.post(path, body)).prize
    assert claimed is not None
    assert answer(MyPart, await anna.post(path, body)).prize == claimed
    order = answer(Order, await anna.get(f"orders/{claimed.order_id}"))
    assert (order.total_minor, order.payment_state) == (0, PaymentState.PAID)
    assert answer(Order, await live.host.get(f"orders/{claimed.order_id}")).number == order.number
    report = answer(CampaignReport, await live.host.get(f"campaigns/{draw.campaign_id}/report"))
    assert report.prizes == PrizeCounts(waiting=0, claimed=1, returned=0, passed_on=0)


async def test_more_winners_than_units_are_refused_with_the_reason(live: Market) -> None:
    body = {"terms": {**TERMS, "winners": 100}, "title": ""}
    response = await live.host.post("campaigns", body)
    assert refused(response) == (409, "no_stock")
    assert "are to be won" in response.text
