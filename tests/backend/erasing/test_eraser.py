"""Persons are erased from rooms at work, on each kind of database, whatever dies in between."""

import asyncio
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import count
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Table, func, insert, select, text, update
from typing_extensions import override

from backend.contract.audience import SetNickname
from backend.contract.base import RejectReason, Role
from backend.contract.chat import BlockUser, MuteUser, PinDanmu, SendDanmu
from backend.contract.gifts import ClaimDemoCoins, SendGift
from backend.contract.live import GoLive
from backend.contract.protocol import Reliable, Snapshot, encode
from backend.contract.shop import Product
from backend.contract.words_of import erase_words
from backend.erasing import rewriting
from backend.erasing.eraser import Eraser
from backend.features.actor import Actor
from backend.features.audience.people import ErasePerson
from backend.features.deliveries import Rejection
from backend.log.entries import Erased
from backend.log.erasings import OutrunError, ask_erasing, read_erasings
from backend.log.event_log import EventLog
from backend.room.connection import Venue
from backend.room.room import Room
from backend.shop.outbox import GiftBought, OutboxMessage, ProductEdited, write_outbox
from backend.storage.database import Database
from backend.storage.erasing_tables import LOG_ERASINGS
from backend.storage.metadata import METADATA
from backend.storage.order_tables import SHOP_OUTBOX
from backend.storage.tables import EVENT_LOG, ROOM_CHECKPOINTS, ROOMS, TOLD_EVENTS
from tests.backend.features.cases import ANNA, HOST, Step
from tests.backend.test_opening import DyingDatabase, KilledError, at_work, carry_out
from tests.backend.test_opening import open_room as open_a_room
from tests.support.adults import let_be_adults

BERT = Actor("bert", Role.VIEWER)
SECRET = "密语"
NAME = f"{SECRET}小安"


def open_room(database: Database, folder: Path) -> Room:
    """Open a room whose viewers are old enough to give."""
    let_be_adults(database, "anna")
    return open_a_room(database, folder)


def rose(snapshot: Snapshot) -> SendGift:
    return SendGift(snapshot.live.session_id, "key-0001", "rose", 1, f"{SECRET}送你")


STEPS: list[Step] = [
    (GoLive(), HOST),
    (SetNickname(NAME), ANNA),
    (SendDanmu(f"{SECRET}怎么泡?"), ANNA),
    (SendDanmu("你好呀", 1), BERT),
    (PinDanmu(1, 60), HOST),
    (ClaimDemoCoins(), ANNA),
    (rose, ANNA),
    (MuteUser("anna", 60, f"{SECRET}太多"), HOST),
]


async def no_time(_seconds: float) -> None:
    """Rest for no time at all."""


def eraser_of(database: Database, **rooms: Venue) -> Eraser:
    return Eraser(database, rooms, clock_ms=lambda: 5, sleep=no_time)


def ask(database: Database, user_id: str = "anna") -> None:
    with database.transaction() as connection:
        ask_erasing(connection, user_id, 1)


def waiting(database: Database) -> int:
    with database.reading() as connection:
        return len(read_erasings(connection))


def all_texts(database: Database) -> str:
    """All that stands in any table."""
    with database.reading() as connection:
        tables: Iterable[Table] = METADATA.sorted_tables
        return "\n".join(str(row) for table in tables for row in connection.execute(select(table)))


def payloads(room: Room) -> str:
    return b"\n".join(one.payload for one in room.last()).decode()


async def test_a_room_at_work_forgets_at_once_and_its_log_soon(database: Database, tmp_path: Path) -> None:
    room = open_room(database, tmp_path)

    async def act() -> None:
        await carry_out(room, *STEPS)
        assert SECRET in payloads(room)
        assert SECRET in all_texts(database)
        await asyncio.to_thread(ask, database)
        assert await eraser_of(database, main=room).erase_all()
        assert SECRET not in encode(room.snapshot()).decode()
        assert SECRET not in payloads(room)
        assert room.snapshot().pinned is None
        # Whoever resumes from long ago gets the events under the same numbers.
        missed = room.missed("e", 0)
        assert missed is not None
        numbers = [msgspec.json.decode(one.payload, type=Reliable).seq for one in missed]
        assert numbers == list(range(1, room.snapshot().seq + 1))

    await at_work(room, act)
    assert SECRET not in all_texts(database)
    assert waiting(database) == 0
    numbers = [record.number for record in EventLog(database, "main").after(0)]
    assert numbers == list(range(1, len(numbers) + 1))


