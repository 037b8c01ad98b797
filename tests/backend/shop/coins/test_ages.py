"""Who is old enough for coins."""

from backend.contract.coins import ConfirmedAge
from backend.money.wallet import NotMoved, Purse
from backend.shop.coins.ages import confirm_age, least_age, of_age
from backend.shop.coins.buying import GiftWish, Grant, Move, move_and_tell
from backend.storage.database import Database
from tests.backend.shop.goods import open_rooms
from tests.support.coin_books import wallets


def test_an_age_is_kept_once_and_only_grows(database: Database) -> None:
    with database.shop_transaction() as connection:
        assert (least_age(connection), of_age(connection, ["ann"])) == (18, set())
        assert confirm_age(connection, "ann", 18, 5) == ConfirmedAge(18, 5)
        assert confirm_age(connection, "ann", 18, 7) == ConfirmedAge(18, 5)
        assert confirm_age(connection, "ann", 21, 9) == ConfirmedAge(21, 9)
        confirm_age(connection, "bob", 17, 9)
        assert of_age(connection, ["ann", "bob", "eve"]) == {"ann"}


def test_who_did_not_say_their_age_gives_nothing_beside_those_who_did(database: Database) -> None:
    open_rooms(database)
    grants = [Move("main", Grant("s1", user, 100, "demo")) for user in ("ann", "bob")]
    gifts = [Move("main", GiftWish("s1", user, "key-0001", "rose", 1, 30)) for user in ("bob", "ann")]
    with database.shop_transaction() as connection:
        confirm_age(connection, "ann", 18, 0)
        assert all(isinstance(one, Purse) for one in move_and_tell(connection, grants, 1))
        answers = move_and_tell(connection, [*gifts, gifts[1]], 2)
    assert answers == [NotMoved.AGE_UNCONFIRMED, Purse("ann", 70, 2), NotMoved.ALREADY]
    assert wallets(database) == {"ann": 70, "bob": 100}
