"""Gifts as purchases: of two rooms, and of an owner that dies between a gift's debit and its telling."""

import asyncio
import shutil
from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from backend.contract.base import RejectReason, Role
from backend.contract.gifts import ClaimDemoCoins, SendGift
from backend.contract.live import EndLive, GoLive
from backend.features.actor import Actor
from backend.features.deliveries import Rejection
from backend.log.entries import GiftReturned, GiftSent, SessionBegan
from backend.log.event_log import EventLog
from backend.money.wallet import NotMoved, Purse
from backend.room.room import Room
from backend.shop.coins.buying import GiftWish
from backend.shop.outbox_reader import OutboxReader
from backend.shop.shop import Shop
from backend.storage.database import Database
from backend.storage.engines import PostgresServer
from tests.backend.features.cases import ANNA, HOST
from tests.backend.test_opening import DyingDatabase, at_work, carry_out, open_room
from tests.support.adults import let_be_adults
from tests.support.coin_books import house, wallets
from tests.support.gift_room import GiftRoom
from tests.support.migrated import open_migrated
from tests.support.postgres import Postgres

BERT = Actor("bert", Role.VIEWER)
ROSE = 1
GRANTED = 3000


@pytest.fixture(params=["sqlite", "postgres"])
def open_node(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Database]:
    """Open the same database once more, as each node does."""
    if request.param == "sqlite":
        return lambda: open_migrated(tmp_path)
    server: Postgres = request.getfixturevalue("postgres")
    url = server.new_database()
    return lambda: Database(PostgresServer(url))


async def test_two_rooms_of_two_nodes_spend_a_coin_once(open_node: Callable[[], Database]) -> None:
    nodes = [await asyncio.to_thread(open_node) for _ in range(2)]
    shops = [Shop(node, clock_ms=lambda: 1000) for node in nodes]
    rooms = [GiftRoom(*of_node) for of_node in zip(nodes, shops, ("main", "second"), strict=True)]
    for room in rooms:
        room.processor.record(SessionBegan("s1"))
    async with rooms[0].running(), rooms[1].running():
        assert await rooms[0].processor.execute(ClaimDemoCoins(), BERT) is None
        await rooms[1].processor.refresh_once()
        answers = await asyncio.gather(
            *(
                room.processor.execute(SendGift("s1", f"key-{number:04}", "beer", 9), BERT)
                for number in range(8)
                for room in rooms
            )
        )
    given = [room.processor.features.gifts.ranking().coins for room in rooms]
    for shop, node in zip(shops, nodes, strict=True):
        await asyncio.to_thread(shop.close)
        assert wallets(node) == {"bert": 1000 - 11 * 90}
    assert Counter(answer and answer.reason for answer in answers) == {
        None: 11,
        RejectReason.NOT_ENOUGH_COINS: 5,
    }
    assert sum(given) == 11 * 90
    for node in nodes:
        node.close()


def entries_of(database: Database) -> tuple[list[GiftSent], list[GiftReturned]]:
    """Return the gifts that a room's log shows, and those it gave back."""
    entries = [record.entry for record in EventLog(database, "main").after(0)]
    return (
        [entry for entry in entries if isinstance(entry, GiftSent)],
        [entry for entry in entries if isinstance(entry, GiftReturned)],
    )


async def prepare(folder: Path) -> str:
    """Let Anna have coins in a live session; return its id."""
    await asyncio.to_thread(folder.mkdir)
    database = await asyncio.to_thread(Database, folder)
    let_be_adults(database, "anna")
    room = open_room(database, folder)
    await at_work(room, lambda: carry_out(room, (GoLive(), HOST), (ClaimDemoCoins(), ANNA)))
    session_id = room.snapshot().live.session_id
    database.close()
    return session_id


def pay(database: Database, session_id: str) -> Purse | NotMoved:
    """Let the shop take the coins of a gift, whoever owns the room."""
    shop = Shop(database, clock_ms=lambda: 1000)
    wish = GiftWish(session_id, "anna", "key-0001", "rose", 7, 7 * ROSE, "辛苦了")
    paid = asyncio.run(shop.coins.give("main", wish))
    shop.close()
    return paid


