"""Wallets: what comes in goes out, nobody owes, and the same movement counts once."""

import random

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from backend.money.wallet import GIFT_INCOME, GRANTS, CoinMovement, NotMoved, Purse, move_coins, read_purses
from backend.storage.database import Database
from tests.support.coin_books import house, wallets


def grant(ref: str, coins: int, user_id: str = "ann") -> CoinMovement:
    return CoinMovement("grant_demo", ref, user_id, coins, GRANTS)


def gift(ref: str, coins: int, user_id: str = "ann") -> CoinMovement:
    return CoinMovement("gift", ref, user_id, -coins, GIFT_INCOME)


def move(database: Database, movement: CoinMovement, now_ms: int = 10) -> Purse | NotMoved:
    with database.transaction() as connection:
        [moved] = move_coins(connection, [movement], now_ms)
        return moved


def test_a_grant_and_a_gift_move_coins_from_the_house_and_back(database: Database) -> None:
    assert move(database, grant("g1", 100)) == Purse("ann", 100, 1)
    assert move(database, gift("s1", 30)) == Purse("ann", 70, 2)
    assert wallets(database) == {"ann": 70}
    assert house(database) == {GRANTS: -100, GIFT_INCOME: 30}


def test_what_nobody_has_does_not_move(database: Database) -> None:
    assert move(database, gift("s1", 1)) is NotMoved.NOT_ENOUGH
    move(database, grant("g1", 10))
    assert move(database, gift("s2", 11)) is NotMoved.NOT_ENOUGH
    assert (wallets(database), house(database)) == ({"ann": 10}, {GRANTS: -10})


def test_the_same_movement_of_coins_counts_once(database: Database) -> None:
    move(database, grant("g1", 10))
    move(database, gift("s1", 1))
    assert move(database, grant("g1", 10)) is NotMoved.ALREADY
    assert move(database, gift("s1", 5)) is NotMoved.ALREADY
    assert wallets(database) == {"ann": 9}


def test_movements_of_one_transaction_are_decided_in_their_order(database: Database) -> None:
    movements = [grant("g1", 10), gift("s1", 8), gift("s2", 3), gift("s1", 8), gift("s3", 2), grant("g1", 10)]
    with database.transaction() as connection:
        assert move_coins(connection, movements, 10) == [
            Purse("ann", 10, 1),
            Purse("ann", 2, 2),
            NotMoved.NOT_ENOUGH,
            NotMoved.ALREADY,
            Purse("ann", 0, 3),
            NotMoved.ALREADY,
        ]
    assert (wallets(database), house(database)) == ({"ann": 0}, {GRANTS: -10, GIFT_INCOME: 10})


def test_the_database_itself_refuses_a_wallet_that_owes(database: Database) -> None:
    move(database, grant("g1", 10))
    with pytest.raises(IntegrityError), database.transaction() as connection:
        connection.execute(text("UPDATE wallets SET coins = -1"))
    assert wallets(database) == {"ann": 10}


def test_wallets_that_changed_since_are_read(database: Database) -> None:
    move(database, grant("g1", 10), 100)
    move(database, grant("g2", 20, "bob"), 200)
    with database.reading() as connection:
        assert read_purses(connection, 150) == [Purse("bob", 20, 1)]


@pytest.mark.parametrize("seed", range(3))
def test_whatever_moves_the_books_are_right(database: Database, seed: int) -> None:
    dice, expected, refs = random.Random(seed), dict.fromkeys(("ann", "bob", "cy"), 0), set[str]()
    for _ in range(150):
        user_id, coins, ref = dice.choice(list(expected)), dice.randint(1, 40), f"{dice.randint(0, 90)}"
        movement = dice.choice([grant, gift])(ref, coins, user_id)
        moved = move(database, movement)
        name = f"{movement.kind} {ref}"
        if name in refs:
            assert moved is NotMoved.ALREADY
        elif expected[user_id] + movement.coins < 0:
            assert moved is NotMoved.NOT_ENOUGH
        else:
            assert isinstance(moved, Purse)
            refs.add(name)
            expected[user_id] += movement.coins
    assert {user_id: wallets(database).get(user_id, 0) for user_id in expected} == expected
