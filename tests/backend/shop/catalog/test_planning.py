from backend.contract.orders import AskQuote
from backend.contract.products import ChangeSku, NewSku, StaffProduct
from backend.log.shop_entries import ProductEdited
from backend.shop.catalog.results import NotFit
from backend.shop.orders.results import SkuUnavailable
from backend.shop.outbox_reader import OutboxReader
from backend.shop.people import Person
from tests.backend.kinds import as_type
from tests.backend.shop.catalog.desk import SIZES, Desk
from tests.backend.shop.goods import ANYBODY, ROOM, check_books, lines_of, quoted, stock_of


def with_material(product: StaffProduct, material: str = "cotton") -> list[ChangeSku]:
    """Each SKU as before, with one specification more."""
    return [ChangeSku(sku.sku_id, specs=[*sku.specs, ["material", material]]) for sku in product.skus]


async def test_a_specification_more_keeps_ids_stock_carts_and_orders(desk: Desk) -> None:
    made = await desk.create(skus=SIZES)
    small, large = made.skus
    in_cart = lines_of(**{small.sku_id: 2})
    await desk.buy(small.sku_id)
    now = await desk.see(made)
    grown = await desk.change(
        now, *with_material(now), new_skus=[NewSku(300, [["size", "S"], ["material", "linen"]], stock=7)]
    )
    assert [sku.sku_id for sku in grown.skus[:2]] == [small.sku_id, large.sku_id]
    assert [(sku.on_hand, sku.reserved, sku.left) for sku in grown.skus] == [(5, 1, 4), (2, 0, 2), (7, 0, 7)]
    assert (await quoted(desk.shop, in_cart)).goods_minor == 200
    await desk.buy(small.sku_id, "ben")
    assert stock_of(desk.database, small.sku_id)[:2] == (5, 2)
    [shown] = (await desk.shop.products(ROOM)).products
    assert shown.skus[0].specs == [["size", "S"], ["material", "cotton"]]
    check_books(desk.database)


async def test_an_order_keeps_the_specification_that_its_buyer_saw(desk: Desk) -> None:
    made = await desk.create(skus=SIZES)
    order_id = await desk.buy(made.skus[0].sku_id)
    now = await desk.see(made)
    await desk.change(now, *with_material(now))
    order = await desk.shop.order(Person("ann", ROOM), order_id)
    assert order is not None
    assert order.lines[0].specs == [["size", "S"]]


async def test_a_sku_whose_value_is_removed_retires_and_what_was_ordered_stays(desk: Desk) -> None:
    made = await desk.create(skus=SIZES)
    small = made.skus[0]
    await desk.buy(small.sku_id)
    now = await desk.see(made)
    after = await desk.change(
        now, ChangeSku(small.sku_id, is_active=False), new_skus=[NewSku(250, [["size", "XL"]], stock=1)]
    )
    assert [(sku.is_active, sku.reserved) for sku in after.skus] == [(False, 1), (True, 0), (True, 0)]
    refused = await desk.shop.quote(ANYBODY, AskQuote(lines_of(**{small.sku_id: 1})))
    assert refused == SkuUnavailable(small.sku_id)
    assert stock_of(desk.database, small.sku_id)[:2] == (5, 1)
    check_books(desk.database)


async def test_rooms_hear_of_another_specification(desk: Desk) -> None:
    made = await desk.create(skus=SIZES)
    await desk.change(made, *with_material(made))
    heard = [one for one in OutboxReader(desk.database, ROOM).read(10) if isinstance(one, ProductEdited)]
    assert [one.after.version for one in heard] == [2]


async def test_all_skus_on_sale_have_the_same_specifications(desk: Desk) -> None:
    made = await desk.create(skus=SIZES)
    refused = await desk.try_change(made, with_material(made)[0])
    assert as_type(NotFit, refused).pointer.endswith("/specs")
    assert await desk.see(made) == made
