"""Money that staff give back without a case before, and paid orders that they call off; on both databases."""

import asyncio

import msgspec
import pytest
from sqlalchemy import insert, select, update

from backend.contract.cases import Case, CaseKind, CaseState, RefundState
from backend.contract.orders import Order, OrderState, PaymentMethod, PaymentState
from backend.contract.own_reasons import OwnReason
from backend.contract.refunds import RefundOrder
from backend.contract.sale_settings import Profile
from backend.contract.shipping import ShippingRule, ShippingTemplate
from backend.shop.cases.results import NotClaimable, ShippingTooMuch
from backend.shop.idempotency import KeyReused
from backend.shop.orders.results import LimitReached, NotAllowedNow, Placed
from backend.shop.payments.provider import RefundReport
from backend.shop.payments.sandbox import Notice
from backend.shop.people import Person
from backend.shop.settings import write_profile
from backend.storage.catalog_tables import BUYER_LIMITS, SKUS
from backend.storage.payment_tables import SHIPPING_TEMPLATES
from tests.backend.kinds import as_type
from tests.backend.shop.cases.desk import ANN, BOB, Desk
from tests.backend.shop.goods import STAFF, home_of, lines_of, order_of, quoted, request_of, stock_of


def charge_shipping(desk: Desk, minor: int) -> None:
    """Let each order pay so much for shipping."""
    body = msgspec.json.encode(ShippingTemplate(ShippingRule(first_minor=minor))).decode()
    with desk.database.transaction() as connection:
        connection.execute(insert(SHIPPING_TEMPLATES).values(template_id="default", body=body))


def limit_tea(desk: Desk, most: int) -> None:
    with desk.database.transaction() as connection:
        connection.execute(update(SKUS).where(SKUS.c.sku_id == "tea").values(limit_per_buyer=most))


def had(desk: Desk) -> int:
    with desk.database.reading() as connection:
        query = select(BUYER_LIMITS.c.quantity).where(BUYER_LIMITS.c.buyer_key == "user:ann")
        return int(connection.scalar(query) or 0)


async def test_a_paid_order_that_is_called_off_gives_money_stock_and_limit_back(desk: Desk) -> None:
    limit_tea(desk, 3)
    charge_shipping(desk, 700)
    order = await desk.bought(tea=3, cup=1)
    called_off = as_type(Order, await desk.call_off(order))
    assert (called_off.state, called_off.closed_at_ms) == (OrderState.CANCELLED, desk.clock.now_ms)
    after = await desk.see(order)
    assert (after.state, after.payment_state) == (OrderState.CANCELLED, PaymentState.REFUNDED)
    assert stock_of(desk.database, "tea") == (10, 0, 0)
    assert stock_of(desk.database, "cup") == (5, 0, 0)
    assert had(desk) == 0
    assert desk.accounts() == {"sales": -1_030, "shipping": -700, "refunds": 1_730}
    [case] = (await desk.cases.page(ANN)).cases
    assert (case.state, case.goods_minor, case.shipping_minor) == (CaseState.REFUNDED, 1_030, 700)
    assert case.refund_state is RefundState.DONE
    desk.check()


@pytest.mark.parametrize("method", [PaymentMethod.TRANSFER, PaymentMethod.CASH_ON_DELIVERY])
async def test_an_order_paid_by_hand_is_called_off_and_marked_refunded(
    desk: Desk, method: PaymentMethod
) -> None:
    order = await desk.bought(method, tea=3)
    as_type(Order, await desk.call_off(order))
    after = await desk.see(order)
    assert (after.state, after.payment_state) == (OrderState.CANCELLED, PaymentState.REFUNDED)
    assert desk.accounts() == {"sales": -30, "refunds": 30}
    desk.check()


async def test_what_is_sent_not_paid_or_asked_about_is_not_called_off(desk: Desk) -> None:
    unpaid = await desk.placed(tea=1)
    assert isinstance(await desk.call_off(unpaid), NotAllowedNow)
    sent = await desk.sent(await desk.bought(tea=2), l1=1)
    assert isinstance(await desk.call_off(sent), NotAllowedNow)
    asked = await desk.bought(cup=1)
    await desk.asked(asked, CaseKind.REFUND_ONLY)
    assert isinstance(await desk.call_off(asked), NotAllowedNow)
    assert (await desk.see(asked)).state is OrderState.OPEN
    desk.check()


