"""Bids: each refusal with its reason, keys that count once, late bids, and a crowd that comes at once."""

import asyncio
import random
from collections import Counter

import msgspec
import pytest

from backend.contract.auctions import (
    LATE_S,
    MOST_BIDS_EACH,
    MOST_DEFAULTS,
    MOST_EXTENSIONS,
    AuctionOutcome,
    PlaceBid,
    step_of,
)
from backend.contract.base import RejectReason
from backend.contract.campaigns import CampaignPhase
from tests.backend.shop.campaigns.auction.desk import (
    ACCEPTED,
    COUNTDOWN_MS,
    DURATION_MS,
    EXPIRED,
    START,
    TOO_LOW,
    AuctionDesk,
)
from tests.backend.shop.goods import home_of
from tests.support.accounts import make_account

MINUTE_MS = 60_000
CROWD = [f"user-{number:02}" for number in range(80)]


async def test_a_bid_before_the_start_is_too_early_by_the_servers_clock(desk: AuctionDesk) -> None:
    campaign = await desk.announced()
    await desk.registered(campaign, "anna")
    assert await desk.bid(campaign, "anna", START, in_ms=COUNTDOWN_MS - 1) is RejectReason.NOT_OPEN
    # The timer has not come by yet: when the server received it counts.
    assert await desk.bid(campaign, "anna", START, in_ms=COUNTDOWN_MS) is ACCEPTED
    assert desk.now().phase is CampaignPhase.OPEN


