"""A prize that nobody claims goes to the next rank, then to the stock; the file explains each winner."""

import json

import pytest

from backend.contract.campaigns import Campaign
from backend.contract.prizes import MyPrize, PrizeCounts, PrizeState
from backend.fairness import verify_draw
from backend.fairness.bundle import read_bundle
from backend.fairness.checks import Seen, run_checks
from backend.shop.campaigns.draw.draw import DrawKind
from backend.shop.prizes.prizes import CLAIM_MS
from tests.backend.kinds import as_type
from tests.backend.shop.campaigns.conftest import go_live
from tests.backend.shop.campaigns.draw.desk import CUP, PEOPLE, DrawDesk, detail_of
from tests.backend.shop.goods import put_on_sale

LATE_MS = CLAIM_MS + 2_000
THREE = ("v_0", "v_1", "v_2")


@pytest.fixture(autouse=True)
def on_sale(desk: DrawDesk) -> None:
    put_on_sale(desk.database, CUP, price_minor=4900, stock=10)


async def winners(desk: DrawDesk, draw: Campaign) -> list[str]:
    """Return who has won by now; the file must explain it, to both programs that check it."""
    detail = detail_of(await desk.shown(draw))
    text = await desk.bundle(draw) or ""
    bundle = read_bundle(text)
    assert run_checks(bundle, Seen(detail.commitment, detail.root), lambda _: None)
    assert all(holds for holds, _ in verify_draw.steps(text, detail.commitment, detail.root))
    won = [one.user_id for one in detail.winners]
    assert len(bundle.winners) == len(won)
    return won


async def state_of(desk: DrawDesk, draw: Campaign, user_id: str) -> PrizeState:
    return as_type(MyPrize, await desk.prize_of(draw, user_id)).state


async def test_what_is_not_claimed_in_time_goes_to_the_next_ranks(desk: DrawDesk) -> None:
    draw = await desk.draw_goods(*PEOPLE, winners=3)
    first, second, third = await winners(desk, draw)
    await desk.claim(draw, second)
    await desk.pass_on(LATE_MS)
    won = await winners(desk, draw)
    assert (won[0], len(won)) == (second, 3)
    assert not {first, third} & set(won)
    assert [await state_of(desk, draw, one) for one in (first, third)] == [PrizeState.PASSED_ON] * 2
    assert [await state_of(desk, draw, one) for one in won[1:]] == [PrizeState.WAITING] * 2
    assert not (await desk.part_of(draw, first)).has_won
    assert (await desk.part_of(draw, won[1])).has_won
    assert desk.stock() == (9, 2, 1)
    assert (await desk.report(draw)).prizes == PrizeCounts(waiting=2, claimed=1, returned=0, passed_on=2)


async def test_nothing_goes_on_before_what_came_in_time_is_decided(desk: DrawDesk) -> None:
    draw = await desk.draw_goods(*THREE)
    first = await winners(desk, draw)
    await desk.pass_on(LATE_MS - 1)
    assert await winners(desk, draw) == first
    await desk.pass_on(1)
    assert await winners(desk, draw) != first


async def test_what_the_next_rank_does_not_claim_goes_back_to_the_stock_and_the_winner_stays_named(
    desk: DrawDesk,
) -> None:
    draw = await desk.draw_goods(*PEOPLE)
    await desk.pass_on(LATE_MS)
    [second] = await winners(desk, draw)
    await desk.pass_on(LATE_MS)
    assert await winners(desk, draw) == [second]
    assert await state_of(desk, draw, second) is PrizeState.LAPSED
    assert len(read_bundle(await desk.bundle(draw) or "").unclaimed) == 1
    assert desk.stock() == (10, 0, 0)
    assert (await desk.report(draw)).prizes == PrizeCounts(waiting=0, claimed=0, returned=1, passed_on=1)
    await desk.pass_on(LATE_MS)
    assert desk.stock() == (10, 0, 0)


async def test_where_nobody_comes_after_the_winner_the_prize_goes_back_at_once(desk: DrawDesk) -> None:
    draw = await desk.draw_goods("v_0", "v_1", winners=3)
    won = await winners(desk, draw)
    await desk.pass_on(LATE_MS)
    assert await winners(desk, draw) == won
    assert [await state_of(desk, draw, one) for one in won] == [PrizeState.LAPSED] * 2
    assert desk.stock() == (10, 0, 0)


