"""Buyers are erased at once or in time, on each kind of database."""

import asyncio

import msgspec
import pytest
from sqlalchemy import Table, insert, select

from backend.contract.addresses import SaveAddress
from backend.contract.cases import Case
from backend.contract.coupons import AskCoupon, Coupon, CouponKind, NewCoupon
from backend.contract.my_data import Erasure, PrivacySettings
from backend.contract.orders import Order, OrderState, PaymentState, ShipOrder
from backend.features.live.store import RoomStore
from backend.identity.accounts import Account, AccountStore, Erased
from backend.log.erasings import read_erasings
from backend.shop.cases.pictures import CasePictures, PictureSize
from backend.shop.coins.ages import of_age
from backend.shop.coupons.coupons import Coupons
from backend.shop.customers.buyer_keys import phone_key
from backend.shop.customers.customers import Customers
from backend.shop.orders.results import Placed
from backend.shop.outcomes import Paid
from backend.shop.people import Person
from backend.shop.privacy.erasing import DEFAULT_DAYS, GONE, Unfinished
from backend.shop.privacy.privacy import Privacy
from backend.shop.shop import Shop
from backend.shop.sweep import ShopSweep
from backend.storage.catalog_tables import BUYER_LIMITS, STOCK_MOVEMENTS
from backend.storage.database import Database
from backend.storage.metadata import METADATA
from tests.backend.shop.cases.desk import Desk
from tests.backend.shop.catalog.pictures.drawing import drawn
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import (
    HOME,
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
from tests.support.adults import let_be_adults

ANN = Person("ann", ROOM)
DAY_MS = 24 * 3_600_000
NOTE = "please ring twice"
TRACKING = "SF1020304050"


async def buy(shop: Shop, key: str = "k") -> Order:
    wanted = msgspec.structs.replace(order_of(await quoted(shop, lines_of(tea=1))), note=NOTE)
    result = await shop.place(ANN, wanted, request_of("ann", key, wanted))
    assert isinstance(result, Placed)
    return result.order


async def buy_and_cancel(shop: Shop, key: str = "k") -> Order:
    order = await buy(shop, key)
    cancelled = await shop.cancel(
        ANN, order.order_id, NOTE, request_of("ann", f"c{key}", route=f"cancel {order.order_id}")
    )
    assert isinstance(cancelled, Order)
    return cancelled


async def erase(privacy: Privacy, key: str = "e") -> Erasure:
    result = await privacy.erase(ANN, request_of("ann", key, route="erase"))
    assert isinstance(result, Erasure)
    return msgspec.structs.replace(result, rooms_until_ms=0)  # as of now, each time that it is asked


def texts_of_the_shop(database: Database) -> str:
    """All that stands in any table."""
    with database.reading() as connection:
        tables: list[Table] = METADATA.sorted_tables
        return "\n".join(str(row) for table in tables for row in connection.execute(select(table)))


def limits_of(database: Database) -> str:
    """All that is counted of buyers."""
    with database.reading() as connection:
        return str(list(connection.execute(select(BUYER_LIMITS))))


async def test_addresses_go_at_once_and_orders_lose_their_person_in_time(
    shop: Shop, privacy: Privacy, database: Database, clock: Clock
) -> None:
    put_on_sale(database, "tea", price_minor=500)
    customers = Customers(database, shop.writer, clock_ms=clock)
    wish = SaveAddress(HOME)
    await customers.save_address(ANN, wish, request_of("ann", "a", wish, "addresses"))
    order = await buy_and_cancel(shop)
    let_be_adults(database, "ann", "bob")
    erasure = await erase(privacy)
    with database.reading() as connection:
        assert of_age(connection, ["ann", "bob"]) == {"bob"}
    assert erasure == Erasure(1, 1, clock.now_ms + DEFAULT_DAYS * DAY_MS)
    assert (await customers.addresses(ANN)).addresses == []
    sweep = ShopSweep(shop.writer, clock_ms=clock)
    clock.turn(DEFAULT_DAYS * DAY_MS - 1)
    await sweep.sweep()
    assert await shop.order(ANN, order.order_id) == order
    clock.turn(1)
    await sweep.sweep()
    erased = await shop.order(ANN, order.order_id)
    assert erased is not None
    assert (erased.total_minor, erased.number, erased.lines) == (500, order.number, order.lines)
    assert (erased.address.name, erased.address.phone, erased.address.street) == (GONE, GONE, GONE)
    text = texts_of_the_shop(database)
    assert not [word for word in (HOME.name, HOME.phone, HOME.street, NOTE) if word in text]


async def test_words_on_moves_of_a_quota_go_with_their_order(
    shop: Shop, privacy: Privacy, database: Database, clock: Clock
) -> None:
    put_on_sale(database, "tea")
    order = await buy_and_cancel(shop)
    last = order.changes[-1]
    move = {"sku_id": "tea", "kind": "quota", "on_hand": 0, "reserved": 0, "sold": 0, "order_id": None}
    rows = [{"actor": "ann", "reason": NOTE}, {"actor": "host", "reason": "counted"}]
    with database.transaction() as connection:
        connection.execute(insert(STOCK_MOVEMENTS), [{**move, "at_ms": last.at_ms, **row} for row in rows])
    await erase(privacy)
    clock.turn(DEFAULT_DAYS * DAY_MS)
    await ShopSweep(shop.writer, clock_ms=clock).sweep()
    text = texts_of_the_shop(database)
    assert NOTE not in text
    assert "counted" in text


async def test_an_open_order_is_finished_first(shop: Shop, privacy: Privacy, database: Database) -> None:
    put_on_sale(database, "tea")
    order = await buy(shop)
    refused = await privacy.erase(ANN, request_of("ann", "e", route="erase"))
    assert refused == Unfinished([order.number], has_bid=False)
    await shop.cancel(ANN, order.order_id, "", request_of("ann", "c", route="cancel"))
    assert (await erase(privacy)).orders == 1


async def test_who_asks_twice_is_told_the_same_time(
    shop: Shop, privacy: Privacy, database: Database, clock: Clock
) -> None:
    put_on_sale(database, "tea")
    await buy_and_cancel(shop)
    first = await erase(privacy)
    clock.turn(DAY_MS)
    assert await erase(privacy) == first
    assert await erase(privacy, "another") == first


async def test_the_shops_days_count_from_the_end_of_the_order(
    shop: Shop, privacy: Privacy, database: Database, clock: Clock
) -> None:
    put_on_sale(database, "tea")
    wish = PrivacySettings(10)
    assert await privacy.save_settings(wish, request_of("host", "s", wish, "settings privacy")) == wish
    assert await privacy.settings() == wish
    ended_ms = clock.now_ms
    await buy_and_cancel(shop)
    clock.turn(20 * DAY_MS)
    assert (await erase(privacy)).until_ms == ended_ms + 10 * DAY_MS
    await ShopSweep(shop.writer, clock_ms=clock).sweep()
    assert HOME.phone not in texts_of_the_shop(database)
    assert await erase(privacy, "again") == Erasure(0, 0, None)


async def test_who_bought_nothing_has_nothing_to_lose(privacy: Privacy) -> None:
    assert await erase(privacy) == Erasure(0, 0, None)


async def test_a_limit_forgets_who_was_erased_and_the_books_stay_right(
    shop: Shop, privacy: Privacy, database: Database, clock: Clock
) -> None:
    put_on_sale(database, "tea", limit=2)
    other = Person("bob", ROOM)
    wanted = order_of(await quoted(shop, lines_of(tea=1)))
    assert isinstance(await shop.place(other, wanted, request_of("bob", "k", wanted)), Placed)
    await buy_and_cancel(shop)
    await erase(privacy)
    clock.turn(DEFAULT_DAYS * DAY_MS)
    await ShopSweep(shop.writer, clock_ms=clock).sweep()
    assert phone_key(HOME.phone, HOME.country) not in limits_of(database)
    with database.reading() as connection:
        rows = connection.execute(select(BUYER_LIMITS.c.buyer_key, BUYER_LIMITS.c.quantity))
        assert sorted(units for key, units in rows if not key.startswith("user:ann")) == [1, 1, 1]
    check_books(database)


@pytest.mark.parametrize("days", [0, DEFAULT_DAYS], ids=["erased", "to be erased"])
async def test_late_money_revives_no_order_of_a_buyer_who_asked_to_be_erased(
    shop: Shop, privacy: Privacy, database: Database, clock: Clock, days: int
) -> None:
    put_on_sale(database, "tea", price_minor=500)
    await privacy.save_settings(PrivacySettings(days), request_of("host", "s", route="privacy"))
    order = await buy_and_cancel(shop)
    await erase(privacy)
    clock.turn(8 * DAY_MS)
    await ShopSweep(shop.writer, clock_ms=clock).sweep()
    paid = await shop.writer.run(
        lambda connection: shop.paid_orders.pay_order(
            connection, order.order_id, actor="provider:x", reason="", now_ms=clock.now_ms
        )
    )
    assert paid is Paid.GONE
    seen = await shop.order(ANN, order.order_id)
    assert seen is not None
    assert (seen.state, seen.payment_state) == (OrderState.CANCELLED, PaymentState.UNPAID)
    assert (seen.address.name == GONE) is (days == 0)
    check_books(database)


async def test_orders_keep_their_person_at_least_as_long_as_goods_may_go_back(
    shop: Shop, privacy: Privacy, database: Database, clock: Clock
) -> None:
    put_on_sale(database, "tea")
    wish = PrivacySettings(0)
    saved = await privacy.save_settings(wish, request_of("host", "s", wish, "settings privacy"))
    assert saved == await privacy.settings() == PrivacySettings(8)
    await buy_and_cancel(shop)
    assert (await erase(privacy)).until_ms == clock.now_ms + 8 * DAY_MS


async def test_an_order_with_an_open_case_waits_and_then_loses_number_and_words(
    shop: Shop, database: Database, clock: Clock
) -> None:
    put_on_sale(database, "tea", stock=100)
    desk = Desk(database, shop, clock)
    privacy = Privacy(database, shop.writer, clock_ms=clock)
    wish = PrivacySettings(8)
    await privacy.save_settings(wish, request_of("host", "s", wish, "settings privacy"))
    order = await desk.bought(tea=1)
    parcel = ShipOrder("SF", TRACKING)
    await shop.ship(STAFF, order.order_id, parcel, desk.request(STAFF, "ship"))
    await desk.arrived(order)
    clock.turn(7 * DAY_MS)
    await desk.clocks.sweep()
    assert (await erase(privacy)).orders == 1
    case = await desk.asked(order)
    pictures = CasePictures(database, shop.writer, clock_ms=clock)
    shown = await pictures.take(ANN, case.case_id, drawn())
    assert isinstance(shown, Case)
    clock.turn(9 * DAY_MS)
    sweep = ShopSweep(shop.writer, clock_ms=clock)
    await sweep.sweep()
    assert (await desk.see(order)).address == home_of("ann")
    await desk.cases.decline(STAFF, case.case_id, NOTE, desk.request(STAFF, "decline"))
    await sweep.sweep()
    erased = await desk.see(order)
    assert (erased.address.name, erased.parcels[0].tracking) == (GONE, "")
    assert {one.reason for one in erased.changes if one.actor != "timer"} == {""}
    text = texts_of_the_shop(database)
    assert not [word for word in (home_of("ann").phone, NOTE, TRACKING) if word in text]
    assert await pictures.read(ANN, case.case_id, shown.pictures[0], PictureSize.WHOLE) is None
    desk.check()


async def test_the_account_goes_with_its_name_and_the_rooms_are_asked_to_forget(
    privacy: Privacy, database: Database, clock: Clock
) -> None:
    accounts = AccountStore(database)
    accounts.create(Account("ann", "小美", "小美", "secret hash", 1, 7))
    let_be_adults(database, "ann")
    await asyncio.to_thread(RoomStore(database, ROOM).open, "Room", 1)
    erasure = await privacy.erase(ANN, request_of("ann", "e", route="erase"))
    assert isinstance(erasure, Erasure)
    assert erasure.has_account
    with database.reading() as connection:
        assert of_age(connection, ["ann"]) == set()
    assert erasure.rooms_until_ms > clock.now_ms
    assert accounts.by_user("ann") is None
    assert accounts.standing("ann") is Erased.ERASED
    assert accounts.standing("bob") is None
    assert "小美" not in texts_of_the_shop(database)
    with database.reading() as connection:
        assert {(one.user_id, one.number) for one in read_erasings(connection)} == {("ann", 0)}
    assert not (await erase(privacy, "again")).has_account


async def test_the_host_keeps_the_shops_name(privacy: Privacy, database: Database) -> None:
    result = await privacy.erase(Person("host", ROOM), request_of("host", "e", route="erase"))
    assert result == Erasure(0, 0, None)
    with database.reading() as connection:
        assert read_erasings(connection) == []


async def test_whoever_is_erased_wakes_who_tells_the_rooms(
    shop: Shop, database: Database, clock: Clock
) -> None:
    told: list[str] = []
    privacy = Privacy(database, shop.writer, clock_ms=clock, on_erased=lambda: told.append("erased"))
    await erase(privacy)
    assert told == ["erased"]


async def test_coupons_are_taken_along_and_end_with_the_buyer(
    shop: Shop, privacy: Privacy, database: Database, clock: Clock
) -> None:
    coupons = Coupons(database, shop.writer, clock_ms=clock)
    wish = NewCoupon("Tea", CouponKind.FIXED, 0, clock.now_ms + 1000, quota=5, amount_minor=100)
    made = await coupons.make(STAFF, wish, request_of("host", "c", wish, "coupons"))
    assert isinstance(made, Coupon)
    claim = AskCoupon(made.coupon_id)
    await coupons.claim(ANN, claim, request_of("ann", "m", claim, "my-coupons"))
    [held] = (await privacy.my_data(ANN)).coupons
    assert held.coupon_id == made.coupon_id
    assert (await erase(privacy)).coupons == 1
    assert (await privacy.my_data(ANN)).coupons == []
    assert (await coupons.held(ANN)).coupons == []
