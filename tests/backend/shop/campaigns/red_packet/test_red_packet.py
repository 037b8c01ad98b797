"""Red packets from the announcement to the end: what is set aside, split, sealed, and given back."""

from collections.abc import Awaitable, Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.contract.campaigns import Campaign, CampaignPhase, EndReason
from backend.fairness.split import sealed, shares_of
from backend.money.wallet import GRANTS, wallet_account
from backend.shop.campaigns.closing import DRAINED_AFTER_MS, TOO_LATE
from backend.shop.campaigns.escrow import escrow_of
from backend.shop.campaigns.kind import NotArmed
from backend.shop.campaigns.red_packet.red_packet import ONE_OF_BOTH, TOO_FEW_COINS
from backend.shop.campaigns.telling import TELL_EVERY_MS
from tests.backend.kinds import as_type
from tests.backend.shop.campaigns.red_packet.desk import ADULTS, COUNTDOWN_MS, EXPIRED, PacketDesk
from tests.backend.shop.conftest import Clock
from tests.support.migrated import open_migrated

TEN_MINUTES_MS = 600_000


async def test_an_announced_packet_holds_its_coins_and_is_sealed(desk: PacketDesk) -> None:
    campaign = await desk.arm(3, 100)
    assert desk.coins() == {GRANTS: -100, escrow_of(campaign.campaign_id): 100}
    packet = desk.packet()
    assert (packet.left, packet.secret, packet.best) == (3, "", [])
    assert len(packet.commitment) == 64


async def test_at_the_end_the_secret_shows_that_the_shares_were_fixed_before(desk: PacketDesk) -> None:
    campaign = await desk.opened(3, 100)
    before = desk.packet()
    for user_id in ("anna", "bert"):
        assert await desk.claim(campaign, user_id) is None
    assert desk.packet().secret == ""
    await desk.end(campaign)
    packet = desk.packet()
    secret = bytes.fromhex(packet.secret)
    assert sealed(campaign.campaign_id, 100, 3, secret) == before.commitment == packet.commitment
    shares = shares_of(campaign.campaign_id, 100, 3, secret)
    parts = [await desk.part_of(campaign, user_id) for user_id in ("anna", "bert")]
    assert [(part.place, part.coins) for part in parts] == list(enumerate(shares[:2]))
    assert {(one.place, one.coins) for one in packet.best} == set(enumerate(shares[:2]))


async def test_who_got_most_is_listed_first_with_how_long_it_took(desk: PacketDesk) -> None:
    campaign = await desk.opened(4, 1000)
    for number, user_id in enumerate(ADULTS):
        await desk.claim(campaign, user_id, in_ms=number * 100)
    packet = desk.packet()
    assert [one.coins for one in packet.best] == sorted((one.coins for one in packet.best), reverse=True)
    assert sum(one.coins for one in packet.best) == 1000
    assert {one.user_id: one.after_ms for one in packet.best} == {
        user_id: number * 100 for number, user_id in enumerate(ADULTS)
    }
    assert packet.emptied_after_ms == 300


async def test_a_packet_ends_when_its_last_share_is_claimed(desk: PacketDesk) -> None:
    campaign = await desk.opened(2, 50)
    for user_id in ("anna", "bert"):
        await desk.claim(campaign, user_id)
    assert (desk.now().phase, desk.now().end_reason) == (CampaignPhase.ENDED, EndReason.NONE_LEFT)
    assert desk.given() == 50
    assert set(desk.coins()) == {GRANTS, wallet_account("anna"), wallet_account("bert")}


async def test_what_nobody_claimed_goes_back_once_when_time_is_up(desk: PacketDesk) -> None:
    campaign = await desk.opened(3, 100)
    await desk.claim(campaign, "anna")
    await desk.wait(TEN_MINUTES_MS)
    assert desk.now().phase is CampaignPhase.CLOSING
    await desk.wait(DRAINED_AFTER_MS)
    assert (desk.now().phase, desk.now().end_reason) == (CampaignPhase.ENDED, EndReason.TIME)
    assert desk.given() == (await desk.part_of(campaign, "anna")).coins
    await desk.wait(TEN_MINUTES_MS)
    assert isinstance(await desk.stop(campaign), NotArmed)
    assert desk.given() == (await desk.report(campaign)).coins_out


