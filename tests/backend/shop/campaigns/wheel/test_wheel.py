"""Wheels from the announcement to the end: what is set aside, sealed, revealed, and given back."""

from collections import Counter
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.contract.campaigns import CampaignPhase, EndReason
from backend.contract.wheels import WheelPrize, WheelTerms, WheelWinner
from backend.fairness.deck import BLANK, deck_of, sealed
from backend.money.wallet import GRANTS
from backend.shop.campaigns.closing import DRAINED_AFTER_MS, TOO_LATE
from backend.shop.campaigns.escrow import escrow_of
from backend.shop.campaigns.kind import NotArmed
from backend.shop.campaigns.wheel.wheel import (
    COUPON_SHORT,
    NAMELESS,
    ONE_OF_BOTH,
    TOO_MANY_COINS,
    TOO_MANY_EACH,
    TOO_MANY_SLOTS,
    TOO_MANY_TO_HAND_OVER,
    sealed_terms,
)
from tests.backend.shop.campaigns.red_packet.desk import ADULTS, COUNTDOWN_MS, EXPIRED
from tests.backend.shop.campaigns.red_packet.test_claiming import given_out, made_coupon
from tests.backend.shop.campaigns.wheel.desk import BLANKS, COINS, PRIZES, SLOTS, WheelDesk
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import STAFF
from tests.support.migrated import open_migrated

TEN_MINUTES_MS = 600_000


async def test_an_announced_wheel_holds_its_coins_and_is_sealed(desk: WheelDesk) -> None:
    campaign = await desk.announced()
    assert desk.coins() == {GRANTS: -COINS, escrow_of(campaign.campaign_id): COINS}
    wheel = desk.wheel()
    assert (wheel.left, wheel.prizes_left, wheel.secret) == (SLOTS, [1, 2, 1], "")
    assert len(wheel.commitment) == 64


async def test_at_the_end_the_secret_shows_that_each_spin_was_fixed_before(desk: WheelDesk) -> None:
    campaign = await desk.spinnable(spins_each=3)
    before = desk.wheel()
    for user_id, key in (("anna", "a"), ("bert", "a"), ("anna", "b")):
        assert await desk.spin(campaign, user_id, key) is None
    assert desk.wheel().secret == ""
    await desk.end(campaign)
    wheel = desk.wheel()
    secret = bytes.fromhex(wheel.secret)
    terms = sealed_terms(WheelTerms(list(PRIZES), BLANKS))
    assert sealed(campaign.campaign_id, terms, secret) == before.commitment == wheel.commitment
    deck = deck_of(campaign.campaign_id, [prize.stock for prize in PRIZES], BLANKS, secret)
    expected = [None if slot == BLANK else slot for slot in deck]
    part = await desk.part_of(campaign, "anna")
    assert [(spin.key, spin.place, spin.prize) for spin in part.spins] == [
        ("a", 0, expected[0]),
        ("b", 2, expected[2]),
    ]
    assert part.has_won is any(spin.prize is not None for spin in part.spins)


async def test_who_won_what_staff_hand_over_is_named(desk: WheelDesk) -> None:
    campaign = await desk.spinnable([WheelPrize("杯", 2), WheelPrize("币", 1, coins=5)], 0, spins_each=3)
    for key in ("a", "b", "c"):
        await desk.spin(campaign, "anna", key)
    cups = [WheelWinner("anna", 0, place) for place, _, prize in desk.spins() if prize == 0]
    assert desk.wheel().winners == cups


async def test_a_wheel_ends_when_its_last_slot_is_taken(desk: WheelDesk) -> None:
    campaign = await desk.spinnable(spins_each=SLOTS)
    for number in range(SLOTS):
        await desk.spin(campaign, "anna", str(number))
    assert (desk.now().phase, desk.now().end_reason) == (CampaignPhase.ENDED, EndReason.NONE_LEFT)
    assert desk.wheel().prizes_left == [0, 0, 0]
    assert desk.given() == COINS


