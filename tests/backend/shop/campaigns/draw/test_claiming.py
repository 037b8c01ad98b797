"""A prize of goods is claimed with an address, in time, once, and is sent as an order of price zero."""

import asyncio

import pytest
from sqlalchemy import func, select

from backend.contract.base import RejectReason
from backend.contract.campaigns import Campaign, MyPart
from backend.contract.orders import Order, OrderState, PaymentState
from backend.contract.prizes import MyPrize, PrizeCounts, PrizeState
from backend.contract.shipping import ShippingRule, ShippingTemplate
from backend.shop.campaigns.draw import claiming
from backend.shop.campaigns.draw.bought import who_bought
from backend.shop.campaigns.rows import find_campaign
from backend.shop.catalog.price_history import read_sales
from backend.shop.orders.cancel import cancel_order
from backend.shop.orders.results import AddressMissing, NotDelivered
from backend.shop.people import Person
from backend.shop.prizes.prizes import CLAIM_MS
from backend.shop.settings import write_shipping
from backend.storage.catalog_tables import STOCK_MOVEMENTS
from backend.storage.order_tables import ORDERS
from tests.backend.kinds import as_type
from tests.backend.shop.campaigns.draw.desk import CUP, DrawDesk, detail_of
from tests.backend.shop.goods import ROOM, put_on_sale

THREE = ("v_0", "v_1", "v_2")


@pytest.fixture(autouse=True)
def on_sale(desk: DrawDesk) -> None:
    put_on_sale(desk.database, CUP, price_minor=4900, stock=5, limit=1)


def orders_in(desk: DrawDesk) -> int:
    with desk.database.reading() as connection:
        return int(connection.scalar(select(func.count()).select_from(ORDERS)) or 0)


async def test_who_won_has_48_hours_to_say_where_it_goes(desk: DrawDesk) -> None:
    draw = await desk.draw_goods("v_0")
    prize = as_type(MyPrize, await desk.prize_of(draw, "v_0"))
    assert prize.state is PrizeState.WAITING
    assert prize.claim_until_ms == desk.clock() + 48 * 3_600_000
    assert (prize.prize, prize.order_id, prize.goods) == ("保温杯", "", detail_of(draw).goods)
    assert (await desk.prizes.waiting(Person("v_0", ROOM))).prizes == [prize]
    assert (await desk.prizes.waiting(Person("v_1", ROOM))).prizes == []


async def test_a_claim_makes_an_order_that_costs_nothing_and_is_paid(desk: DrawDesk) -> None:
    with desk.database.transaction() as connection:
        write_shipping(connection, ShippingTemplate(ShippingRule(first_minor=800)))
    draw = await desk.draw_goods("v_0")
    part = as_type(MyPart, await desk.claim(draw, "v_0"))
    order = await desk.order_of(draw, "v_0")
    assert part.prize is not None
    assert (part.prize.state, part.prize.order_id) == (PrizeState.CLAIMED, order.order_id)
    assert (order.total_minor, order.shipping_minor, order.goods_minor) == (0, 0, 0)
    assert (order.state, order.payment_state) == (OrderState.OPEN, PaymentState.PAID)
    [line] = order.lines
    assert (line.sku_id, line.quantity, line.net_minor, line.list_minor) == (CUP, 1, 0, 4900)
    assert line.campaign_id == draw.campaign_id
    assert order.address.street == "v_0 号"
    assert desk.stock() == (4, 0, 1)
    assert (await desk.prizes.waiting(Person("v_0", ROOM))).prizes == []
    assert (await desk.report(draw)).prizes == PrizeCounts(waiting=0, claimed=1, returned=0, passed_on=0)


