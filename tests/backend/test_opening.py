import asyncio
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import event, insert, select
from typing_extensions import override

from backend.contract.base import Message, RejectReason
from backend.contract.gifts import SendGift
from backend.contract.live import GoLive, LivePhase
from backend.features.feature_set import FeatureSet
from backend.features.live.live import RecordPublisher
from backend.features.live.store import RoomRow, RoomStore
from backend.identity.accounts import AccountStore
from backend.log.event_log import EventLog
from backend.opening import RoomOpening
from backend.options import ServeOptions
from backend.room.history import History
from backend.room.room import Room
from backend.shop.room_products import CatalogStore
from backend.shop.shop import Shop
from backend.storage.coupon_tables import COUPONS
from backend.storage.database import FILE_NAME, Database, StorageError
from backend.storage.tables import LIVE_SESSIONS
from tests.backend.features.cases import ANNA, BASE, CASES, HOST, Case, Step, made
from tests.backend.room.lines import FakeLine
from tests.support.adults import let_be_adults
from tests.support.coin_books import wallets
from tests.support.migrated import open_migrated

ROOT = Path(__file__).parents[2]
OLD = Path(__file__).parent / "data" / "before_one_log.sql"
WRITES = ("INSERT", "UPDATE", "DELETE", "COMMIT")


class KilledError(StorageError):
    """Nothing reaches the disk any more, as after kill -9."""