async def test_what_nobody_won_goes_back_once_when_the_wheels_time_is_up(desk: WheelDesk) -> None:
    campaign = await desk.spinnable()
    await desk.spin(campaign, "anna")
    await desk.wait(TEN_MINUTES_MS)
    assert desk.now().phase is CampaignPhase.CLOSING
    assert await desk.spin(campaign, "bert", in_ms=-5) is None
    await desk.wait(DRAINED_AFTER_MS)
    assert (desk.now().phase, desk.now().end_reason) == (CampaignPhase.ENDED, EndReason.TIME)
    await desk.wait(TEN_MINUTES_MS)
    assert isinstance(await desk.stop(campaign), NotArmed)
    parts = [await desk.part_of(campaign, user_id) for user_id in ("anna", "bert")]
    assert desk.given() == sum(part.coins for part in parts) == (await desk.report(campaign)).coins_out


async def test_a_wheel_ends_with_its_show(desk: WheelDesk) -> None:
    await desk.spinnable()
    desk.end_session()
    await desk.sweep()
    await desk.wait(DRAINED_AFTER_MS)
    assert desk.now().end_reason is EndReason.SESSION_ENDED
    assert desk.given() == 0


async def end_show(desk: WheelDesk) -> None:
    desk.end_session()


async def test_a_spin_that_came_before_the_end_of_the_wheel_is_decided(desk: WheelDesk) -> None:
    for end in (desk.stop, lambda _campaign: end_show(desk)):
        campaign = await desk.spinnable([WheelPrize("币", 3, coins=5)], 0)
        desk.clock.turn(50)
        await end(campaign)
        await desk.sweep()
        assert desk.now().phase is CampaignPhase.CLOSING
        assert await desk.stop(campaign) == TOO_LATE
        assert await desk.spin(campaign, "anna", in_ms=-5) is None
        assert await desk.spin(campaign, "bert") is EXPIRED
        await desk.wait(DRAINED_AFTER_MS)
        assert desk.now().phase is CampaignPhase.ENDED
    assert desk.given() == 10


async def test_a_wheel_that_is_called_off_before_it_opens_gives_all_back(desk: WheelDesk) -> None:
    campaign = await desk.announced()
    await desk.stop(campaign, "奖品写错了")
    assert (desk.now().phase, desk.now().public_reason) == (CampaignPhase.VOID, "奖品写错了")
    assert desk.given() == 0
    await desk.wait(COUNTDOWN_MS)
    assert await desk.spin(campaign, "anna") is EXPIRED


@pytest.mark.parametrize(
    ("prizes", "blanks", "refusal"),
    [
        ([WheelPrize(" ", 1)], 1, NAMELESS),
        ([WheelPrize("a", 1, coins=1, coupon_id="c")], 1, ONE_OF_BOTH),
        ([WheelPrize("a", 2, coins=1)], 9_999, TOO_MANY_SLOTS),
        ([WheelPrize("a", 2, coins=5_000_001)], 1, TOO_MANY_COINS),
        ([WheelPrize("a", 50), WheelPrize("b", 51)], 1, TOO_MANY_TO_HAND_OVER),
        ([WheelPrize("a", 1, coupon_id="none")], 1, COUPON_SHORT),
    ],
)
async def test_a_wheel_that_cannot_be_is_refused_with_what_helps(
    desk: WheelDesk, prizes: list[WheelPrize], blanks: int, refusal: NotArmed
) -> None:
    assert await desk.try_to_announce(prizes, blanks) == refusal
    assert desk.coins() == {}


async def test_a_wheel_that_gives_one_viewer_more_of_a_coupon_than_a_buyer_gets_is_refused(
    desk: WheelDesk,
) -> None:
    coupon = await made_coupon(desk, 5)
    prizes = [WheelPrize("a", 2, coupon_id=coupon.coupon_id), WheelPrize("b", 1, coins=1)]
    assert await desk.try_to_announce(prizes, 1, spins_each=2) == TOO_MANY_EACH
    assert await given_out(desk) == 0
    await desk.announced(prizes, 1, spins_each=1)
    assert await given_out(desk) == 2


