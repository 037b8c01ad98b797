"""Red packets over real HTTP and real sockets, at a backend that runs: one start for all, a share each."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.contract.base import Role
from backend.contract.campaigns import Campaign, CampaignChanged, CampaignPhase, CampaignReport, MyPart
from backend.contract.live import GoLive
from backend.contract.protocol import Accepted, Rejected, Snapshot
from backend.contract.red_packets import ClaimPacket, RedPacketShown
from backend.fairness.split import shares_of
from tests.backend.http.api.shopping import Buyer, Market, answer, open_market, refused
from tests.backend.kinds import as_type
from tests.backend.running import Client
from tests.support.adults import say_age

PACKET = {"terms": {"kind": "red_packet", "shares": 2, "coins": 20, "countdown_s": 3}, "title": "开播红包"}


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[Market]:
    """A room on air."""
    async with open_market(tmp_path) as market:
        async with market.backend.host() as host:
            assert isinstance(await host.act(GoLive()), Accepted)
        yield market


async def grown_up(live: Market) -> Buyer:
    """Somebody who confirmed their age."""
    buyer = await live.buyer()
    await say_age(live.http, buyer.token)
    return buyer


async def until(client: Client, phase: CampaignPhase) -> Campaign:
    """Wait until the room says that its campaign has come so far."""
    while True:
        event = as_type(CampaignChanged, await client.hears(CampaignChanged))
        if event.campaign.phase is phase:
            return event.campaign


async def claim(buyer: Buyer, campaign: Campaign) -> object:
    """Return what one gets, or the kind of the refusal."""
    response = await buyer.post(f"campaigns/{campaign.campaign_id}/claim", {})
    return answer(MyPart, response).coins if response.status_code == 200 else refused(response)


async def test_a_packet_of_two_goes_to_the_first_two_and_the_third_is_told_that_none_is_left(
    live: Market,
) -> None:
    anna, bert, carl = [await grown_up(live) for _ in range(3)]
    kid = await live.buyer()
    async with live.backend.client() as viewer:
        await viewer.join()
        campaign = answer(Campaign, await live.host.post("campaigns", PACKET), 201)
        await until(viewer, CampaignPhase.PREHEAT)
        assert await claim(anna, campaign) == (409, "not_open")
        await until(viewer, CampaignPhase.OPEN)
        assert await claim(kid, campaign) == (403, "age_unconfirmed")
        assert await claim(live.host, campaign) == (403, "is_staff")
        first = await claim(anna, campaign)
        assert await claim(anna, campaign) == (409, "already")
        async with live.backend.client(bert.token) as tab:
            await tab.join()
            assert isinstance(await tab.act(ClaimPacket(campaign.campaign_id)), Accepted)
        ended = await until(viewer, CampaignPhase.ENDED)
        assert await claim(carl, campaign) == (409, "none_left")
    packet = as_type(RedPacketShown, ended.detail)
    assert {one.user_id for one in packet.best} == {anna.user_id, bert.user_id}
    assert {(one.user_id, one.role) for one in ended.people} == {
        (anna.user_id, Role.VIEWER),
        (bert.user_id, Role.VIEWER),
    }
    path = f"campaigns/{campaign.campaign_id}/my-part"
    parts = [answer(MyPart, await buyer.get(path)) for buyer in (anna, bert, carl)]
    assert [part.is_in for part in parts] == [True, True, False]
    assert [part.coins for part in parts[:2]] == shares_of(
        campaign.campaign_id, 20, 2, bytes.fromhex(packet.secret)
    )
    assert parts[0].coins == first
    report = answer(CampaignReport, await live.host.get(f"campaigns/{campaign.campaign_id}/report"))
    assert {one.outcome: one.count for one in report.outcomes} == {
        "accepted": 2,
        "not_open": 1,
        "age_unconfirmed": 1,
        "is_staff": 1,
        "already": 1,
        "none_left": 1,
    }
    assert report.received == 7
    async with live.backend.client() as late:
        assert as_type(Snapshot, await late.join()).campaigns == [ended]


async def test_a_claim_of_what_is_not_there_is_refused_over_the_socket_too(live: Market) -> None:
    buyer = await grown_up(live)
    assert refused(await buyer.post("campaigns/none/claim", {})) == (404, "unknown_campaign")
    async with live.backend.client(buyer.token) as tab:
        await tab.join()
        assert isinstance(await tab.act(ClaimPacket("none")), Rejected)
