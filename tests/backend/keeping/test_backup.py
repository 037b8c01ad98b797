"""Backups of shops that sell meanwhile, of full disks and killed processes."""

import asyncio
import os
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from backend.keeping.backup import BackupOptions, take_backup
from backend.keeping.check import CheckOptions, findings
from backend.keeping.errors import KeepingError
from backend.keeping.progress import Progress
from backend.keeping.restore import RestoreOptions, restore_backup
from backend.storage.database import open_database
from backend.storage.tables import SHARED_SECRETS
from tests.backend.http.api.shopping import TEA, Buyer, line, open_market
from tests.backend.keeping.programs import killed_when, run_main, start_main
from tests.backend.shop.goods import open_rooms, put_on_sale
from tests.support.migrated import open_migrated
from tests.support.postgres import Postgres


def wrong_in(folder: Path, address: str | None = None) -> list[str]:
    """What the check finds wrong, besides that the backup is restored."""
    found = findings(CheckOptions(data=folder, database=address))
    return [f"{one.where}: {one.what}" for one in found if one.where != "restored backup"]


def orders_in(folder: Path) -> set[str]:
    with closing(sqlite3.connect(folder / "livestall.db")) as database:
        return {row[0] for row in database.execute("SELECT order_id FROM orders")}


async def test_a_backup_of_a_shop_that_sells_meanwhile_is_of_one_moment(tmp_path: Path) -> None:
    shop, back = tmp_path / "shop", tmp_path / "back"
    shop.mkdir()
    (shop / "products").mkdir()
    (shop / "products" / "tea.png").write_bytes(b"a picture")
    files = [tmp_path / f"{number}.zip" for number in range(4)]
    async with open_market(shop) as market:
        await market.sell("rice", price_minor=100, stock=10_000)
        buyers = [await market.buyer() for _ in range(2)]
        is_over = asyncio.Event()

        async def buy(buyer: Buyer) -> str:
            order = await buyer.order(line("rice"))
            await market.cashier(await buyer.attempt(order), "pay")
            return (await market.until_paid(buyer, order)).order_id

        async def shopping(buyer: Buyer) -> None:
            while not is_over.is_set():
                await buy(buyer)

        before = {await buy(buyer) for buyer in buyers}
        async with asyncio.TaskGroup() as tasks:
            for buyer in buyers:
                tasks.create_task(shopping(buyer))
            for file in files:
                options = BackupOptions(file=file, data=shop)
                await asyncio.to_thread(take_backup, options, Progress())
            is_over.set()
    everything = orders_in(shop)
    for number, file in enumerate(files):
        await asyncio.to_thread(
            restore_backup, RestoreOptions(file=file, data=back / str(number)), Progress()
        )
        assert before <= orders_in(back / str(number)) <= everything
        assert wrong_in(back / str(number)) == []
        assert (back / str(number) / "products" / "tea.png").read_bytes() == b"a picture"


def shop_in(folder: Path) -> Path:
    """A data folder with something in it."""
    folder.mkdir()
    database = open_migrated(folder)
    open_rooms(database)
    put_on_sale(database, TEA)
    with database.transaction() as connection:
        connection.execute(insert(SHARED_SECRETS).values(name="cluster", secret="very-secret-indeed"))
    database.close()
    (folder / "secret").write_text("the signing secret of this folder, long enough")
    return folder


def test_secrets_are_in_a_backup_only_when_they_are_asked_for(tmp_path: Path) -> None:
    shop, plain, full = shop_in(tmp_path / "shop"), tmp_path / "plain.zip", tmp_path / "full.zip"
    take_backup(BackupOptions(file=plain, data=shop), Progress())
    take_backup(BackupOptions(file=full, data=shop, has_secrets=True), Progress())
    contents = {}
    for path in (plain, full):
        with zipfile.ZipFile(path) as zipped:
            contents[path] = {name: zipped.read(name) for name in zipped.namelist()}
    assert not any(name.startswith("secrets/") for name in contents[plain])
    assert not any(b"very-secret-indeed" in content for content in contents[plain].values())
    assert b"very-secret-indeed" in contents[full]["database/livestall.db"]
    assert contents[full]["secrets/secret"] == (shop / "secret").read_bytes()


