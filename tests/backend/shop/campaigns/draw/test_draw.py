"""A draw from its opening to its result; each state is left by the timer, after a restart too."""

import pytest

from backend.contract.campaigns import Campaign, CampaignPhase, EndReason
from backend.contract.draws import PRESENCE_S, REVEAL_S
from backend.contract.my_data import MyDrawEntry
from backend.fairness import verify_draw
from backend.fairness.bundle import read_bundle
from backend.fairness.checks import Seen, run_checks
from backend.fairness.draw import pseudonym
from backend.money.wallet import read_coins
from backend.shop.campaigns.campaigns import NEEDS_REASON, RUNS_ALREADY
from backend.shop.campaigns.draw.draw import NO_PRIZE, TOO_LATE, WATCHES_TOO_LONG
from tests.backend.kinds import as_type
from tests.backend.shop.campaigns.draw.desk import DRAIN_MS, OPEN_MS, PEOPLE, DrawDesk, detail_of
from tests.backend.shop.goods import STAFF

THREE = ("v_0", "v_1", "v_2")


def is_fair(bundle: str, draw: Campaign) -> bool:
    detail = detail_of(draw)
    return run_checks(read_bundle(bundle), Seen(detail.commitment, detail.root), lambda _: None)


async def test_a_draw_is_sealed_when_it_opens_and_says_its_terms_as_they_were_sealed(desk: DrawDesk) -> None:
    draw = await desk.open(winners=2, word="好茶")
    detail = detail_of(draw)

    assert draw.phase is CampaignPhase.OPEN
    assert draw.closes_at_ms == desk.clock() + OPEN_MS
    assert len(detail.commitment) == 64
    assert '"winners":2' in detail.terms_text
    assert (detail.root, detail.winners, await desk.bundle(draw)) == ("", [], None)


async def test_a_draw_goes_through_its_phases_and_anybody_can_check_who_won(desk: DrawDesk) -> None:
    draw = await desk.open(winners=2)
    await desk.until_drawing(draw, *PEOPLE)
    fixed = desk.told()[-1]
    await desk.reveal(draw, *PEOPLE[:-1])
    await desk.wait(REVEAL_S * 1000)
    ended = await desk.shown(draw)

    phases = list(dict.fromkeys(one.phase for one in desk.told()))
    assert phases == [
        CampaignPhase.OPEN, CampaignPhase.CLOSING, CampaignPhase.DRAWING, CampaignPhase.ENDED
    ]  # fmt: skip
    assert (detail_of(fixed).entries, len(detail_of(fixed).root)) == (len(PEOPLE), 64)
    assert detail_of(ended).proven == len(PEOPLE) - 1
    assert (ended.end_reason, len(detail_of(ended).winners)) == (EndReason.TIME, 2)
    bundle = await desk.bundle(draw)
    assert bundle is not None
    assert is_fair(bundle, fixed)
    winners = [pseudonym(draw.campaign_id, one.user_id) for one in detail_of(ended).winners]
    assert list(read_bundle(bundle).winners) == winners
    parts = {user_id: await desk.part_of(draw, user_id) for user_id in PEOPLE}
    assert {user for user, part in parts.items() if part.has_won} == {
        one.user_id for one in detail_of(ended).winners
    }
    assert [part.number for part in parts.values()] == list(range(1, len(PEOPLE) + 1))
    assert [part.is_proven for part in parts.values()] == [True] * (len(PEOPLE) - 1) + [False]


async def test_a_draw_ends_as_soon_as_all_numbers_are_in(desk: DrawDesk) -> None:
    draw = await desk.open()
    await desk.until_drawing(draw, *THREE)
    await desk.reveal(draw, *THREE)
    await desk.wait(0)

    assert (await desk.shown(draw)).phase is CampaignPhase.ENDED


async def test_who_must_be_there_and_is_not_cannot_win(desk: DrawDesk) -> None:
    draw = await desk.open(winners=3, needs_presence=True)
    await desk.until_drawing(draw, *PEOPLE)
    await desk.reveal(draw, "v_3", "v_4")
    await desk.wait(REVEAL_S * 1000 + 1)
    assert (await desk.shown(draw)).phase is CampaignPhase.DRAWING
    await desk.wait((PRESENCE_S - REVEAL_S) * 1000)
    ended = await desk.shown(draw)

    assert {one.user_id for one in detail_of(ended).winners} == {"v_3", "v_4"}
    assert is_fair(await desk.bundle(draw) or "", ended)


