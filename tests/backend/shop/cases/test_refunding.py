"""Refunds of parts, in every order of units and cases, add up to what was paid for the line."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from backend.contract.cases import Case, CaseKind
from backend.contract.orders import Order, PaymentState
from backend.shop.shop import Shop
from backend.storage.order_tables import ORDER_LINES, ORDERS
from tests.backend.kinds import as_type
from tests.backend.shop.cases.desk import Desk
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import open_rooms, put_on_sale
from tests.support.migrated import open_migrated


async def bought_for_less(desk: Desk, units: int, discount_minor: int) -> Order:
    """Buy at a net that the units do not share evenly."""
    order = await desk.placed(tea=units)
    of_order, of_line = ORDERS.c, ORDER_LINES.c
    with desk.database.shop_transaction() as connection:
        less = {"net_minor": of_line.net_minor - discount_minor, "discount_minor": discount_minor}
        connection.execute(update(ORDER_LINES).values(less))
        less = {"total_minor": of_order.total_minor - discount_minor, "discount_minor": discount_minor}
        connection.execute(update(ORDERS).values(less))
    await desk.pay(order)
    return await desk.see(order)


async def give_back(
    desk: Desk, parts: list[int], order_of_refunds: list[int], kind: CaseKind, discount_minor: int
) -> list[Case]:
    """Ask for all parts at once, and refund them in some order."""
    order = await bought_for_less(desk, sum(parts), discount_minor)
    if kind is CaseKind.RETURN:
        order = await desk.sent(order)
    cases = [await desk.asked(order, kind, {1: units}) for units in parts]
    done = []
    for index in order_of_refunds:
        if kind is CaseKind.RETURN:
            await desk.returned(cases[index], restock=1)
        else:
            await desk.approve(cases[index])
        done.append(as_type(Case, await desk.refund(cases[index])))
    assert (await desk.see(order)).payment_state is PaymentState.REFUNDED
    desk.check()
    return done


@given(
    data=st.data(),
    parts=st.lists(st.integers(1, 3), min_size=1, max_size=4),
    price=st.integers(20, 999),
    discount=st.integers(0, 19),
    kind=st.sampled_from([CaseKind.RETURN, CaseKind.REFUND_ONLY]),
)
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
def test_cases_refunded_in_every_order_sum_to_the_net(
    data: st.DataObject, parts: list[int], price: int, discount: int, kind: CaseKind
) -> None:
    turns = data.draw(st.permutations(range(len(parts))))
    with TemporaryDirectory() as folder:
        database = open_migrated(Path(folder))
        open_rooms(database)
        put_on_sale(database, "tea", price_minor=price, stock=12)
        clock = Clock()
        shop = Shop(database, clock_ms=clock)
        done = asyncio.run(give_back(Desk(database, shop, clock), parts, turns, kind, discount))
        assert sum(case.goods_minor for case in done) == price * sum(parts) - discount
        shop.close()
        database.close()
