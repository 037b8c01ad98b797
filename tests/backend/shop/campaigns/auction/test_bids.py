"""Bids as they are kept: when much happens at once, and whatever is bid, one unit has one winner."""

import asyncio
import random

import pytest

from backend.contract.auctions import AuctionOutcome, OfferAnswer
from backend.contract.campaigns import CampaignPhase, MyPart
from backend.shop.campaigns.auction.bids import read_bids
from backend.shop.campaigns.auction.standing import Maximum, Standing, standing_of
from backend.shop.campaigns.closing import DRAINED_AFTER_MS
from tests.backend.shop.campaigns.auction.desk import (
    ACCEPTED,
    DURATION_MS,
    EXPIRED,
    START,
    TOO_LOW,
    AuctionDesk,
)

PEOPLE = [f"user-{number:02}" for number in range(64)]


def standing_by_log(desk: AuctionDesk, campaign_id: str, without: set[str]) -> Standing:
    """Return how the accepted bids stand, computed anew from the log alone."""
    with desk.database.reading() as connection:
        bids = read_bids(connection, campaign_id)
    best = {
        bid.user_id: Maximum(bid.user_id, bid.max_minor, bid.at_ms, bid.number)
        for bid in bids
        if bid.user_id not in without
    }
    return standing_of(START, None, best.values())


async def test_64_bids_that_race_with_the_end_are_in_time_or_told_so_and_the_highest_wins(
    desk: AuctionDesk,
) -> None:
    campaign = await desk.opened(*PEOPLE)
    desk.clock.turn(DURATION_MS)
    # Half of them were received before the end, half at it or later.
    received = [desk.bid(campaign, who, START + 12_000 * n, in_ms=n - 32) for n, who in enumerate(PEOPLE)]
    answers = await asyncio.gather(*received, *[desk.sweep() for _ in range(8)])
    accepted = [who for who, answer in zip(PEOPLE, answers, strict=False) if answer is ACCEPTED]
    assert set(answers[:64]) <= {ACCEPTED, TOO_LOW, EXPIRED}
    # The first moved the end by ten seconds, so that all that came after it were in time.
    assert accepted[-1] == PEOPLE[-1]
    await desk.over()
    assert (desk.auction().winner_id, desk.now().phase) == (PEOPLE[-1], CampaignPhase.DRAWING)
    standing = standing_by_log(desk, campaign.campaign_id, set())
    assert desk.auction().price_minor == standing.price_minor
    assert desk.stock() == (3, 1, 0)


async def test_of_answers_that_come_at_once_one_counts(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna", "bert")
    await desk.bid(campaign, "anna", 9000)
    await desk.bid(campaign, "bert", 5000)
    await desk.over()
    await desk.expire()
    kinds = [OfferAnswer.ACCEPT, OfferAnswer.DECLINE] * 8
    answers = await asyncio.gather(*[desk.answer(campaign, "bert", one) for one in kinds])
    # Whoever asks again hears of the order that stands, or that nothing is offered.
    if desk.auction().outcome is AuctionOutcome.AWARDED:
        assert {type(one) for one in answers} == {MyPart}
        assert desk.stock() == (3, 1, 0)
    else:
        assert desk.auction().outcome is AuctionOutcome.UNSOLD
        assert desk.stock() == (3, 0, 0)
    assert len(desk.orders()) <= 2


async def test_money_that_races_with_the_end_of_its_time_sells_the_unit_or_goes_back(
    desk: AuctionDesk,
) -> None:
    campaign = await desk.opened("anna")
    await desk.bid(campaign, "anna", START)
    await desk.over()
    order = await desk.order_of(campaign, "anna")
    await asyncio.gather(desk.expire(), desk.pay(order), desk.sweep())
    await desk.sweep()
    outcome = desk.auction().outcome
    assert (outcome, desk.stock()) in {
        (AuctionOutcome.SOLD, (2, 0, 1)),
        (AuctionOutcome.UNSOLD, (3, 0, 0)),
    }


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_is_bid_the_unit_goes_down_the_ranking_until_nobody_is_left(
    desk: AuctionDesk, seed: int
) -> None:
    drawn = random.Random(seed)
    people = PEOPLE[:6]
    campaign = await desk.opened(*people)
    for _ in range(25):
        who, most = drawn.choice(people), START + drawn.randrange(0, 60_000, 50)
        await desk.bid(campaign, who, most, in_ms=drawn.randrange(DURATION_MS))
    desk.clock.turn(DURATION_MS)
    await desk.over()
    out: set[str] = set()
    while (standing := standing_by_log(desk, campaign.campaign_id, out)).leader is not None:
        leader, auction = standing.leader, desk.auction()
        assert (auction.leader_id, auction.price_minor) == (leader.user_id, standing.price_minor)
        assert START <= auction.price_minor <= leader.max_minor
        if auction.outcome is AuctionOutcome.OFFERED:
            await desk.answer(campaign, leader.user_id, drawn.choice(list(OfferAnswer)))
        if desk.auction().outcome is AuctionOutcome.AWARDED:
            assert (await desk.order_of(campaign, leader.user_id)).goods_minor == standing.price_minor
            await desk.expire()
        out.add(leader.user_id)
    assert (desk.now().phase, desk.auction().outcome) == (CampaignPhase.ENDED, AuctionOutcome.UNSOLD)
    assert desk.stock() == (3, 0, 0)


async def test_a_bid_that_waited_longer_than_the_drain_is_too_late(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna", "bert")
    await desk.bid(campaign, "anna", START)
    await desk.over()
    assert await desk.bid(campaign, "bert", 9000, in_ms=-DRAINED_AFTER_MS - 1) is EXPIRED
