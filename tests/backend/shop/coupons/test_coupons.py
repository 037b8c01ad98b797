"""Coupons from the shop to the order, and back: on both databases."""

import asyncio
from collections import Counter

import msgspec
import pytest
from sqlalchemy import insert, select

from backend.contract.base import RejectReason
from backend.contract.coupons import AskCoupon, Coupon, CouponKind, HeldCoupon, NewCoupon
from backend.contract.orders import AskQuote, Order, OrderState, PaymentState, Quote
from backend.contract.shipping import ShippingRule, ShippingTemplate
from backend.shop.coupons.claiming import NotClaimed
from backend.shop.coupons.coupons import CodeInUse, Coupons
from backend.shop.orders.results import Placed, PlaceResult, QuoteChanged
from backend.shop.outcomes import Paid
from backend.shop.people import Person
from backend.shop.shop import Shop
from backend.storage.coupon_tables import COUPON_GRANTS
from backend.storage.database import Database
from backend.storage.payment_tables import SHIPPING_TEMPLATES
from tests.backend.kinds import as_type
from tests.backend.shop.cases.desk import ANN, BOB, Desk
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import (
    ROOM,
    STAFF,
    check_books,
    home_of,
    lines_of,
    order_of,
    put_on_sale,
    quoted,
    request_of,
)

HOUR_MS = 3_600_000


class Till:
    """A shop that sells tea at a hundred, and makes coupons."""

    def __init__(self, database: Database, shop: Shop, clock: Clock) -> None:
        self.database = database
        self.shop = shop
        self.clock = clock
        self.coupons = Coupons(database, shop.writer, clock_ms=clock)
        self._keys = iter(range(1, 10_000))

    def key(self) -> str:
        return f"k{next(self._keys)}"

    def wish(self, amount: int = 3_000, *, in_ms: int = 0, **values: object) -> NewCoupon:
        begins_ms = self.clock.now_ms + in_ms
        fields = {"quota": 10, "amount_minor": amount, **values}
        return NewCoupon("off", CouponKind.FIXED, begins_ms, begins_ms + HOUR_MS, **fields)  # type: ignore[arg-type]

    async def made(self, amount: int = 3_000, *, in_ms: int = 0, **values: object) -> Coupon:
        wish = self.wish(amount, in_ms=in_ms, **values)
        request = request_of("host", self.key(), wish, route="coupons")
        return as_type(Coupon, await self.coupons.make(STAFF, wish, request))

    async def claim(self, coupon: Coupon | str, person: Person = ANN) -> HeldCoupon | NotClaimed | object:
        is_code = isinstance(coupon, str)
        wish = AskCoupon(code=coupon) if is_code else AskCoupon(coupon.coupon_id)  # type: ignore[arg-type, union-attr]
        request = request_of(person.user_id, self.key(), wish, route="my-coupons")
        return await self.coupons.claim(person, wish, request)

    async def held(self, amount: int = 3_000, person: Person = ANN) -> HeldCoupon:
        return as_type(HeldCoupon, await self.claim(await self.made(amount), person))

    async def place(self, quote: Quote, person: Person = ANN, grant_id: str | None = None) -> PlaceResult:
        wanted = msgspec.structs.replace(order_of(quote, address=home_of(person.user_id)), grant_id=grant_id)
        return await self.shop.place(person, wanted, request_of(person.user_id, self.key(), wanted))

    async def bought(self, person: Person = ANN) -> Order:
        quote = await quoted(self.shop, lines_of(tea=1), person)
        return as_type(Placed, await self.place(quote, person)).order

    async def left(self, person: Person = ANN) -> int:
        return len((await self.coupons.held(person)).coupons)

    def holder(self, grant_id: str) -> str | None:
        with self.database.reading() as connection:
            is_it = COUPON_GRANTS.c.grant_id == grant_id
            return connection.scalar(select(COUPON_GRANTS.c.order_id).where(is_it))


@pytest.fixture
def counter(database: Database, shop: Shop, clock: Clock) -> Till:
    """See `Till`."""
    put_on_sale(database, "tea", price_minor=10_000, stock=50)
    return Till(database, shop, clock)


