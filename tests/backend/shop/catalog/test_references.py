"""Crossed-out prices by the shop's profile, on both databases."""

import pytest
from sqlalchemy import update

from backend.contract.base import HOST_USER, Author, Role
from backend.contract.products import ChangeSku, NewProduct, NewSku, SeenProduct, StaffProduct
from backend.contract.sale_settings import Profile
from backend.shop.catalog.editing import Edited, ProductEdit
from backend.shop.catalog.reference_rules import DAY_MS
from backend.shop.catalog.results import BadReference
from backend.shop.orders.results import Placed
from backend.shop.people import Person
from backend.shop.settings import write_profile
from backend.storage.order_tables import ORDERS
from tests.backend.kinds import as_type
from tests.backend.shop.catalog.desk import Desk
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import ROOM, home_of, lines_of, order_of, quoted, request_of

SMALL, LARGE = [["size", "S"]], [["size", "L"]]
ANN = Person("ann", ROOM)


def follow(desk: Desk, profile: Profile) -> None:
    with desk.database.transaction() as connection:
        write_profile(connection, profile)


async def repriced(desk: Desk, product: StaffProduct, price: int) -> StaffProduct:
    """Ask another price, and look at the product as its editor would."""
    product = await desk.see(product)
    return await desk.change(product, ChangeSku(product.skus[0].sku_id, price_minor=price))


async def cross_out(desk: Desk, product: StaffProduct, reference: int, price: int | None = None) -> object:
    change = ChangeSku(product.skus[0].sku_id, reference_minor=reference)
    if price is not None:
        change = ChangeSku(product.skus[0].sku_id, price_minor=price, reference_minor=reference)
    return await desk.try_change(product, change)


async def sell(desk: Desk, product: StaffProduct, at_ms: int, key: str) -> None:
    """Sell one unit that was paid at a time."""
    quote = await quoted(desk.shop, lines_of(**{product.skus[0].sku_id: 1}))
    wanted = order_of(quote, address=home_of("ann"))
    order = as_type(Placed, await desk.shop.place(ANN, wanted, request_of("ann", key, wanted))).order
    with desk.database.transaction() as connection:
        paid = update(ORDERS).where(ORDERS.c.order_id == order.order_id)
        connection.execute(paid.values(payment_state="paid", paid_at_ms=at_ms))


async def test_in_the_eu_a_reduction_crosses_out_the_lowest_price_of_30_days(
    desk: Desk, clock: Clock
) -> None:
    follow(desk, Profile.EU)
    tea = await desk.create(skus=[NewSku(10_000, stock=5)])
    clock.turn(20 * DAY_MS)
    tea = await repriced(desk, tea, 8_000)
    clock.turn(DAY_MS)
    tea = await repriced(desk, tea, 12_000)
    clock.turn(15 * DAY_MS)
    refused = as_type(BadReference, await cross_out(desk, tea, 12_000, price=7_000))
    assert (refused.pointer, refused.allowed_minor) == ("/skus/0/reference_minor", 8_000)
    assert "¥80.00" in refused.why
    assert not isinstance(await cross_out(desk, tea, 8_000, price=7_000), BadReference)


async def test_what_is_crossed_out_may_be_named_later_than_the_reduction_began(
    desk: Desk, clock: Clock
) -> None:
    follow(desk, Profile.EU)
    tea = await desk.create(skus=[NewSku(10_000, stock=5)])
    clock.turn(DAY_MS)
    tea = await repriced(desk, tea, 8_000)
    clock.turn(40 * DAY_MS)
    assert not isinstance(await cross_out(desk, tea, 10_000), BadReference)


async def test_what_was_never_asked_for_cannot_be_crossed_out(desk: Desk) -> None:
    for profile in (Profile.EU, Profile.CN):
        follow(desk, profile)
        refused = await desk.try_create(
            NewProduct("tea", [NewSku(100, SMALL), NewSku(100, LARGE, reference_minor=200)])
        )
        assert as_type(BadReference, refused).pointer == "/skus/1/reference_minor"
        assert as_type(BadReference, refused).allowed == ""


async def test_a_price_that_is_no_reduction_has_nothing_crossed_out(desk: Desk, clock: Clock) -> None:
    follow(desk, Profile.EU)
    tea = await desk.create(skus=[NewSku(10_000, stock=5)])
    clock.turn(DAY_MS)
    for price in (10_000, 11_000):
        assert as_type(BadReference, await cross_out(desk, tea, 10_000, price)).allowed_minor is None


async def test_off_the_shelf_a_price_counts_for_nothing(desk: Desk, clock: Clock) -> None:
    follow(desk, Profile.EU)
    tea = await desk.create(skus=[NewSku(10_000, stock=5)], is_on_shelf=False)
    clock.turn(60 * DAY_MS)
    refused = as_type(BadReference, await cross_out(desk, tea, 10_000, price=8_000))
    assert refused.allowed_minor is None


async def test_in_china_a_reduction_crosses_out_the_lowest_price_that_was_paid(
    desk: Desk, clock: Clock
) -> None:
    follow(desk, Profile.CN)
    tea = await desk.create(skus=[NewSku(10_000, stock=9)])
    await sell(desk, tea, clock.now_ms, "k1")
    clock.turn(10 * DAY_MS)
    # Nothing was paid for in the 7 days before: the last sale counts.
    assert as_type(BadReference, await cross_out(desk, tea, 9_000, price=8_000)).allowed_minor == 10_000
    tea = await repriced(desk, tea, 9_500)
    await sell(desk, tea, clock.now_ms, "k2")
    clock.turn(DAY_MS)
    refused = as_type(BadReference, await cross_out(desk, tea, 10_000, price=8_000))
    assert (refused.profile, refused.allowed_minor) == (Profile.CN, 9_500)
    assert not isinstance(await cross_out(desk, tea, 9_500, price=8_000), BadReference)


async def test_elsewhere_any_price_may_be_crossed_out(desk: Desk) -> None:
    follow(desk, Profile.OTHER)
    tea = await desk.create(skus=[NewSku(100, stock=5, reference_minor=900)])
    assert tea.skus[0].reference_minor == 900


async def test_what_is_crossed_out_goes_with_a_price_that_is_changed_alone(desk: Desk, clock: Clock) -> None:
    follow(desk, Profile.OTHER)
    tea = await desk.create(skus=[NewSku(10_000, stock=5, reference_minor=20_000)])
    follow(desk, Profile.EU)
    clock.turn(DAY_MS)
    host = Author(HOST_USER, "host", Role.HOST, is_follower=False)
    edit = ProductEdit(tea.spu_id, tea.version, price_minor=8_000)
    edited = as_type(Edited, await desk.shop.edit_product(ROOM, edit, host)).product
    assert (edited.price_minor, edited.reference_minor) == (8_000, 10_000)
    tea = await desk.see(tea)
    assert tea.skus[0].reference_minor == 10_000
    # By more than was ever asked for there is nothing to cross out.
    await desk.batch([SeenProduct(tea.spu_id, tea.version)], price_change_minor=5_000)
    assert (await desk.see(tea)).skus[0].reference_minor is None


@pytest.mark.parametrize("profile", list(Profile))
async def test_what_stood_there_before_stays_as_long_as_its_price_does(desk: Desk, profile: Profile) -> None:
    follow(desk, Profile.OTHER)
    tea = await desk.create(skus=[NewSku(100, stock=5, reference_minor=900)])
    follow(desk, profile)
    tea = await desk.change(tea, title="other tea")
    assert tea.skus[0].reference_minor == 900
