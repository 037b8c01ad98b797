import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from backend.money.ledger import Balance, Movement, Posting, balances, post, unbalanced
from backend.storage.database import Database
from backend.storage.payment_tables import SHOP_POSTINGS


def sale(ref: str, amount: int, currency: str = "CNY") -> Movement:
    return Movement("payment", ref, currency, [Posting("provider:x", amount), Posting("sales", -amount)])


def test_a_movement_is_written_once(database: Database) -> None:
    with database.transaction() as connection:
        assert post(connection, sale("a", 100), 1)
        assert not post(connection, sale("a", 700), 2)
        assert post(connection, sale("b", 5, "JPY"), 3)
        assert balances(connection) == [
            Balance("provider:x", "CNY", 100),
            Balance("provider:x", "JPY", 5),
            Balance("sales", "CNY", -100),
            Balance("sales", "JPY", -5),
        ]


def test_money_comes_from_somewhere(database: Database) -> None:
    uneven = Movement("payment", "a", "CNY", [Posting("provider:x", 100), Posting("sales", -99)])
    with database.transaction() as connection:
        with pytest.raises(ValueError, match="got 1"):
            post(connection, uneven, 1)
        assert balances(connection) == []


def test_a_side_of_nothing_is_left_out(database: Database) -> None:
    with database.transaction() as connection:
        assert post(connection, sale("free", 0), 1)
        assert not post(connection, sale("free", 0), 1)
        assert balances(connection) == []


def test_a_movement_that_was_changed_by_hand_is_found(database: Database) -> None:
    with database.transaction() as connection:
        post(connection, sale("a", 100), 1)
        assert unbalanced(connection) == []
        connection.execute(
            update(SHOP_POSTINGS).where(SHOP_POSTINGS.c.account == "sales").values(amount_minor=-1)
        )
        assert len(unbalanced(connection)) == 1


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 10**12)), max_size=8))
def test_the_journal_sums_up_to_nothing(database: Database, moved: list[tuple[str, int]]) -> None:
    with database.transaction() as connection:
        for ref, amount in moved:
            post(connection, sale(ref, amount), 1)
        assert sum(balance.amount_minor for balance in balances(connection)) == 0
        connection.rollback()