async def test_a_room_that_begins_again_is_the_one_that_forgot(database: Database, tmp_path: Path) -> None:
    room = open_room(database, tmp_path)

    async def act() -> None:
        await carry_out(room, *STEPS)
        await asyncio.to_thread(ask, database)
        assert await eraser_of(database, main=room).erase_all()

    await at_work(room, act)
    of_checkpoint = open_room(database, tmp_path)._processor.features.encode()
    with database.transaction() as connection:
        connection.execute(ROOM_CHECKPOINTS.delete())
    assert open_room(database, tmp_path)._processor.features.encode() == of_checkpoint


async def test_the_checkpoint_is_made_anew_when_the_room_forgets(database: Database, tmp_path: Path) -> None:
    room = open_room(database, tmp_path)
    log = EventLog(database, "main")

    async def act() -> None:
        await carry_out(room, *STEPS)
        room._processor._checkpoint_at = -5000
        await carry_out(room, (SendDanmu("再说一句"), BERT))
        # It is saved after the answer.
        while (before := await asyncio.to_thread(log.checkpoint)) is None:
            pass
        assert SECRET in before.folds.decode()
        await asyncio.to_thread(ask, database)
        assert await eraser_of(database, main=room).erase_all()

    await at_work(room, act)
    checkpoint = log.checkpoint()
    assert checkpoint is not None
    assert SECRET not in checkpoint.folds.decode()


async def test_the_log_of_a_room_that_is_not_at_work_is_rewritten(database: Database, tmp_path: Path) -> None:
    room = open_room(database, tmp_path)
    await at_work(room, lambda: carry_out(room, *STEPS))
    ask(database)
    assert await eraser_of(database).erase_all()
    assert SECRET not in all_texts(database)
    assert SECRET not in encode(open_room(database, tmp_path).snapshot()).decode()


async def test_what_the_shop_has_for_a_room_loses_its_words(database: Database, tmp_path: Path) -> None:
    open_room(database, tmp_path)
    gift = GiftBought("anna", "key-0009", "rose", 1, 1, f"{SECRET}送你", 3, 4)
    with database.transaction() as connection:
        write_outbox(connection, [OutboxMessage("main", "gone", gift)], 1)
    ask(database)
    assert await eraser_of(database).erase_all()
    with database.reading() as connection:
        [body] = list(connection.scalars(select(SHOP_OUTBOX.c.body)))
    assert msgspec.json.decode(body, type=GiftBought) == erase_words(gift, "anna")


async def test_events_that_another_node_will_go_on_from_lose_their_words(
    database: Database, tmp_path: Path
) -> None:
    room = open_room(database, tmp_path)
    await at_work(room, lambda: carry_out(room, *STEPS))
    rows = [
        {"room_id": "main", "seq": seq, "payload": prepared.payload.decode()}
        for seq, prepared in enumerate(room.last(), 1)
    ]
    with database.transaction() as connection:
        connection.execute(insert(TOLD_EVENTS), rows)
    assert SECRET in str(rows)
    ask(database)
    assert await eraser_of(database).erase_all()
    with database.reading() as connection:
        told = list(connection.execute(select(TOLD_EVENTS.c.seq, TOLD_EVENTS.c.payload).order_by("seq")))
    assert [row.seq for row in told] == [row["seq"] for row in rows]
    assert SECRET not in str(told)


async def test_nothing_begins_before_the_room_has_heard_of_it(database: Database, tmp_path: Path) -> None:
    room = open_room(database, tmp_path)

    class Away:
        """A room whose owner does not answer."""

        async def execute(self, _command: ErasePerson, _actor: Actor) -> Rejection:
            return Rejection(RejectReason.UNAVAILABLE)

    await at_work(room, lambda: carry_out(room, *STEPS))
    ask(database)
    away: Venue = Away()  # type: ignore[assignment]
    assert not await eraser_of(database, main=away).erase_all()
    assert waiting(database) == 1
    assert SECRET in all_texts(database)