async def test_what_was_given_away_is_neither_bought_nor_a_price_that_was_paid(desk: DrawDesk) -> None:
    draw = await desk.draw_goods("v_0")
    await desk.claim(draw, "v_0")
    assert (await desk.report(draw)).gmv_minor == 0
    with desk.database.reading() as connection:
        row = find_campaign(connection, draw.campaign_id)
        assert row is not None
        assert who_bought(connection, row, {"v_0"}) == set()
        assert read_sales(connection, CUP, desk.clock() + 1) == []


async def test_the_movements_of_a_draws_units_add_up_to_nothing_once_all_have_them(desk: DrawDesk) -> None:
    draw = await desk.draw_goods(*THREE, winners=3)
    for user_id in THREE:
        await desk.claim(draw, user_id)
    moved = STOCK_MOVEMENTS.c
    is_of_draw = moved.reason == draw.campaign_id, moved.order_id.is_(None)
    with desk.database.reading() as connection:
        assert connection.scalar(select(func.sum(moved.reserved)).where(*is_of_draw)) == 0
    assert desk.stock() == (2, 0, 3)


@pytest.mark.parametrize("claims", [2, 8])
async def test_claims_at_once_make_one_order_and_are_answered_alike(desk: DrawDesk, claims: int) -> None:
    draw = await desk.draw_goods("v_0")
    address_id = await desk.saved("v_0")
    person, at_ms = Person("v_0", ROOM), desk.clock()
    asked = (desk.prizes.claim(person, draw.campaign_id, address_id, at_ms) for _ in range(claims))
    answers = await asyncio.gather(*asked)
    order = await desk.order_of(draw, "v_0")
    prizes = [as_type(MyPart, answer).prize for answer in answers]
    assert [None if one is None else one.order_id for one in prizes] == [order.order_id] * claims
    assert (orders_in(desk), desk.stock()) == (1, (4, 0, 1))


async def test_all_winners_can_claim_at_once(desk: DrawDesk) -> None:
    draw = await desk.draw_goods(*THREE, winners=3)
    answers = await asyncio.gather(*(desk.claim(draw, user_id) for user_id in THREE))
    assert all(isinstance(answer, MyPart) for answer in answers)
    assert (orders_in(desk), desk.stock()) == (3, (2, 0, 3))


async def test_the_servers_receipt_decides_whether_a_claim_is_in_time(desk: DrawDesk) -> None:
    draw = await desk.draw_goods("v_0", "v_1", winners=2)
    desk.clock.turn(CLAIM_MS)
    assert await desk.claim(draw, "v_0") is RejectReason.EXPIRED
    await desk.prizes.pass_on()  # what came in time may still be decided
    assert isinstance(await desk.claim(draw, "v_1", in_ms=-1), MyPart)
    assert orders_in(desk) == 1


async def test_a_prize_that_went_on_is_claimed_by_who_has_it_now_alone(desk: DrawDesk) -> None:
    draw = await desk.draw_goods(*THREE)
    [first] = [one.user_id for one in detail_of(draw).winners]
    await desk.pass_on(CLAIM_MS + 2_000)
    [second] = [one.user_id for one in detail_of(await desk.shown(draw)).winners]
    # Even one that was received in time: who has it now was told so.
    assert await desk.claim(draw, first, in_ms=-3_000) is RejectReason.EXPIRED
    assert isinstance(await desk.claim(draw, second), MyPart)
    assert desk.stock() == (4, 0, 1)


async def test_who_won_nothing_claims_nothing(desk: DrawDesk) -> None:
    draw = await desk.draw_goods("v_0", "v_1")
    [winner] = [one.user_id for one in detail_of(draw).winners]
    loser = {"v_0": "v_1", "v_1": "v_0"}[winner]
    assert await desk.claim(draw, loser) is RejectReason.NOT_ELIGIBLE
    assert await desk.claim(draw, "v_5") is RejectReason.NOT_ELIGIBLE
    elsewhere = await desk.prizes.claim(Person(winner, "other"), draw.campaign_id, "x", desk.clock())
    assert elsewhere is RejectReason.UNKNOWN_CAMPAIGN
    unknown = await desk.prizes.claim(Person(winner, ROOM), "nothing", "x", desk.clock())
    assert unknown is RejectReason.UNKNOWN_CAMPAIGN
    assert orders_in(desk) == 0


