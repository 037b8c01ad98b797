"""Cases from the request to the money, and who is first where two act at once; on both databases."""

import asyncio

import pytest

from backend.contract.cases import AnswerCase, Case, CaseKind, CaseState, RefundState
from backend.contract.orders import OrderAxis, OrderState, PaymentMethod, PaymentState
from backend.shop.cases.results import CaseNotAllowedNow, NotClaimable, ShippingTooMuch, WindowOver
from backend.shop.idempotency import KeyReused
from backend.shop.orders.results import NotAllowedNow, SoldOut
from backend.shop.people import Person
from tests.backend.kinds import as_type
from tests.backend.shop.cases.desk import ANN, BOB, DAY_MS, Desk
from tests.backend.shop.goods import STAFF, request_of, stock_of


async def test_a_return_goes_from_request_to_money(desk: Desk) -> None:
    order = await desk.arrived(await desk.sent(await desk.bought(tea=3, cup=1)))
    case = await desk.asked(order, units={1: 2})
    assert (case.state, case.goods_minor, case.lines[0].quantity) == (CaseState.REQUESTED, 20, 2)
    await desk.returned(case, restock=1)
    done = as_type(Case, await desk.refund(case))
    assert (done.state, done.goods_minor, done.closed_at_ms) == (CaseState.REFUNDED, 20, desk.clock.now_ms)
    seen = await desk.look(case)
    assert (seen.refund_state, seen.due_at_ms, seen.lines[0].restocked) == (RefundState.DONE, None, 1)
    assert [change.to_state for change in seen.changes] == [
        "requested",
        "approved",
        "sent_back",
        "received",
        "refunded",
    ]
    after = await desk.see(order)
    assert (after.state, after.payment_state) == (OrderState.OPEN, PaymentState.PART_REFUNDED)
    assert (after.lines[0].refunded, after.lines[0].dropped) == (2, 0)
    assert [one.to_state for one in after.changes if one.axis is OrderAxis.CASE][-1] == "refunded"
    assert stock_of(desk.database, "tea") == (8, 0, 2)
    assert desk.accounts() == {"provider:sandbox": 1_010, "sales": -1_030, "refunds": 20}
    desk.check()


@pytest.mark.parametrize("method", [PaymentMethod.TRANSFER, PaymentMethod.CASH_ON_DELIVERY])
async def test_money_that_no_provider_has_is_marked_by_staff(desk: Desk, method: PaymentMethod) -> None:
    order = await desk.sent(await desk.bought(method, tea=3))
    case = await desk.asked(order, units={1: 3})
    await desk.returned(case, restock=3)
    as_type(Case, await desk.refund(case))
    assert (await desk.look(case)).refund_state is RefundState.DONE
    assert (await desk.see(order)).payment_state is PaymentState.REFUNDED
    assert stock_of(desk.database, "tea") == (10, 0, 0)
    assert desk.accounts() == {"sales": -30, "refunds": 30}
    desk.check()


async def test_units_that_were_never_sent_go_back_on_sale_and_are_not_sent_any_more(desk: Desk) -> None:
    order = await desk.bought(tea=3)
    case = await desk.asked(order, CaseKind.REFUND_ONLY, {1: 2})
    as_type(Case, await desk.approve(case))
    as_type(Case, await desk.refund(case))
    assert stock_of(desk.database, "tea") == (9, 0, 1)
    sent = await desk.sent(await desk.see(order))
    assert [one.quantity for one in sent.parcels[0].lines] == [1]
    desk.check()


async def test_an_order_paid_back_before_it_was_sent_can_be_cancelled_afterwards(desk: Desk) -> None:
    order = await desk.bought(tea=3)
    case = await desk.asked(order, CaseKind.REFUND_ONLY, {1: 3})
    assert isinstance(
        await desk.shop.cancel(STAFF, order.order_id, "", desk.request(STAFF, "c")), NotAllowedNow
    )
    await desk.approve(case)
    await desk.refund(case)
    assert (await desk.see(order)).payment_state is PaymentState.REFUNDED
    await desk.shop.cancel(STAFF, order.order_id, "", desk.request(STAFF, "c"))
    assert (await desk.see(order)).state is OrderState.CANCELLED
    assert stock_of(desk.database, "tea") == (10, 0, 0)
    desk.check()


async def test_an_exchange_sends_the_same_once_more(desk: Desk) -> None:
    order = await desk.arrived(await desk.sent(await desk.bought(tea=3)))
    case = await desk.asked(order, CaseKind.EXCHANGE, {1: 2})
    await desk.returned(case, restock=1)
    desk.clock.turn(1)
    assert as_type(Case, await desk.replace(case)).state is CaseState.EXCHANGED
    after = await desk.see(order)
    assert [parcel.case_id for parcel in after.parcels] == [None, case.case_id]
    assert (after.payment_state, after.lines[0].refunded) == (PaymentState.PAID, 0)
    assert stock_of(desk.database, "tea") == (6, 0, 4)
    desk.check()


async def test_an_exchange_of_what_is_sold_out_becomes_a_refund(desk: Desk) -> None:
    order = await desk.sent(await desk.bought(tea=3))
    case = await desk.asked(order, CaseKind.EXCHANGE, {1: 3})
    await desk.returned(case)
    await desk.bought(person=BOB, tea=7)
    assert await desk.replace(case) == SoldOut("tea", 0)
    assert as_type(Case, await desk.refund(case)).goods_minor == 30
    desk.check()


