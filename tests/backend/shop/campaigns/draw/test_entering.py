"""Who gets into a draw, and whose number counts: decided in the order of receipt, many at once."""

import asyncio
from collections import Counter

from sqlalchemy import func, select

from backend.contract.addresses import SaveAddress
from backend.contract.base import RejectReason
from backend.contract.campaigns import CampaignPhase
from backend.contract.draws import LEFT_OUT_DAYS, REVEAL_S
from backend.shop.campaigns.draw.entering import Revealing
from backend.shop.customers.address_book import save_address
from backend.storage.campaign_tables import CAMPAIGN_PEOPLE
from backend.storage.draw_tables import DRAW_ENTRIES, DRAWS
from tests.backend.shop.campaigns.draw.desk import (
    DRAIN_MS,
    OPEN_MS,
    PEOPLE,
    DrawDesk,
    detail_of,
    nonce_of,
)
from tests.backend.shop.goods import HOME, ROOM
from tests.support.accounts import make_account
from tests.support.adults import let_be_adults

MINUTE_MS = 60_000
DAY_MS = 24 * 3_600_000


async def test_each_person_has_one_entry_however_often_they_ask(desk: DrawDesk) -> None:
    draw = await desk.open()
    answers = await desk.enter(draw, "v_0", "v_1", "v_0")
    assert answers == [None, None, RejectReason.ALREADY]
    assert await desk.enter(draw, "v_1") == [RejectReason.ALREADY]
    assert (await desk.part_of(draw, "v_1")).number == 2
    assert not (await desk.part_of(draw, "v_9")).is_in


async def test_who_did_not_say_that_they_are_old_enough_is_asked_to(desk: DrawDesk) -> None:
    draw = await desk.open()
    assert await desk.enter(draw, "young") == [RejectReason.AGE_UNCONFIRMED]


async def test_what_came_before_the_end_is_decided_after_it_and_what_came_later_is_late(
    desk: DrawDesk,
) -> None:
    draw = await desk.open()
    await desk.wait(OPEN_MS)
    assert (await desk.shown(draw)).phase is CampaignPhase.CLOSING
    assert await desk.enter(draw, "v_0", in_ms=-1) == [None]
    assert await desk.enter(draw, "v_1") == [RejectReason.EXPIRED]
    await desk.wait(DRAIN_MS)
    assert await desk.enter(draw, "v_2", in_ms=-DRAIN_MS - 1) == [RejectReason.EXPIRED]
    assert detail_of(await desk.shown(draw)).entries == 1


async def test_who_won_in_the_last_days_is_left_out_unless_the_terms_let_them_in(desk: DrawDesk) -> None:
    first = await desk.open()
    await desk.until_drawing(first, "v_0")
    await desk.wait(REVEAL_S * 1000)
    second = await desk.open()
    assert await desk.enter(second, "v_0", "v_1") == [RejectReason.WON_LATELY, None]
    await desk.stop(second)
    third = await desk.open(excludes_winners=False)
    assert await desk.enter(third, "v_0") == [None]
    await desk.stop(third)
    desk.clock.turn((LEFT_OUT_DAYS + 1) * DAY_MS)
    assert await desk.enter(await desk.open(), "v_0") == [None]


async def test_an_account_must_be_as_old_as_the_draw_asks(desk: DrawDesk) -> None:
    make_account(desk.database, "v_0", desk.clock() - 30 * MINUTE_MS)
    make_account(desk.database, "v_1", desk.clock() - 30 * MINUTE_MS + 1)
    draw = await desk.open(account_minutes=30)
    assert await desk.enter(draw, "v_0", "v_1", "v_2") == [
        None, RejectReason.ACCOUNT_TOO_NEW, RejectReason.ACCOUNTS_ONLY
    ]  # fmt: skip
    assert (await desk.report(draw)).received == 3


async def test_a_network_has_as_many_entries_as_the_draw_says(desk: DrawDesk) -> None:
    draw = await desk.open(per_network=2)
    answers = await desk.enter(draw, "v_0", "v_1", "v_2", origin="home")
    assert answers == [None, None, RejectReason.NETWORK_FULL]
    await desk.restart()
    assert await desk.enter(draw, "v_2", origin="home") == [RejectReason.NETWORK_FULL]
    assert await desk.enter(draw, "v_2", origin="office") == [None]
    # Where nobody knows the address, it counts for nobody.
    assert await desk.enter(draw, "v_3", "v_4", "v_5") == [None, None, None]


