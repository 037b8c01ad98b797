"""Orders that share a parcel: each further one pays the difference of shipping; on both databases."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import msgspec
import pytest
from sqlalchemy import insert, update

from backend.contract.addresses import SaveAddress, SavedAddress
from backend.contract.cases import CasesPage
from backend.contract.orders import AskQuote, Order, OrderState, PaymentState, Quote
from backend.contract.own_reasons import OwnReason
from backend.contract.shipping import ShippingRule, ShippingTemplate
from backend.shop.customers.address_book import save_address
from backend.shop.orders.results import AddressMissing, Placed, PlaceResult, QuoteChanged
from backend.shop.payments.refunds import promised_of_orders
from backend.shop.people import Person
from backend.shop.shop import Shop
from backend.storage.database import Database
from backend.storage.payment_tables import SHIPPING_TEMPLATES
from backend.storage.tables import LIVE_SESSIONS
from tests.backend.kinds import as_type
from tests.backend.shop.cases.desk import ANN, BOB, Desk
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import ROOM, STAFF, home_of, lines_of, order_of, put_on_sale, quoted, request_of

# Up to two pieces a parcel for ten, each further two for three.
RULE = ShippingRule(first=2, first_minor=1_000, further=2, further_minor=300)


def go_live(database: Database, session_id: str = "s1") -> None:
    """Let the room be on air, and shipping cost something."""
    with database.transaction() as connection:
        connection.execute(update(LIVE_SESSIONS).values(ended_at_ms=1))
        row = {"session_id": session_id, "room_id": ROOM, "started_at_ms": 0}
        connection.execute(insert(LIVE_SESSIONS).values(**row))


def charge_shipping(database: Database, rule: ShippingRule = RULE) -> None:
    body = msgspec.json.encode(ShippingTemplate(rule)).decode()
    with database.transaction() as connection:
        connection.execute(insert(SHIPPING_TEMPLATES).values(template_id="default", body=body))


@pytest.fixture
def desk(database: Database, shop: Shop, clock: Clock) -> Desk:
    """A room on air that sells teas of ten."""
    put_on_sale(database, "tea", price_minor=10, stock=100)
    go_live(database)
    charge_shipping(database)
    return Desk(database, shop, clock)


async def quote_of(desk: Desk, units: int, person: Person = ANN) -> Quote:
    return await quoted(desk.shop, lines_of(tea=units), person, home_of(person.user_id))


async def place(shop: Shop, quote: Quote, key: str, person: Person = ANN) -> PlaceResult:
    wanted = order_of(quote, address=home_of(person.user_id))
    return await shop.place(person, wanted, request_of(person.user_id, key, wanted))


async def bought(desk: Desk, units: int, key: str, person: Person = ANN) -> Order:
    order = as_type(Placed, await place(desk.shop, await quote_of(desk, units, person), key, person)).order
    await desk.pay(order)
    return await desk.see(order)


def refunded_of(desk: Desk, order: Order) -> int:
    with desk.database.reading() as connection:
        return promised_of_orders(connection, [order.order_id]).get(order.order_id, 0)


async def test_further_orders_pay_the_difference_of_shipping(desk: Desk) -> None:
    orders = [await bought(desk, units, f"k{units}") for units in (1, 2, 4)]
    assert [order.shipping_minor for order in orders] == [1_000, 300, 600]
    quote = await quote_of(desk, 1)
    assert (quote.shipping_minor, quote.sent_along) == (0, [order.number for order in orders])
    desk.check()


async def test_shipping_kept_of_what_was_called_off_pays_for_one_parcel_alone(desk: Desk) -> None:
    first, second = await bought(desk, 1, "k1"), await bought(desk, 1, "k2")
    assert (first.shipping_minor, second.shipping_minor) == (1_000, 0)
    await desk.call_off(first)
    assert (await quote_of(desk, 1)).shipping_minor == 0
    await desk.sent(second)
    assert (await quote_of(desk, 1)).shipping_minor == 1_000


@pytest.mark.parametrize("other", ["buyer", "address", "session", "sent", "unpaid"])
async def test_shipping_is_not_shared_with(desk: Desk, other: str) -> None:
    first = as_type(Placed, await place(desk.shop, await quote_of(desk, 1), "k1")).order
    if other != "unpaid":
        await desk.pay(first)
    match other:
        case "buyer":
            quote = await quote_of(desk, 1, BOB)
        case "address":
            quote = await quoted(desk.shop, lines_of(tea=1), ANN, home_of("elsewhere"))
        case "session":
            go_live(desk.database, "s2")
            quote = await quote_of(desk, 1)
        case "sent":
            await desk.sent(first)
            quote = await quote_of(desk, 1)
        case _:
            quote = await quote_of(desk, 1)
    assert (quote.shipping_minor, quote.sent_along) == (1_000, [])


async def test_off_the_air_each_order_pays_for_its_own_parcel(desk: Desk) -> None:
    with desk.database.transaction() as connection:
        connection.execute(update(LIVE_SESSIONS).values(ended_at_ms=1))
    assert [(await bought(desk, 1, key)).shipping_minor for key in ("k1", "k2")] == [1_000, 1_000]


async def test_a_quote_for_an_entry_of_the_address_book_shares_the_parcel(desk: Desk) -> None:
    await bought(desk, 1, "k1")
    with desk.database.transaction() as connection:
        saved = save_address(connection, "ann", SaveAddress(home_of("ann")), 0)
    asked = AskQuote(lines_of(tea=1), address_id=as_type(SavedAddress, saved).address_id)
    assert as_type(Quote, await desk.shop.quote(ANN, asked)).shipping_minor == 0
    assert as_type(AddressMissing, await desk.shop.quote(BOB, asked))


async def test_a_quote_without_the_parcel_is_refused_once_there_is_one(desk: Desk) -> None:
    early = await quote_of(desk, 1)
    await bought(desk, 1, "k1")
    result = as_type(QuoteChanged, await place(desk.shop, early, "k2"))
    assert as_type(Placed, await place(desk.shop, result.quote, "k2")).order.shipping_minor == 0


async def test_the_shipping_that_another_order_leans_on_stays_when_the_first_is_called_off(
    desk: Desk,
) -> None:
    first, second = [await bought(desk, units, f"k{units}") for units in (2, 3)]
    assert (first.shipping_minor, second.shipping_minor) == (1_000, 600)
    # Three pieces alone cost 1,300 to send, of which 600 are paid.
    called_off = as_type(Order, await desk.call_off(first))
    assert called_off.state is OrderState.CANCELLED
    assert (await desk.see(first)).payment_state is PaymentState.PART_REFUNDED
    assert desk.accounts()["refunds"] == 20 + 300
    # What stays of it counts for the parcel: two more pieces cost one step.
    assert (await quote_of(desk, 1)).shipping_minor == 0
    assert (await quote_of(desk, 2)).shipping_minor == 300
    # Nothing leans on the second: what was held of the first goes back with it.
    await desk.call_off(second)
    assert desk.accounts()["refunds"] == first.total_minor + second.total_minor
    assert [(await desk.see(one)).payment_state for one in (first, second)] == 2 * [PaymentState.REFUNDED]
    cases = as_type(CasesPage, await desk.cases.of_order(STAFF, first.order_id)).cases
    given = {(one.goods_minor, one.shipping_minor, one.reason) for one in cases}
    assert given == {(20, 300, "sold elsewhere"), (0, 700, OwnReason.SHIPPING_NOT_NEEDED)}
    desk.check()


async def test_shipping_goes_back_whole_when_what_is_left_needs_none_of_it(desk: Desk) -> None:
    first, second = [await bought(desk, 1, key) for key in ("k1", "k2")]
    await desk.call_off(second)
    await desk.call_off(first)
    assert (await desk.see(first)).payment_state is PaymentState.REFUNDED
    desk.check()


async def test_staff_may_give_back_all_the_shipping_all_the_same(desk: Desk) -> None:
    first = await bought(desk, 1, "k1")
    await bought(desk, 1, "k2")
    await desk.give_back(first, {1: 1}, shipping=1_000)
    assert (await desk.see(first)).payment_state is PaymentState.REFUNDED


async def test_an_order_whose_units_all_went_back_but_not_its_shipping_can_be_called_off(desk: Desk) -> None:
    first = await bought(desk, 1, "k1")
    await bought(desk, 1, "k2")
    await desk.give_back(first, {1: 1})
    kept = await desk.see(first)
    assert (kept.state, kept.payment_state) == (OrderState.OPEN, PaymentState.PART_REFUNDED)
    assert as_type(Order, await desk.call_off(first)).state is OrderState.CANCELLED
    desk.check()


async def test_of_orders_placed_at_once_each_pays_the_difference_to_what_is_paid(desk: Desk) -> None:
    await bought(desk, 1, "k0")
    quote = await quote_of(desk, 1)
    results = await asyncio.gather(*(place(desk.shop, quote, f"k{n}") for n in range(1, 9)))
    orders = [as_type(Placed, one).order for one in results]
    assert {order.shipping_minor for order in orders} == {0}
    # Once one of them is paid, the parcel is full for the quote.
    await desk.pay(orders[0])
    assert as_type(QuoteChanged, await place(desk.shop, quote, "k9")).quote.shipping_minor == 300
    desk.check()


@pytest.mark.parametrize("ends", ["by its buyer", "by its time"])
async def test_what_is_called_off_beside_an_unpaid_order_leaves_the_shipping_until_that_ends(
    desk: Desk, ends: str
) -> None:
    first = await bought(desk, 1, "k1")
    second = as_type(Placed, await place(desk.shop, await quote_of(desk, 1), "k2")).order
    await desk.call_off(first)
    assert desk.accounts()["refunds"] == 10
    if ends == "by its buyer":
        await desk.shop.cancel(ANN, second.order_id, "", desk.request(ANN, "cancel"))
    else:
        desk.clock.now_ms = as_type(int, second.expires_at_ms)
        await desk.shop.expiry_timer(desk.payments.close_attempts).sweep()
    await desk.payments.refund_all()
    assert (await desk.see(first)).payment_state is PaymentState.REFUNDED
    desk.check()


async def test_orders_and_refunds_of_those_they_lean_on_leave_each_parcel_paid(
    desk: Desk, database: Database, clock: Clock
) -> None:
    """One node calls orders off while another takes further ones, for six buyers at once."""
    other = Shop(database, clock_ms=clock)
    people = [Person(f"buyer-{n}", ROOM) for n in range(6)]
    firsts = {person: await bought(desk, 1, "k1", person) for person in people}
    quotes = {person: await quote_of(desk, 1, person) for person in people}

    async def call_off(order: Order) -> None:
        request = desk.request(STAFF, "cancel-and-refund")
        assert isinstance(await desk.refunds.cancel(STAFF, order.order_id, "", request), Order)

    async def buy_further(person: Person) -> PlaceResult:
        return await place(other, quotes[person], "k2", person)

    steps = [
        one
        for n, person in enumerate(people)
        for one in _either_first(n, buy_further(person), call_off(firsts[person]))
    ]
    await asyncio.gather(*steps)
    await desk.payments.refund_all()
    for person in people:
        further = await buy_further(person)
        page = await desk.shop.orders(person)
        given_back = refunded_of(desk, firsts[person])
        if isinstance(further, Placed):
            assert further.order.shipping_minor == 0
            assert given_back == 10
        else:
            assert as_type(QuoteChanged, further).quote.shipping_minor == 1_000
            assert (given_back, len(page.orders)) == (1_010, 1)
    desk.check()
    await asyncio.to_thread(other.close)


def _either_first(n: int, *steps: Coroutine[Any, Any, object]) -> list[Coroutine[Any, Any, object]]:
    return list(steps) if n % 2 else list(reversed(steps))