async def test_the_whole_of_an_order_that_was_never_sent_comes_back_with_its_shipping(desk: Desk) -> None:
    order = await desk.bought(tea=1)
    case = await desk.asked(order, CaseKind.REFUND_ONLY)
    await desk.approve(case)
    assert await desk.refund(case, shipping=1) == ShippingTooMuch(0)
    assert as_type(Case, await desk.refund(case)).state is CaseState.REFUNDED


async def test_only_goods_that_were_sent_can_come_back_and_only_once(desk: Desk) -> None:
    order = await desk.bought(tea=3)
    assert await desk.ask(order, CaseKind.RETURN, {1: 1}) == NotClaimable(1, 0)
    order = await desk.sent(order, l1=2)
    assert await desk.ask(order, CaseKind.EXCHANGE, {1: 3}) == NotClaimable(1, 2)
    first = await desk.asked(order, CaseKind.RETURN, {1: 2})
    assert await desk.ask(order, CaseKind.RETURN, {1: 1}) == NotClaimable(1, 0)
    assert await desk.ask(order, CaseKind.REFUND_ONLY, {1: 2}) == NotClaimable(1, 1)
    assert await desk.ask(order, CaseKind.REFUND_ONLY, {7: 1}) == NotClaimable(7, 0)
    as_type(Case, await desk.withdraw(first))
    assert (await desk.asked(order, CaseKind.RETURN, {1: 2})).state is CaseState.REQUESTED


async def test_an_order_that_is_not_paid_has_no_cases(desk: Desk) -> None:
    order = await desk.bought(tea=1)
    case = await desk.asked(order, CaseKind.REFUND_ONLY)
    await desk.approve(case)
    await desk.refund(case)
    assert isinstance(await desk.ask(order, CaseKind.REFUND_ONLY), NotAllowedNow)


async def test_a_completed_order_takes_cases_until_the_last_day_is_over(desk: Desk) -> None:
    order = await desk.arrived(await desk.sent(await desk.bought(tea=2)))
    delivered_ms = desk.clock.now_ms
    desk.clock.turn(7 * DAY_MS)
    await desk.clocks.sweep()
    assert (await desk.see(order)).state is OrderState.COMPLETED
    as_type(Case, await desk.withdraw(await desk.asked(order)))
    shop_day = 8 * 3_600_000
    midnight = ((delivered_ms + shop_day) // DAY_MS + 8) * DAY_MS - shop_day
    desk.clock.turn(midnight - 1 - desk.clock.now_ms)
    as_type(Case, await desk.withdraw(await desk.asked(order)))
    desk.clock.turn(1)
    assert await desk.ask(order) == WindowOver(midnight)


async def test_others_have_nothing_to_do_with_a_case(desk: Desk) -> None:
    order = await desk.bought(tea=1)
    case = await desk.asked(order, CaseKind.REFUND_ONLY)
    elsewhere = Person("host", "other", is_staff=True)
    assert await desk.cases.find(BOB, case.case_id) is None
    assert await desk.cases.of_order(BOB, order.order_id) is None
    assert await desk.cases.find(elsewhere, case.case_id) is None
    assert await desk.cases.withdraw(BOB, case.case_id, "", desk.request(BOB)) is None
    assert await desk.cases.withdraw(STAFF, case.case_id, "", desk.request(STAFF)) is None
    assert await desk.cases.approve(ANN, case.case_id, "", desk.request(ANN)) is None
    assert await desk.cases.approve(elsewhere, case.case_id, "", desk.request(elsewhere)) is None
    assert (await desk.cases.page(BOB)).cases == []
    assert [one.case_id for one in (await desk.cases.page(ANN)).cases] == [case.case_id]
    assert (await desk.look(case)).version == 1


async def test_two_of_the_staff_who_answer_at_once_give_one_answer(desk: Desk) -> None:
    cases = [await desk.asked(await desk.bought(tea=1), CaseKind.REFUND_ONLY) for _number in range(6)]
    for case in cases:
        results = await asyncio.gather(desk.approve(case), desk.decline(case), desk.approve(case))
        [accepted] = [one for one in results if isinstance(one, Case)]
        refused = [one for one in results if isinstance(one, CaseNotAllowedNow)]
        assert [one.case.state for one in refused] == [accepted.state] * 2
        assert len((await desk.look(case)).changes) == 2
    desk.check()


async def test_a_buyer_who_withdraws_while_staff_acts_gets_money_or_a_withdrawn_case(desk: Desk) -> None:
    for number in range(6):
        case = await desk.asked(await desk.bought(tea=1), CaseKind.REFUND_ONLY)
        if number % 2:
            await asyncio.gather(desk.withdraw(case), desk.approve(case))
        else:
            await asyncio.gather(desk.approve(case), desk.withdraw(case))
        await asyncio.gather(desk.refund(case), desk.withdraw(case), desk.refund(case))
        seen = await desk.look(case)
        has_money = seen.refund_state is RefundState.DONE
        assert seen.state in {CaseState.REFUNDED, CaseState.WITHDRAWN}
        assert has_money == (seen.state is CaseState.REFUNDED)
        assert desk.accounts().get("refunds", 0) == sum(
            one.goods_minor for one in (await desk.cases.page(STAFF, state=CaseState.REFUNDED)).cases
        )
    desk.check()


async def test_the_same_key_opens_and_answers_once(desk: Desk) -> None:
    order = await desk.bought(tea=3)
    case = await desk.asked(order, CaseKind.REFUND_ONLY, {1: 3})
    request = request_of("host", "once", AnswerCase("a"), "approve")
    results = [await desk.cases.approve(STAFF, case.case_id, "a", request) for _ in range(2)]
    assert results[0] == results[1]
    other = request_of("host", "once", AnswerCase("b"), "approve")
    assert await desk.cases.approve(STAFF, case.case_id, "b", other) == KeyReused("once")
