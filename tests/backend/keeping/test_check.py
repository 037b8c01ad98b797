"""The check of the books: a sound shop is sound, and each thing that is bent is named where it is bent."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from backend.contract.cases import Case
from backend.contract.orders import Order
from backend.keeping.check import CheckOptions, check, findings
from backend.keeping.errors import KeepingError
from backend.shop.shop import Shop
from backend.storage.database import open_database
from tests.backend.http.api.shopping import CUP, TEA, Buyer, Market, answer, line, open_market
from tests.backend.http.api.test_case_routes import ALL, until_refunded
from tests.backend.keeping.programs import run_main
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import open_rooms, put_on_sale
from tests.backend.shop.test_crowd import buy
from tests.support.adults import say_age
from tests.support.postgres import Postgres

REFUND = {"kind": "refund_only", "lines": ALL, "reason": "another colour"}


def wrong(folder: Path) -> list[str]:
    return [f"{one.where}: {one.what}" for one in findings(CheckOptions(data=folder))]


async def refund(market: Market, buyer: Buyer, order: Order) -> None:
    """Let a buyer ask for money back, and staff give it."""
    opened = answer(Case, await buyer.post(f"orders/{order.order_id}/cases", REFUND), 201)
    for action in ("approve", "refund"):
        answer(Case, await market.host.post(f"cases/{opened.case_id}/{action}", {}))
    await until_refunded(buyer, order)


async def sell(folder: Path) -> None:
    """Let orders wait, be paid, paid twice, paid wrongly, given up, transferred, and paid back in part."""
    async with open_market(folder) as market:
        buyer = await market.buyer()
        order = await buyer.order(line(CUP))
        for outcome in ("pay", "duplicate", "wrong_amount", "fail"):
            order = await buyer.order(line(TEA))
            await market.cashier(await buyer.attempt(order), outcome)
            if outcome in {"pay", "duplicate"}:
                await market.until_paid(buyer, order)
        # Few orders of one buyer may wait for their money.
        assert (await buyer.post(f"orders/{order.order_id}/cancel", {})).status_code == 200
        two = (line(TEA), line("chair"))
        await market.sell("chair", price_minor=700, stock=5)
        online = await buyer.order(*two)
        await market.cashier(await buyer.attempt(online), "pay")
        await market.until_paid(buyer, online)
        transfer = await buyer.order(*two, method="transfer")
        paid = await market.host.post(f"orders/{transfer.order_id}/paid", {"reason": "seen"})
        assert paid.status_code == 200
        for order in (online, transfer):
            await refund(market, buyer, order)
        await say_age(market.http, buyer.token)
        coins = answer(Order, await buyer.post("coin-orders", {"coins": 60, "price_minor": 600}), 201)
        await market.cashier(await buyer.attempt(coins), "pay")
        await market.until_paid(buyer, coins)


@pytest.fixture(scope="module")
def sold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a shop that sold."""
    folder = tmp_path_factory.mktemp("sold")
    asyncio.run(sell(folder))
    return folder