async def test_who_did_not_say_where_it_goes_cannot_bid(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna")
    assert await desk.bid(campaign, "bert", START) is RejectReason.NOT_REGISTERED
    assert await desk.bid(campaign, "anna", START) is ACCEPTED


async def test_the_first_bid_is_at_least_the_start_price(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna")
    assert await desk.bid(campaign, "anna", START - 1) is TOO_LOW
    assert await desk.bid(campaign, "anna", START) is ACCEPTED
    assert (desk.auction().price_minor, desk.auction().leader_id) == (START, "anna")


async def test_a_bid_below_the_next_step_is_too_low(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna", "bert")
    await desk.bid(campaign, "anna", 2000)
    assert desk.auction().next_minor == START + step_of(START)
    assert await desk.bid(campaign, "bert", desk.auction().next_minor - 1) is TOO_LOW
    assert await desk.bid(campaign, "bert", desk.auction().next_minor) is ACCEPTED
    assert (desk.auction().leader_id, desk.auction().price_minor) == ("anna", 1200)


async def test_the_leader_raises_their_own_maximum_and_never_lowers_it(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna")
    await desk.bid(campaign, "anna", 2000)
    assert await desk.bid(campaign, "anna", 2000) is TOO_LOW
    assert await desk.bid(campaign, "anna", 2001) is ACCEPTED
    assert (desk.auction().price_minor, (await desk.bid_of(campaign, "anna")).max_minor) == (START, 2001)


async def test_nobody_is_shown_a_maximum_but_its_bidder(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna", "bert")
    await desk.bid(campaign, "anna", 987_654)
    await desk.bid(campaign, "bert", 2000)
    assert (await desk.bid_of(campaign, "anna")).max_minor == 987_654
    await desk.over()
    shown = msgspec.json.encode([desk.told(), await desk.bid_of(campaign, "bert")])
    assert b"987654" not in shown
    assert b"987654" not in msgspec.json.encode(await desk.report(campaign))


async def test_of_equal_bids_the_one_that_the_server_received_first_leads(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna", "bert")
    assert await desk.bid(campaign, "anna", 5000, in_ms=5) is ACCEPTED
    # It was received before, however long it waited.
    assert await desk.bid(campaign, "bert", 5000, in_ms=4) is ACCEPTED
    assert (desk.auction().leader_id, desk.auction().price_minor) == ("bert", 5000)


async def test_the_same_key_bids_once_and_is_answered_again_even_after_the_end(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna")
    both = [desk.bid(campaign, "anna", 2000, "a") for _ in range(2)]
    assert await asyncio.gather(*both) == [ACCEPTED, ACCEPTED]
    assert desk.auction().bids == 1
    await desk.over()
    assert await desk.bid(campaign, "anna", 2000, "a") is ACCEPTED
    assert desk.auction().bids == 1


async def test_a_person_bids_a_limited_number_of_times(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna")
    bids = [desk.bid(campaign, "anna", START + number) for number in range(MOST_BIDS_EACH)]
    assert set(await asyncio.gather(*bids)) == {ACCEPTED}
    assert await desk.bid(campaign, "anna", 9000) is RejectReason.TOO_MANY


async def test_a_bid_that_is_received_at_the_end_is_too_late(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna", "bert")
    assert await desk.bid(campaign, "anna", 2000, in_ms=DURATION_MS) is EXPIRED
    await desk.over()
    assert await desk.bid(campaign, "bert", 2000) is EXPIRED


async def test_a_bid_that_came_in_time_counts_after_the_end_and_opens_the_auction_again(
    desk: AuctionDesk,
) -> None:
    campaign = await desk.opened("anna")
    await desk.wait(DURATION_MS)
    assert desk.now().phase is CampaignPhase.CLOSING
    assert await desk.bid(campaign, "anna", 2000, in_ms=-1) is ACCEPTED
    assert (desk.now().phase, desk.auction().extensions) == (CampaignPhase.OPEN, 1)
    assert desk.now().closes_at_ms == campaign.closes_at_ms + LATE_S * 1000


async def test_late_bids_move_the_end_by_ten_seconds_five_times_at_most(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna", "bert")
    early_ms = DURATION_MS - LATE_S * 1000 - 1
    assert await desk.bid(campaign, "anna", START, in_ms=early_ms) is ACCEPTED
    assert desk.now().closes_at_ms == campaign.closes_at_ms
    for number in range(MOST_EXTENSIONS + 2):
        desk.clock.turn(desk.now().closes_at_ms - desk.clock() - 1)
        await desk.sweep()
        bidder = ("bert", "anna")[number % 2]
        assert await desk.bid(campaign, bidder, 20_000 + 1000 * number) is ACCEPTED
    assert desk.auction().extensions == MOST_EXTENSIONS
    assert desk.now().closes_at_ms == campaign.closes_at_ms + MOST_EXTENSIONS * LATE_S * 1000


async def test_a_raise_of_the_leader_which_nobody_sees_moves_no_end(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna")
    await desk.bid(campaign, "anna", START)
    assert await desk.bid(campaign, "anna", 9000, in_ms=DURATION_MS - 1) is ACCEPTED
    assert desk.now().closes_at_ms == campaign.closes_at_ms


async def test_a_raise_of_the_leader_that_reaches_the_reserve_gives_others_time_to_answer(
    desk: AuctionDesk,
) -> None:
    campaign = await desk.opened("anna", "bert", reserve_minor=8000)
    await desk.bid(campaign, "anna", START)
    assert await desk.bid(campaign, "anna", 9000, in_ms=DURATION_MS - 1) is ACCEPTED
    assert desk.auction().is_reserve_met
    assert desk.now().closes_at_ms == campaign.closes_at_ms + LATE_S * 1000


async def test_an_account_must_be_as_old_as_the_auction_asks(desk: AuctionDesk) -> None:
    for user_id, late_ms in (("anna", 0), ("bert", 1)):
        at_ms = desk.clock() + COUNTDOWN_MS - 30 * MINUTE_MS + late_ms
        make_account(desk.database, user_id, at_ms)
    campaign = await desk.opened("anna", "bert", "carl", account_minutes=30)
    answers = [await desk.bid(campaign, user_id, 9000) for user_id in ("bert", "carl", "anna")]
    assert answers == [RejectReason.ACCOUNT_TOO_NEW, RejectReason.ACCOUNTS_ONLY, ACCEPTED]


async def test_no_more_people_of_one_network_bid_than_the_auction_allows(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna", "bert", per_network=1)
    assert await desk.bid(campaign, "anna", START, origin="home") is ACCEPTED
    assert await desk.bid(campaign, "bert", 9000, origin="home") is RejectReason.NETWORK_FULL
    assert await desk.bid(campaign, "bert", 9000, origin="office") is ACCEPTED
    # Who bids already goes on, from wherever that is.
    assert await desk.bid(campaign, "anna", 9900, origin="office") is ACCEPTED


async def test_of_two_accounts_with_one_phone_only_the_first_that_bids_takes_part(desk: AuctionDesk) -> None:
    campaign = await desk.announced(one_a_phone=True)
    for user_id in ("anna", "bert"):
        await desk.register(campaign, user_id, home_of("anna"))
    await desk.registered(campaign, "carl")
    await desk.wait(COUNTDOWN_MS)
    bids = [desk.bid(campaign, user_id, START + 1000) for user_id in ("anna", "bert")]
    assert await asyncio.gather(*bids) == [ACCEPTED, RejectReason.PHONE_USED]
    assert await desk.bid(campaign, "carl", 9000) is ACCEPTED


async def test_the_phone_that_counts_is_where_the_parcel_would_go_and_not_the_books_default(
    desk: AuctionDesk,
) -> None:
    campaign = await desk.announced(one_a_phone=True)
    for user_id, phone_of in (("anna", "anna"), ("bert", "anna"), ("carl", "carl")):
        await desk.keep_default(user_id, home_of("office"))
        await desk.register(campaign, user_id, home_of(phone_of))
    await desk.wait(COUNTDOWN_MS)
    answers = [await desk.bid(campaign, user_id, 9000) for user_id in ("anna", "bert")]
    assert answers == [ACCEPTED, RejectReason.PHONE_USED]
    assert await desk.bid(campaign, "carl", 12_000) is ACCEPTED


async def test_there_is_no_bid_in_an_auction_that_is_not_there(desk: AuctionDesk) -> None:
    campaign = msgspec.structs.replace(await desk.opened("anna"), campaign_id="x")
    assert await desk.bid(campaign, "anna", START) is RejectReason.UNKNOWN_CAMPAIGN


async def test_who_left_two_won_auctions_unpaid_bids_no_more_not_even_with_another_account(
    desk: AuctionDesk,
) -> None:
    for _ in range(MOST_DEFAULTS):
        campaign = await desk.opened("anna")
        assert await desk.bid(campaign, "anna", START) is ACCEPTED
        await desk.over()
        await desk.expire()
        assert desk.auction().outcome is AuctionOutcome.UNSOLD
    campaign = await desk.announced()
    assert await desk.register(campaign, "anna") is RejectReason.BARRED
    assert (await desk.bid_of(campaign, "anna")).is_barred
    # The phone is the same one.
    assert await desk.register(campaign, "bert", home_of("anna")) is RejectReason.BARRED
    assert (await desk.registered(campaign, "carl")).is_barred is False


async def test_who_is_barred_after_they_registered_cannot_bid(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna")
    desk.bar("anna")
    assert await desk.bid(campaign, "anna", START) is RejectReason.BARRED


async def test_80_who_bid_at_once_are_ranked_by_their_maxima_and_one_wins(desk: AuctionDesk) -> None:
    campaign = await desk.opened(*CROWD)
    # So far apart that the runner-up's is never less than a step beyond the others.
    maxima = [START + 12_000 * number for number in range(len(CROWD))]
    random.Random(7).shuffle(maxima)
    told_before = len(desk.told())
    # Each asks twice with one key.
    bids = [
        desk.bid(campaign, user_id, most, "k")
        for user_id, most in zip(CROWD, maxima, strict=True)
        for _ in range(2)
    ]
    answers = Counter(await asyncio.gather(*bids))
    assert set(answers) <= {ACCEPTED, TOO_LOW}
    assert answers[ACCEPTED] == 2 * desk.auction().bids
    best, runner_up = CROWD[maxima.index(max(maxima))], sorted(maxima)[-2]
    assert desk.auction().leader_id == best
    assert desk.auction().price_minor == runner_up + step_of(runner_up)
    assert len(desk.told()) - told_before < 30
    await desk.over()
    report = await desk.report(campaign)
    assert report.received == desk.auction().bids + answers[TOO_LOW]
    assert (await desk.bid_of(campaign, best)).total_minor == desk.auction().price_minor
    assert desk.stock() == (3, 1, 0)


@pytest.mark.parametrize("wrong", [0, -1, 10**13, 1.5, "1"])
def test_a_bid_names_a_maximum_within_reason(wrong: object) -> None:
    body = {"campaign_id": "c", "max_minor": wrong, "key": "k", "type": "place_bid"}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(body, PlaceBid)