async def test_an_order_is_called_off_once(desk: Desk) -> None:
    order = await desk.bought(tea=3)
    request = desk.request(STAFF)
    calls = [desk.refunds.cancel(STAFF, order.order_id, "", request) for _ in range(8)]
    assert all(isinstance(one, Order) for one in await asyncio.gather(*calls))
    assert isinstance(await desk.call_off(order), NotAllowedNow)
    other = msgspec.structs.replace(request, body_hash="another")
    assert isinstance(await desk.refunds.cancel(STAFF, order.order_id, "", other), KeyReused)
    await desk.payments.refund_all()
    assert desk.accounts() == {"sales": -30, "refunds": 30}
    desk.check()


async def test_units_of_a_line_are_paid_back_without_a_case_before(desk: Desk) -> None:
    limit_tea(desk, 3)
    order = await desk.bought(tea=3, cup=1)
    after = as_type(Order, await desk.give_back(order, {1: 2}))
    assert (after.lines[0].refunded, after.lines[0].dropped, after.state) == (2, 2, OrderState.OPEN)
    assert (await desk.see(order)).payment_state is PaymentState.PART_REFUNDED
    assert stock_of(desk.database, "tea") == (9, 0, 1)
    assert had(desk) == 1
    assert desk.accounts()["refunds"] == 20
    rest = as_type(Order, await desk.give_back(order))
    assert [line.refunded for line in rest.lines] == [3, 1]
    assert (await desk.see(order)).payment_state is PaymentState.REFUNDED
    desk.check()


async def test_what_was_sent_stays_with_the_buyer_and_only_the_money_goes_back(desk: Desk) -> None:
    order = await desk.arrived(await desk.sent(await desk.bought(tea=3)))
    as_type(Order, await desk.give_back(order, {1: 1}))
    assert stock_of(desk.database, "tea") == (7, 0, 3)
    assert desk.accounts()["refunds"] == 10
    desk.check()


async def test_a_buyer_may_buy_again_what_was_paid_back(desk: Desk) -> None:
    limit_tea(desk, 2)
    order = await desk.bought(tea=2)

    async def buy(key: str) -> object:
        wanted = order_of(await quoted(desk.shop, lines_of(tea=1)), address=home_of("ann"))
        return await desk.shop.place(ANN, wanted, request_of("ann", key, wanted))

    assert await buy("before") == LimitReached("tea", 2, 0)
    as_type(Order, await desk.give_back(order, {1: 1}))
    assert isinstance(await buy("after"), Placed)
    desk.check()


async def test_more_than_is_left_is_not_paid_back(desk: Desk) -> None:
    charge_shipping(desk, 700)
    order = await desk.bought(tea=3)
    assert await desk.give_back(order, {1: 4}) == NotClaimable(1, 3)
    assert await desk.give_back(order, {9: 1}) == NotClaimable(9, 0)
    assert await desk.give_back(order, {1: 1}, 701) == ShippingTooMuch(700)
    assert (await desk.cases.page(STAFF)).cases == []
    assert (await desk.see(order)).version == order.version
    as_type(Order, await desk.give_back(order, {}, 300))
    assert await desk.give_back(order, {}, 401) == ShippingTooMuch(400)
    assert desk.accounts()["refunds"] == 300
    as_type(Order, await desk.give_back(order))
    assert isinstance(await desk.give_back(order), NotAllowedNow)
    assert desk.accounts()["refunds"] == 730
    desk.check()


async def test_an_order_says_what_of_its_money_and_shipping_can_still_be_given_back(desk: Desk) -> None:
    charge_shipping(desk, 700)
    unpaid = await desk.placed(tea=3)
    assert (unpaid.money_left_minor, unpaid.shipping_left_minor) == (0, 0)
    for method in (PaymentMethod.ONLINE, PaymentMethod.TRANSFER):
        order = await desk.bought(method, tea=3)
        assert (order.money_left_minor, order.shipping_left_minor) == (730, 700)
        after = as_type(Order, await desk.give_back(order, {1: 1}, 300))
        assert (after.money_left_minor, after.shipping_left_minor) == (420, 400)