def test_a_file_that_is_there_is_replaced_only_when_that_is_asked_for(tmp_path: Path) -> None:
    shop, file = shop_in(tmp_path / "shop"), tmp_path / "shop.zip"
    take_backup(BackupOptions(file=file, data=shop), Progress())
    first = file.read_bytes()
    with pytest.raises(KeepingError, match="--replace"):
        take_backup(BackupOptions(file=file, data=shop), Progress())
    assert file.read_bytes() == first
    take_backup(BackupOptions(file=file, data=shop, replaces=True), Progress())
    assert run_main("backup", file, "--data", shop).returncode == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["shop", "shop.zip"]


def test_a_backup_that_is_killed_midway_leaves_no_file_and_the_next_one_clears_up(tmp_path: Path) -> None:
    shop, file = shop_in(tmp_path / "shop"), tmp_path / "shop.zip"
    (shop / "products").mkdir()
    (shop / "products" / "large.png").write_bytes(os.urandom(32 * 1024 * 1024))
    draft = tmp_path / "shop.zip.new"
    with start_main("backup", file, "--data", shop) as process:
        killed_when(process, lambda: draft.exists() and draft.stat().st_size > 1_000_000)
    assert not file.exists()
    done = run_main("backup", file, "--data", shop)
    assert done.returncode == 0, done.stderr
    assert "2 files" in done.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["shop", "shop.zip"]


@pytest.mark.parametrize("most_bytes", [100_000, 1_000_000])
def test_a_full_disk_is_told_and_leaves_the_older_backup(tmp_path: Path, most_bytes: int) -> None:
    shop, file = shop_in(tmp_path / "shop"), tmp_path / "shop.zip"
    take_backup(BackupOptions(file=file, data=shop), Progress())
    older = file.read_bytes()
    (shop / "products").mkdir()
    (shop / "products" / "large.png").write_bytes(os.urandom(2 * 1024 * 1024))
    full = run_main("backup", file, "--replace", "--data", shop, most_bytes=most_bytes)
    assert full.returncode == 2
    assert "free" in full.stderr
    assert file.read_bytes() == older
    assert sorted(path.name for path in tmp_path.iterdir()) == ["shop", "shop.zip"]


def test_a_damaged_database_is_not_taken_for_a_backup(tmp_path: Path) -> None:
    shop = shop_in(tmp_path / "shop")
    whole = (shop / "livestall.db").read_bytes()
    middle = len(whole) // 2
    (shop / "livestall.db").write_bytes(whole[:middle] + os.urandom(64 * 1024) + whole[middle + 65536 :])
    with pytest.raises(KeepingError, match="damaged"):
        take_backup(BackupOptions(file=tmp_path / "shop.zip", data=shop), Progress())
    assert not (tmp_path / "shop.zip").exists()


def test_a_folder_without_a_database_has_nothing_to_back_up(tmp_path: Path) -> None:
    done = run_main("backup", tmp_path / "shop.zip", "--data", tmp_path)
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert "--data or --database" in done.stderr


def test_a_server_is_backed_up_and_restored_by_its_own_programs(postgres: Postgres, tmp_path: Path) -> None:
    address, file = postgres.new_database(), tmp_path / "shop.zip"
    database = open_database(tmp_path, address)
    open_rooms(database)
    put_on_sale(database, TEA, stock=7)
    with database.transaction() as connection:
        connection.execute(insert(SHARED_SECRETS).values(name="cluster", secret="very-secret-indeed"))
    taken = take_backup(BackupOptions(file=file, data=tmp_path, database=address), Progress())
    assert list(taken.files) == ["database/livestall.sql"]

    again = postgres.new_database()
    restore_backup(RestoreOptions(file=file, data=tmp_path / "new", database=again), Progress())
    assert wrong_in(tmp_path, again) == []
    restored = open_database(tmp_path, again)
    with restored.reading() as connection:
        assert list(connection.scalars(select(SHARED_SECRETS.c.secret))) == []
    with pytest.raises(KeepingError, match="Others work"):
        restore_backup(RestoreOptions(file=file, data=tmp_path / "new", database=again), Progress())
    restored.close()
    with pytest.raises(KeepingError, match="not empty"):
        restore_backup(RestoreOptions(file=file, data=tmp_path / "new", database=again), Progress())
    options = RestoreOptions(file=file, data=tmp_path / "new", database=again, replaces=True)
    restore_backup(options, Progress())
    assert wrong_in(tmp_path, again) == []
    database.close()


def test_a_server_without_its_programs_here_is_told_with_the_remedy(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = postgres.new_database()
    open_database(tmp_path, address).close()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(KeepingError, match="apt install postgresql-client"):
        take_backup(BackupOptions(file=tmp_path / "a.zip", data=tmp_path, database=address), Progress())
    assert not (tmp_path / "a.zip").exists()
