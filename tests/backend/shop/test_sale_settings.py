"""How the shop sells, as its host changes it."""

import msgspec
import pytest

from backend.contract.orders import PaymentMethod
from backend.contract.sale_settings import Profile, SaleSettings, UnpaidCap
from backend.contract.shipping import FREE, RegionRule, ShippingRule, ShippingTemplate, ShippingUnit
from backend.shop.idempotency import KeyReused
from backend.shop.orders.results import Placed
from backend.shop.people import Person
from backend.shop.sale_settings import CampaignRuns, CurrencyLocked, SettingsStore
from backend.shop.settings import read_return_rules
from backend.shop.shop import Shop
from backend.storage.database import Database
from tests.backend.shop.campaigns.auction.desk import AuctionDesk
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import ROOM, lines_of, order_of, put_on_sale, quoted, request_of

WANTED = SaleSettings(
    "JPY", [PaymentMethod.TRANSFER], UnpaidCap(1, 2), UnpaidCap(3, 4), Profile.EU, "招商银行\n6225 8888"
)
EXPRESS = ShippingRule(ShippingUnit.WEIGHT, 1000, 800, 500, 200, free_from_minor=9900)


@pytest.fixture
def settings(shop: Shop, database: Database, clock: Clock) -> SettingsStore:
    return SettingsStore(database, shop.writer, clock_ms=clock)


async def test_what_was_saved_is_read_again(shop: Shop, settings: SettingsStore) -> None:
    assert await settings.save(WANTED, request_of("host", "1", WANTED)) == WANTED
    assert await settings.read() == WANTED
    assert (await shop.products(ROOM)).currency == "JPY"


async def test_returns_follow_the_profile(settings: SettingsStore, database: Database) -> None:
    await settings.save(WANTED, request_of("host", "1", WANTED))
    with database.reading() as connection:
        assert read_return_rules(connection).days == 14


async def test_shipping_is_free_until_it_is_set(settings: SettingsStore) -> None:
    assert await settings.shipping() == FREE
    wanted = ShippingTemplate(EXPRESS, [RegionRule("CN", ["西藏", "新疆"], None)])
    assert await settings.save_shipping(wanted, request_of("host", "1", wanted)) == wanted
    assert await settings.save_shipping(FREE, request_of("host", "1", FREE)) == KeyReused("1")
    assert await settings.shipping() == wanted


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
    same = msgspec.structs.replace(WANTED, currency="CNY", is_currency_locked=True)
    assert await settings.save(same, request_of("host", "2", same)) == same


async def test_a_key_saves_once(settings: SettingsStore) -> None:
    await settings.save(WANTED, request_of("host", "1", WANTED))
    other = msgspec.structs.replace(WANTED, currency="EUR")
    assert await settings.save(other, request_of("host", "1", other)) == KeyReused("1")
    assert (await settings.read()).currency == "JPY"


async def test_the_currency_stays_while_an_auction_has_prices_in_it(database: Database, clock: Clock) -> None:
    desk = AuctionDesk(database, clock)
    settings = SettingsStore(database, desk.shop.writer, clock_ms=clock)
    campaign = await desk.announced()
    assert await settings.save(WANTED, request_of("host", "1", WANTED)) == CampaignRuns("CNY")
    await desk.stop(campaign)
    assert await settings.save(WANTED, request_of("host", "2", WANTED)) == WANTED
    await desk.close()