async def test_the_best_coupon_is_proposed_and_the_order_holds_it(counter: Till) -> None:
    await counter.held(1_000)
    best = await counter.held(3_000)
    quote = await quoted(counter.shop, lines_of(tea=1), ANN)
    assert quote.coupon is not None
    assert (quote.coupon.grant_id, quote.discount_minor, quote.total_minor) == (best.grant_id, 3_000, 7_000)
    order = as_type(Placed, await counter.place(quote)).order
    assert (order.grant_id, order.total_minor) == (best.grant_id, 7_000)
    assert counter.holder(best.grant_id) == order.order_id
    assert (await quoted(counter.shop, lines_of(tea=1), ANN)).discount_minor == 1_000
    assert (await quoted(counter.shop, lines_of(tea=1), BOB)).coupon is None
    told = {one.coupon_id: (one.claimed, one.used) for one in (await counter.coupons.page()).coupons}
    assert sorted(told.values()) == [(1, 0), (1, 1)]
    assert told[best.coupon_id] == (1, 1)
    check_books(counter.database)


async def test_a_buyer_chooses_another_coupon_or_none(counter: Till) -> None:
    small = await counter.held(1_000)
    await counter.held(3_000)
    asked = AskQuote(lines_of(tea=1), grant_id=small.grant_id)
    quote = as_type(Quote, await counter.shop.quote(ANN, asked))
    assert quote.discount_minor == 1_000
    assert as_type(QuoteChanged, await counter.place(quote)).quote.discount_minor == 3_000
    assert as_type(Placed, await counter.place(quote, grant_id=small.grant_id)).order.total_minor == 9_000
    none = as_type(Quote, await counter.shop.quote(ANN, AskQuote(lines_of(tea=1), grant_id="")))
    assert as_type(Placed, await counter.place(none, grant_id="")).order.grant_id is None


async def test_the_coupon_of_another_buyer_takes_nothing_off(counter: Till) -> None:
    held = await counter.held()
    asked = AskQuote(lines_of(tea=1), grant_id=held.grant_id)
    assert as_type(Quote, await counter.shop.quote(BOB, asked)).discount_minor == 0


async def test_one_coupon_on_five_orders_at_once_is_held_by_one(counter: Till, clock: Clock) -> None:
    held = await counter.held()
    quote = await quoted(counter.shop, lines_of(tea=1), ANN)
    other = Till(counter.database, Shop(counter.database, clock_ms=clock), clock)
    nodes = [counter, other, counter, other, counter]
    results = await asyncio.gather(
        *(_place_under(node, quote, f"at-once-{number}") for number, node in enumerate(nodes))
    )
    assert Counter(type(one) for one in results) == {Placed: 1, QuoteChanged: 4}
    [placed] = [one for one in results if isinstance(one, Placed)]
    assert counter.holder(held.grant_id) == placed.order.order_id
    assert {one.quote.discount_minor for one in results if isinstance(one, QuoteChanged)} == {0}
    check_books(counter.database)
    await asyncio.to_thread(other.shop.close)


async def _place_under(node: Till, quote: Quote, key: str) -> PlaceResult:
    wanted = order_of(quote, address=home_of("ann"))
    return await node.shop.place(ANN, wanted, request_of("ann", key, wanted))


async def test_the_last_coupons_are_given_out_once(counter: Till, clock: Clock) -> None:
    coupon = await counter.made(quota=3)
    other = Till(counter.database, Shop(counter.database, clock_ms=clock), clock)
    people = [Person(f"buyer-{n}", ROOM) for n in range(12)]
    calls = [(counter, other)[n % 2].claim(coupon, person) for n, person in enumerate(people)]
    results = await asyncio.gather(*calls)
    assert Counter(type(one) for one in results) == {HeldCoupon: 3, NotClaimed: 9}
    [told] = (await counter.coupons.page()).coupons
    assert told.claimed == 3
    await asyncio.to_thread(other.shop.close)


async def test_a_buyer_who_claims_at_many_nodes_at_once_gets_their_share(counter: Till, clock: Clock) -> None:
    coupon = await counter.made()
    other = Till(counter.database, Shop(counter.database, clock_ms=clock), clock)
    tills = (counter, other)
    requests = [request_of("ann", f"many-{n}", wish := AskCoupon(coupon.coupon_id)) for n in range(16)]
    calls = [tills[n % 2].coupons.claim(ANN, wish, request) for n, request in enumerate(requests)]
    results = await asyncio.gather(*calls)
    assert Counter(type(one) for one in results) == {HeldCoupon: 1, NotClaimed: 15}
    await asyncio.to_thread(other.shop.close)


async def test_a_coupon_comes_back_with_an_order_that_is_called_off(counter: Till) -> None:
    held = await counter.held()
    order = await counter.bought()
    assert await counter.left() == 0
    await counter.shop.cancel(ANN, order.order_id, "", request_of("ann", "c", route="cancel"))
    assert counter.holder(held.grant_id) is None
    assert (await counter.bought()).grant_id == held.grant_id