async def test_a_log_that_cannot_be_read_holds_up_no_other_erasing(
    database: Database, tmp_path: Path
) -> None:
    room = open_room(database, tmp_path)
    await at_work(room, lambda: carry_out(room, *STEPS))
    with database.transaction() as connection:
        connection.execute(insert(ROOMS).values(room_id="broken", title="", created_at_ms=0))
        row = {"room_id": "broken", "number": 1, "at_ms": 1, "session_id": "", "entry": '{"type":"nonsense"}'}
        connection.execute(insert(EVENT_LOG).values(row))
    ask(database)
    assert not await eraser_of(database)._try()
    with database.reading() as connection:
        assert [one.room_id for one in read_erasings(connection)] == ["broken"]
    with database.transaction() as connection:
        connection.execute(EVENT_LOG.delete().where(EVENT_LOG.c.room_id == "broken"))
    assert await eraser_of(database).erase_all()
    assert SECRET not in all_texts(database)


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rewriting, "MOST_READ", 3)
    monkeypatch.setattr(rewriting, "MOST_WRITTEN", 2)


@pytest.mark.usefixtures("small_batches")
async def test_who_dies_at_any_write_goes_on_from_there(tmp_path: Path) -> None:
    prepared = tmp_path / "prepared"
    await asyncio.to_thread(prepared.mkdir)
    database = await asyncio.to_thread(Database, prepared)
    room = open_room(database, prepared)
    await at_work(room, lambda: carry_out(room, *STEPS))
    await asyncio.to_thread(ask, database)
    database.close()
    ends = set()
    for writes in count():
        folder = tmp_path / str(writes)
        await asyncio.to_thread(shutil.copytree, prepared, folder)
        is_through = await die_while_erasing(folder, writes)
        ends.add(await after_another_start(folder))
        if is_through:
            break
    assert writes > 10
    assert len(ends) == 1  # the room as it is when nobody died


async def die_while_erasing(folder: Path, writes: int) -> bool:
    """Let a backend die at this write of an erasing; return whether it got through before."""
    database = DyingDatabase(folder)
    database.watch()
    room = open_a_room(database, folder)

    async def act() -> None:
        await room.tick()
        database.writes_left = writes
        with suppress(KilledError):
            await eraser_of(database, main=room).erase_all()

    await at_work(room, act)
    is_through = database.writes_left is not None and database.writes_left >= 0
    database.close()
    return is_through


async def after_another_start(folder: Path) -> str:
    """Return what viewers see after the next start of a backend has ended the erasing."""
    database = await asyncio.to_thread(Database, folder)
    room = open_room(database, folder)

    async def act() -> None:
        assert await eraser_of(database, main=room).erase_all()

    await at_work(room, act)
    assert SECRET not in all_texts(database)
    seen = msgspec.structs.replace(room.snapshot(), seq=0, epoch="")
    database.close()
    return str((seen.danmu, seen.ranking, seen.danmu_total, seen.pinned))


@pytest.mark.usefixtures("small_batches")
async def test_two_nodes_that_erase_two_persons_undo_nothing_of_each_other(
    database: Database, tmp_path: Path
) -> None:
    room = open_room(database, tmp_path)
    told = [(SendDanmu(f"{SECRET}一{n}", None), actor) for n in range(4) for actor in (ANNA, BERT)]
    replies: list[Step] = [(SendDanmu(f"{SECRET}回", 1), BERT), (SendDanmu(f"{SECRET}答", 2), ANNA)]

    async def act() -> None:
        await carry_out(room, (SetNickname(NAME), ANNA), (SetNickname(f"{SECRET}小波"), BERT), *told[:4])
        await carry_out(room, *replies)
        for user_id in ("anna", "bert"):
            await asyncio.to_thread(ask, database, user_id)
        nodes = [eraser_of(database, main=room) for _ in range(3)]
        while await asyncio.to_thread(waiting, database):
            await asyncio.gather(*(node._try() for node in nodes))

    await at_work(room, act)
    assert SECRET not in all_texts(database)


async def test_what_another_process_changed_meanwhile_is_read_again(
    database: Database, tmp_path: Path
) -> None:
    room = open_room(database, tmp_path)
    await at_work(room, lambda: carry_out(room, *STEPS))
    ask(database)
    with database.reading() as connection:
        [erasing] = read_erasings(connection)
    begun = rewriting.begin(database, erasing, rewriting.end_of_log(database, erasing))
    with database.transaction() as connection:
        connection.execute(update(LOG_ERASINGS).values(number=1))
    with pytest.raises(OutrunError):
        rewriting.rewrite_batch(database, begun)
    assert SECRET in all_texts(database)
    assert await eraser_of(database).erase_all()
    assert SECRET not in all_texts(database)


