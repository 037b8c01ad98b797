"""The journal: what comes in goes out, nobody owes, and the same movement counts once."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.contract.base import Author, Role
from backend.contract.gifts import ClaimDemoCoins, SendGift, SentGift
from backend.features.actor import Actor
from backend.features.live.store import RoomStore
from backend.log.entries import CoinsGranted, GiftSent, Liked, Record, SessionBegan
from backend.log.event_log import EventLog
from backend.money.wallet import GIFT_INCOME, GRANTS, WalletJournal, read_books, user_account
from backend.storage.database import Database, StorageError
from tests.backend.room.talk import Talk

ANN = Author("ann", "Ann", Role.VIEWER, is_follower=False)


@pytest.fixture
def log(database: Database) -> EventLog:
    RoomStore(database, "main").open("Room", 0)
    RoomStore(database, "other").open("Room", 0)
    return EventLog(database, "main")


def append(log: EventLog, records: list[Record], room_id: str = "main") -> None:
    log.append(records, companions=[WalletJournal(room_id)])


def granted(number: int, coins: int, author: Author = ANN, session_id: str = "s1") -> Record:
    return Record(number, 10, session_id, CoinsGranted(author, coins, "demo"))


def sent(number: int, coins: int, key: str = "key-0001", author: Author = ANN) -> Record:
    gift = SentGift(number, author, "rose", 1, coins, number, 1, 10)
    return Record(number, 10, "s1", GiftSent(gift, key))


def test_a_grant_and_a_gift_move_coins_from_the_house_and_back(database: Database, log: EventLog) -> None:
    append(log, [granted(1, 100), sent(2, 30), Record(3, 10, "s1", Liked("ann", 2))])
    append(log, [sent(4, 70, "key-0002")])

    books = read_books(database, "main")
    assert books.are_right
    assert books.accounts == {GRANTS: -100, user_account("ann"): 0, GIFT_INCOME: 100}
    assert read_books(database, "other").accounts == {}


def test_what_nobody_has_is_refused_by_the_database_itself(database: Database, log: EventLog) -> None:
    append(log, [granted(1, 10)])
    with pytest.raises(StorageError, match=r"wallet of room main.*below 0"):
        append(log, [Record(2, 10, "s1", Liked("ann", 1)), sent(3, 11)])

    assert read_books(database, "main").accounts[user_account("ann")] == 10
    assert [record.number for record in log.after(0)] == [1]


@pytest.mark.parametrize("again", [sent(3, 1), granted(3, 5)], ids=["gift", "grant"])
def test_the_same_movement_counts_once(database: Database, log: EventLog, again: Record) -> None:
    append(log, [granted(1, 10), sent(2, 1)])
    with pytest.raises(StorageError, match=r"same movement would count twice"):
        append(log, [again])

    assert read_books(database, "main").accounts[user_account("ann")] == 9


def test_each_room_and_each_session_has_its_own_movements(database: Database, log: EventLog) -> None:
    other = EventLog(database, "other")
    append(log, [granted(1, 10), granted(2, 10, session_id="s2")])
    append(other, [granted(1, 7)], "other")

    assert read_books(database, "main").accounts[user_account("ann")] == 20
    assert read_books(database, "other").accounts[user_account("ann")] == 7


def play(talk: Talk, dice: random.Random, steps: int) -> None:
    """Let a few viewers claim and send at random, the same keys again and again."""
    viewers = [Actor(name, Role.VIEWER) for name in ("ann", "bob", "cy")]
    for _ in range(steps):
        talk.passes(dice.choice([0, 0.3, 2, 9]))
        roll = dice.random()
        if roll < 0.05:
            talk.happens(SessionBegan(f"s{dice.randint(0, 3)}-{talk.features.number}"))
        elif roll < 0.2:
            talk.do(ClaimDemoCoins(), dice.choice(viewers))
        else:
            gift_id = dice.choice(["rose", "beer", "rocket", "gone"])
            session_id = dice.choice([talk.features.session_id, talk.features.session_id, "elsewhere"])
            key = f"key-{dice.randint(0, 40):04}"
            talk.do(SendGift(session_id, key, gift_id, dice.randint(-1, 30)), dice.choice(viewers))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), steps=st.integers(1, 150), size=st.integers(1, 40))
def test_whatever_viewers_do_the_books_are_right_and_equal_the_fold(
    tmp_path: Path, seed: int, steps: int, size: int
) -> None:
    folder = tmp_path / f"{seed}-{steps}-{size}"
    folder.mkdir(exist_ok=True)
    (folder / "livestall.db").unlink(missing_ok=True)
    database = Database(folder)
    RoomStore(database, "main").open("Room", 0)
    log = EventLog(database, "main")
    talk = Talk()
    play(talk, random.Random(seed), steps)
    for start in range(0, len(talk.records), size):
        append(log, talk.records[start : start + size])

    books = read_books(database, "main")
    assert books.are_right, books
    users = {
        account.removeprefix("user:"): coins
        for account, coins in books.accounts.items()
        if account.startswith("user:") and coins
    }
    assert users == talk.features.gifts.state.coins
    database.close()