async def test_a_paid_order_gives_its_coupon_back_when_all_of_it_is_called_off_unsent(
    counter: Till, database: Database, clock: Clock
) -> None:
    desk = Desk(database, counter.shop, clock)
    held = await counter.held()
    order = await counter.bought()
    await desk.pay(order)
    await desk.call_off(await desk.see(order))
    assert counter.holder(held.grant_id) is None
    assert desk.accounts()["refunds"] == 7_000
    desk.check()


async def test_a_return_keeps_the_coupon(counter: Till, database: Database, clock: Clock) -> None:
    desk = Desk(database, counter.shop, clock)
    held = await counter.held()
    order = await counter.bought()
    await desk.pay(order)
    await desk.arrived(await desk.sent(await desk.see(order)))
    await desk.refund(await desk.returned(await desk.asked(order)))
    assert (await desk.see(order)).payment_state is PaymentState.REFUNDED
    assert counter.holder(held.grant_id) == order.order_id


@pytest.mark.parametrize("taken", ["free", "taken"])
async def test_late_money_takes_the_coupon_again_or_goes_back(counter: Till, taken: str) -> None:
    held = await counter.held()
    late = await counter.bought()
    await counter.shop.cancel(ANN, late.order_id, "", request_of("ann", "c", route="cancel"))
    other = await counter.bought() if taken == "taken" else None
    paid = await counter.shop.writer.run(
        lambda connection: counter.shop.paid_orders.pay_order(
            connection, late.order_id, actor="p", reason="late", now_ms=counter.clock.now_ms
        )
    )
    after = as_type(Order, await counter.shop.order(STAFF, late.order_id))
    if other is None:
        assert (paid, after.state, counter.holder(held.grant_id)) == (
            Paid.DONE,
            OrderState.OPEN,
            late.order_id,
        )
    else:
        assert (paid, after.state) == (Paid.GONE, OrderState.CANCELLED)
        assert counter.holder(held.grant_id) == other.order_id
    check_books(counter.database)


async def test_who_may_not_have_a_coupon_is_told_why(counter: Till, clock: Clock) -> None:
    coupon, later = await counter.made(), await counter.made(in_ms=1)
    secret = await counter.made(code="Spring-2026")
    assert await counter.claim("nothing") == NotClaimed(RejectReason.COUPON_UNKNOWN)
    assert await counter.claim(secret) == NotClaimed(RejectReason.COUPON_UNKNOWN)
    assert as_type(HeldCoupon, await counter.claim("SPRING-2026")).coupon_id == secret.coupon_id
    assert await counter.claim(later) == NotClaimed(RejectReason.COUPON_NOT_YET)
    as_type(HeldCoupon, await counter.claim(coupon))
    assert await counter.claim(coupon) == NotClaimed(RejectReason.COUPON_ALREADY)
    await counter.coupons.stop(coupon.coupon_id)
    assert await counter.claim(coupon, BOB) == NotClaimed(RejectReason.COUPON_ENDED)
    # What is held counts until its end.
    assert (await quoted(counter.shop, lines_of(tea=1), ANN)).discount_minor == 3_000
    clock.turn(HOUR_MS + 1)
    assert (await quoted(counter.shop, lines_of(tea=1), ANN)).discount_minor == 0
    assert await counter.left() == 0
    assert await counter.claim(later, BOB) == NotClaimed(RejectReason.COUPON_ENDED)


async def test_a_code_is_that_of_one_coupon(counter: Till) -> None:
    await counter.made(code="spring-1")
    wish = counter.wish(code="SPRING-1")
    request = request_of("host", "again", wish, route="coupons")
    assert await counter.coupons.make(STAFF, wish, request) == CodeInUse("SPRING-1")


async def test_an_order_of_nothing_to_pay_is_paid_at_once(counter: Till) -> None:
    await counter.held(20_000)
    order = await counter.bought()
    assert (order.total_minor, order.payment_state) == (0, PaymentState.PAID)
    check_books(counter.database)


async def test_shipping_is_free_from_what_is_paid_for_the_goods(counter: Till) -> None:
    rule = ShippingRule(first_minor=500, free_from_minor=10_000)
    body = msgspec.json.encode(ShippingTemplate(rule)).decode()
    with counter.database.transaction() as connection:
        connection.execute(insert(SHIPPING_TEMPLATES).values(template_id="default", body=body))
    assert (await quoted(counter.shop, lines_of(tea=1), ANN)).shipping_minor == 0
    await counter.held(1)
    assert (await quoted(counter.shop, lines_of(tea=1), ANN)).total_minor == 10_499
