import asyncio
from pathlib import Path

import msgspec
import pytest

from backend.contract.exchange import FileFormat, ImportReport, LineProblem, PicturesOf, StockOf
from backend.contract.listing import MOST_LISTED
from backend.contract.products import ChangeSku, NewSku
from backend.contract.sale_settings import Profile
from backend.contract.stock import MoveStock
from backend.shop.catalog.exchange import linked_pictures
from backend.shop.catalog.exchange.exchange import ImportWish
from backend.shop.catalog.exchange.tables import FileError
from backend.shop.idempotency import KeyReused
from backend.shop.orders.results import Placed
from backend.shop.people import Person
from backend.shop.stock.counting import move_by_staff
from tests.backend.kinds import as_type
from tests.backend.shop.catalog.desk import SIZES
from tests.backend.shop.catalog.exchange.importer import TWO, Files
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import (
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

FILES = Path(__file__).parent / "files"


async def test_a_line_with_a_price_that_may_not_be_crossed_out_says_why(files: Files, clock: Clock) -> None:
    await files.take(TWO)
    clock.turn(1_000)
    files.follow(Profile.EU)
    report = await files.take("code,price,reference price\ntea,39,60\n")
    [fault] = report.refused
    assert (report.changed, fault.line, fault.column) == (0, 2, "reference_minor")
    assert fault.problem is LineProblem.REFERENCE_OFFERED
    assert "lowest price of the 30 days" in fault.why


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return (report.created, report.changed, report.unchanged, report.refused_count)


async def test_products_of_a_file_are_added_and_the_same_file_changes_nothing(files: Files) -> None:
    assert counts(await files.take(TWO)) == (2, 0, 0, 0)
    assert counts(await files.take(TWO)) == (0, 0, 2, 0)
    made = {one.title: one for one in await files.all()}
    assert [(sku.price_minor, sku.on_hand, sku.code) for sku in made["茶"].skus] == [(4_900, 5, "tea")]
    assert made["杯"].skus[0].price_minor == 950
    check_books(files.desk.database)


async def test_lines_change_what_they_say_of_the_sku_that_has_their_code(files: Files) -> None:
    await files.take(TWO)
    report = await files.take("code,price,floor price\ntea,39,20\n")
    assert counts(report) == (0, 1, 0, 0)
    tea = next(one for one in await files.all() if one.title == "茶")
    assert (tea.skus[0].price_minor, tea.skus[0].floor_minor, tea.skus[0].on_hand) == (3_900, 2_000, 5)


async def test_a_dry_run_tells_the_same_and_changes_nothing(files: Files) -> None:
    text = TWO + "x,bad,five,\n"
    dry = await files.take(text, dry=True)
    assert await files.all() == []
    real = await files.take(text)
    assert dry == msgspec.structs.replace(real, is_dry_run=True)
    assert counts(real) == (2, 0, 0, 1)


async def test_each_refused_line_is_named_with_its_column_and_why(files: Files) -> None:
    text = (
        "product,title,code,Price,Floor Price,option1 name,option1 value\n"
        "a,A,a1,10,,size,S\n"
        "a,A,a2,ten,,size,L\n"
        "b,B,b1,10,11,,\n"
        "c,,c1,10,,,\n"
        "d,D,d1,,,,\n"
        "e,E,same,1,,,\n"
        "f,F,same,1,,,\n"
        "g,G,g1,1,,size,S\n"
        "g,G,g2,1,,size,S\n"
        "h,H,h1,1,,,\n"
    )
    report = await files.take(text)
    assert counts(report) == (1, 0, 0, 9)
    told = {(one.line, one.column) for one in report.refused}
    assert told == {
        (2, ""),
        (3, "Price"),
        (4, "floor_minor"),
        (5, "title"),
        (6, "Price"),
        (7, "code"),
        (8, "code"),
        (9, ""),
        (10, "specs"),
    }
    assert all(one.why for one in report.refused)
    assert [one.title for one in await files.all()] == ["H"]


async def test_the_export_imports_again_unchanged_and_into_an_empty_shop_alike(
    files: Files, clock: Clock
) -> None:
    made = await files.desk.create(
        "=HYPERLINK(1)", SIZES, tags=["a,b", "c"], description='x\n"y"', category="@c"
    )
    await files.desk.change(made, ChangeSku(made.skus[0].sku_id, is_active=False))
    put_on_sale(files.desk.database, "box", stock=0, components={made.skus[1].sku_id: 2})
    for kind in (FileFormat.CSV, FileFormat.JSON):
        content = await files.exchange.export(kind)
        assert counts(await files.take(content)) == (0, 0, 2, 0)
    assert b"'=HYPERLINK" in await files.exchange.export(FileFormat.CSV)


async def test_stock_moves_by_what_was_changed_in_the_file_and_what_sold_stays_sold(files: Files) -> None:
    made = await files.desk.create(skus=[NewSku(100, stock=10)])
    sku_id = made.skus[0].sku_id
    content = (await files.exchange.export(FileFormat.CSV)).decode()
    wanted = order_of(await quoted(files.desk.shop, lines_of(**{sku_id: 4})), address=home_of("ann"))
    placed = await files.desk.shop.place(Person("ann", ROOM), wanted, request_of("ann", "k", wanted))
    as_type(Placed, placed)
    assert counts(await files.take(content)) == (0, 0, 1, 0)
    assert counts(await files.take(content.replace(",10,10,", ",15,10,"))) == (0, 1, 0, 0)
    assert stock_of(files.desk.database, sku_id)[:2] == (15, 4)
    refused = await files.take(content.replace(",10,10,", ",0,12,"))
    assert [(one.line, one.column) for one in refused.refused] == [(2, "stock")]
    assert stock_of(files.desk.database, sku_id)[:2] == (15, 4)
    check_books(files.desk.database)


async def test_a_stock_without_what_was_is_left_or_counted_as_one_says(files: Files) -> None:
    await files.take(TWO)
    more = TWO.replace(",5\n", ",7\n")
    assert counts(await files.take(more)) == (0, 0, 2, 0)
    assert counts(await files.take(more, stock=StockOf.COUNT)) == (0, 1, 1, 0)
    tea = next(one for one in await files.all() if one.title == "茶")
    assert tea.skus[0].on_hand == 7
    check_books(files.desk.database)


async def test_a_dash_clears_and_an_empty_cell_says_nothing(files: Files) -> None:
    head = "code,title,price,category,tags,limit per buyer\n"
    await files.take(head + 'tea,茶,1,drinks,"a,b",3\n')
    await files.take(head + "tea,,,,,\n")
    [kept] = await files.all()
    assert (kept.category, kept.tags, kept.skus[0].limit_per_buyer) == ("drinks", ["a", "b"], 3)
    await files.take(head + "tea,,,-,-,-\n")
    [cleared] = await files.all()
    assert (cleared.category, cleared.tags, cleared.skus[0].limit_per_buyer) == ("", [], None)


async def test_the_same_key_does_nothing_twice_and_another_file_under_it_is_refused(files: Files) -> None:
    text = "title,price\n" + "".join(f"p{number},1\n" for number in range(45))
    first, again = [await files.take(text, key="once") for _ in range(2)]
    assert first == again
    assert counts(first) == (45, 0, 0, 0)
    assert len(await files.all()) == 45


async def test_new_products_are_listed_in_the_room_until_it_is_full(files: Files) -> None:
    text = "title,price\n" + "".join(f"p{number},1\n" for number in range(MOST_LISTED + 3))
    report = await files.take(text, in_room=True)
    assert counts(report) == (MOST_LISTED, 0, 0, 3)
    assert [one.line for one in report.refused] == [MOST_LISTED + 2, MOST_LISTED + 3, MOST_LISTED + 4]
    assert len((await files.desk.shop.products(ROOM)).products) == MOST_LISTED


async def test_another_file_under_a_used_key_is_refused(files: Files) -> None:
    await files.take(TWO, key="once")
    request = files.desk.request(msgspec.Raw(b"2"))  # type: ignore[arg-type]
    request = msgspec.structs.replace(request, key="once")
    result = await files.exchange.import_file(STAFF, b"title,price\nz,1\n", ImportWish(), request)
    assert isinstance(result, KeyReused)


@pytest.mark.parametrize("name", ["shopify_older.csv", "shopify_newer.csv", "woocommerce.csv"])
async def test_files_of_others_are_imported_and_again_change_nothing(files: Files, name: str) -> None:
    content = (FILES / name).read_bytes()
    first, again = await files.take(content), await files.take(content)
    assert first.created > 0
    assert (again.created, again.changed, again.unchanged) == (0, 0, first.created)
    assert first.refused == again.refused
    check_books(files.desk.database)


async def test_pictures_behind_links_are_fetched_once_and_given_to_their_products(files: Files) -> None:
    content = (FILES / "shopify_older.csv").read_bytes().replace(b"2.jpg", b"gone.jpg")
    assert (await files.take(content)).pictures == 0
    report = await files.take(content, pictures=PicturesOf.FETCH)
    assert (report.pictures, [one.link for one in report.pictures_refused]) == (
        2,
        ["https://cdn.example.com/gone.jpg"],
    )
    assert report.pictures_left == 0
    shirt = next(one for one in await files.all() if one.title == "Shirt")
    assert len(shirt.pictures) == 2
    assert all(files.desk.pictures.has(picture.name) for picture in shirt.pictures)
    asked = len(files.album.asked)
    await files.take(
        (FILES / "shopify_older.csv").read_bytes().replace(b"2.jpg", b"1.jpg"), pictures=PicturesOf.FETCH
    )
    assert len(files.album.asked) == asked


def with_links(*links: str) -> str:
    lines = [f"p{number},1,10,c{number},{link}\n" for number, link in enumerate(links)]
    return "title,price,stock,code,pictures\n" + "".join(lines)


async def test_links_left_over_are_followed_without_the_stock_of_before(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linked_pictures, "MOST_FETCHED", 1)
    text = with_links(*(f"https://x.example/{name}.jpg" for name in ("gone", "b", "c")))

    async def take(after: int) -> ImportReport:
        fetch = PicturesOf.FETCH
        return await files.take(text, stock=StockOf.COUNT, pictures=fetch, key="once", pictures_after=after)

    await files.take(with_links("", "", ""))
    first = await take(0)
    assert (first.pictures, first.pictures_left, first.pictures_next) == (0, 2, 1)
    sku_id = next(one.skus[0].sku_id for one in await files.all() if one.title == "p0")
    await files.desk.shop.writer.run(
        lambda connection: move_by_staff(
            connection, sku_id, MoveStock("sold elsewhere", delta=-9), actor="ann", now_ms=1
        )
    )
    second = await take(1)
    third = await take(2)
    assert (second.pictures, second.pictures_next) == (1, 2)
    assert (third.pictures, third.pictures_left, third.pictures_next) == (1, 0, None)
    assert [link[-5] for link in files.album.asked] == ["e", "b", "c"]
    assert stock_of(files.desk.database, sku_id)[0] == 1


async def test_a_product_that_refuses_its_picture_is_told(files: Files) -> None:
    text = with_links("https://x.example/a.jpg")
    files.album.opens.clear()
    importing = asyncio.get_running_loop().create_task(files.take(text, pictures=PicturesOf.FETCH))
    await asyncio.wait_for(files.album.is_asked.wait(), 10)
    [made] = await files.all()
    await files.desk.products.remove(STAFF, made.spu_id, made.version)
    files.album.opens.set()
    report = await importing
    assert (report.pictures, [one.link for one in report.pictures_refused]) == (
        0,
        ["https://x.example/a.jpg"],
    )


async def test_another_file_is_imported_while_pictures_are_fetched(files: Files) -> None:
    files.album.opens.clear()
    text = with_links("https://x.example/a.jpg")
    slow = asyncio.get_running_loop().create_task(files.take(text, pictures=PicturesOf.FETCH))
    await asyncio.wait_for(files.album.is_asked.wait(), 10)
    assert counts(await files.take(TWO)) == (2, 0, 0, 0)
    assert not slow.done()
    files.album.opens.set()
    assert (await slow).pictures == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xff",
        b"name,cost\na,1\n",
        b"{",
        b'{"products": 1}',
        b'{"products": [{"skus": [{"price_minor": -1}]}]}',
        b'{"products": [], "currency": "USD"}',
        b"[" * 100_000,
    ],
)
async def test_what_is_no_catalogue_is_refused_whole(files: Files, content: bytes) -> None:
    with pytest.raises(FileError):
        await files.take(content)


async def test_an_import_of_thousands_of_lines_lets_others_buy_meanwhile(files: Files) -> None:
    put_on_sale(files.desk.database, "cup", stock=50)
    quote = await quoted(files.desk.shop, lines_of(cup=1))
    text = "title,code,price\n" + "".join(f"p{number},c{number},1\n" for number in range(2_000))

    async def buy(number: int) -> None:
        buyer = f"b{number}"
        wanted = order_of(quote, address=home_of(buyer))
        as_type(
            Placed, await files.desk.shop.place(Person(buyer, ROOM), wanted, request_of(buyer, "k", wanted))
        )

    importing = asyncio.get_running_loop().create_task(files.take(text))
    for number in range(5):
        await buy(number)
        assert not importing.done()
    assert counts(await importing) == (2_000, 0, 0, 0)
    check_books(files.desk.database)