class DyingDatabase(Database):
    """A database whose process dies at a chosen write: neither that nor any later one is kept."""

    writes_left: int | None = None

    def watch(self) -> None:
        """Begin to count; each statement that writes is one, and so is each commit."""
        event.listen(self._engine, "before_cursor_execute", self._on_execute)
        event.listen(self._engine, "commit", lambda _connection: self._spend())

    def _on_execute(self, _connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith(WRITES):
            self._spend()

    def _spend(self) -> None:
        if self.writes_left is None:
            return
        self.writes_left -= 1
        if self.writes_left < 0:
            self.die()

    def die(self) -> None:
        """Let nothing be written from now on."""
        raise KilledError("killed")


class KilledDatabase(DyingDatabase):
    """A database whose process really dies there, as by kill -9."""

    @override
    def die(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


def clock_ms() -> int:
    return time.time_ns() // 10**6


def open_room(database: Database, folder: Path) -> Room:
    options = ServeOptions(has_demo=True, data=folder)
    shop = Shop(database, clock_ms=clock_ms)
    opening = RoomOpening(
        "main",
        options,
        folder,
        database=database,
        accounts=AccountStore(database),
        shop=shop,
        clock_ms=clock_ms,
    )
    return opening.open(History("e"))


async def at_work(room: Room, act: Callable[[], Awaitable[None]]) -> None:
    """Run the room while `act` runs."""
    async with asyncio.TaskGroup() as tasks:
        working = tasks.create_task(room.run())
        await act()
        working.cancel()


async def carry_out(room: Room, *steps: Step) -> None:
    """Let these steps be done, one after the other."""
    for command, actor in steps:
        rejection = await room.execute(made(command, room.snapshot()), actor)
        assert rejection is None, f"{command} was refused: {rejection}"


def make_coupons(database: Database, *coupon_ids: str) -> None:
    """Make coupons that everybody may have."""
    now_ms = clock_ms()
    row = {
        "title": "满减",
        "kind": "fixed",
        "amount_minor": 100,
        "percent_bp": 0,
        "minimum_minor": 0,
        "spu_ids": "[]",
        "quota": 10,
        "per_buyer": 1,
        "begins_at_ms": 0,
        "ends_at_ms": now_ms + 86_400_000,
        "actor": "host",
        "created_at_ms": now_ms,
    }
    with database.transaction() as connection:
        connection.execute(insert(COUPONS), [{"coupon_id": coupon_id, **row} for coupon_id in coupon_ids])


async def prepare(folder: Path, case: Case) -> None:
    """Make a database of a room in which was done what comes before a case."""
    await asyncio.to_thread(folder.mkdir)
    database = await asyncio.to_thread(Database, folder)
    let_be_adults(database, ANNA.user_id)
    make_coupons(database, "coupon-1", "coupon-2")
    room = open_room(database, folder)
    if case.is_anna_there:
        room.enter(FakeLine(), ANNA)
    await at_work(room, lambda: carry_out(room, *BASE, *case.before))
    database.close()


async def die_at_write(folder: Path, kind: type[Message], writes: int) -> bool:
    """Let a backend die at this write of a command; return whether the command got through before."""
    database = DyingDatabase(folder)
    try:
        await _act_and_die(database, folder, kind, writes)
    finally:
        database.close()
    return database.writes_left is not None and database.writes_left >= 0


async def _act_and_die(database: DyingDatabase, folder: Path, kind: type[Message], writes: int) -> None:
    database.watch()
    room, case = open_room(database, folder), CASES[kind]

    async def act() -> None:
        if case.is_anna_there:
            room.enter(FakeLine(), ANNA)
        await room.tick()  # the backend's own beginning is saved
        database.writes_left = writes
        await room.execute(made(case.command, room.snapshot()), case.actor)

    await at_work(room, act)


def read_room(folder: Path) -> tuple[FeatureSet, int]:
    """Open a room again; return its features and how far its log is, where all rows agree with the log."""
    database = open_migrated(folder)
    features = open_room(database, folder)._processor.features
    live, remembered = features.show().live, RoomStore(database, "main").load()
    assert remembered is None or remembered.facts.live.phase is live.phase
    assert remembered is None or remembered.facts.card_product_id == features.cards.state.product_id
    assert bool(features.gifts.state.session_id) is features.live.is_on_air
    with database.transaction() as connection:
        is_open = LIVE_SESSIONS.c.ended_at_ms.is_(None)
        opened = list(connection.scalars(select(LIVE_SESSIONS.c.session_id).where(is_open)))
    assert opened == ([live.session_id] if features.live.is_on_air else [])
    for user_id, coins in wallets(database).items():
        assert features.gifts.wallet(user_id).coins == coins
    for product in CatalogStore(database, "main").load().products:
        assert features.products.get(product.product_id) == product
    number = sum(1 for _record in EventLog(database, "main").after(0))
    database.close()
    return features, number


@pytest.mark.parametrize("kind", CASES, ids=lambda kind: kind.__name__)
async def test_a_backend_killed_at_any_write_of_a_command_finds_the_room_before_or_after_it(
    tmp_path: Path, kind: type[Message]
) -> None:
    prepared = tmp_path / "prepared"
    await prepare(prepared, CASES[kind])
    found: set[int] = set()
    for writes in count():
        folder = tmp_path / str(writes)
        await asyncio.to_thread(shutil.copytree, prepared, folder)
        got_through = await die_at_write(folder, kind, writes)
        _features, number = await asyncio.to_thread(read_room, folder)
        found.add(number)
        if got_through:
            break
    assert len(found) <= 2, f"expected the log before or after the command, found {sorted(found)}"


def kill_at_write(folder: str, name: str, writes: str) -> None:
    """Carry a command out in this process, which dies at the write."""
    kind = next(one for one in CASES if one.__name__ == name)
    database = KilledDatabase(Path(folder))
    asyncio.run(_act_and_die(database, Path(folder), kind, int(writes)))


@pytest.mark.parametrize(("name", "writes"), [("EndLive", 1), ("SendGift", 3), ("SendGift", 5)])
async def test_a_process_killed_in_the_middle_of_a_command_leaves_the_room_before_it(
    tmp_path: Path, name: str, writes: int
) -> None:
    kind = next(one for one in CASES if one.__name__ == name)
    folder = tmp_path / "room"
    await prepare(folder, CASES[kind])
    before, _number = await asyncio.to_thread(read_room, folder)
    play = kill_at_write.__name__
    program = f"import sys; from {__name__} import {play}; {play}(*sys.argv[1:])"
    killed = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", program, str(folder), name, str(writes)],
        cwd=ROOT,
        check=False,
        timeout=60,
    )
    assert killed.returncode == -signal.SIGKILL
    after, _number = await asyncio.to_thread(read_room, folder)
    assert after.live.state.live == before.live.state.live
    assert after.gifts.state == before.gifts.state


async def test_a_database_of_an_ended_room_whose_log_has_an_open_session_is_mended_at_the_start(
    tmp_path: Path,
) -> None:
    database = open_migrated(tmp_path)
    room = open_room(database, tmp_path)

    async def go_live() -> None:
        assert await room.execute(GoLive(), HOST) is None

    await at_work(room, go_live)
    store = RoomStore(database, "main")
    remembered = store.load()
    assert remembered is not None
    live = msgspec.structs.replace(remembered.facts.live, phase=LivePhase.ENDED, reason="host")
    with database.transaction() as connection:
        RoomRow("main").write_live(connection, live, None, remembered.alive_at_ms)
    again = open_room(database, tmp_path)

    async def give() -> None:
        rejection = await again.execute(SendGift(live.session_id, "key-0001", "rose"), ANNA)
        assert rejection is not None
        assert rejection.reason is RejectReason.NOT_LIVE

    await at_work(again, give)
    database.close()


def open_old(folder: Path) -> Database:
    """Open a database made when shows were kept beside the log: on air, paused, with a checkpoint."""
    with sqlite3.connect(folder / FILE_NAME) as connection:
        connection.executescript(OLD.read_text(encoding="utf-8"))
    connection.close()
    return open_migrated(folder)


async def test_a_show_that_an_older_version_kept_goes_on_with_all_that_was_in_it(tmp_path: Path) -> None:
    database = await asyncio.to_thread(open_old, tmp_path)
    room = open_room(database, tmp_path)
    snapshot = room.snapshot()
    assert (snapshot.live.phase, snapshot.live.started_at_ms) == (LivePhase.PAUSED, 1_700_000_000_100)
    assert snapshot.card is not None
    assert (snapshot.card.product.product_id, snapshot.card.shown_at_ms) == ("demo-tea", 1_700_000_000_190)
    assert snapshot.pinned is not None
    assert (snapshot.pinned.danmu.text, snapshot.followers, snapshot.likes) == ("留下", 1, 3)
    assert snapshot.ranking.coins == 2

    async def act() -> None:
        await room.tick()  # the backend's own beginning; the publisher was last seen in 2023
        assert room.snapshot().live.reason == "publisher_lost_timeout"
        await carry_out(room, (RecordPublisher(is_publishing=True), HOST), (GoLive(), HOST))

    await at_work(room, act)
    features, _number = await asyncio.to_thread(read_room, tmp_path)
    assert features.live.state.live.session_id not in {"", snapshot.live.session_id}
    database.close()