async def test_a_claim_without_an_address_that_can_be_sent_to_changes_nothing(desk: DrawDesk) -> None:
    draw = await desk.draw_goods("v_0")
    anothers = await desk.saved("v_1")
    claim = desk.prizes.claim(Person("v_0", ROOM), draw.campaign_id, anothers, desk.clock())
    assert isinstance(await claim, AddressMissing)
    with desk.database.transaction() as connection:
        write_shipping(connection, ShippingTemplate(None))
    assert isinstance(await desk.claim(draw, "v_0"), NotDelivered)
    assert orders_in(desk) == 0
    assert desk.stock() == (5, 1, 0)
    prize = as_type(MyPrize, await desk.prize_of(draw, "v_0"))
    assert prize.state is PrizeState.WAITING


async def test_a_draw_without_goods_has_nothing_to_claim(desk: DrawDesk) -> None:
    draw = await desk.draw_goods("v_0", sku_id="")
    assert (await desk.part_of(draw, "v_0")).has_won
    assert await desk.prize_of(draw, "v_0") is None
    assert await desk.claim(draw, "v_0") is RejectReason.NOT_ELIGIBLE
    assert (await desk.report(draw)).prizes is None


async def test_a_kill_between_the_order_and_the_claim_leaves_neither(
    desk: DrawDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = await desk.draw_goods("v_0")

    def die(*_arguments: object, **_more: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(claiming, "change_prize", die)
        with pytest.raises(RuntimeError, match="killed"):
            await desk.claim(draw, "v_0")
    await desk.restart()
    assert (orders_in(desk), desk.stock()) == (0, (5, 1, 0))
    assert isinstance(await desk.claim(draw, "v_0"), MyPart)
    assert (orders_in(desk), desk.stock()) == (1, (4, 0, 1))


async def test_a_prize_whose_order_is_cancelled_is_given_up_and_its_unit_free(desk: DrawDesk) -> None:
    draw = await desk.draw_goods("v_0")
    await desk.claim(draw, "v_0")
    order = await desk.order_of(draw, "v_0")
    cancelled = await desk.writer.run(
        lambda connection: cancel_order(
            connection, order.order_id, actor="v_0", reason="", at_ms=desk.clock()
        )
    )
    assert as_type(Order, cancelled).state is OrderState.CANCELLED
    assert desk.stock() == (5, 0, 0)
    prize = as_type(MyPrize, await desk.prize_of(draw, "v_0"))
    assert (prize.state, prize.order_id) == (PrizeState.GIVEN_UP, order.order_id)
    assert (await desk.report(draw)).prizes == PrizeCounts(waiting=0, claimed=0, returned=1, passed_on=0)
    await desk.claim(draw, "v_0")
    assert orders_in(desk) == 1


async def test_a_persons_data_names_what_they_won_and_what_became_of_it(desk: DrawDesk) -> None:
    draw: Campaign = await desk.draw_goods("v_0")
    [entry] = (await desk.data_of("v_0")).draw_entries
    assert entry.prize == await desk.prize_of(draw, "v_0")
    await desk.claim(draw, "v_0")
    [entry] = (await desk.data_of("v_0")).draw_entries
    assert entry.prize is not None
    assert (entry.has_won, entry.prize.state) == (True, PrizeState.CLAIMED)


async def test_a_claim_after_a_restart_is_decided_as_before(desk: DrawDesk) -> None:
    draw = await desk.draw_goods("v_0")
    await desk.restart()
    first = as_type(MyPart, await desk.claim(draw, "v_0")).prize
    await desk.restart()
    again = as_type(MyPart, await desk.claim(draw, "v_0")).prize
    assert first == again
    assert orders_in(desk) == 1
