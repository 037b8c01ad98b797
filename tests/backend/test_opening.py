import asyncio
import time
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import event

from backend.contract.base import RejectReason, Role
from backend.contract.cards import HideCard, ShowCard
from backend.contract.gifts import ClaimDemoCoins, SendGift
from backend.contract.live import EndLive, GoLive, LivePhase, PauseLive, ResumeLive
from backend.contract.protocol import Command
from backend.features.actor import Actor
from backend.features.live.live import ON_AIR
from backend.features.live.store import RoomRow, RoomStore
from backend.opening import RoomOpening
from backend.options import ServeOptions
from backend.room.history import History
from backend.room.room import Room
from backend.storage.database import Database, StorageError

HOST = Actor("host", Role.HOST)
ANNA = Actor("anna", Role.VIEWER)
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
            raise KilledError("killed")


def open_room(database: Database, folder: Path) -> Room:
    options = ServeOptions(has_demo=True, data=folder)
    opening = RoomOpening(
        "main", options, folder, database=database, clock_ms=lambda: time.time_ns() // 10**6
    )
    return opening.open(History("e"))


async def at_work(room: Room, act: Callable[[], Awaitable[None]]) -> None:
    """Run the room while `act` runs."""
    async with asyncio.TaskGroup() as tasks:
        working = tasks.create_task(room.run())
        await act()
        working.cancel()


BEFORE: dict[type[Command], list[Command]] = {
    GoLive: [],
    ShowCard: [GoLive()],
    HideCard: [GoLive(), ShowCard("demo-tea")],
    PauseLive: [GoLive()],
    ResumeLive: [GoLive(), PauseLive()],
    EndLive: [GoLive(), ShowCard("demo-tea")],
}


async def die_at_write(folder: Path, command: Command, writes: int) -> bool:
    """Let a backend die at this write of a command; return whether the command got through before."""
    await asyncio.to_thread(folder.mkdir)
    database = DyingDatabase(folder)
    database.watch()
    room = open_room(database, folder)

    async def act() -> None:
        for earlier in BEFORE[type(command)]:
            assert await room.execute(earlier, HOST) is None
        await room.execute(ClaimDemoCoins(), ANNA)  # what waits of the chat is kept before
        database.writes_left = writes
        await room.execute(command, HOST)

    await at_work(room, act)
    database.close()
    return database.writes_left is not None and database.writes_left >= 0


COMMANDS: list[Command] = [GoLive(), ShowCard("demo-tea"), HideCard(), PauseLive(), ResumeLive(), EndLive()]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: type(command).__name__)
async def test_a_backend_killed_at_any_write_of_a_command_finds_the_room_before_or_after_it(
    tmp_path: Path, command: Command
) -> None:
    for writes in count():
        folder = tmp_path / str(writes)
        got_through = await die_at_write(folder, command, writes)
        database = Database(folder)
        remembered = RoomStore(database, "main").load()
        features = open_room(database, folder)._processor.features
        is_on_air = remembered is not None and remembered.facts.live.phase in ON_AIR
        assert bool(features.gifts.state.session_id) is is_on_air
        database.close()
        if got_through:
            break
    assert writes > 1


async def test_a_database_of_an_ended_room_whose_log_has_an_open_session_is_mended_at_the_start(
    tmp_path: Path,
) -> None:
    database = Database(tmp_path)
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