async def test_interleaving_15_an_owner_dies_between_a_gifts_debit_and_its_telling(tmp_path: Path) -> None:
    session_id = await prepare(tmp_path / "prepared")
    found = set()
    for writes in count():
        folder = tmp_path / str(writes)
        await asyncio.to_thread(shutil.copytree, tmp_path / "prepared", folder)
        is_through = await die_at_write(folder, session_id, writes)
        database = await asyncio.to_thread(Database, folder)
        debited = wallets(database) == {"anna": GRANTED - ROSE}
        told = bool(entries_of(database)[0])
        found.add((debited, told))
        again = open_room(database, folder)
        await at_work(again, again.tick)
        shown, returned = entries_of(database)
        assert (len(shown), returned) == ((1, []) if debited else (0, []))
        assert wallets(database) == {"anna": GRANTED - ROSE * len(shown)}
        assert again._processor.features.gifts.wallet("anna").coins == GRANTED - ROSE * len(shown)
        # Asked again, as by who got no answer, it is given once.
        assert await answer_again(again, SendGift(session_id, "key-0001", "rose")) is None
        assert len(entries_of(database)[0]) == 1
        assert wallets(database) == {"anna": GRANTED - ROSE}
        database.close()
        if is_through:
            break
    assert found == {(False, False), (True, False), (True, True)}


async def die_at_write(folder: Path, session_id: str, writes: int) -> bool:
    """Let a backend die at this write of a gift, the shop's or the room's; return whether it got through."""
    database = DyingDatabase(folder)
    database.watch()
    room = open_room(database, folder)

    async def give() -> None:
        await room.tick()
        database.writes_left = writes
        await room.execute(SendGift(session_id, "key-0001", "rose"), ANNA)

    await at_work(room, give)
    is_through = database.writes_left is not None and database.writes_left >= 0
    database.close()
    return is_through


async def test_a_gift_that_its_next_owner_cannot_show_any_more_is_refunded_once(tmp_path: Path) -> None:
    session_id = await prepare(tmp_path / "room")
    database = await asyncio.to_thread(Database, tmp_path / "room")
    room = open_room(database, tmp_path / "room")

    async def end_and_pay() -> None:
        await carry_out(room, (EndLive(), HOST))
        # The debit was decided while the session was on.
        assert isinstance(await asyncio.to_thread(pay, database, session_id), Purse)
        await room._mail.empty(room._processor.accept)
        await room._processor.refresh_once()

    await at_work(room, end_and_pay)
    for _ in range(2):
        again = open_room(database, tmp_path / "room")
        await at_work(again, again.tick)
        shown, returned = entries_of(database)
        assert (shown, [one.coins for one in returned]) == ([], [7 * ROSE])
        assert wallets(database) == {"anna": GRANTED}
        assert house(database) == {"grants": -GRANTED, "gift_income": 0}
        send = SendGift(session_id, "key-0001", "rose", 7)
        assert await answer_again(again, send) is RejectReason.NOT_LIVE
    database.close()


async def answer_again(room: Room, send: SendGift) -> RejectReason | None:
    """Ask a room that is at work again; return why it refuses."""
    answers: list[Rejection | None] = []

    async def give() -> None:
        answers.append(await room.execute(send, ANNA))

    await at_work(room, give)
    [answer] = answers
    return answer.reason if answer else None


async def test_two_owners_of_one_room_tell_a_gift_once(
    open_node: Callable[[], Database], tmp_path: Path
) -> None:
    nodes = [await asyncio.to_thread(open_node) for _ in range(2)]
    await asyncio.to_thread(let_be_adults, nodes[0], "anna")
    first = open_room(nodes[0], tmp_path)
    await at_work(first, lambda: carry_out(first, (GoLive(), HOST), (ClaimDemoCoins(), ANNA)))
    paid = await asyncio.to_thread(pay, nodes[0], first.snapshot().live.session_id)
    assert isinstance(paid, Purse)
    # Both have read the message, and decided on it, before either has written.
    rooms = [open_room(node, tmp_path) for node in nodes]
    mails = [OutboxReader(node, "main").read(10) for node in nodes]
    assert [len(mail) for mail in mails] == [1, 1]
    told = (room._processor.accept_first(mail) for room, mail in zip(rooms, mails, strict=True))
    assert sorted(await asyncio.gather(*told)) == [False, True]
    for node in nodes:
        [shown] = entries_of(node)[0]
        assert (shown.gift.count, shown.gift.coins, shown.key) == (7, 7 * ROSE, "key-0001")
        assert wallets(node) == {"anna": GRANTED - 7 * ROSE}
        node.close()