async def test_units_of_an_open_case_are_not_paid_back_beside_it(desk: Desk) -> None:
    order = await desk.bought(tea=3)
    await desk.asked(order, CaseKind.REFUND_ONLY, {1: 2})
    assert await desk.give_back(order, {1: 2}) == NotClaimable(1, 1)
    as_type(Order, await desk.give_back(order))
    assert (await desk.see(order)).lines[0].refunded == 1
    desk.check()


async def test_refunds_and_calling_off_at_once_give_back_no_more_than_was_paid(desk: Desk) -> None:
    order = await desk.bought(tea=3, cup=1)
    calls = [call for _ in range(8) for call in (desk.give_back(order, {1: 1}), desk.call_off(order))]
    await asyncio.gather(*calls)
    await desk.payments.refund_all()
    after = await desk.see(order)
    assert (after.state, after.payment_state) == (OrderState.CANCELLED, PaymentState.REFUNDED)
    assert desk.accounts() == {"sales": -1_030, "refunds": 1_030}
    assert stock_of(desk.database, "tea") == (10, 0, 0)
    desk.check()


async def test_a_case_whose_money_came_back_says_so_and_is_made_again(desk: Desk) -> None:
    order = await desk.bought(tea=3)
    await desk.give_back(order)
    assert (await desk.see(order)).payment_state is PaymentState.REFUNDED
    [case] = (await desk.cases.page(ANN)).cases
    [attempt] = await desk.payments.attempts_of(order.order_id)
    paid = await desk.sandbox.ask(attempt.attempt_id)
    made = RefundReport(
        attempt.attempt_id, case.case_id, paid.merchant, 30, "CNY", is_done=True, payment_ref=paid.ref
    )

    async def tell(report: RefundReport) -> None:
        body = msgspec.json.encode(
            Notice(f"{report.refund_id} {report.is_done}", desk.clock(), refund=report)
        )
        await desk.payments.take_webhook("sandbox", desk.sandbox.signed(body), body)

    await tell(msgspec.structs.replace(made, is_done=False, has_failed=True))
    after = await desk.see(order)
    assert (after.payment_state, after.changes[-1].reason) == (PaymentState.PAID, OwnReason.REFUND_CAME_BACK)
    assert (await desk.look(case)).refund_state is RefundState.CAME_BACK
    assert isinstance(await desk.give_back(order), NotAllowedNow)  # it is asked back already
    await tell(msgspec.structs.replace(made, refund_id="console"))
    assert (await desk.see(order)).payment_state is PaymentState.REFUNDED
    assert (await desk.look(case)).refund_state is RefundState.DONE
    assert desk.accounts() == {"sales": -30, "refunds": 30}
    desk.check()


async def test_nobody_gives_back_the_money_of_another_room(desk: Desk) -> None:
    order = await desk.bought(person=BOB, tea=1)
    stranger = Person("host", "elsewhere", is_staff=True)
    for person in (stranger, BOB):
        wish = RefundOrder("kind")
        assert await desk.refunds.refund(person, order.order_id, wish, desk.request(person)) is None
        assert await desk.refunds.cancel(person, order.order_id, "", desk.request(person)) is None
    assert (await desk.see(order)).payment_state is PaymentState.PAID


@pytest.mark.parametrize(("profile", "shipping"), [(Profile.EU, 700), (Profile.CN, 0)])
async def test_in_the_eu_a_whole_return_takes_its_shipping_along(
    desk: Desk, profile: Profile, shipping: int
) -> None:
    charge_shipping(desk, 700)
    with desk.database.transaction() as connection:
        write_profile(connection, profile)
    order = await desk.bought(tea=3)
    await desk.arrived(await desk.sent(order))
    first, rest = [await desk.returned(await desk.asked(order, units={1: units})) for units in (1, 2)]
    assert as_type(Case, await desk.refund(first)).shipping_minor == 0
    assert as_type(Case, await desk.refund(rest)).shipping_minor == shipping
    desk.check()
