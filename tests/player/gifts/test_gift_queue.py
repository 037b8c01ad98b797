"""Which gifts are shown when."""

from tests.support.node import run_module

PRELUDE = """
const { GiftLanes, StageQueue, SHOWN_MS, HURRIED_MS, STAGE_AT_MOST } = await player("gifts/gift-queue.js");
const gift = (combo_id, combo = 1, coins = 1) => ({ combo_id, combo, coins, count: 1, sent_id: combo_id });
const lanes = new GiftLanes();
const told = (banner) => banner && `${banner.gift.combo_id}x${banner.gift.combo}`;
const shown = (now) => lanes.tick(now).map(told);
"""


async def play(script: str) -> list[object]:
    return await run_module(PRELUDE + script, list[object])


async def test_two_stand_at_once_and_the_third_waits_until_one_has_been_seen() -> None:
    told = await play(
        "for (const id of [1, 2, 3]) lanes.offer(gift(id), false, 0);"
        "return [shown(0), shown(HURRIED_MS - 1), shown(HURRIED_MS),"
        " shown(HURRIED_MS + SHOWN_MS), lanes.isEmpty];"
    )
    assert told == [["1x1", "2x1"], ["1x1", "2x1"], ["3x1", "2x1"], [None, None], True]


async def test_a_combo_is_one_banner_that_stays_while_it_grows() -> None:
    told = await play(
        "lanes.offer(gift(1), false, 0); shown(0);"
        "lanes.offer(gift(1, 5), false, 3000); lanes.offer(gift(1, 4), false, 3000);"
        "return [shown(SHOWN_MS), shown(3000 + SHOWN_MS)];"
    )
    assert told == [["1x5", None], [None, None]]


async def test_gifts_of_a_combo_that_waits_are_one_too() -> None:
    told = await play(
        "for (const id of [1, 2]) lanes.offer(gift(id), false, 0); shown(0);"
        "lanes.offer(gift(3), false, 0); lanes.offer(gift(3, 2), false, 0); return shown(SHOWN_MS);"
    )
    assert told == ["3x2", None]


async def test_the_own_gift_goes_first_and_is_not_hurried_away() -> None:
    told = await play(
        "for (const id of [1, 2, 3, 4]) lanes.offer(gift(id), false, 0); lanes.offer(gift(9), true, 0);"
        "return [shown(0), shown(HURRIED_MS), shown(SHOWN_MS - 1)];"
    )
    assert told == [["9x1", "1x1"], ["9x1", "2x1"], ["9x1", "3x1"]]


async def test_of_too_many_the_cheapest_of_others_is_passed_over() -> None:
    told = await play(
        "const queue = new StageQueue(); queue.offer(gift(1, 1, 1), true);"
        "for (let id = 2; id <= STAGE_AT_MOST + 3; id++) queue.offer(gift(id, 1, id === 5 ? 2 : 100), false);"
        "const all = []; for (let one; (one = queue.next()); ) all.push(one.gift.combo_id);"
        "return [all.length === STAGE_AT_MOST, all[0], all.includes(5)];"
    )
    assert told == [True, 1, False]
