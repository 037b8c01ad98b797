"""Which prices a flash sale may have, and what may be crossed out beside them, by the shop's profile."""

import pytest
from sqlalchemy import insert

from backend.contract.campaigns import Campaign
from backend.contract.flash_sale import FlashPrice, FlashSaleShown
from backend.contract.sale_settings import Profile
from backend.shop.campaigns.kind import NotArmed
from backend.shop.outcomes import Paid
from backend.shop.settings import write_setting
from backend.storage.catalog_tables import OFFERED_PRICES
from tests.backend.shop.flash_sale.market import PRICE, Market
from tests.backend.shop.goods import put_on_sale

DAY_MS = 24 * 3_600_000


def set_profile(market: Market, profile: Profile) -> None:
    with market.database.transaction() as connection:
        write_setting(connection, "profile", profile.value)


def was_offered(market: Market, price: int, days_ago: int) -> None:
    at_ms = market.clock.now_ms - days_ago * DAY_MS
    row = {"sku_id": "tea", "price_minor": price, "at_ms": at_ms}
    with market.database.transaction() as connection:
        connection.execute(insert(OFFERED_PRICES).values(row))


async def crossed_out(market: Market, price: int) -> int | None:
    armed = await market.arm(FlashPrice("tea", price, 1))
    assert isinstance(armed, Campaign), armed
    assert isinstance(armed.detail, FlashSaleShown)
    [offer] = armed.detail.offers
    return offer.reference_minor


async def refused(market: Market, *prices: FlashPrice) -> str:
    armed = await market.arm(*prices)
    assert isinstance(armed, NotArmed), armed
    return armed.code


@pytest.mark.parametrize(
    ("price", "code"), [(100, "not_below_price"), (101, "not_below_price"), (39, "below_floor")]
)
async def test_a_flash_price_is_below_the_price_and_not_below_the_floor(
    market: Market, price: int, code: str
) -> None:
    put_on_sale(market.database, "cup", price_minor=100, floor_minor=40, stock=1)
    with market.database.transaction() as connection:
        connection.exec_driver_sql("UPDATE skus SET floor_minor = 40 WHERE sku_id = 'tea'")
    assert await refused(market, FlashPrice("tea", price, 1)) == code
    assert market.free() == 10
    armed = await market.arm(FlashPrice("tea", price, 1))
    assert isinstance(armed, NotArmed)
    assert armed.allowed == ("¥0.40" if code == "below_floor" else "")


async def test_a_quota_above_the_free_stock_is_refused(market: Market) -> None:
    assert await refused(market, FlashPrice("tea", PRICE, 11)) == "no_stock"
    await market.bought("ann", tea=3)
    assert await refused(market, FlashPrice("tea", PRICE, 8)) == "no_stock"
    assert market.free() == 7


async def test_what_the_room_does_not_sell_is_in_no_sale(market: Market) -> None:
    assert await refused(market, FlashPrice("cup", PRICE, 1)) == "sku_unavailable"
    assert await refused(market, FlashPrice("tea", 1, 1), FlashPrice("tea", 2, 1)) == "twice"


async def test_a_set_is_in_no_flash_sale(market: Market) -> None:
    with market.database.transaction() as connection:
        connection.exec_driver_sql(
            "INSERT INTO skus (sku_id, spu_id, price_minor) VALUES ('set', 'tea', 150)"
        )
        connection.exec_driver_sql("INSERT INTO stock (sku_id, on_hand) VALUES ('set', 0)")
        connection.exec_driver_sql("INSERT INTO bundles VALUES ('set', 'tea', 2)")
    assert await refused(market, FlashPrice("set", PRICE, 1)) == "bundle"


async def test_elsewhere_the_usual_price_is_crossed_out(market: Market) -> None:
    set_profile(market, Profile.OTHER)
    assert await crossed_out(market, PRICE) == 100


async def test_in_the_eu_the_lowest_price_of_30_days_is_crossed_out_and_bounds_the_sale(
    market: Market,
) -> None:
    set_profile(market, Profile.EU)
    was_offered(market, 50, 80)
    was_offered(market, 120, 40)
    was_offered(market, 80, 20)
    was_offered(market, 100, 10)
    assert await refused(market, FlashPrice("tea", 81, 1)) == "no_reduction"
    assert await crossed_out(market, 70) == 80


async def test_in_the_eu_an_earlier_flash_price_counts(market: Market) -> None:
    set_profile(market, Profile.EU)
    was_offered(market, 100, 40)
    await market.running(price=60)
    await market.over()
    market.clock.turn(DAY_MS)
    assert await refused(market, FlashPrice("tea", 61, 1)) == "no_reduction"
    assert await crossed_out(market, 60) is None
    await market.stop()
    market.clock.turn(31 * DAY_MS)
    assert await crossed_out(market, 61) == 100


async def test_in_china_what_was_paid_lately_is_crossed_out_and_bounds_the_sale(market: Market) -> None:
    set_profile(market, Profile.CN)
    assert await crossed_out(market, PRICE) is None  # nothing was sold yet
    await market.stop()
    assert await market.pay(await market.bought("ann")) is Paid.DONE
    market.clock.turn(1000)
    assert await crossed_out(market, PRICE) == 100
