"""How the shop sells, as its host changes it."""

import msgspec
import pytest

from backend.contract.orders import PaymentMethod
from backend.contract.sale_settings import SaleSettings, UnpaidCap
from backend.shop.idempotency import KeyReused
from backend.shop.orders.results import Placed
from backend.shop.people import Person
from backend.shop.sale_settings import CurrencyLocked, SettingsStore
from backend.shop.shop import Shop
from backend.storage.database import Database
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import ROOM, lines_of, order_of, put_on_sale, quoted, request_of

WANTED = SaleSettings("JPY", [PaymentMethod.TRANSFER], UnpaidCap(1, 2), UnpaidCap(3, 4))


@pytest.fixture
def settings(shop: Shop, database: Database, clock: Clock) -> SettingsStore:
    return SettingsStore(database, shop.writer, clock_ms=clock)


async def test_what_was_saved_is_read_again(shop: Shop, settings: SettingsStore) -> None:
    assert await settings.save(WANTED, request_of("host", "1", WANTED)) == WANTED
    assert await settings.read() == WANTED
    assert (await shop.products(ROOM)).currency == "JPY"


async def test_a_method_named_twice_stands_once(settings: SettingsStore) -> None:
    twice = msgspec.structs.replace(WANTED, methods=[PaymentMethod.TRANSFER] * 2)
    assert await settings.save(twice, request_of("host", "1", twice)) == WANTED


async def test_the_first_order_locks_the_currency(
    shop: Shop, settings: SettingsStore, database: Database
) -> None:
    put_on_sale(database, "tea")
    wanted = order_of(await quoted(shop, lines_of(tea=1)))
    assert isinstance(await shop.place(Person("ann", ROOM), wanted, request_of("ann", "1", wanted)), Placed)
    assert await settings.save(WANTED, request_of("host", "1", WANTED)) == CurrencyLocked("CNY")
    same = msgspec.structs.replace(WANTED, currency="CNY")
    assert await settings.save(same, request_of("host", "2", same)) == same


async def test_a_key_saves_once(settings: SettingsStore) -> None:
    await settings.save(WANTED, request_of("host", "1", WANTED))
    other = msgspec.structs.replace(WANTED, currency="EUR")
    assert await settings.save(other, request_of("host", "1", other)) == KeyReused("1")
    assert (await settings.read()).currency == "JPY"