async def test_of_two_coupon_prizes_neither_is_held_where_one_is_short(desk: WheelDesk) -> None:
    coupon = await made_coupon(desk, 5)
    prizes = [WheelPrize("a", 3, coupon_id=coupon.coupon_id), WheelPrize("b", 3, coupon_id=coupon.coupon_id)]
    assert await desk.try_to_announce(prizes, 1) == COUPON_SHORT
    assert await given_out(desk) == 0


async def test_a_wheel_keeps_to_the_cap_of_a_session(desk: WheelDesk) -> None:
    await desk.campaigns.set_budget(STAFF, COINS - 1)
    assert isinstance(await desk.try_to_announce(), NotArmed)
    await desk.campaigns.set_budget(STAFF, COINS)
    await desk.announced()


async def open_it(desk: WheelDesk) -> None:
    await desk.wait(COUNTDOWN_MS)


async def let_spin(desk: WheelDesk) -> None:
    await desk.wait(COUNTDOWN_MS)
    await desk.spin(desk.told()[0], "anna")


async def let_close(desk: WheelDesk) -> None:
    await let_spin(desk)
    await desk.wait(TEN_MINUTES_MS)


async def leave_it(_desk: WheelDesk) -> None:
    """It is announced and no more."""


@pytest.mark.parametrize("until", [leave_it, open_it, let_spin, let_close])
async def test_a_wheel_goes_on_after_a_restart_in_each_phase(
    desk: WheelDesk, until: Callable[[WheelDesk], Awaitable[None]]
) -> None:
    campaign = await desk.announced()
    await until(desk)
    commitment = desk.wheel().commitment
    await desk.restart()
    await desk.wait(COUNTDOWN_MS)
    for _ in range(3):
        await desk.spin(campaign, "bert")
        await desk.wait(TEN_MINUTES_MS)
    await desk.wait(DRAINED_AFTER_MS)
    assert desk.now().phase is CampaignPhase.ENDED
    assert desk.wheel().commitment == commitment
    parts = [await desk.part_of(campaign, user_id) for user_id in ("anna", "bert")]
    assert desk.given() == sum(part.coins for part in parts)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_whatever_is_spun_stocks_slots_and_books_are_exact(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    stocks = data.draw(st.lists(st.integers(1, 3), min_size=1, max_size=4))
    coins = [data.draw(st.integers(0, 50)) for _ in stocks]
    blanks = data.draw(st.integers(0, 3))
    spins = data.draw(st.lists(st.tuples(st.sampled_from(ADULTS), st.sampled_from("abcde")), max_size=24))
    prizes = [WheelPrize("奖", stock, coins=give) for stock, give in zip(stocks, coins, strict=True)]
    database = open_migrated(tmp_path_factory.mktemp("books"))
    desk = WheelDesk(database, Clock())
    try:
        campaign = await desk.spinnable(prizes, blanks, spins_each=5)
        for user_id, key in spins:
            await desk.spin(campaign, user_id, key)
        made = list(dict.fromkeys(spins))[: sum(stocks) + blanks]
        assert [(place, user_id) for place, user_id, _ in desk.spins()] == [
            (place, user_id) for place, (user_id, _) in enumerate(made)
        ]
        for number in range(sum(stocks) + blanks - len(made)):
            await desk.spin(campaign, ADULTS[number % 4], f"rest-{number}")
        won = Counter(prize for _, _, prize in desk.spins())
        assert all(won[number] <= stock for number, stock in enumerate(stocks))
        if len(desk.spins()) == sum(stocks) + blanks:
            assert [won[number] for number in range(len(stocks))] == stocks
        await desk.wait(TEN_MINUTES_MS)
        await desk.wait(DRAINED_AFTER_MS)
        assert desk.given() == sum(won[number] * give for number, give in enumerate(coins))
    finally:
        await desk.close()
        database.close()
