"""Spins of wheels: each refusal with its reason, keys that count once, and a crowd that comes at once."""

import asyncio
from collections import Counter

import msgspec

from backend.contract.addresses import SaveAddress
from backend.contract.base import RejectReason
from backend.contract.campaigns import CampaignPhase
from backend.contract.my_data import MyWheelSpin
from backend.contract.wheels import WheelPrize
from backend.shop.campaigns.closing import DRAINED_AFTER_MS
from backend.shop.campaigns.telling import TELL_EVERY_MS
from backend.shop.customers.address_book import save_address
from tests.backend.shop.campaigns.red_packet.desk import (
    ALREADY,
    COUNTDOWN_MS,
    EXPIRED,
    NONE_LEFT,
    NOT_OPEN,
)
from tests.backend.shop.campaigns.red_packet.test_claiming import given_out, held, made_coupon
from tests.backend.shop.campaigns.wheel.desk import COINS, WheelDesk
from tests.backend.shop.goods import HOME
from tests.support.accounts import make_account
from tests.support.adults import let_be_adults

CROWD = [f"user-{number:03}" for number in range(250)]
MINUTE_MS = 60_000


async def test_a_spin_before_the_start_is_too_early_by_the_servers_clock(desk: WheelDesk) -> None:
    campaign = await desk.announced()
    assert await desk.spin(campaign, "anna", in_ms=COUNTDOWN_MS - 1) is NOT_OPEN
    # The timer has not come by yet: when the server received it counts.
    assert await desk.spin(campaign, "anna", in_ms=COUNTDOWN_MS) is None
    assert desk.now().phase is CampaignPhase.OPEN


async def test_a_person_spins_as_often_as_the_wheel_says(desk: WheelDesk) -> None:
    campaign = await desk.spinnable(spins_each=2)
    answers = [await desk.spin(campaign, "anna", key) for key in ("a", "b", "c")]
    assert answers == [None, None, ALREADY]
    assert await desk.spin(campaign, "bert", "a") is None
    await desk.wait(TELL_EVERY_MS)
    assert desk.wheel().left == 3


async def test_the_same_key_spins_once_and_is_answered_again_even_after_the_end(desk: WheelDesk) -> None:
    campaign = await desk.spinnable(spins_each=2)
    assert await desk.spin(campaign, "anna", "a") is None
    first = await desk.part_of(campaign, "anna")
    assert await desk.spin(campaign, "anna", "a") is None
    both = [desk.spin(campaign, "bert", "b") for _ in range(2)]
    assert await asyncio.gather(*both) == [None, None]
    await desk.stop(campaign)
    assert await desk.spin(campaign, "anna", "a") is None
    assert await desk.part_of(campaign, "anna") == first
    assert [user_id for _, user_id, _ in desk.spins()] == ["anna", "bert"]


async def test_who_comes_after_the_last_slot_is_told_that_none_is_left(desk: WheelDesk) -> None:
    campaign = await desk.spinnable([WheelPrize("杯", 1)], 1)
    answers = [await desk.spin(campaign, user_id) for user_id in ("anna", "bert", "carl")]
    assert answers == [None, None, NONE_LEFT]
    assert await desk.spin(campaign, "anna", "another") is ALREADY


async def test_who_spins_after_the_end_is_told_that_it_is_over(desk: WheelDesk) -> None:
    campaign = await desk.spinnable()
    await desk.stop(campaign)
    assert await desk.spin(campaign, "anna") is EXPIRED


async def test_a_wheel_with_coins_is_spun_by_who_confirmed_their_age_alone(desk: WheelDesk) -> None:
    campaign = await desk.spinnable()
    assert await desk.spin(campaign, "kid") is RejectReason.AGE_UNCONFIRMED
    let_be_adults(desk.database, "kid")
    assert await desk.spin(campaign, "kid") is None
    await desk.end(campaign)
    assert await desk.spin(await desk.spinnable([WheelPrize("杯", 1)]), "young") is None


async def test_an_account_must_be_as_old_as_the_wheel_asks(desk: WheelDesk) -> None:
    make_account(desk.database, "anna", desk.clock() + COUNTDOWN_MS - 30 * MINUTE_MS)
    make_account(desk.database, "bert", desk.clock() + COUNTDOWN_MS - 30 * MINUTE_MS + 1)
    campaign = await desk.spinnable(account_minutes=30)
    answers = [await desk.spin(campaign, user_id) for user_id in ("anna", "bert", "carl")]
    assert answers == [None, RejectReason.ACCOUNT_TOO_NEW, RejectReason.ACCOUNTS_ONLY]


async def test_people_of_one_network_spin_who_are_as_many_as_the_wheel_says(desk: WheelDesk) -> None:
    campaign = await desk.spinnable(spins_each=2, per_network=1)
    keys = ("a", "b")
    # Another spin of somebody who is in is none of another person.
    assert [await desk.spin(campaign, "anna", key, origin="home") for key in keys] == [None, None]
    assert await desk.spin(campaign, "bert", origin="home") is RejectReason.NETWORK_FULL
    assert await desk.spin(campaign, "bert", origin="office") is None