async def test_a_phone_enters_a_draw_once_however_many_accounts_it_has(desk: DrawDesk) -> None:
    with desk.database.shop_transaction() as connection:
        for user_id in ("v_0", "v_1"):
            assert save_address(connection, user_id, SaveAddress(HOME), 0) is not None
    draw = await desk.open(one_a_phone=True)
    assert await desk.enter(draw, "v_0", "v_1", "v_2") == [
        None, RejectReason.PHONE_USED, RejectReason.PHONE_MISSING
    ]  # fmt: skip
    assert await desk.enter(draw, "v_1") == [RejectReason.PHONE_USED]


async def test_nothing_is_kept_of_phone_and_network_where_neither_counts(desk: DrawDesk) -> None:
    draw = await desk.open(account_minutes=None)
    await desk.enter(draw, "v_0", origin="home")
    with desk.database.reading() as connection:
        assert connection.execute(select(CAMPAIGN_PEOPLE)).all() == []


async def test_a_number_counts_once_the_list_is_fixed_and_only_as_it_was_entered(desk: DrawDesk) -> None:
    draw = await desk.open()
    await desk.enter(draw, "v_0", "v_1")
    assert await desk.reveal(draw, "v_0") == [RejectReason.NOT_OPEN]
    await desk.wait(OPEN_MS)
    await desk.wait(DRAIN_MS)
    forged = Revealing(draw.campaign_id, ROOM, "v_0", desk.clock(), nonce_of("v_1"))
    assert await desk.campaigns.act(forged) is RejectReason.MALFORMED
    assert await desk.reveal(draw, "v_9", "v_0", "v_0") == [RejectReason.NOT_ELIGIBLE, None, None]
    await desk.wait(1_000)
    assert detail_of(desk.told()[-1]).proven == 1
    await desk.wait(REVEAL_S * 1000)
    assert await desk.reveal(draw, "v_1") == [RejectReason.EXPIRED]


async def test_the_report_of_a_draw_counts_each_request_to_take_part_once(desk: DrawDesk) -> None:
    draw = await desk.open()
    await desk.enter(draw, "v_0", "v_1", "v_1", "young")
    await desk.wait(OPEN_MS)
    await desk.wait(DRAIN_MS)
    await desk.reveal(draw, "v_0", "v_9")
    await desk.wait(REVEAL_S * 1000)
    report = await desk.report(draw)

    counts = {one.outcome: one.count for one in report.outcomes}
    assert counts == {"accepted": 2, "already": 1, "age_unconfirmed": 1}
    assert report.received == sum(one.count for one in report.arrivals) == 4
    assert report.people == 2


async def test_500_people_enter_at_once_each_with_a_number_of_their_own(desk: DrawDesk) -> None:
    crowd = [f"crowd_{number}" for number in range(500)]
    let_be_adults(desk.database, *crowd)
    draw = await desk.open(winners=5)
    answers = await asyncio.gather(desk.enter(draw, *crowd), desk.enter(draw, *crowd[::-1]))
    counts = Counter(answer for part in answers for answer in part)
    await desk.wait(OPEN_MS)
    await desk.wait(DRAIN_MS)
    await desk.reveal(draw, *crowd)
    await desk.wait(0)

    assert counts == {None: 500, RejectReason.ALREADY: 500}
    with desk.database.reading() as connection:
        numbers = connection.scalars(select(DRAW_ENTRIES.c.number).order_by(DRAW_ENTRIES.c.number)).all()
        proven = connection.scalar(select(func.sum(DRAWS.c.proven)))
    assert (list(numbers), proven) == (list(range(1, 501)), 500)
    assert len(detail_of(await desk.shown(draw)).winners) == 5


async def test_nobody_enters_a_draw_that_is_not_there(desk: DrawDesk) -> None:
    draw = await desk.open()
    await desk.stop(draw)
    assert await desk.enter(draw, PEOPLE[0]) == [RejectReason.EXPIRED]
    assert await desk.reveal(draw, PEOPLE[0]) == [RejectReason.EXPIRED]
