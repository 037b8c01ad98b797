"""Customers as routes use them, on each kind of database."""

import msgspec
import pytest
from sqlalchemy import select

from backend.contract.addresses import SaveAddress, SavedAddress
from backend.shop.customers.address_check import AddressFault, BadAddress
from backend.shop.customers.customers import Customers
from backend.shop.orders.results import Placed
from backend.shop.people import Person
from backend.shop.shop import Shop
from backend.storage.database import Database
from backend.storage.order_tables import IDEMPOTENCY_KEYS
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import HOME, ROOM, lines_of, order_of, put_on_sale, quoted, request_of

ANN = Person("ann", ROOM)
BOB = Person("bob", ROOM)


@pytest.fixture
def customers(shop: Shop, database: Database, clock: Clock) -> Customers:
    return Customers(database, shop.writer, clock_ms=clock)


async def test_a_book_of_addresses_is_its_buyers_alone(
    shop: Shop, customers: Customers, database: Database
) -> None:
    put_on_sale(database, "tea")
    wish = SaveAddress(HOME)
    request = request_of("ann", "a1", wish, "addresses")
    saved = await customers.save_address(ANN, wish, request)
    assert isinstance(saved, SavedAddress)
    assert saved.is_default
    assert await customers.save_address(ANN, wish, request) == saved
    assert (await customers.addresses(ANN)).addresses == [saved]
    assert (await customers.addresses(BOB)).addresses == []

    stolen = SaveAddress(HOME, saved.address_id)
    assert await customers.save_address(BOB, stolen, request_of("bob", "a1", stolen, "addresses")) is None
    assert not await customers.delete_address(BOB, saved.address_id)

    by_id = order_of(await quoted(shop, lines_of(tea=1)))
    by_id = msgspec.structs.replace(by_id, address=None, address_id=saved.address_id)
    placed = await shop.place(ANN, by_id, request_of("ann", "k1", by_id))
    assert isinstance(placed, Placed)
    assert placed.order.address == HOME
    assert await customers.delete_address(ANN, saved.address_id)
    assert await shop.order(ANN, placed.order.order_id) == placed.order


async def test_a_key_of_a_saved_address_keeps_none_of_it(customers: Customers, database: Database) -> None:
    wish = SaveAddress(HOME)
    request = request_of("ann", "a1", wish, "addresses")
    saved = await customers.save_address(ANN, wish, request)
    assert isinstance(saved, SavedAddress)
    with database.reading() as connection:
        assert (
            connection.scalar(select(IDEMPOTENCY_KEYS.c.answer)) == f'{{"address_id":"{saved.address_id}"}}'
        )
    await customers.delete_address(ANN, saved.address_id)
    assert await customers.save_address(ANN, wish, request) is None


async def test_an_order_to_a_bad_address_is_not_placed(shop: Shop, database: Database) -> None:
    put_on_sale(database, "tea")
    wanted = order_of(await quoted(shop, lines_of(tea=1)), address=msgspec.structs.replace(HOME, phone="-"))
    refused = await shop.place(ANN, wanted, request_of("ann", "k1", wanted))
    assert refused == BadAddress("phone", AddressFault.NOT_A_PHONE)
    assert (await shop.orders(ANN)).orders == []
