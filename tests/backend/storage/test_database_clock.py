"""The server's time, on each kind of database."""

import pytest

from backend.storage.database import Database
from backend.storage.database_clock import LONGEST_MS, DatabaseClock, machine_now_ms

HOUR_MS = 3_600_000


def is_server(database: Database) -> bool:
    with database.reading() as connection:
        return connection.dialect.name == "postgresql"


@pytest.mark.parametrize("by_ms", [-HOUR_MS, HOUR_MS])
def test_nodes_whose_clocks_are_wrong_have_the_time_of_their_server(database: Database, by_ms: float) -> None:
    clock = DatabaseClock(database, lambda: machine_now_ms() + by_ms)
    assert abs(clock() - by_ms - machine_now_ms()) < LONGEST_MS
    clock.look()
    # The server of the tests runs on this machine; a file has no other clock than the machine's.
    expected = by_ms if not is_server(database) else 0
    assert abs(clock() - expected - machine_now_ms()) < LONGEST_MS


def test_a_difference_that_may_be_the_ways_changes_nothing(database: Database) -> None:
    clock = DatabaseClock(database, lambda: 1000.0)
    clock._correct((10.0, 5.0))
    assert clock() == 1000
    clock._correct((10.0, 5.5))
    assert clock() == 1005
    clock._correct((2.0, 4.6))
    assert clock() == 1005


def test_an_answer_that_took_too_long_changes_nothing(database: Database) -> None:
    clock = DatabaseClock(database, lambda: 1000.0)
    clock._correct((LONGEST_MS + 1, 40_000.0))
    assert clock() == 1000


def test_a_difference_that_people_would_see_is_logged(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    clock = DatabaseClock(database, lambda: 1000.0)
    clock._correct((1.0, 40_000.0))
    assert clock() == 41_000
    assert "ahead of this machine's by 40000 ms" in caplog.text