async def test_fewer_heirs_than_prizes_have_those_of_the_first_ranks(desk: DrawDesk) -> None:
    draw = await desk.draw_goods(*THREE, winners=2)
    first, second = await winners(desk, draw)
    await desk.pass_on(LATE_MS)
    won = await winners(desk, draw)
    assert won[0] == second
    assert await state_of(desk, draw, first) is PrizeState.PASSED_ON
    assert await state_of(desk, draw, second) is PrizeState.LAPSED
    assert await state_of(desk, draw, won[1]) is PrizeState.WAITING
    assert desk.stock() == (10, 1, 0)


async def test_who_is_erased_inherits_nothing_and_their_own_prize_goes_on_at_once(desk: DrawDesk) -> None:
    draw = await desk.draw_goods(*THREE)
    [first] = await winners(desk, draw)
    ranked = json.loads(await desk.bundle(draw) or "")
    assert ranked["unclaimed"] == []
    desk.erase(first)
    await desk.pass_on(2_000)
    [second] = await winners(desk, draw)
    assert second != first
    desk.erase(second)
    await desk.pass_on(2_000)
    # The next rank is the second round's: it is the last.
    assert await winners(desk, draw) == [second]
    assert desk.stock() == (10, 0, 0)


async def test_who_comes_next_and_is_erased_is_passed_over_and_listed(desk: DrawDesk) -> None:
    draw = await desk.draw_goods(*THREE)
    [first] = await winners(desk, draw)
    others = [one for one in THREE if one != first]
    desk.erase(others[0])
    await desk.pass_on(LATE_MS)
    assert await winners(desk, draw) == [others[1]]
    assert desk.stock() == (10, 1, 0)


async def test_who_must_have_been_there_and_was_not_inherits_nothing(desk: DrawDesk) -> None:
    draw = await desk.open(sku_id=CUP, needs_presence=True)
    await desk.until_drawing(draw, *THREE)
    await desk.reveal(draw, "v_1")
    await desk.wait(15_000)
    assert await winners(desk, draw) == ["v_1"]
    await desk.pass_on(LATE_MS)
    assert await winners(desk, draw) == ["v_1"]
    assert desk.stock() == (10, 0, 0)


async def test_passing_on_again_or_on_another_node_changes_nothing(desk: DrawDesk) -> None:
    draw = await desk.draw_goods(*PEOPLE, winners=2)
    await desk.restart()
    await desk.pass_on(LATE_MS)
    won = await winners(desk, draw)
    await desk.restart()
    await desk.pass_on()
    assert await winners(desk, draw) == won
    assert desk.stock() == (10, 2, 0)


async def test_a_kill_while_prizes_are_passed_on_leaves_all_as_it_was(
    desk: DrawDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = await desk.draw_goods(*PEOPLE, winners=2)
    won = await winners(desk, draw)

    def die(*_arguments: object, **_more: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(DrawKind, "show", die)
        await desk.pass_on(LATE_MS)
    await desk.restart()
    assert await winners(desk, draw) == won
    await desk.pass_on()
    assert not set(won) & set(await winners(desk, draw))


async def test_the_room_hears_of_new_winners_after_the_live_too(desk: DrawDesk) -> None:
    draw = await desk.draw_goods(*PEOPLE)
    told = len(desk.told())
    desk.end_session()
    await desk.pass_on(LATE_MS)
    [changed] = desk.told()[told:]
    assert [one.user_id for one in detail_of(changed).winners] == await winners(desk, draw)
    assert (changed.phase, changed.version > draw.version) == (draw.phase, True)


async def test_an_old_draws_new_winners_are_not_shown_in_a_new_live(desk: DrawDesk) -> None:
    await desk.draw_goods(*PEOPLE)
    told = len(desk.told())
    desk.end_session()
    go_live(desk.database, "s-2")
    await desk.pass_on(LATE_MS)
    assert desk.told()[told:] == []


async def test_who_let_a_prize_lie_is_not_left_out_of_the_next_draw(desk: DrawDesk) -> None:
    draw = await desk.draw_goods(*THREE)
    [first] = await winners(desk, draw)
    await desk.pass_on(LATE_MS)
    again = await desk.open()
    assert await desk.enter(again, first) == [None]
