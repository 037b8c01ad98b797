"""Bidding, as the room looks at it: what it refuses by itself, and what it asks the shop."""

import asyncio

import msgspec
import pytest

from backend.contract.auctions import STEPS, AuctionShown, PlaceBid, ShownBid
from backend.contract.base import RejectReason, Role
from backend.contract.campaigns import Campaign, CampaignDetail, CampaignPhase
from backend.contract.flash_sale import FlashSaleShown
from backend.features.actor import Actor
from backend.features.campaigns.acts import Onlooker
from backend.features.campaigns.campaigns import CampaignsFeature
from backend.features.deliveries import Delegated, Rejection
from backend.log.entries import Record
from backend.log.shop_entries import ShopCampaignMoved
from backend.shop.campaigns.auction.bidding import Bidding
from tests.backend.features.campaigns.test_campaigns import author
from tests.backend.features.campaigns.test_packet_acts import ANNA, CLOSES, OPENS, AskedShop
from tests.backend.kinds import as_type

SETTLED = (CampaignPhase.DRAWING, CampaignPhase.ENDED, CampaignPhase.VOID)
AUCTION = AuctionShown("vase", "vase", "CNY", 1000, 1000, 1000, list(STEPS))
OF_FANS = msgspec.structs.replace(AUCTION, needs_follow=True)


class Bids:
    """A room that shows one auction."""

    def __init__(self, detail: CampaignDetail = AUCTION, phase: CampaignPhase = CampaignPhase.OPEN) -> None:
        self.shop = AskedShop()
        self.feature = CampaignsFeature(
            onlooker=Onlooker(
                is_follower=lambda user_id: user_id == "fan",
                is_muted=lambda user_id, _: user_id == "rude",
                watched_s=lambda _user, _now: 0,
                is_present=lambda _user: True,
            ),
            author=author,
            shop=self.shop,
            room_id="main",
        )
        campaign = Campaign("c-1", 1, "", phase, OPENS, CLOSES, None, "", detail)
        self.feature.apply(Record(1, 1, "s", ShopCampaignMoved([1], campaign), None))

    def bid(self, actor: Actor = ANNA, at_ms: int = OPENS) -> RejectReason | None:
        decided = self.feature.decide(PlaceBid("c-1", 2000, "k"), actor, at_ms)
        if isinstance(decided, Rejection):
            return decided.reason
        asked = as_type(Delegated, decided)
        rejection = asked.answer(asyncio.run(asked.ask()))  # type: ignore[arg-type]
        return None if rejection is None else rejection.reason


def test_a_bid_reaches_the_shop_with_its_time_origin_maximum_and_key() -> None:
    bids = Bids()
    assert bids.bid(at_ms=OPENS + 7) is None
    assert bids.shop.acts == [Bidding("c-1", "main", "anna", OPENS + 7, 2000, "k", "home")]


@pytest.mark.parametrize(
    ("bids", "actor", "at_ms", "reason"),
    [
        (Bids(), ANNA, OPENS - 1, RejectReason.NOT_OPEN),
        (Bids(), Actor("rude", Role.VIEWER), OPENS, RejectReason.MUTED),
        (Bids(), Actor("host", Role.HOST), OPENS, RejectReason.IS_STAFF),
        (Bids(), Actor("helper", Role.ASSISTANT), OPENS, RejectReason.IS_STAFF),
        (Bids(OF_FANS), ANNA, OPENS, RejectReason.NOT_FOLLOWING),
        *((Bids(phase=phase), ANNA, CLOSES - 1, RejectReason.EXPIRED) for phase in SETTLED),
    ],
)
def test_a_bid_that_the_room_refuses_by_itself_is_counted(
    bids: Bids, actor: Actor, at_ms: int, reason: RejectReason
) -> None:
    assert bids.bid(actor, at_ms) is reason
    assert bids.shop.refused == [reason]
    assert bids.shop.acts == []


def test_a_bid_in_what_is_no_auction_is_no_request_of_it() -> None:
    bids = Bids(FlashSaleShown("", [], None))
    assert bids.bid() is RejectReason.UNKNOWN_CAMPAIGN
    assert bids.shop.refused == []


def test_who_follows_the_host_bids_where_that_is_asked_for() -> None:
    assert Bids(OF_FANS).bid(Actor("fan", Role.VIEWER)) is None


def test_a_late_bid_goes_to_the_shop_which_knows_the_end() -> None:
    assert Bids(phase=CampaignPhase.CLOSING).bid(at_ms=CLOSES + 1) is None


def test_leader_winner_and_bidders_are_shown_by_their_names_once() -> None:
    log = [ShownBid(1, "bert", 5, 1000, "bert"), ShownBid(2, "anna", 9, 1100, "anna")]
    shown = msgspec.structs.replace(AUCTION, leader_id="anna", winner_id="anna", log=log)
    [campaign] = Bids(shown).feature.show()["campaigns"]
    assert campaign.people == [author(Actor(user_id, Role.VIEWER)) for user_id in ("anna", "bert")]


def test_an_auction_without_bids_names_nobody() -> None:
    [campaign] = Bids().feature.show()["campaigns"]
    assert campaign.people == []