async def test_who_asks_again_is_erased_again(database: Database, tmp_path: Path) -> None:
    room = open_room(database, tmp_path)

    async def act() -> None:
        for number in range(2):
            await carry_out(room, (SendDanmu(f"{SECRET}第{number}次"), ANNA))
            await asyncio.to_thread(ask, database)
            assert await eraser_of(database, main=room).erase_all()
            assert SECRET not in await asyncio.to_thread(all_texts, database)

    await at_work(room, act)
    erased = [one for one in EventLog(database, "main").after(0) if isinstance(one.entry, Erased)]
    assert len(erased) == 2


async def test_an_eraser_that_is_woken_does_its_work(database: Database, tmp_path: Path) -> None:
    room = open_room(database, tmp_path)
    is_looking, is_done = asyncio.Event(), asyncio.Event()

    class Watched(Eraser):
        """Says when it looked, and when there was something to do."""

        @override
        async def erase_all(self) -> bool:
            had_work = await asyncio.to_thread(waiting, database) > 0
            is_through = await super().erase_all()
            (is_done if had_work else is_looking).set()
            return is_through

    eraser = Watched(database, {"main": room}, clock_ms=lambda: 5, sleep=no_time)

    async def act() -> None:
        await carry_out(room, *STEPS)
        async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
            serving = tasks.create_task(eraser.run())
            await is_looking.wait()
            await asyncio.to_thread(ask, database)
            eraser.wake()
            await is_done.wait()
            serving.cancel()

    await at_work(room, act)
    assert SECRET not in all_texts(database)


def files_that_hold(folder: Path, words: str) -> list[Path]:
    """The files somewhere below a folder in which these words stand."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if words.encode() in path.read_bytes()]


async def test_no_file_of_the_data_folder_holds_their_words(tmp_path: Path) -> None:
    database = await asyncio.to_thread(Database, tmp_path)
    room = open_room(database, tmp_path)

    async def act() -> None:
        await carry_out(room, *STEPS)
        await asyncio.to_thread(ask, database)
        assert await eraser_of(database, main=room).erase_all()

    await at_work(room, act)
    # What a page held before its rows moved elsewhere goes with the next VACUUM.
    with database._engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.execute(text("VACUUM"))
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    database.close()
    assert files_that_hold(tmp_path, "anna")
    assert not files_that_hold(tmp_path, SECRET)


async def test_a_product_edited_by_an_assistant_is_edited_by_nobody(
    database: Database, tmp_path: Path
) -> None:
    open_room(database, tmp_path)
    product = Product("tea", 1, "茶", 100, None, 5, "")
    author = msgspec.convert(
        {"user_id": "anna", "name": NAME, "role": "assistant", "is_follower": False},
        type=ProductEdited.__annotations__["by"],
    )
    edited = ProductEdited(author, product, product)
    with database.transaction() as connection:
        write_outbox(connection, [OutboxMessage("main", "", edited)], 1)
    ask(database)
    assert await eraser_of(database).erase_all()
    assert SECRET not in all_texts(database)


async def test_a_long_log_is_done_in_batches_that_keep_nobody_waiting(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rewriting, "MOST_READ", 50)
    monkeypatch.setattr(rewriting, "MOST_WRITTEN", 20)
    room = open_room(database, tmp_path)
    await at_work(room, lambda: carry_out(room, *STEPS[:3]))
    with database.transaction() as connection:
        last = connection.scalar(select(func.max(EVENT_LOG.c.number))) or 0
        said = connection.scalar(select(EVENT_LOG.c.entry).where(EVENT_LOG.c.entry.contains('"said"')))
        rows = [
            {"room_id": "main", "number": last + n, "at_ms": 1, "session_id": "", "entry": said}
            for n in range(1, 300)
        ]
        connection.execute(insert(EVENT_LOG), rows)
    rests: list[float] = []

    async def rest(seconds: float) -> None:
        rests.append(seconds)

    ask(database)
    assert await Eraser(database, {}, clock_ms=lambda: 5, sleep=rest).erase_all()
    assert len(rests) > 10
    assert SECRET not in all_texts(database)


def blocked(user_id: str) -> Callable[[Snapshot], BlockUser]:
    return lambda _snapshot: BlockUser(user_id, f"{SECRET}不要来")


async def test_who_is_blocked_stays_so_without_a_name(database: Database, tmp_path: Path) -> None:
    room = open_room(database, tmp_path)

    async def act() -> None:
        await carry_out(room, *STEPS, (blocked("anna"), HOST))
        await asyncio.to_thread(ask, database)
        assert await eraser_of(database, main=room).erase_all()

    await at_work(room, act)
    assert not open_room(database, tmp_path)._processor.may_buy(ANNA)
    assert SECRET not in all_texts(database)