async def test_a_claim_that_came_in_time_is_decided_while_the_packet_closes(desk: PacketDesk) -> None:
    campaign = await desk.opened(3, 100)
    await desk.wait(TEN_MINUTES_MS)
    assert await desk.claim(campaign, "anna", in_ms=-5) is None
    assert await desk.claim(campaign, "bert") is EXPIRED
    assert desk.now().phase is CampaignPhase.CLOSING
    await desk.wait(DRAINED_AFTER_MS)
    assert desk.given() == (await desk.part_of(campaign, "anna")).coins


async def test_a_packet_ends_with_its_show_and_gives_the_rest_back(desk: PacketDesk) -> None:
    campaign = await desk.opened(3, 100)
    await desk.claim(campaign, "anna")
    desk.end_session()
    await desk.sweep()
    await desk.wait(DRAINED_AFTER_MS)
    assert desk.now().end_reason is EndReason.SESSION_ENDED
    assert desk.given() == (await desk.part_of(campaign, "anna")).coins


async def test_a_claim_that_came_before_staff_stopped_the_packet_is_decided(desk: PacketDesk) -> None:
    campaign = await desk.opened(3, 100)
    desk.clock.turn(50)
    stopped = as_type(Campaign, await desk.stop(campaign, "口误"))
    assert (stopped.phase, stopped.closes_at_ms) == (CampaignPhase.CLOSING, desk.clock())
    assert await desk.claim(campaign, "anna", in_ms=-5) is None
    assert await desk.claim(campaign, "bert") is EXPIRED
    await desk.wait(DRAINED_AFTER_MS)
    ended = desk.now()
    assert (ended.phase, ended.end_reason, ended.public_reason) == (
        CampaignPhase.ENDED,
        EndReason.STOPPED,
        "口误",
    )
    assert desk.given() == (await desk.part_of(campaign, "anna")).coins > 0


async def test_a_claim_that_came_before_the_show_ended_is_decided(desk: PacketDesk) -> None:
    campaign = await desk.opened(3, 100)
    desk.clock.turn(50)
    desk.end_session()
    await desk.sweep()
    assert await desk.claim(campaign, "anna", in_ms=-5) is None
    await desk.wait(DRAINED_AFTER_MS)
    assert (desk.now().phase, desk.now().end_reason) == (CampaignPhase.ENDED, EndReason.SESSION_ENDED)
    assert desk.given() == (await desk.part_of(campaign, "anna")).coins > 0


async def test_staff_cannot_stop_a_packet_that_closes(desk: PacketDesk) -> None:
    campaign = await desk.opened(3, 100)
    await desk.wait(TEN_MINUTES_MS)
    assert await desk.stop(campaign) == TOO_LATE
    assert await desk.claim(campaign, "anna", in_ms=-5) is None


async def test_a_stop_after_the_start_and_before_the_timer_lets_claims_of_that_time_in(
    desk: PacketDesk,
) -> None:
    campaign = await desk.arm(3, 100)
    desk.clock.turn(COUNTDOWN_MS + 50)
    await desk.stop(campaign)
    assert await desk.claim(campaign, "anna", in_ms=-10) is None


async def test_the_last_share_of_a_stopped_packet_does_not_hide_why_it_ended(desk: PacketDesk) -> None:
    campaign = await desk.opened(1, 100)
    desk.clock.turn(50)
    await desk.stop(campaign, "口误")
    await desk.claim(campaign, "anna", in_ms=-5)
    assert (desk.now().phase, desk.now().end_reason) == (CampaignPhase.ENDED, EndReason.STOPPED)