async def test_a_draw_that_nobody_entered_ends_without_a_result(desk: DrawDesk) -> None:
    draw = await desk.open(prize_coins=10)
    await desk.wait(OPEN_MS)
    await desk.wait(DRAIN_MS)
    ended = await desk.shown(draw)

    assert (ended.phase, ended.end_reason) == (CampaignPhase.ENDED, EndReason.NO_ENTRIES)
    assert await desk.bundle(draw) is None


async def test_coins_are_in_the_winners_wallets_once_and_the_room_hears_of_them(desk: DrawDesk) -> None:
    draw = await desk.open(winners=2, prize_coins=50)
    assert (await desk.campaigns.budget(STAFF)).given_coins == 100
    await desk.until_drawing(draw, "v_0")
    await desk.reveal(draw, "v_0")
    await desk.wait(0)

    with desk.database.reading() as connection:
        assert read_coins(connection, "v_0") == 50
    assert desk.granted() == [("v_0", 50)]
    assert (await desk.part_of(draw, "v_0")).coins == 50
    assert (await desk.report(draw)).coins_out == 50
    assert (await desk.campaigns.budget(STAFF)).given_coins == 50


async def test_a_draw_is_called_off_with_a_reason_for_everybody(desk: DrawDesk) -> None:
    draw = await desk.open(prize_coins=5)
    await desk.enter(draw, *THREE)

    assert await desk.stop(draw, reason=" ") == NEEDS_REASON
    void = as_type(Campaign, await desk.stop(draw))
    assert (void.phase, void.public_reason) == (CampaignPhase.VOID, "奖品坏了")
    assert (detail_of(void).winners, await desk.bundle(draw)) == ([], None)
    await desk.wait(OPEN_MS * 2)
    assert (await desk.shown(draw)).phase is CampaignPhase.VOID


async def test_a_draw_is_closed_early_and_drawn_at_once(desk: DrawDesk) -> None:
    draw = await desk.open()
    await desk.enter(draw, *THREE)
    closed = as_type(Campaign, await desk.close_early(draw))
    assert closed.phase is CampaignPhase.CLOSING
    assert await desk.close_early(draw) == TOO_LATE
    await desk.wait(DRAIN_MS)
    await desk.wait(REVEAL_S * 1000)
    ended = await desk.shown(draw)

    assert (ended.phase, ended.end_reason) == (CampaignPhase.ENDED, EndReason.STOPPED)
    assert len(detail_of(ended).winners) == 1


async def test_a_draw_whose_live_session_ends_is_drawn_then(desk: DrawDesk) -> None:
    draw = await desk.open()
    await desk.enter(draw, *THREE)
    desk.end_session()
    for ms in (0, DRAIN_MS, REVEAL_S * 1000):
        await desk.wait(ms)
    ended = await desk.shown(draw)

    assert (ended.phase, ended.end_reason) == (CampaignPhase.ENDED, EndReason.SESSION_ENDED)
    assert len(detail_of(ended).winners) == 1


@pytest.mark.parametrize("restart_before", [0, 1, 2, 3])
async def test_a_restart_in_any_phase_changes_nothing_of_a_draw(desk: DrawDesk, restart_before: int) -> None:
    draw = await desk.open(winners=3)
    commitment = detail_of(draw).commitment
    steps = [OPEN_MS, DRAIN_MS, REVEAL_S * 1000]
    await desk.enter(draw, *THREE)
    for step, ms in enumerate(steps):
        if step == restart_before:
            await desk.restart()
        await desk.wait(ms)
        if step == 1:
            await desk.reveal(draw, *THREE[:2])
    if restart_before == len(steps):
        await desk.restart()
    ended = await desk.shown(draw)

    assert (ended.phase, detail_of(ended).commitment) == (CampaignPhase.ENDED, commitment)
    assert {one.user_id for one in detail_of(ended).winners} == set(THREE)
    assert is_fair(await desk.bundle(draw) or "", ended)