@pytest.fixture
def bent(sold: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    shutil.copy(sold / "livestall.db", tmp_path)
    return tmp_path


def test_the_books_of_a_shop_that_sold_agree(sold: Path) -> None:
    assert wrong(sold) == []
    done = run_main("check", "--data", sold)
    assert (done.returncode, done.stdout, done.stderr.strip()) == (0, "", "The books agree.")


NAMED = {
    "@PAID": "(SELECT attempt_id FROM payment_attempts WHERE state = 'paid' ORDER BY created_at_ms LIMIT 1)",
    "@GONE": "(SELECT refund_id FROM refunds WHERE state = 'done' LIMIT 1)",
    "@ORDER": "(SELECT order_id FROM orders WHERE payment_state = 'paid' ORDER BY order_id LIMIT 1)",
    "@BACK": "(SELECT order_id FROM orders WHERE payment_state = 'part_refunded' ORDER BY order_id LIMIT 1)",
    "@MOVED": "(SELECT journal_id FROM shop_journal WHERE kind = 'payment' ORDER BY journal_id LIMIT 1)",
    "@GIVEN": "(SELECT min(journal_id) FROM shop_journal WHERE kind = 'refund')",
}


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE shop_postings SET amount_minor = amount_minor + 1 WHERE journal_id = @MOVED", "not to 0"),
        ("DELETE FROM shop_postings WHERE journal_id = @MOVED AND amount_minor > 0", "not to 0"),
        ("UPDATE suspense SET amount_minor = amount_minor + 1", "money put aside in CNY: 16800 wait"),
        ("UPDATE suspense SET returned_minor = 1", "money put aside in CNY: 16798 wait"),
        ("UPDATE suspense SET settled_at_ms = 1", "0 wait to be settled, the journal has 16799 of them"),
        ("UPDATE stock SET on_hand = on_hand + 1 WHERE sku_id = 'rose-tea'", "stock of rose-tea: on hand"),
        ("UPDATE stock SET reserved = -1 WHERE sku_id = 'chair'", "stock of chair: on hand 3, reserved -1"),
        ("DELETE FROM stock WHERE sku_id = 'chair'", "stock of chair: it has movements, and no count"),
        (
            "DELETE FROM stock_movements WHERE movement_id = (SELECT max(movement_id) FROM stock_movements "
            "WHERE kind = 'release')",
            "it is cancelled and unpaid, and 1 of rose-tea are kept for it",
        ),
        (
            "UPDATE orders SET total_minor = total_minor - 1 WHERE order_id = @ORDER",
            "its lines and shipping",
        ),
        ("DELETE FROM order_changes WHERE version = 2 AND order_id = @ORDER", "has 1 changes up to 1"),
        (
            "UPDATE payment_attempts SET state = 'closed' WHERE attempt_id = @PAID",
            "it is paid, and was paid 0",
        ),
        (
            "UPDATE payment_attempts SET amount_minor = 1 WHERE attempt_id = @PAID",
            "it is paid with 1, the",
        ),
        (
            "UPDATE orders SET payment_state = 'unpaid' WHERE order_id = @ORDER",
            "it is unpaid, and was paid 1",
        ),
        ("UPDATE orders SET payment_state = 'paid' WHERE order_id = @BACK", "it is paid, and 16800 of"),
        (
            "UPDATE refunds SET amount_minor = 1 WHERE refund_id = @GONE",
            "it is done with 1, the journal has",
        ),
        ("UPDATE shop_journal SET ref = 'moon' WHERE journal_id = @GIVEN", "shop journal, refund moon"),
        ("UPDATE shop_journal SET ref = 'moon' WHERE journal_id = @MOVED", "shop journal, payment moon"),
        ("UPDATE shop_outbox SET taken_at_ms = NULL, at_ms = 0 WHERE outbox_id = 1", "room main: 1 messages"),
        ("UPDATE refunds SET state = 'requested', at_ms = 0 WHERE refund_id = @GONE", "wait since"),
        (
            "INSERT INTO webhook_targets VALUES ('t', 'main', 'https://a.example', '[]', 0);"
            "INSERT INTO webhook_messages VALUES ('t', 'm', 'order.paid', 'o', '{}', 'waiting', 0, 0, 7, 9, "
            "NULL, '', NULL)",
            "webhooks to https://a.example: 1 messages should have been sent",
        ),
        ("INSERT INTO shop_settings VALUES ('restored', '7')", "restored backup"),
        ("UPDATE orders SET coins = 61 WHERE coins = 60", "paid with 61 coins, 60 came into the wallet"),
        ("UPDATE order_lines SET refunded = 9 WHERE sku_id = 'livestall:coins'", "and 0 of 9 went back"),
        (
            "UPDATE shop_journal SET ref = 'moon' WHERE kind = 'coins_bought'",
            "shop journal, coins_bought moon: there is no such order of coins",
        ),
        (
            "INSERT INTO wallets VALUES ('x', 5, 1, 0)",
            "wallet of x: it holds 5 coins, its movements say 0",
        ),
        ("UPDATE orders SET room_id = 1; DELETE FROM rooms", "belongs to a row of rooms that is not there"),
    ],
)
def test_each_thing_that_is_bent_is_named(bent: Path, statement: str, told: str) -> None:
    with closing(sqlite3.connect(bent / "livestall.db")) as database:
        database.execute("PRAGMA ignore_check_constraints=ON")
        for name, query in NAMED.items():
            statement = statement.replace(name, query)
        database.executescript(statement)
        database.commit()
    found = wrong(bent)
    assert any(told in one for one in found), found
    assert check(CheckOptions(data=bent)) == 1


def test_coins_that_do_not_sum_up_and_wallets_that_are_gone_are_named(bent: Path) -> None:
    with closing(sqlite3.connect(bent / "livestall.db")) as database:
        database.executescript(
            "INSERT INTO shop_journal VALUES (900, 'gift', 'r', 'XLC', 0);"
            "INSERT INTO shop_postings VALUES (900, 'wallet:x', -5);"
        )
    assert wrong(bent) == [
        "shop journal, gift r: its sides sum up to -5, not to 0",
        "wallet:x: there is no such wallet, its movements say -5",
    ]


def test_a_check_changes_nothing_and_asks_for_the_same_version(bent: Path) -> None:
    before = (bent / "livestall.db").read_bytes()
    assert wrong(bent) == []
    assert (bent / "livestall.db").read_bytes() == before
    with closing(sqlite3.connect(bent / "livestall.db")) as database:
        database.executescript("UPDATE alembic_version SET version_num = 'orders'")
    with pytest.raises(KeepingError, match="another version"):
        wrong(bent)


def test_what_cannot_be_checked_is_told(tmp_path: Path) -> None:
    done = run_main("check", "--data", tmp_path)
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    (tmp_path / "livestall.db").write_bytes(b"no database at all, but long enough to be read as one" * 99)
    done = run_main("check", "--data", tmp_path)
    assert done.returncode == 2
    assert "not a database" in done.stderr


async def test_the_books_on_a_server_are_checked_the_same(postgres: Postgres, tmp_path: Path) -> None:
    address = postgres.new_database()
    database = open_database(tmp_path, address)
    open_rooms(database)
    put_on_sale(database, "tea", stock=5)
    shop = Shop(database, clock_ms=Clock())
    await buy(shop, "b1", "k", tea=2)
    options = CheckOptions(data=tmp_path, database=address)
    assert list(findings(options, Clock())) == []
    with database.transaction() as connection:
        connection.execute(text("UPDATE stock SET sold = 1"))
    (found,) = findings(options, Clock())
    assert found.where == "stock of tea"
    assert found.what == "on hand, reserved, sold are (5, 2, 1), its movements say (5, 2, 0)"
    await asyncio.to_thread(shop.close)
    database.close()