async def test_a_packets_count_is_told_once_a_second_and_its_end_at_once(desk: PacketDesk) -> None:
    campaign = await desk.opened(4, 100)
    told = len(desk.told())
    for user_id in ("anna", "bert", "carl"):
        await desk.claim(campaign, user_id)
        await desk.sweep()
    assert len(desk.told()) == told
    await desk.wait(TELL_EVERY_MS)
    assert (len(desk.told()), desk.packet().left) == (told + 1, 1)
    assert desk.now().phase is CampaignPhase.OPEN
    await desk.wait(TELL_EVERY_MS)
    assert len(desk.told()) == told + 1
    await desk.claim(campaign, "dora")
    assert (desk.now().phase, desk.packet().left) == (CampaignPhase.ENDED, 0)


async def test_a_packet_that_is_called_off_before_it_opens_gives_all_back(desk: PacketDesk) -> None:
    campaign = await desk.arm(3, 100)
    await desk.stop(campaign, "金额写错了")
    assert (desk.now().phase, desk.now().public_reason) == (CampaignPhase.VOID, "金额写错了")
    assert desk.given() == 0
    await desk.wait(COUNTDOWN_MS)
    assert await desk.claim(campaign, "anna") is EXPIRED


@pytest.mark.parametrize(("coins", "coupon"), [(0, ""), (50, "c-1")])
async def test_a_packet_gives_either_coins_or_a_coupon(desk: PacketDesk, coins: int, coupon: str) -> None:
    assert await desk.try_to_arm(3, coins, coupon_id=coupon) == ONE_OF_BOTH


async def test_a_packet_with_less_than_a_coin_each_is_refused(desk: PacketDesk) -> None:
    assert await desk.try_to_arm(3, 2) == TOO_FEW_COINS
    assert desk.coins() == {}


async def open_it(desk: PacketDesk) -> None:
    await desk.wait(COUNTDOWN_MS)


async def let_claim(desk: PacketDesk) -> None:
    await desk.wait(COUNTDOWN_MS)
    await desk.claim(desk.told()[0], "anna")


async def let_close(desk: PacketDesk) -> None:
    await let_claim(desk)
    await desk.wait(TEN_MINUTES_MS)


async def leave_it(_desk: PacketDesk) -> None:
    """It is announced and no more."""


@pytest.mark.parametrize("until", [leave_it, open_it, let_claim, let_close])
async def test_a_packet_goes_on_after_a_restart_in_each_phase(
    desk: PacketDesk, until: Callable[[PacketDesk], Awaitable[None]]
) -> None:
    campaign = await desk.arm(3, 100)
    await until(desk)
    commitment = desk.packet().commitment
    await desk.restart()
    await desk.wait(COUNTDOWN_MS)
    for _ in range(3):
        await desk.claim(campaign, "bert")
        await desk.wait(TEN_MINUTES_MS)
    await desk.wait(DRAINED_AFTER_MS)
    assert desk.now().phase is CampaignPhase.ENDED
    assert desk.packet().commitment == commitment
    claimed = [await desk.part_of(campaign, user_id) for user_id in ("anna", "bert")]
    assert desk.given() == sum(part.coins for part in claimed)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_whatever_is_claimed_the_books_are_exact(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    shares = data.draw(st.integers(1, 6))
    coins = data.draw(st.integers(shares, 1000))
    claimers = data.draw(st.lists(st.sampled_from(ADULTS), max_size=12))
    database = open_migrated(tmp_path_factory.mktemp("books"))
    desk = PacketDesk(database, Clock())
    try:
        campaign = await desk.opened(shares, coins)
        answers = [await desk.claim(campaign, user_id) for user_id in claimers]
        winners = list(dict.fromkeys(claimers))[:shares]
        assert answers.count(None) == len(winners)
        assert desk.places() == list(enumerate(winners))
        await desk.wait(TEN_MINUTES_MS)
        await desk.wait(DRAINED_AFTER_MS)
        parts = [await desk.part_of(campaign, user_id) for user_id in winners]
        assert all(part.coins >= 1 for part in parts)
        assert desk.given() == sum(part.coins for part in parts)
        assert desk.given() == coins or len(winners) < shares
    finally:
        await desk.close()
        database.close()