async def test_a_backend_that_was_away_while_numbers_were_asked_for_asks_again(desk: DrawDesk) -> None:
    draw = await desk.open(needs_presence=True)
    await desk.until_drawing(draw, *THREE)
    await desk.restart()
    await desk.wait(600_000)
    again = await desk.shown(draw)
    assert (again.phase, detail_of(again).drawn_at_ms) == (
        CampaignPhase.DRAWING, desk.clock() + PRESENCE_S * 1000
    )  # fmt: skip
    assert await desk.reveal(draw, "v_1") == [None]
    await desk.wait(PRESENCE_S * 1000)

    assert [one.user_id for one in detail_of(await desk.shown(draw)).winners] == ["v_1"]


async def test_a_persons_data_names_the_draws_that_they_entered_and_won(desk: DrawDesk) -> None:
    first = await desk.open()
    entered_at_ms = desk.clock()
    await desk.until_drawing(first, "v_0")
    await desk.wait(REVEAL_S * 1000)
    second = await desk.open(excludes_winners=False)
    await desk.enter(second, "v_1", "v_0")

    mine = (await desk.data_of("v_0")).draw_entries
    assert mine == [
        MyDrawEntry(second.campaign_id, "福袋", desk.clock(), number=2, has_won=False),
        MyDrawEntry(first.campaign_id, "福袋", entered_at_ms, number=1, has_won=True),
    ]
    assert (await desk.data_of("v_2")).draw_entries == []


async def test_who_is_erased_before_the_result_is_passed_over_and_the_file_still_proves_it(
    desk: DrawDesk,
) -> None:
    draw = await desk.open(winners=1, prize_coins=50)
    await desk.until_drawing(draw, *THREE)
    desk.erase("v_0", "v_2")
    await desk.wait(REVEAL_S * 1000)
    ended = await desk.shown(draw)

    assert [one.user_id for one in detail_of(ended).winners] == ["v_1"]
    text = await desk.bundle(draw) or ""
    gone = {pseudonym(draw.campaign_id, user_id) for user_id in ("v_0", "v_2")}
    assert set(read_bundle(text).unclaimed) <= gone
    assert is_fair(text, ended)
    assert all(holds for holds, _ in verify_draw.steps(text, detail_of(ended).commitment))


async def test_a_draw_whose_people_are_all_erased_has_no_winner_and_says_who_was_passed_over(
    desk: DrawDesk,
) -> None:
    draw = await desk.open(winners=2)
    await desk.until_drawing(draw, *THREE)
    desk.erase(*THREE)
    await desk.wait(REVEAL_S * 1000)
    text = await desk.bundle(draw) or ""

    assert detail_of(await desk.shown(draw)).winners == []
    assert len(read_bundle(text).unclaimed) == len(THREE)
    assert is_fair(text, draw)
    assert all(holds for holds, _ in verify_draw.steps(text))


async def test_terms_that_nobody_could_meet_are_refused(desk: DrawDesk) -> None:
    assert await desk.try_to_open(prize=" ") == NO_PRIZE
    assert await desk.try_to_open(watched_s=181) == WATCHES_TOO_LONG
    assert await desk.try_to_open(watched_s=1, duration_s=60) == WATCHES_TOO_LONG
    await desk.open(watched_s=180)
    assert await desk.try_to_open() == RUNS_ALREADY


async def test_how_many_take_part_is_told_once_a_second_and_not_for_each(desk: DrawDesk) -> None:
    draw = await desk.open()
    await desk.enter(draw, *THREE)
    assert len(desk.told()) == 1
    await desk.wait(1_000)
    await desk.enter(draw, "v_3")
    await desk.wait(999)
    assert [detail_of(one).entries for one in desk.told()] == [0, 3]
    await desk.wait(1)
    assert [detail_of(one).entries for one in desk.told()] == [0, 3, 4]
    assert [one.phase for one in desk.told()] == [CampaignPhase.OPEN] * 3


async def test_a_straggler_does_not_cut_the_time_in_which_others_are_still_decided(desk: DrawDesk) -> None:
    draw = await desk.open()
    await desk.wait(OPEN_MS)
    assert await desk.enter(draw, "v_0", in_ms=-5) == [None]
    await desk.wait(DRAIN_MS // 2)
    assert (await desk.shown(draw)).phase is CampaignPhase.CLOSING
    assert await desk.enter(draw, "v_1", in_ms=-DRAIN_MS // 2 - 5) == [None]
    await desk.wait(DRAIN_MS // 2)
    assert (await desk.shown(draw)).phase is CampaignPhase.DRAWING