async def test_a_phone_spins_for_one_person(desk: WheelDesk) -> None:
    with desk.database.shop_transaction() as connection:
        for user_id in ("anna", "bert"):
            assert save_address(connection, user_id, SaveAddress(HOME), 0) is not None
    campaign = await desk.spinnable(spins_each=2, one_a_phone=True)
    spins = [desk.spin(campaign, *one) for one in (("anna", "a"), ("anna", "b"), ("bert", "a"))]
    assert await asyncio.gather(*spins) == [None, None, RejectReason.PHONE_USED]
    assert await desk.spin(campaign, "carl") is RejectReason.PHONE_MISSING


async def test_who_has_as_many_of_a_wheels_coupon_as_one_gets_spins_no_more(desk: WheelDesk) -> None:
    coupon = await made_coupon(desk, 5)
    prizes = [WheelPrize("券", 2, coupon_id=coupon.coupon_id)]
    campaign = await desk.spinnable(prizes, 0)
    assert await desk.spin(campaign, "anna") is None
    await desk.stop(campaign)
    await desk.wait(DRAINED_AFTER_MS)
    assert await desk.spin(await desk.spinnable(prizes, 0), "anna") is RejectReason.COUPON_ALREADY
    assert (await held(desk, "anna"), await given_out(desk)) == (1, 3)


async def test_a_wheels_coupon_for_accounts_goes_to_no_guest(desk: WheelDesk) -> None:
    coupon = await made_coupon(desk, 5, accounts_only=True)
    campaign = await desk.spinnable([WheelPrize("券", 3, coupon_id=coupon.coupon_id)])
    make_account(desk.database, "anna", 0)
    assert [await desk.spin(campaign, user_id) for user_id in ("anna", "bert")] == [
        None, RejectReason.ACCOUNTS_ONLY
    ]  # fmt: skip
    assert await held(desk, "bert") == 0


async def test_a_persons_data_names_what_they_spun(desk: WheelDesk) -> None:
    campaign = await desk.spinnable([WheelPrize("杯", 1)], 0)
    assert await desk.spin(campaign, "anna") is None

    spin = MyWheelSpin(campaign.campaign_id, "转盘", desk.clock(), prize="杯")
    assert (await desk.data_of("anna")).wheel_spins == [spin]
    assert (await desk.data_of("bert")).wheel_spins == []


async def test_there_is_no_spin_of_a_wheel_that_is_not_there(desk: WheelDesk) -> None:
    campaign = msgspec.structs.replace(await desk.spinnable(), campaign_id="x")
    assert await desk.spin(campaign, "anna") is RejectReason.UNKNOWN_CAMPAIGN


async def test_250_who_spin_twice_at_once_take_each_slot_once_and_the_books_are_exact(
    desk: WheelDesk,
) -> None:
    let_be_adults(desk.database, *CROWD)
    prizes = [WheelPrize("大", 10, coins=50), WheelPrize("小", 60, coins=5), WheelPrize("杯", 30)]
    campaign = await desk.spinnable(prizes, 200)
    told_before = len(desk.told())
    # Each asks twice with one key, and once with another that is one too many.
    spins = [desk.spin(campaign, user_id, key) for user_id in CROWD for key in ("a", "a", "b")]
    assert Counter(await asyncio.gather(*spins)) == {None: 500, ALREADY: 250}
    await desk.wait(TELL_EVERY_MS)
    assert desk.wheel().left == 50
    spins = [desk.spin(campaign, f"{user_id}-b") for user_id in CROWD]
    let_be_adults(desk.database, *[f"{user_id}-b" for user_id in CROWD])
    assert Counter(await asyncio.gather(*spins)) == {None: 50, NONE_LEFT: 200}
    assert [place for place, _, _ in desk.spins()] == list(range(300))
    assert Counter(prize for _, _, prize in desk.spins()) == {0: 10, 1: 60, 2: 30, None: 200}
    assert desk.given() == 800
    # What all see is told after a second and at the end, not at each spin.
    assert len(desk.told()) - told_before == 2
    report = await desk.report(campaign)
    assert (report.people, report.coins_out, report.received) == (300, 800, 300 + 250 + 200)


async def test_coupons_go_to_who_won_them_and_the_rest_is_put_back(desk: WheelDesk) -> None:
    coupon = await made_coupon(desk, 5, per_buyer=2)
    prizes = [WheelPrize("券", 3, coupon_id=coupon.coupon_id)]
    campaign = await desk.spinnable(prizes, 0, spins_each=2)
    assert await given_out(desk) == 3
    for key in ("a", "b"):
        assert await desk.spin(campaign, "anna", key) is None
    assert [await held(desk, user_id) for user_id in ("anna", "bert")] == [2, 0]
    await desk.end(campaign)
    assert await given_out(desk) == 2


async def test_coins_of_one_person_who_wins_several_times_all_arrive(desk: WheelDesk) -> None:
    campaign = await desk.spinnable(spins_each=6)
    assert await asyncio.gather(*[desk.spin(campaign, "anna", str(n)) for n in range(6)]) == [None] * 6
    assert (await desk.part_of(campaign, "anna")).coins == desk.given() == COINS
