"""Auctions over real HTTP and a real socket, at a backend that runs: from the first bid to the paid order."""

from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from backend.contract.addresses import SavedAddress
from backend.contract.auctions import AuctionOutcome, AuctionShown, MyBid, PlaceBid
from backend.contract.campaigns import Campaign, CampaignChanged, MyPart
from backend.contract.live import GoLive
from backend.contract.orders import Order
from backend.contract.protocol import Accepted
from backend.contract.sale_settings import SaleSettings
from tests.backend.http.api.shopping import HOME, TEA, Buyer, Market, answer, open_market, refused
from tests.backend.kinds import as_type
from tests.backend.running import Client

TERMS = {"kind": "auction", "sku_id": TEA, "start_minor": 1000, "countdown_s": 3, "duration_s": 10}
AUCTION = {"terms": TERMS, "title": "拍卖"}


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[Market]:
    """A room on air, of a shop that may hold auctions."""
    async with open_market(tmp_path) as market:
        settings = answer(SaleSettings, await market.host.get("settings"))
        wanted = msgspec.structs.replace(settings, has_auction_licence=True)
        answer(SaleSettings, await market.host.put("settings", msgspec.to_builtins(wanted)))
        async with market.backend.host() as host:
            assert isinstance(await host.act(GoLive()), Accepted)
        yield market


async def until_bids(client: Client, bids: int) -> Campaign:
    """Wait until the room says that an auction is open and has so many bids."""
    while True:
        campaign = as_type(CampaignChanged, await client.hears(CampaignChanged)).campaign
        if campaign.phase == "open" and as_type(AuctionShown, campaign.detail).bids == bids:
            return campaign


async def until_outcome(client: Client, outcome: AuctionOutcome) -> Campaign:
    """Wait until the room says what came of an auction."""
    while True:
        campaign = as_type(CampaignChanged, await client.hears(CampaignChanged)).campaign
        if as_type(AuctionShown, campaign.detail).outcome is outcome:
            return campaign


async def register(buyer: Buyer, campaign: Campaign) -> MyBid:
    """Say where it goes."""
    saved = answer(SavedAddress, await buyer.post("addresses", {"address": HOME}), 201)
    body = {"address_id": saved.address_id}
    part = answer(MyPart, await buyer.post(f"campaigns/{campaign.campaign_id}/register", body))
    assert part.bid is not None
    return part.bid


async def bid(buyer: Buyer, campaign: Campaign, max_minor: int, key: str = "k") -> object:
    """Return whether one leads, or the kind of the refusal."""
    body = {"max_minor": max_minor, "key": key}
    response = await buyer.post(f"campaigns/{campaign.campaign_id}/bid", body)
    if response.status_code != 200:
        return refused(response)
    part = answer(MyPart, response)
    assert part.bid is not None
    return part.bid.is_leading


async def test_bids_go_to_the_room_and_the_winner_pays_an_ordinary_order(live: Market) -> None:
    anna, bert = [await live.buyer() for _ in range(2)]
    async with live.backend.client() as viewer:
        await viewer.join()
        campaign = answer(Campaign, await live.host.post("campaigns", AUCTION), 201)
        assert await bid(anna, campaign, 1000) in {(409, "not_open"), (404, "unknown_campaign")}
        await until_bids(viewer, 0)
        assert await bid(anna, campaign, 9000) == (403, "not_registered")
        assert await bid(live.host, campaign, 9000) == (403, "is_staff")
        for buyer in (anna, bert):
            assert (await register(buyer, campaign)).shipping_minor == 0
        assert await bid(anna, campaign, 9000) is True
        assert await bid(bert, campaign, 999) == (409, "bid_too_low")
        async with live.backend.client(bert.token) as tab:
            await tab.join()
            assert isinstance(await tab.act(PlaceBid(campaign.campaign_id, 4000, "k")), Accepted)
        shown = await until_bids(viewer, 2)
        assert {person.user_id for person in shown.people} == {anna.user_id, bert.user_id}, "who bid last"
        assert as_type(AuctionShown, shown.detail).price_minor == 4200
        await until_outcome(viewer, AuctionOutcome.AWARDED)
        part = answer(MyPart, await anna.get(f"campaigns/{campaign.campaign_id}/my-part"))
        assert part.bid is not None
        order = answer(Order, await anna.get(f"orders/{part.bid.order_id}"))
        assert (order.total_minor, order.expires_at_ms) == (4200, part.bid.pay_until_ms)
        await live.cashier(await anna.attempt(order), "pay")
        sold = await until_outcome(viewer, AuctionOutcome.SOLD)
    assert {person.user_id for person in sold.people} == {anna.user_id, bert.user_id}
    bundle = await bert.get(f"campaigns/{campaign.campaign_id}/bundle")
    assert [one["price_minor"] for one in bundle.json()["bids"]] == [1000, 4200]
    assert "9000" not in bundle.text


async def test_who_is_not_asked_takes_nothing_and_an_unknown_answer_is_none(live: Market) -> None:
    anna = await live.buyer()
    campaign = answer(Campaign, await live.host.post("campaigns", AUCTION), 201)
    path = f"campaigns/{campaign.campaign_id}/offer"
    assert refused(await anna.post(path, {"answer": "accept"})) == (409, "expired")
    assert (await anna.post(path, {"answer": "perhaps"})).status_code in {400, 422}
    assert refused(await live.host.post(path, {"answer": "accept"})) == (403, "is_staff")
    nowhere = {"address_id": "nothing"}
    assert (await anna.post(f"campaigns/{campaign.campaign_id}/register", nowhere)).status_code == 422


async def test_without_a_licence_a_shop_under_the_rules_of_china_is_told_why_it_holds_no_auction(
    live: Market,
) -> None:
    settings = answer(SaleSettings, await live.host.get("settings"))
    assert settings.has_auction_licence
    off = msgspec.structs.replace(settings, has_auction_licence=False)
    answer(SaleSettings, await live.host.put("settings", msgspec.to_builtins(off)))
    response = await live.host.post("campaigns", AUCTION)
    assert refused(response) == (409, "auctions_off")
    assert "licence" in response.text
