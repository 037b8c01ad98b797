import asyncio

from backend.contract.exchange import ImportUndone, StockOf, UndoLeft
from backend.contract.products import ChangeSku, StaffProduct
from backend.contract.sale_settings import Profile
from backend.contract.stock import MoveStock
from backend.shop.stock.counting import move_by_staff
from tests.backend.shop.catalog.desk import SIZES
from tests.backend.shop.catalog.exchange.importer import TWO, Files
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import check_books, stock_of

CHEAPER = "title,code,price,stock\n绿茶,tea,39.00,9\n"


async def named(files: Files) -> dict[str, StaffProduct]:
    return {one.skus[0].code or "": one for one in await files.all()}


async def test_an_import_is_taken_back_field_by_field(files: Files) -> None:
    await files.take(TWO)
    before = (await named(files))["tea"]
    await files.take(CHEAPER, key="k", stock=StockOf.COUNT)
    changed = (await named(files))["tea"]
    assert (changed.title, changed.skus[0].price_minor, changed.skus[0].on_hand) == ("绿茶", 3_900, 9)
    assert await files.undo("k") == ImportUndone(restored=1)
    after = (await named(files))["tea"]
    assert (after.title, after.skus) == (before.title, before.skus)
    check_books(files.desk.database)


async def test_an_import_that_is_taken_back_twice_is_taken_back_once(files: Files) -> None:
    await files.take(TWO)
    await files.take(CHEAPER, key="k", stock=StockOf.COUNT)
    assert await files.undo("k") == await files.undo("k")
    assert (await named(files))["tea"].skus[0].on_hand == 5
    both = await asyncio.gather(files.undo("k"), files.undo("k"))
    assert both[0] == both[1]
    assert (await named(files))["tea"].skus[0].on_hand == 5


async def test_what_others_changed_since_an_import_stays(files: Files) -> None:
    await files.take(TWO)
    await files.take(CHEAPER, key="k")
    tea = (await named(files))["tea"]
    await files.desk.change(tea, ChangeSku(tea.skus[0].sku_id, price_minor=4_200))
    assert await files.undo("k") == ImportUndone(restored=1, left=[UndoLeft("绿茶", ["price_minor"])])
    after = (await named(files))["tea"]
    assert (after.title, after.skus[0].price_minor) == ("茶", 4_200)


async def test_new_products_go_unless_somebody_bought_or_edited_them(files: Files) -> None:
    await files.take("title,code,price,stock\na,a,1,5\nb,b,1,5\nc,c,1,5\n", key="k", in_room=True)
    made = await named(files)
    await files.desk.buy(made["b"].skus[0].sku_id)
    await files.desk.change(made["c"], description="mine")
    assert await files.undo("k") == ImportUndone(removed=1, kept=2)
    left = await named(files)
    assert {code: (one.is_on_shelf, one.description) for code, one in left.items()} == {
        "b": (False, ""),
        "c": (False, "mine"),
    }
    assert stock_of(files.desk.database, left["b"].skus[0].sku_id)[:2] == (5, 1)
    check_books(files.desk.database)


async def test_stock_that_came_by_an_import_and_was_sold_is_not_taken_back(files: Files) -> None:
    await files.take("title,code,price,stock\n茶,tea,49,1\n", in_room=True)
    await files.take("code,stock\ntea,3\n", key="k", stock=StockOf.COUNT)
    sku_id = (await named(files))["tea"].skus[0].sku_id
    for buyer in ("ann", "ben"):
        await files.desk.buy(sku_id, buyer)
    assert await files.undo("k") == ImportUndone(left=[UndoLeft("茶", ["stock"])])
    assert stock_of(files.desk.database, sku_id)[:2] == (3, 2)
    check_books(files.desk.database)


async def test_stock_that_staff_counted_since_an_import_is_as_they_counted_it(files: Files) -> None:
    await files.take(TWO)
    await files.take("code,stock\ntea,2\ncup,9\n", key="k", stock=StockOf.COUNT)
    by_code = {code: one.skus[0].sku_id for code, one in (await named(files)).items()}
    with files.desk.database.shop_transaction() as connection:
        move_by_staff(connection, by_code["tea"], MoveStock("shelf", count=40), actor="host", now_ms=1)
        move_by_staff(connection, by_code["cup"], MoveStock("broken", delta=-1), actor="host", now_ms=1)
    assert await files.undo("k") == ImportUndone(restored=1, left=[UndoLeft("茶", ["stock"])])
    assert stock_of(files.desk.database, by_code["tea"])[0] == 40
    assert stock_of(files.desk.database, by_code["cup"])[0] == 2
    check_books(files.desk.database)


async def test_two_imports_that_counted_are_taken_back_one_after_the_other(files: Files) -> None:
    await files.take(TWO)
    sku_id = (await named(files))["tea"].skus[0].sku_id
    await files.take("code,stock\ntea,2\n", key="one", stock=StockOf.COUNT)
    await files.take("code,stock\ntea,70\n", key="two", stock=StockOf.COUNT)
    assert await files.undo("two") == ImportUndone(restored=1)
    assert await files.undo("one") == ImportUndone(restored=1)
    assert stock_of(files.desk.database, sku_id)[0] == 5


async def test_skus_that_came_by_an_import_retire_and_those_that_were_there_stay(files: Files) -> None:
    made = await files.desk.create(skus=SIZES)
    await files.take(
        f"product,title,option1 name,option1 value,price\n{made.spu_id},tea,size,XL,3\n", key="k"
    )
    grown = await files.desk.see(made)
    assert [sku.is_active for sku in grown.skus] == [True, True, True]
    await files.undo("k")
    assert [sku.is_active for sku in (await files.desk.see(made)).skus] == [True, True, False]


async def test_a_price_comes_back_with_the_reference_that_the_rule_allows(files: Files, clock: Clock) -> None:
    await files.take("title,code,price,reference price\n茶,tea,49,99\n")
    await files.take("code,price,reference price\ntea,59,\n", key="k")
    clock.turn(1_000)
    files.follow(Profile.EU)
    await files.undo("k")
    [sku] = (await named(files))["tea"].skus
    assert (sku.price_minor, sku.reference_minor) == (4_900, 5_900)


async def test_an_import_that_nobody_knows_is_not_taken_back(files: Files) -> None:
    assert await files.undo("other") is None
    await files.take(TWO, key="dry", dry=True)
    assert await files.undo("dry") is None
