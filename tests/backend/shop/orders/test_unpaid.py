"""What waits for its money: how much of it a buyer may have, and that nobody holds all of the stock."""

import asyncio

import msgspec
import pytest

from backend.contract.orders import Order, PaymentMethod, ShipOrder
from backend.contract.sale_settings import UnpaidCap
from backend.shop.orders.results import MethodOff, Placed, PlaceResult, UnpaidTooMuch
from backend.shop.people import Person
from backend.shop.settings import SaleRules, write_rules
from backend.shop.shop import Shop
from backend.storage.database import Database
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
    stock_of,
)

CAP = UnpaidCap(orders=2, units=6)
GUEST_CAP = UnpaidCap(orders=1, units=3)


@pytest.fixture(autouse=True)
def tea(shop: Shop, database: Database) -> None:
    """Tea on sale, in a shop that lets little wait for its money."""
    put_on_sale(database, "tea", stock=20)
    with database.transaction() as connection:
        write_rules(connection, SaleRules(tuple(PaymentMethod), CAP, GUEST_CAP))


async def buy(
    shop: Shop,
    buyer: Person,
    units: int = 1,
    *,
    key: str = "k",
    method: PaymentMethod = PaymentMethod.ONLINE,
    home: str = "",
) -> PlaceResult:
    wanted = order_of(await quoted(shop, lines_of(tea=units)), method, home_of(home or buyer.user_id))
    return await shop.place(buyer, wanted, request_of(buyer.user_id, key, wanted))


def placed(result: PlaceResult) -> Order:
    assert isinstance(result, Placed), result
    return result.order


ANN, GUEST = Person("ann", ROOM), Person("guest-1", ROOM, is_guest=True)


async def test_transfer_and_cash_on_delivery_are_off_until_the_shop_turns_them_on(
    shop: Shop, database: Database
) -> None:
    with database.transaction() as connection:
        write_rules(connection, SaleRules())
    assert (await quoted(shop, lines_of(tea=1))).methods == [PaymentMethod.ONLINE]
    for method in (PaymentMethod.TRANSFER, PaymentMethod.CASH_ON_DELIVERY):
        assert await buy(shop, ANN, method=method) == MethodOff([PaymentMethod.ONLINE])
    assert stock_of(database, "tea") == (20, 0, 0)
    placed(await buy(shop, ANN))


async def test_a_buyer_has_at_most_so_many_orders_that_wait(shop: Shop, database: Database) -> None:
    placed(await buy(shop, ANN, key="1"))
    placed(await buy(shop, ANN, key="2"))
    assert await buy(shop, ANN, key="3") == UnpaidTooMuch(CAP, is_guest=False)
    assert stock_of(database, "tea") == (20, 2, 0)
    check_books(database)


async def test_units_of_all_orders_that_wait_count_together(shop: Shop) -> None:
    placed(await buy(shop, ANN, 4, key="1"))
    assert await buy(shop, ANN, 3, key="2") == UnpaidTooMuch(CAP, is_guest=False)
    placed(await buy(shop, ANN, 2, key="2"))


async def test_a_guest_has_less_that_waits_than_an_account(shop: Shop) -> None:
    assert await buy(shop, GUEST, 4) == UnpaidTooMuch(GUEST_CAP, is_guest=True)
    placed(await buy(shop, GUEST, 3, key="1"))
    assert await buy(shop, GUEST, key="2") == UnpaidTooMuch(GUEST_CAP, is_guest=True)


@pytest.mark.parametrize("same", ["phone", "street"])
async def test_new_guests_with_one_phone_or_one_address_are_one_buyer(shop: Shop, same: str) -> None:
    placed(await buy(shop, GUEST, home="here"))
    other = msgspec.structs.replace(home_of("there"), **{same: getattr(home_of("here"), same)})
    wanted = order_of(await quoted(shop, lines_of(tea=1)), address=other)
    guest = Person("guest-2", ROOM, is_guest=True)
    result = await shop.place(guest, wanted, request_of("guest-2", "k", wanted))
    assert result == UnpaidTooMuch(GUEST_CAP, is_guest=True)


async def test_what_is_cancelled_paid_or_sent_waits_no_more(shop: Shop, database: Database) -> None:
    cancelled = placed(await buy(shop, ANN, key="1"))
    await shop.cancel(ANN, cancelled.order_id, "", request_of("ann", "1", route="cancel"))
    paid = placed(await buy(shop, ANN, key="2", method=PaymentMethod.TRANSFER))
    await shop.confirm_payment(STAFF, paid.order_id, "", request_of("host", "2", route="paid"))
    sent = placed(await buy(shop, ANN, key="3", method=PaymentMethod.CASH_ON_DELIVERY))
    await shop.ship(STAFF, sent.order_id, ShipOrder("SF", "1"), request_of("host", "3", route="ship"))
    check_books(database)
    for key in ("4", "5"):
        placed(await buy(shop, ANN, key=key))
    assert isinstance(await buy(shop, ANN, key="6"), UnpaidTooMuch)


async def test_an_order_that_costs_nothing_waits_for_nothing(shop: Shop, database: Database) -> None:
    put_on_sale(database, "gift", price_minor=0, stock=100)
    wanted = order_of(await quoted(shop, lines_of(gift=50)))
    placed(await shop.place(GUEST, wanted, request_of("guest-1", "k", wanted)))
    check_books(database)


async def test_64_orders_at_once_of_one_phone_hold_no_more_than_one_buyer_may(
    shop: Shop, database: Database
) -> None:
    quote = await quoted(shop, lines_of(tea=1))
    guests = [Person(f"guest-{n}", ROOM, is_guest=True) for n in range(64)]
    wanted = [
        order_of(quote, PaymentMethod.CASH_ON_DELIVERY, msgspec.structs.replace(HOME, street=f"{n} 号"))
        for n in range(64)
    ]
    results = await asyncio.gather(
        *(
            shop.place(guest, one, request_of(guest.user_id, "k", one))
            for guest, one in zip(guests, wanted, strict=True)
        )
    )
    assert sum(isinstance(one, Placed) for one in results) == GUEST_CAP.orders
    assert stock_of(database, "tea") == (20, 1, 0)
    check_books(database)
