from sqlalchemy import select

from backend.contract.products import (
    ProductRemoval,
)
from backend.shop.catalog.removing import HAS_ORDERS, IN_BUNDLE
from backend.shop.catalog.results import (
    ChangedMeanwhile,
)
from backend.storage.catalog_tables import LISTINGS, SKUS, SPUS, STOCK, STOCK_MOVEMENTS
from tests.backend.kinds import as_type
from tests.backend.shop.catalog.desk import SIZES, Desk
from tests.backend.shop.goods import (
    STAFF,
    put_on_sale,
)


async def test_a_product_that_was_never_sold_is_deleted_whole(desk: Desk) -> None:
    made = await desk.create(skus=SIZES)
    assert await desk.products.remove(STAFF, made.spu_id, made.version) == ProductRemoval(made, None)
    assert await desk.products.product(made.spu_id) is None
    assert await desk.products.remove(STAFF, made.spu_id, made.version) is None
    with desk.database.reading() as connection:
        for table in (SPUS, SKUS, STOCK, STOCK_MOVEMENTS, LISTINGS):
            assert connection.execute(select(table)).all() == []


async def test_a_product_that_orders_have_is_retired_and_says_why(desk: Desk) -> None:
    made = await desk.create()
    await desk.buy(made.skus[0].sku_id)
    now = await desk.see(made)
    removed = as_type(ProductRemoval, await desk.products.remove(STAFF, made.spu_id, made.version))
    assert (removed.before, removed.reason) == (now, HAS_ORDERS)
    after = await desk.see(made)
    assert removed.after == after
    assert (after.is_on_shelf, after.rooms, after.version) == (False, [], 2)
    assert await desk.listed() == []


async def test_what_bundles_are_made_of_is_retired(desk: Desk) -> None:
    made = await desk.create()
    put_on_sale(desk.database, "box", stock=0, components={made.skus[0].sku_id: 2})
    box = await desk.products.product("box")
    assert box is not None
    assert (box.skus[0].left, box.skus[0].components) == (2, {made.skus[0].sku_id: 2})
    removed = as_type(ProductRemoval, await desk.products.remove(STAFF, made.spu_id, 1))
    assert removed.reason == IN_BUNDLE
    await desk.buy("box")
    sold = as_type(ProductRemoval, await desk.products.remove(STAFF, "box", 1))
    assert sold.reason == HAS_ORDERS


async def test_a_product_is_removed_as_it_was_seen(desk: Desk) -> None:
    made = await desk.create()
    after = await desk.change(made, title="green")
    assert await desk.products.remove(STAFF, made.spu_id, 1) == ChangedMeanwhile(after)
